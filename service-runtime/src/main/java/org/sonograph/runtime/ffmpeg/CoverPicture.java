package org.sonograph.runtime.ffmpeg;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** A JPEG to put into a sound file: as FLAC's and ID3's picture, or as a tag of Ogg's. */
final class CoverPicture implements Closeable {
  private static final String TYPE = "image/jpeg";
  private static final int FRONT_COVER = 3;
  private static final int TRUE_COLOUR_BITS = 24;

  /** Start of frame, baseline to progressive; all but the markers between that are none. */
  private static final int SOF_FIRST = 0xC0;

  private static final int SOF_LAST = 0xCF;
  private static final List<Integer> NO_SOF = List.of(0xC4, 0xC8, 0xCC);

  private final Optional<byte[]> jpeg;
  private final boolean isTag;
  private final Optional<Path> file;

  private CoverPicture(Optional<byte[]> jpeg, boolean isTag, Optional<Path> file) {
    this.jpeg = jpeg;
    this.isTag = isTag;
    this.file = file;
  }

  /** As a format wants it; nothing where there is none. */
  static CoverPicture of(Optional<byte[]> jpeg, EncodedFormat format) throws IOException {
    boolean isTag = format.hasPictureAsTag();
    Optional<Path> file = Optional.empty();
    if (jpeg.isPresent() && !isTag) {
      file = Optional.of(Files.createTempFile("sonograph-cover", ".jpg"));
      Files.write(file.get(), jpeg.get());
    }
    return new CoverPicture(jpeg, isTag, file);
  }

  /** Options that name it as a second input; it is a file of our own making. */
  List<String> input() {
    return file.map(
            path ->
                List.of(
                    "-protocol_whitelist",
                    "file",
                    "-f",
                    "jpeg_pipe",
                    "-i",
                    "file:" + path.toAbsolutePath()))
        .orElse(List.of());
  }

  /** Options of the output. */
  List<String> output() {
    List<String> options = new ArrayList<>();
    if (file.isPresent()) {
      options.addAll(List.of("-map", "1:v:0", "-c:v", "copy", "-disposition:v:0", "attached_pic"));
      options.addAll(List.of("-metadata:s:v:0", "comment=Cover (front)"));
    } else if (isTag && jpeg.isPresent()) {
      String block = Base64.getEncoder().encodeToString(block(jpeg.get()));
      options.addAll(List.of("-metadata", "METADATA_BLOCK_PICTURE=" + block));
    }
    return options;
  }

  /** The block as FLAC has it, RFC 9639, 8.8. */
  private static byte[] block(byte[] jpeg) {
    byte[] type = TYPE.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer block = ByteBuffer.allocate(32 + type.length + jpeg.length);
    block.putInt(FRONT_COVER).putInt(type.length).put(type).putInt(0);
    putSize(block, ByteBuffer.wrap(jpeg));
    block.putInt(TRUE_COLOUR_BITS).putInt(0).putInt(jpeg.length).put(jpeg);
    return block.array();
  }

  /** Width and height as the first frame says them; 0, which is allowed, where there is none. */
  private static void putSize(ByteBuffer block, ByteBuffer jpeg) {
    int at = 2;
    while (at + 9 < jpeg.capacity()) {
      int marker = jpeg.get(at + 1) & 0xff;
      if (marker >= SOF_FIRST && marker <= SOF_LAST && !NO_SOF.contains(marker)) {
        block.putInt(jpeg.getShort(at + 7) & 0xffff).putInt(jpeg.getShort(at + 5) & 0xffff);
        return;
      }
      at += 2 + (jpeg.getShort(at + 2) & 0xffff);
    }
    block.putInt(0).putInt(0);
  }

  @Override
  public void close() throws IOException {
    if (file.isPresent()) {
      Files.deleteIfExists(file.get());
    }
  }
}
