package org.sonograph.diffusion.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.sonograph.diffusion.Golden;

class PromptTokenizerTest {

  private static PromptTokenizer padded;
  private static PromptTokenizer bare;

  @BeforeAll
  static void open() {
    TokenizerFiles files = TokenizerFiles.read(Golden.models().resolve("tiny-sd/tokenizer"), 77);
    padded = new PromptTokenizer(files, true);
    bare = new PromptTokenizer(files, false);
  }

  @AfterAll
  static void close() {
    padded.close();
    bare.close();
  }

  @Test
  void readsEveryPromptAsTransformersDoes() {
    for (JsonNode golden : Golden.json("clip-tokenizer.json")) {
      long[] expected =
          StreamSupport.stream(golden.get("ids").spliterator(), false)
              .mapToLong(JsonNode::asLong)
              .toArray();
      assertThat(padded.encode(golden.get("text").asText()).ids())
          .as(golden.get("text").asText())
          .containsExactly(expected);
    }
  }

  @Test
  void saysThatALongPromptWasCut() {
    assertThat(padded.encode("word ".repeat(75)).cut()).isFalse();
    assertThat(padded.encode("word ".repeat(76)).cut()).isTrue();
  }

  @Test
  void leavesAPromptBareWhereTheEncoderWasTrainedSo() {
    Tokens tokens = bare.encode("abstract art");
    assertThat(tokens.length()).isEqualTo(4);
    assertThat(tokens.attention()).containsOnly(1);
    assertThat(bare.encode("").length()).isEqualTo(2);
  }

  @Test
  void masksWhatFillsUp() {
    assertThat(padded.encode("abstract art").attention()).startsWith(1, 1, 1, 1, 0).hasSize(77);
  }
}
