package org.sonograph.gallery.live;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.sonograph.signal.sound.SampleFormat;

/** A stream as a WAV file that never ends. */
final class WaveFeed extends Feed {
  private static final int HEAD_BYTES = 44;
  private static final int FORMAT_BYTES = 16;
  private static final int ENDLESS = -1;
  private static final int BLOCKS_A_PIECE = 5;
  private static final int FRAME_BYTES = OutputGrid.CHANNELS * SampleFormat.S16.bytesPerSample();

  private final ByteArrayOutputStream piece = new ByteArrayOutputStream();
  private final long firstFrame;
  private int blocks;

  /**
   * A file that begins.
   *
   * @param firstFrame frame of the output that its first sample is
   */
  WaveFeed(OutputGrid grid, long firstFrame) {
    super(SoundFormat.WAV);
    this.firstFrame = firstFrame;
    head(head(grid.rateHz()));
  }

  /** Frame of the output that a listener hears first. */
  long firstFrame(Listener listener) {
    return firstFrame + listener.afterBytes() / FRAME_BYTES;
  }

  /** The largest lengths there are: players then read for ever. */
  private static byte[] head(int rateHz) {
    ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    head.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(ENDLESS);
    head.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(FORMAT_BYTES);
    head.putShort((short) 1).putShort((short) OutputGrid.CHANNELS).putInt(rateHz);
    head.putInt(rateHz * FRAME_BYTES).putShort((short) FRAME_BYTES).putShort((short) Short.SIZE);
    head.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(ENDLESS);
    return head.array();
  }

  @Override
  void block(float[][] sound) {
    piece.writeBytes(SampleFormat.S16.encode(sound, 0, sound[0].length));
    blocks++;
    if (blocks == BLOCKS_A_PIECE) {
      emit(piece.toByteArray());
      piece.reset();
      blocks = 0;
    }
  }
}
