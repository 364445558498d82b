package org.sonograph.diffusion.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Brings one file into the store of blobs. What has come so far lies in {@code ETAG.incomplete}, as
 * with the hub's own client, and the next attempt goes on from there; the blob appears under its
 * name only when its checksum is right.
 */
final class HubDownload {

  private static final int BLOCK_BYTES = 1 << 16;
  private static final int SHA256_HEX_CHARS = 64;
  private static final int SHA1_HEX_CHARS = 40;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final int PARTIAL_CONTENT = 206;

  private final HubClient client;
  private final Attempts attempts;
  private final LongConsumer progress;

  /**
   * How stubbornly it is tried.
   *
   * @param most attempts without a byte in between before it is given up
   * @param pause wait before the second attempt; it doubles as long as nothing comes
   * @param silence longest wait for a byte
   */
  record Attempts(int most, Duration pause, Duration silence) {
    static final Attempts USUAL = new Attempts(5, Duration.ofMillis(500), Duration.ofSeconds(60));
  }

  /** A download whose connection broke; what came is kept. */
  private static final class Broken extends Exception {
    private static final long serialVersionUID = 1L;

    Broken(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  /**
   * Prepares downloads.
   *
   * @param progress told how many more bytes there are on the disk
   */
  HubDownload(HubClient client, Attempts attempts, LongConsumer progress) {
    this.client = client;
    this.attempts = attempts;
    this.progress = progress;
  }

  /** Bytes of a file that are here already. */
  static long here(Path blobs, HubFiles.Remote file) {
    try {
      Path whole = blobs.resolve(file.etag());
      Path partial = partial(blobs, file);
      return Files.exists(whole)
          ? file.size()
          : Files.exists(partial) ? Math.min(Files.size(partial), file.size()) : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  private static Path partial(Path blobs, HubFiles.Remote file) {
    return blobs.resolve(file.etag() + ".incomplete");
  }

  /** Brings a file, where it is not here yet. */
  void bring(HubClient.Located located, Path blobs) throws InterruptedException {
    HubFiles.Remote file = located.file();
    Path partial = partial(blobs, file);
    if (Files.exists(blobs.resolve(file.etag()))) {
      return;
    }
    try {
      Files.createDirectories(blobs);
      fill(located, partial);
      String found = checksum(partial, file);
      if (!found.equals(file.etag())) {
        Files.delete(partial);
        throw new HubException(
            HubException.Kind.DAMAGED,
            "%s came with checksum %s, expected %s; it was removed"
                .formatted(file.name(), found, file.etag()));
      }
      Files.move(partial, blobs.resolve(file.etag()), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw cannotWrite(file, partial, e);
    }
  }

  private void fill(HubClient.Located located, Path partial)
      throws IOException, InterruptedException {
    Duration pause = attempts.pause();
    int fruitless = 0;
    long before = -1;
    while (true) {
      long length = Files.exists(partial) ? Files.size(partial) : 0;
      if (length == located.file().size() && Files.exists(partial)) {
        return;
      }
      if (length > before) {
        fruitless = 0;
        pause = attempts.pause();
      } else {
        fruitless++;
      }
      before = length;
      try {
        attempt(located, partial, length);
      } catch (Broken e) {
        if (fruitless + 1 >= attempts.most()) {
          throw new HubException(
              HubException.Kind.UNREACHABLE,
              "%s: the connection broke (%s) at byte %d of %d; the same command goes on from there"
                  .formatted(
                      located.file().name(),
                      e.getMessage(),
                      Files.exists(partial) ? Files.size(partial) : 0,
                      located.file().size()),
              e);
        }
        Thread.sleep(pause);
        pause = pause.multipliedBy(2);
      }
    }
  }

  private void attempt(HubClient.Located located, Path partial, long from)
      throws IOException, InterruptedException, Broken {
    HubFiles.Remote file = located.file();
    if (from > file.size()) {
      Files.delete(partial);
      progress.accept(-Math.min(from, file.size()));
      return;
    }
    HttpResponse<InputStream> answer = answer(located, from);
    boolean goesOn = answer.statusCode() == PARTIAL_CONTENT && startsAt(answer, from);
    if (answer.statusCode() / 100 != 2) {
      answer.body().close();
      if (answer.statusCode() == RANGE_NOT_SATISFIABLE) {
        Files.deleteIfExists(partial);
        progress.accept(-from);
        return;
      }
      throw new Broken(new IOException("answer " + answer.statusCode()));
    }
    if (!goesOn && from > 0) {
      progress.accept(-from);
    }
    try (FileChannel out =
        FileChannel.open(
            partial,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            goesOn ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING)) {
      copy(answer.body(), out, file.size() - (goesOn ? from : 0));
    }
    if (Files.size(partial) < file.size()) {
      throw new Broken(new IOException("it ended early"));
    }
  }

  private HttpResponse<InputStream> answer(HubClient.Located located, long from)
      throws InterruptedException, Broken {
    try {
      return client.open(located.address(), from);
    } catch (HubException e) {
      throw new Broken(new IOException(e.getMessage(), e));
    }
  }

  private static boolean startsAt(HttpResponse<?> answer, long from) {
    return answer
        .headers()
        .firstValue("Content-Range")
        .map(range -> range.startsWith("bytes " + from + "-"))
        .orElse(false);
  }

  /** Copies at most so many bytes; a store that falls silent is hung up on. */
  private void copy(InputStream body, FileChannel out, long most) throws IOException, Broken {
    AtomicLong heard = new AtomicLong(System.nanoTime());
    CountDownLatch done = new CountDownLatch(1);
    Thread watch = Thread.startVirtualThread(() -> hangUp(body, heard, done));
    byte[] block = new byte[BLOCK_BYTES];
    long left = most;
    try (body) {
      while (left > 0) {
        int read = readBlock(body, block, (int) Math.min(block.length, left));
        if (read < 0) {
          return;
        }
        heard.set(System.nanoTime());
        ByteBuffer bytes = ByteBuffer.wrap(block, 0, read);
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
        left -= read;
        progress.accept(read);
      }
    } finally {
      done.countDown();
      watch.interrupt();
    }
  }

  private static int readBlock(InputStream body, byte[] block, int most) throws Broken {
    try {
      return body.read(block, 0, most);
    } catch (IOException e) {
      throw new Broken(e);
    }
  }

  private void hangUp(InputStream body, AtomicLong heard, CountDownLatch done) {
    try {
      long silence = attempts.silence().toNanos();
      while (!done.await(silence / 4, TimeUnit.NANOSECONDS)) {
        if (System.nanoTime() - heard.get() > silence) {
          body.close();
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      heard.set(0);
    }
  }

  /**
   * SHA-256 where the etag is one; else SHA-1 as git computes it, over a header and the content.
   */
  private static String checksum(Path partial, HubFiles.Remote file) throws IOException {
    boolean isLarge = file.etag().length() == SHA256_HEX_CHARS;
    if (!isLarge && file.etag().length() != SHA1_HEX_CHARS) {
      return file.etag();
    }
    MessageDigest digest = digest(isLarge ? "SHA-256" : "SHA-1");
    if (!isLarge) {
      digest.update(("blob " + Files.size(partial) + "\0").getBytes(StandardCharsets.US_ASCII));
    }
    return hex(partial, digest);
  }

  /** SHA-256 of a file, in hex. */
  static String sha256(Path file) throws IOException {
    return hex(file, digest("SHA-256"));
  }

  private static String hex(Path file, MessageDigest digest) throws IOException {
    byte[] block = new byte[BLOCK_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        digest.update(block, 0, read);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + name, e);
    }
  }

  /** A full disk is freed of what came; all else can be gone on with. */
  private static HubException cannotWrite(HubFiles.Remote file, Path partial, IOException e) {
    String why = String.valueOf(e.getMessage());
    boolean isFull = why.contains("No space left") || why.contains("not enough space");
    if (isFull && partial.toFile().delete()) {
      why = "no space is left on the disk; what had come was removed";
    }
    return new HubException(
        HubException.Kind.CANNOT_WRITE, "%s cannot be written: %s".formatted(file.name(), why), e);
  }
}
