package org.sonograph.spectrogram;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.function.LongFunction;
import org.sonograph.runtime.wire.PcmWire;
import org.sonograph.runtime.wire.ProfileWire;
import org.sonograph.schemas.AudioChunk;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.Topics;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.spectrogram.NotebookSpectrogram;
import org.sonograph.signal.spectrogram.PowerRange;
import org.sonograph.signal.spectrogram.SpectrogramProfile;

/**
 * The channel-mean power columns of one chunk, and their bytes in the store: little-endian floats,
 * column after column.
 *
 * @param power {@code [column][bin]}, linear, not negative
 */
record NotebookColumns(float[][] power) {

  private static final int COLUMN_BYTES = NotebookSpectrogram.BINS * Float.BYTES;

  /** Columns of a chunk; pure. */
  static NotebookColumns of(AudioChunk chunk) {
    Place place = chunk.getPlace();
    requireNotebookSettings(chunk);
    Sound sound =
        PcmWire.fromAvro(
            chunk.getPcm(), chunk.getSampleFormat(), chunk.getChannels(), place.getSampleRateHz());
    int length = Math.toIntExact(place.getLengthSamples());
    long bytes = (length / NotebookSpectrogram.HOP_SAMPLES + 1L) * COLUMN_BYTES;
    if (bytes > Topics.PAYLOAD_MAX_BYTES) {
      throw new IllegalArgumentException(
          "chunk of %d samples makes %d bytes of columns, expected at most %d: send shorter chunks"
              .formatted(length, bytes, Topics.PAYLOAD_MAX_BYTES));
    }
    var part = NotebookSpectrogram.Part.of(place.getStartSample() == 0, place.getTotalChunks() > 0);
    return new NotebookColumns(
        NotebookSpectrogram.powerColumns(sound, chunk.getContextBeforeSamples(), length, part));
  }

  private static void requireNotebookSettings(AudioChunk chunk) {
    SpectrogramProfile asked = ProfileWire.fromAvro(chunk.getInterpretation());
    SpectrogramProfile own = SpectrogramProfile.NOTEBOOK;
    if (asked.nFft() != own.nFft()
        || asked.hopSamples() != own.hopSamples()
        || asked.width() != own.width()
        || asked.height() != own.height()) {
      throw new IllegalArgumentException(
          "window=%d hop=%d picture=%dx%d, expected %d, %d and %dx%d: the notebook's settings are fixed, use profile tape"
              .formatted(
                  asked.nFft(),
                  asked.hopSamples(),
                  asked.width(),
                  asked.height(),
                  own.nFft(),
                  own.hopSamples(),
                  own.width(),
                  own.height()));
    }
  }

  int count() {
    return power.length;
  }

  PowerRange range() {
    return PowerRange.NONE.including(power);
  }

  byte[] toBytes() {
    ByteBuffer bytes =
        ByteBuffer.allocate(power.length * COLUMN_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] column : power) {
      bytes.asFloatBuffer().put(column);
      bytes.position(bytes.position() + COLUMN_BYTES);
    }
    return bytes.array();
  }

  static NotebookColumns fromBytes(byte[] stored) {
    ByteBuffer bytes = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
    float[][] power = new float[stored.length / COLUMN_BYTES][NotebookSpectrogram.BINS];
    var floats = bytes.asFloatBuffer();
    for (float[] column : power) {
      floats.get(column);
    }
    return new NotebookColumns(power);
  }

  /**
   * All columns of a take as one list, of which only one chunk is in memory at a time; meant to be
   * read forwards.
   */
  static final class Sequence extends AbstractList<float[]> {
    private final long[] firstColumns;
    private final LongFunction<NotebookColumns> load;
    private int loaded = -1;
    private NotebookColumns current;

    /**
     * A sequence over chunks.
     *
     * @param counts columns of each chunk
     * @param load gives the columns of a chunk by its number
     */
    Sequence(int[] counts, LongFunction<NotebookColumns> load) {
      this.load = load;
      this.firstColumns = new long[counts.length + 1];
      for (int i = 0; i < counts.length; i++) {
        firstColumns[i + 1] = firstColumns[i] + counts[i];
      }
    }

    @Override
    public float[] get(int column) {
      if (loaded < 0 || column < firstColumns[loaded] || column >= firstColumns[loaded + 1]) {
        int at = Arrays.binarySearch(firstColumns, column);
        loaded = at >= 0 ? at : -at - 2;
        while (firstColumns[loaded + 1] == firstColumns[loaded]) {
          loaded++;
        }
        current = load.apply(loaded);
      }
      return current.power()[(int) (column - firstColumns[loaded])];
    }

    @Override
    public int size() {
      return Math.toIntExact(firstColumns[firstColumns.length - 1]);
    }
  }
}
