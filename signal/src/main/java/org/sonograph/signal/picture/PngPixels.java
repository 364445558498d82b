package org.sonograph.signal.picture;

/** Filtered rows in, picture out: undoes the row filters, the bit packing and Adam7. */
final class PngPixels {
  /** Adam7: first column, first row, column step, row step of each pass. */
  private static final int[][] ADAM7 = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };

  private static final int[][] PLAIN = {{0, 0, 1, 1}};

  private final PngLayout layout;
  private final byte[] palette;
  private final int[][] passes;
  private final byte[] out;
  private int pass = -1;
  private int y;
  private byte[] line = new byte[0];
  private byte[] above = new byte[0];

  PngPixels(PngLayout layout, byte[] palette) {
    this.layout = layout;
    this.palette = palette;
    this.passes = layout.interlaced() ? ADAM7 : PLAIN;
    this.out =
        new byte
            [Math.multiplyExact(
                Math.multiplyExact(layout.width(), layout.height()), layout.channels())];
  }

  /** Where the next row belongs, filter byte first; null when the picture is complete. */
  byte[] nextLine() {
    if (pass >= 0) {
      y += passes[pass][3];
      byte[] spare = above;
      above = line;
      line = spare;
    }
    while (pass < 0 || y >= layout.height() || columns() == 0) {
      pass++;
      if (pass == passes.length) {
        return null;
      }
      y = passes[pass][1];
      int size = 1 + layout.rowBytes(columns());
      line = new byte[size];
      above = new byte[size];
    }
    return line;
  }

  private int columns() {
    int[] p = passes[pass];
    return Math.max(0, (layout.width() - p[0] + p[2] - 1) / p[2]);
  }

  void accept(byte[] filtered) {
    unfilter(filtered);
    int[] p = passes[pass];
    int n = columns();
    for (int i = 0; i < n; i++) {
      put(filtered, i, (y * layout.width() + p[0] + i * p[2]) * layout.channels());
    }
  }

  Picture picture() {
    return new Picture(layout.width(), layout.height(), layout.channels(), out);
  }

  private void unfilter(byte[] row) {
    int bpp = Math.max(1, layout.samples() * layout.depth() / 8);
    int filter = row[0];
    if (filter < 0 || filter > 4) {
      throw new PngException("PNG is damaged: row filter " + filter);
    }
    for (int i = 1; i < row.length && filter != 0; i++) {
      int left = i > bpp ? row[i - bpp] & 0xff : 0;
      int up = above[i] & 0xff;
      int corner = i > bpp ? above[i - bpp] & 0xff : 0;
      int guess =
          switch (filter) {
            case 1 -> left;
            case 2 -> up;
            case 3 -> (left + up) / 2;
            default -> paeth(left, up, corner);
          };
      row[i] += (byte) guess;
    }
  }

  private static int paeth(int left, int up, int corner) {
    int p = left + up - corner;
    int dl = Math.abs(p - left);
    int du = Math.abs(p - up);
    int dc = Math.abs(p - corner);
    if (dl <= du && dl <= dc) {
      return left;
    }
    return du <= dc ? up : corner;
  }

  private void put(byte[] row, int i, int o) {
    switch (layout.colour()) {
      case 0 -> out[o] = (byte) grey(row, i);
      case 4 -> out[o] = row[1 + i * layout.depth() / 4];
      case 3 -> {
        int entry = 3 * packed(row, i);
        if (entry >= palette.length) {
          throw new PngException(
              "PNG is damaged: colour " + entry / 3 + " of a palette of " + palette.length / 3);
        }
        System.arraycopy(palette, entry, out, o, 3);
      }
      default -> {
        int step = layout.depth() / 8;
        int at = 1 + i * layout.samples() * step;
        for (int c = 0; c < 3; c++) {
          out[o + c] = row[at + c * step];
        }
      }
    }
  }

  private int grey(byte[] row, int i) {
    int depth = layout.depth();
    return switch (depth) {
      case 16 -> row[1 + 2 * i];
      case 8 -> row[1 + i];
      default -> packed(row, i) * 255 / ((1 << depth) - 1);
    };
  }

  private int packed(byte[] row, int i) {
    int depth = layout.depth();
    int bit = i * depth;
    return (row[1 + (bit >> 3)] & 0xff) >> (8 - depth - (bit & 7)) & ((1 << depth) - 1);
  }
}
