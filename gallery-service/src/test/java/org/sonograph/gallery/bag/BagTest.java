package org.sonograph.gallery.bag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BagTest {
  /** SHA-256 of "abc", FIPS 180-2. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private static final LocalDate DAY = LocalDate.of(2026, 1, 2);

  @TempDir Path temp;
  private Path out;
  private Path to;

  @BeforeEach
  void fill() throws IOException {
    out = temp.resolve("out");
    to = temp.resolve("bag");
    Files.createDirectories(out.resolve("a take/art"));
    Files.createDirectories(out.resolve(".sonograph"));
    Files.writeString(out.resolve(".sonograph/log"), "hidden");
    Files.writeString(out.resolve("a take/track.json"), "abc");
    Files.writeString(out.resolve("a take/art/100%.png"), "abc");
    Files.createSymbolicLink(out.resolve("link"), out.resolve("a take"));
  }

  private Bag.Written write() throws IOException {
    return new Bag(out, to).write("A\nhouse", DAY, soFar -> {});
  }

  @Test
  void everyFileIsInTheManifestAndTheManifestInTheTags() throws IOException {
    assertThat(write()).isEqualTo(new Bag.Written(2, 6, 1));
    assertThat(Files.readAllLines(to.resolve("manifest-sha256.txt")))
        .containsExactlyInAnyOrder(
            ABC + "  data/a take/track.json", ABC + "  data/a take/art/100%25.png");
    assertThat(to.resolve("data/a take/art/100%.png")).hasContent("abc");
    assertThat(to.resolve("bagit.txt"))
        .hasContent("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
    assertThat(Files.readAllLines(to.resolve("bag-info.txt")))
        .contains("Payload-Oxum: 6.2", "Bagging-Date: 2026-01-02", "Source-Organization: A house");
    assertThat(Files.readAllLines(to.resolve("tagmanifest-sha256.txt")))
        .contains(CopiedFile.hash(to.resolve("manifest-sha256.txt")) + "  manifest-sha256.txt")
        .hasSize(3);
    assertThat(to.resolve(Bag.UNDER_WAY)).doesNotExist();
  }

  @Test
  void whatWasBrokenOffIsBegunAnew() throws IOException {
    assertThatThrownBy(
            () ->
                new Bag(out, to)
                    .write(
                        "",
                        DAY,
                        soFar -> {
                          throw new IllegalStateException("power cut");
                        }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(to.resolve("bagit.txt")).doesNotExist();
    Files.writeString(to.resolve("data/stray"), "of the first attempt");
    assertThat(write().files()).isEqualTo(2);
    assertThat(to.resolve("data/stray")).doesNotExist();
  }

  @Test
  void nothingElseIsOverwrittenNorABagPutIntoWhatItHolds() throws IOException {
    Files.createDirectories(to);
    Files.writeString(to.resolve("mine"), "keep");
    assertThatThrownBy(this::write).isInstanceOf(IOException.class).hasMessageContaining("empty");
    assertThatThrownBy(() -> new Bag(out, out.resolve("bag")).write("", DAY, soFar -> {}))
        .hasMessageContaining("outside");
    assertThat(to.resolve("data")).doesNotExist();
  }
}
