package org.sonograph.gallery;

/**
 * Where the pictures of a take lie on its time axis, in columns of the spectrogram.
 *
 * @param widthColumns columns of a picture
 * @param strideColumns columns from one picture's first to the next one's
 * @param endColumn first column past the source's end
 */
record PictureGrid(int widthColumns, int strideColumns, long endColumn) {
  PictureGrid {
    if (widthColumns < 1 || strideColumns < 1 || endColumn < 1) {
      throw new IllegalArgumentException(
          "pictures of %d columns every %d, ending at %d, expected positive numbers"
              .formatted(widthColumns, strideColumns, endColumn));
    }
  }
}
