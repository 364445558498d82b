package org.sonograph.gallery.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FeedTest {
  private static final OutputGrid GRID = OutputGrid.STANDARD;
  private static final int PIECE_BYTES = 5 * GRID.blockFrames() * 4;
  private static final long FIRST = 1_700_000_000_000L * 48;
  private final WaveFeed feed = new WaveFeed(GRID, FIRST);

  private void blocks(int count) {
    for (int i = 0; i < count; i++) {
      feed.block(new float[2][GRID.blockFrames()]);
    }
  }

  @Test
  void aNewListenerGetsTheHeadAndTheLastSecondAtOnce() throws Exception {
    blocks(1000);
    Listener listener = feed.join();
    byte[] head = listener.next(0).orElseThrow();
    assertThat(new String(head, 0, 4)).isEqualTo("RIFF");
    assertThat(ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(40)).isEqualTo(-1);
    assertThat(feed.firstFrame(listener))
        .isEqualTo(FIRST + 1000L * GRID.blockFrames() - GRID.rateHz());
    int burst = 0;
    for (Optional<byte[]> p = listener.next(0); p.isPresent(); p = listener.next(0)) {
      burst += p.get().length;
    }
    assertThat(burst).isEqualTo(SoundFormat.WAV.bytesASecond());
    blocks(5);
    assertThat(listener.next(0)).hasValueSatisfying(p -> assertThat(p).hasSize(PIECE_BYTES));
  }

  @Test
  void aListenerThatDoesNotReadIsDroppedAndOthersStay() throws Exception {
    Listener slow = feed.join();
    Listener quick = feed.join();
    for (int i = 0; i < 1200; i++) {
      blocks(1);
      while (i % 5 == 4 && quick.next(0).isPresent()) {
        assertThat(quick.isGone()).isFalse();
      }
    }
    assertThat(slow.isGone()).isTrue();
    assertThat(slow.next(0)).isEmpty();
    assertThat(quick.isGone()).isFalse();
    assertThat(feed.listeners()).isEqualTo(1);
  }

  @Test
  void pagesOfOggAreCutAndTheirHeadKept() throws Exception {
    Pieces pieces = new Pieces(SoundFormat.OPUS, feed);
    ByteArrayOutputStream ogg = new ByteArrayOutputStream();
    ogg.writeBytes(page(0, 19));
    ogg.writeBytes(page(0, 300));
    ogg.writeBytes(page(960, 500));
    ogg.writeBytes(page(1920, 40));
    byte[] all = ogg.toByteArray();
    for (int at = 0; at < all.length; at += 7) {
      byte[] some = Arrays.copyOfRange(all, at, Math.min(all.length, at + 7));
      pieces.push(some, some.length);
    }
    Listener listener = feed.join();
    assertThat(listener.next(0).orElseThrow()).hasSize(page(0, 19).length + page(0, 300).length);
    assertThat(listener.next(0).orElseThrow()).isEqualTo(page(960, 500));
    assertThat(listener.next(0).orElseThrow()).isEqualTo(page(1920, 40));
  }

  private static byte[] page(long granule, int bytes) {
    int segments = bytes / 255 + 1;
    ByteBuffer page = ByteBuffer.allocate(27 + segments + bytes).order(ByteOrder.LITTLE_ENDIAN);
    page.put("OggS".getBytes()).put(6 - 2, (byte) 0).putLong(6, granule).put(26, (byte) segments);
    for (int s = 0; s < segments; s++) {
      page.put(27 + s, (byte) (s < segments - 1 ? 255 : bytes % 255));
    }
    return page.array();
  }

  @Test
  void titlesStandBetweenTheBytesOnceEach() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    String[] title = {"rain: it's ink';"};
    IcyTitles titles = new IcyTitles(out, () -> title[0]);
    byte[] sound = new byte[10_000];
    Arrays.fill(sound, (byte) 7);
    for (int i = 0; i < 5; i++) {
      titles.write(sound);
    }
    byte[] all = out.toByteArray();
    int every = IcyTitles.EVERY_BYTES;
    int length = 16 * all[every];
    assertThat(new String(all, every + 1, length).strip().replace("\0", ""))
        .isEqualTo("StreamTitle='rain: it's ink' ';");
    assertThat(all[2 * every + 1 + length]).as("the same title is not told again").isZero();
    assertThat(all).hasSize(50_000 + 3 + length);
  }
}
