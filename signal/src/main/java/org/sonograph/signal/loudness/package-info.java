/**
 * How loud a sound is and how loud it shall be: ITU-R BS.1770-4 loudness and true peak, level
 * histograms, the gain that follows a source, and the limiter.
 *
 * <p>Loudness in LUFS, levels of STFT bins in dB re a full-scale sine. Meters take a sound piece by
 * piece and belong to one thread; every channel counts with weight 1.
 */
package org.sonograph.signal.loudness;
