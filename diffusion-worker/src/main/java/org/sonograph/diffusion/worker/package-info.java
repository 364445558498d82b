/**
 * The diffusion worker as a service: takes spectrograms from a share group, has them painted, sends
 * the art on.
 *
 * <p>One thread owns the consumer and renews the lock of the picture in work; one other thread
 * paints. Nothing is acknowledged before the broker has what came of it.
 */
package org.sonograph.diffusion.worker;
