/**
 * A known second of sound that goes through a whole running chain now and then, as a miner's bird:
 * when its output stops coming, sound has stopped, whatever the single parts say of themselves.
 *
 * <p>Its takes carry the format {@code none}, so that the collector keeps nothing of them.
 */
package org.sonograph.launcher.canary;
