/**
 * Sound to pictures: chunks of sound come in, pictures with everything that inverts them go out.
 *
 * <p>{@link org.sonograph.spectrogram.TapePictures} and {@link
 * org.sonograph.spectrogram.NotebookPicture} do the work and know no broker; the processors give
 * them messages and keep what a notebook picture needs until its last chunk. Positions are samples
 * at the take's analysis rate.
 */
package org.sonograph.spectrogram;
