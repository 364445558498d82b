package org.sonograph.launcher.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** One object on its way into a file: a part grows until it is whole, however often it is cut. */
final class Download {
  private static final int BUFFER = 1 << 16;

  private final S3Client client;
  private final StoredObject object;
  private final Path file;
  private final Path part;
  private boolean isTagHash;

  Download(S3Client client, StoredObject object, Path file) {
    this.client = client;
    this.object = object;
    this.file = file;
    this.part = file.resolveSibling(file.getFileName() + ".part");
    this.isTagHash = object.etag().matches("[0-9a-f]{32}");
  }

  void run() throws IOException, InterruptedException {
    Files.createDirectories(file.getParent());
    fill();
    if (isTagHash && !FileDigests.of(part).md5().equals(object.etag())) {
      Files.delete(part);
      fill();
      if (isTagHash && !FileDigests.of(part).md5().equals(object.etag())) {
        Files.delete(part);
        throw ObjectStoreException.of("arrives with other bytes than its ETag says");
      }
    }
    Files.setLastModifiedTime(part, FileTime.from(object.modified()));
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void fill() throws IOException, InterruptedException {
    Backoff backoff = new Backoff();
    while (!isWhole()) {
      long before = Files.size(part);
      ObjectStoreException failure = goOn(before);
      if (failure == null) {
        continue;
      }
      if (!failure.mayPass()) {
        Files.delete(part);
        throw failure;
      }
      if (Files.size(part) > before) {
        backoff.progress();
      }
      if (!backoff.again()) {
        throw failure;
      }
    }
  }

  private boolean isWhole() throws IOException {
    long bytes = ObjectStore.bytes(part);
    if (!Files.exists(part) || bytes > object.bytes()) {
      Files.write(part, new byte[0]);
      bytes = 0;
    }
    return bytes == object.bytes();
  }

  /** Asks for the rest; what kept it from coming, or null. */
  private ObjectStoreException goOn(long from) throws IOException, InterruptedException {
    GetObjectRequest request =
        GetObjectRequest.builder()
            .bucket(object.url().bucket())
            .key(object.url().key())
            .ifMatch("\"" + object.etag() + "\"")
            .range("bytes=" + from + "-")
            .build();
    try (var answer = client.getObject(request)) {
      ServerSideEncryption encryption = answer.response().serverSideEncryption();
      isTagHash &= encryption == null || encryption == ServerSideEncryption.AES256;
      append(answer);
      return Files.size(part) == from ? ObjectStoreException.of("nothing comes") : null;
    } catch (AbortedException e) {
      Thread.interrupted(); // the checked exception says it
      throw new InterruptedException("stopped while reading " + object.url());
    } catch (SdkException e) {
      return ObjectStoreException.of(e);
    } catch (Cut e) {
      return ObjectStoreException.of("the connection was cut: " + e.getMessage());
    }
  }

  /** Reading failed, which is the storage's fault; writing fails by our own disk. */
  private static final class Cut extends IOException {
    private static final long serialVersionUID = 1L;

    private Cut(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  private void append(InputStream from) throws IOException, InterruptedException {
    byte[] bytes = new byte[BUFFER];
    try (OutputStream to = Files.newOutputStream(part, StandardOpenOption.APPEND)) {
      for (int n = read(from, bytes); n >= 0; n = read(from, bytes)) {
        to.write(bytes, 0, n);
        if (Thread.interrupted()) {
          throw new InterruptedException("stopped while reading " + object.url());
        }
      }
    }
  }

  private static int read(InputStream from, byte[] bytes) throws IOException {
    try {
      return from.read(bytes);
    } catch (IOException e) {
      throw new Cut(e);
    }
  }
}
