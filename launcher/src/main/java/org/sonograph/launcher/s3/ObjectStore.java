package org.sonograph.launcher.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Buckets of one S3-compatible storage; what does not get through is tried again. */
public final class ObjectStore implements AutoCloseable {
  private final S3Client client;

  ObjectStore(S3Client client) {
    this.client = client;
  }

  /** Storage as environment and profile name it; nothing is asked of it yet. */
  public static ObjectStore open(Map<String, String> environment) throws IOException {
    try {
      return new ObjectStore(StoreClient.open(environment));
    } catch (SdkException e) {
      throw ObjectStoreException.of(e);
    }
  }

  /** Tells every object whose key begins so, in the order of keys, a page at a time. */
  void list(ObjectUrl prefix, Consumer<StoredObject> each)
      throws IOException, InterruptedException {
    asked(
        () -> {
          client
              .listObjectsV2Paginator(b -> b.bucket(prefix.bucket()).prefix(prefix.key()))
              .contents()
              .forEach(object -> each.accept(stored(prefix, object)));
          return 0;
        });
  }

  private static StoredObject stored(ObjectUrl prefix, S3Object object) {
    return new StoredObject(
        new ObjectUrl(prefix.bucket(), object.key()),
        unquoted(object.eTag()),
        object.size(),
        object.lastModified().truncatedTo(ChronoUnit.SECONDS));
  }

  /** Looks at an object. */
  StoredObject look(ObjectUrl url) throws IOException, InterruptedException {
    HeadObjectResponse head =
        asked(() -> client.headObject(b -> b.bucket(url.bucket()).key(url.key())));
    return new StoredObject(
        url,
        unquoted(head.eTag()),
        head.contentLength(),
        head.lastModified().truncatedTo(ChronoUnit.SECONDS));
  }

  /** The whole of a small object. */
  byte[] read(ObjectUrl url) throws IOException, InterruptedException {
    return asked(
        () ->
            client
                .getObject(
                    b -> b.bucket(url.bucket()).key(url.key()),
                    ResponseTransformer.<GetObjectResponse>toBytes())
                .asByteArray());
  }

  /** Brings an object's bytes into a file, going on where an earlier attempt broke off. */
  void download(StoredObject object, Path file) throws IOException, InterruptedException {
    new Download(client, object, file).run();
  }

  /** Puts a file into a bucket, checked on arrival. */
  void upload(Path file, FileDigests digests, ObjectUrl url)
      throws IOException, InterruptedException {
    new Upload(client, file, digests, url).run();
  }

  static String unquoted(String etag) {
    return etag == null ? "" : etag.replace("\"", "");
  }

  /** One request, or several that make one. */
  interface Request<T> {
    T send() throws IOException;
  }

  static <T> T asked(Request<T> request) throws IOException, InterruptedException {
    try {
      return request.send();
    } catch (AbortedException e) {
      Thread.interrupted(); // the checked exception says it
      throw new InterruptedException("stopped while asking the storage");
    } catch (SdkException e) {
      throw ObjectStoreException.of(e);
    }
  }

  /** Size of a file that is there. */
  static long bytes(Path file) throws IOException {
    return Files.exists(file) ? Files.size(file) : 0;
  }

  @Override
  public void close() {
    client.close();
  }
}
