package org.sonograph.launcher.s3;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/**
 * One file on its way into a bucket: whole, or in parts where it is large, so that a line that is
 * cut costs one of them. The storage checks what comes by its MD5, and must then name the same one;
 * where its tags are no hashes, the size and the SHA-256 it has kept.
 */
final class Upload {
  /** Size of a part; the protocol wants 5 MiB at least, but of the last. */
  static final int PART_BYTES = 8 << 20;

  /** Largest file: the protocol has no more than ten thousand parts. */
  static final long MOST_BYTES = 10_000L * PART_BYTES;

  private static final String HASH = "sonograph-sha256";

  private final S3Client client;
  private final Path file;
  private final FileDigests digests;
  private final ObjectUrl url;

  Upload(S3Client client, Path file, FileDigests digests, ObjectUrl url) {
    this.client = client;
    this.file = file;
    this.digests = digests;
    this.url = url;
  }

  void run() throws IOException, InterruptedException {
    if (digests.bytes() > MOST_BYTES) {
      throw ObjectStoreException.of("is larger than %d GiB".formatted(MOST_BYTES >> 30));
    }
    if (digests.bytes() > PART_BYTES) {
      inParts();
    } else {
      whole();
    }
  }

  private void whole() throws IOException, InterruptedException {
    String etag =
        ObjectStore.asked(
            () ->
                client
                    .putObject(
                        b ->
                            b.bucket(url.bucket())
                                .key(url.key())
                                .contentMD5(digests.md5Base64())
                                .metadata(Map.of(HASH, digests.sha256())),
                        RequestBody.fromFile(file))
                    .eTag());
    verify(etag, digests.md5());
  }

  private void inParts() throws IOException, InterruptedException {
    String id =
        ObjectStore.asked(
            () ->
                client
                    .createMultipartUpload(
                        b ->
                            b.bucket(url.bucket())
                                .key(url.key())
                                .metadata(Map.of(HASH, digests.sha256())))
                    .uploadId());
    boolean isDone = false;
    try {
      MessageDigest all = FileDigests.digest("MD5");
      List<CompletedPart> parts = parts(id, all);
      String expected = HexFormat.of().formatHex(all.digest()) + "-" + parts.size();
      verify(complete(id, parts), expected);
      isDone = true;
    } finally {
      if (!isDone) {
        abort(id);
      }
    }
  }

  private List<CompletedPart> parts(String id, MessageDigest all)
      throws IOException, InterruptedException {
    List<CompletedPart> parts = new ArrayList<>();
    try (FileChannel in = FileChannel.open(file)) {
      for (long from = 0; from < digests.bytes(); from += PART_BYTES) {
        byte[] bytes = read(in, from);
        byte[] md5 = FileDigests.digest("MD5").digest(bytes);
        all.update(md5);
        int number = parts.size() + 1;
        String etag =
            ObjectStore.asked(
                () ->
                    client
                        .uploadPart(
                            b ->
                                b.bucket(url.bucket())
                                    .key(url.key())
                                    .uploadId(id)
                                    .partNumber(number)
                                    .contentMD5(Base64.getEncoder().encodeToString(md5)),
                            RequestBody.fromBytes(bytes))
                        .eTag());
        parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
      }
    }
    return parts;
  }

  private byte[] read(FileChannel in, long from) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(PART_BYTES, digests.bytes() - from));
    while (bytes.hasRemaining()) {
      if (in.read(bytes, from + bytes.position()) < 0) {
        throw new IOException(file + " became shorter while it was sent");
      }
    }
    return bytes.array();
  }

  /** The object's tag; empty where the answer was cut, which leaves the object to be looked at. */
  private String complete(String id, List<CompletedPart> parts)
      throws IOException, InterruptedException {
    try {
      return ObjectStore.asked(
          () ->
              client
                  .completeMultipartUpload(
                      b ->
                          b.bucket(url.bucket())
                              .key(url.key())
                              .uploadId(id)
                              .multipartUpload(u -> u.parts(parts)))
                  .eTag());
    } catch (ObjectStoreException e) {
      if (isThere()) {
        return "";
      }
      throw e;
    }
  }

  private boolean isThere() throws InterruptedException {
    try {
      return isSame(look());
    } catch (IOException e) {
      return false;
    }
  }

  private void verify(String etag, String expected) throws IOException, InterruptedException {
    if (!ObjectStore.unquoted(etag).equalsIgnoreCase(expected)) {
      HeadObjectResponse head = look();
      boolean isTagHash = ObjectStore.unquoted(head.eTag()).matches("[0-9a-f]{32}");
      if (!isSame(head) || isTagHash && head.serverSideEncryption() == null) {
        throw ObjectStoreException.of("arrived with other bytes than were sent");
      }
    }
  }

  private HeadObjectResponse look() throws IOException, InterruptedException {
    return ObjectStore.asked(() -> client.headObject(b -> b.bucket(url.bucket()).key(url.key())));
  }

  private boolean isSame(HeadObjectResponse head) {
    return head.contentLength() == digests.bytes()
        && digests.sha256().equals(head.metadata().get(HASH));
  }

  /** The storage keeps, and charges for, parts that nobody ended. */
  private void abort(String id) {
    try {
      client.abortMultipartUpload(b -> b.bucket(url.bucket()).key(url.key()).uploadId(id));
    } catch (SdkException e) {
      // it is away; its rules for what is unfinished take them
    }
  }
}
