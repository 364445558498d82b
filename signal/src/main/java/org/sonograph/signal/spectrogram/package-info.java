/**
 * Sound to picture, and what it takes to go back.
 *
 * <p>Levels are dB re the level a full-scale sine reaches in its own STFT bin. A picture's row 0 is
 * on top; an axis counts rows from the bottom, because low notes lie there. Black (0) is exact
 * silence.
 */
package org.sonograph.signal.spectrogram;
