package org.sonograph.runtime.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StubLibraryTest {

  @Test
  void isAnElfLibraryOfTheGivenName() {
    byte[] library = StubLibrary.named("libpulse.so.0", new Platform("linux", "x86_64"));
    String text = new String(library, StandardCharsets.ISO_8859_1);
    assertThat(text).startsWith("\u007fELF\2\1\1").endsWith("\0libpulse.so.0\0");
    assertThat(library[18]).isEqualTo((byte) 62);
  }
}
