package org.sonograph.ingest.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartStreamTest {
  private static final String TYPE = "multipart/form-data; boundary=XyZ";

  private static byte[] form(byte[] file) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        ("--XyZ\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\nsea & sky\r\n"
                + "--XyZ\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a b.wav\"\r\n"
                + "Content-Type: audio/wav\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    out.writeBytes(file);
    out.writeBytes("\r\n--XyZ--\r\n".getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  /** Gives a few bytes at a time, as a network does. */
  private static InputStream trickling(byte[] bytes, int most) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public synchronized int read(byte[] b, int off, int len) {
        return super.read(b, off, Math.min(len, most));
      }
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 1000, 100_000})
  void readsFieldsAndFilesHoweverTheyArrive(int most) throws IOException {
    byte[] file = new byte[150_000];
    new Random(most).nextBytes(file);
    // something that looks like the delimiter and is not
    System.arraycopy("\r\n--Xy".getBytes(StandardCharsets.UTF_8), 0, file, 70_000, 6);
    MultipartStream form = new MultipartStream(trickling(form(file), most), TYPE);
    MultipartStream.Part prompt = form.next().orElseThrow();
    assertThat(prompt.name()).isEqualTo("prompt");
    assertThat(prompt.fileName()).isEmpty();
    assertThat(prompt.body().readAllBytes()).asString().isEqualTo("sea & sky");
    MultipartStream.Part sound = form.next().orElseThrow();
    assertThat(sound.fileName()).isEqualTo(Optional.of("a b.wav"));
    assertThat(sound.body().readAllBytes()).isEqualTo(file);
    assertThat(form.next()).isEmpty();
  }

  @Test
  void readsAnEmptyFile() throws IOException {
    MultipartStream form = new MultipartStream(new ByteArrayInputStream(form(new byte[0])), TYPE);
    form.next().orElseThrow().body().readAllBytes();
    assertThat(form.next().orElseThrow().body().readAllBytes()).isEmpty();
  }

  @Test
  void saysWhenTheFormIsCutOff() throws IOException {
    byte[] whole = form(new byte[1000]);
    MultipartStream form =
        new MultipartStream(new ByteArrayInputStream(whole, 0, whole.length - 50), TYPE);
    form.next().orElseThrow().body().readAllBytes();
    InputStream body = form.next().orElseThrow().body();
    assertThatThrownBy(body::readAllBytes)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("in the middle of a part");
  }

  @Test
  void needsABoundary() {
    assertThatThrownBy(
            () -> new MultipartStream(InputStream.nullInputStream(), "multipart/form-data"))
        .hasMessageContaining("boundary");
  }
}
