package org.sonograph.launcher.page;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.sonograph.launcher.embedded.Installation;

/** A sound whose tags are scripts. */
final class TaggedSound {
  private TaggedSound() {}

  /** A few seconds of MP3 whose tags would like to be run. */
  static byte[] mp3() throws IOException {
    byte[] plain = Files.readAllBytes(Installation.home().resolve("docs/readings/chirp.mp3"));
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    frames.writeBytes(id3Frame("TIT2", "<script>alert(2)</script>"));
    frames.writeBytes(id3Frame("TPE1", "<script>alert(3)</script>"));
    frames.writeBytes(id3Frame("TCOP", "<img src=x onerror=alert(4)>"));
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[] {'I', 'D', '3', 3, 0, 0, 0, 0});
    file.writeBytes(new byte[] {(byte) (frames.size() >> 7), (byte) (frames.size() & 0x7f)});
    file.writeBytes(frames.toByteArray());
    int own = 10 + (plain[6] << 21 | plain[7] << 14 | plain[8] << 7 | plain[9]);
    file.write(plain, own, 48_000);
    return file.toByteArray();
  }

  private static byte[] id3Frame(String name, String text) {
    ByteBuffer frame = ByteBuffer.allocate(11 + text.length());
    frame.put(name.getBytes(StandardCharsets.ISO_8859_1)).putInt(1 + text.length());
    frame.putShort((short) 0).put((byte) 0).put(text.getBytes(StandardCharsets.ISO_8859_1));
    return frame.array();
  }
}
