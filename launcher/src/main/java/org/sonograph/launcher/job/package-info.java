/**
 * One {@code run}: which takes are to be made of which sources, how far they are, and what became
 * of them.
 *
 * <p>The collector's {@code track.json} is what a take's progress is read from; {@link
 * org.sonograph.launcher.job.JobFile} holds what must survive a crash before there is one.
 */
package org.sonograph.launcher.job;
