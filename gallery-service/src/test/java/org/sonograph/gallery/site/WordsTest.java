package org.sonograph.gallery.site;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordsTest {
  private static final int SHARD_BYTES = 80_000;

  @TempDir Path site;

  @Test
  void wordsAreLowerCaseWithoutAccentsAndFoundByTheirParts() {
    assertThat(Words.of("Žluťoučký KŮŇ, rain07.wav"))
        .containsExactlyInAnyOrder("zlutoucky", "kun", "rain07", "rain", "07", "wav");
    assertThat(Words.of("海の波")).contains("海の波", "波");
    assertThat(Words.of("x".repeat(100))).containsExactly("x".repeat(Words.MOST_CHARS));
    assertThat(Words.of("<>&\"'\n")).isEmpty();
  }

  @Test
  void everyWordIsInTheShardOfItsPrefixWithItsTakes() throws IOException {
    Random random = new Random(1);
    TreeMap<String, TreeSet<Integer>> expected = new TreeMap<>();
    Words words = new Words(new DataFiles(site));
    for (int take = 0; take < 6000; take++) {
      TreeSet<String> own = new TreeSet<>(List.of("every"));
      own.add("rec" + take);
      own.add(Long.toString(random.nextLong() >>> 1, 36));
      if (take % 3 == 0) {
        own.add("third");
      }
      words.add(take, own);
      for (String word : own) {
        expected.computeIfAbsent(word, w -> new TreeSet<>()).add(take);
      }
    }
    List<String> prefixes = words.write();
    assertThat(prefixes).hasSizeGreaterThan(3);
    TreeMap<String, TreeSet<Integer>> found = new TreeMap<>();
    for (int shard = 0; shard < prefixes.size(); shard++) {
      JsonNode content = read("words/" + shard);
      String prefix = prefixes.get(shard);
      content
          .properties()
          .forEach(
              word -> {
                assertThat(word.getKey()).startsWith(prefix);
                found.put(word.getKey(), numbers(word.getValue().asText()));
              });
    }
    assertThat(found).isEqualTo(expected);
    assertThat(site.resolve("data/words.partial")).doesNotExist();
  }

  private JsonNode read(String name) throws IOException {
    String text = Files.readString(site.resolve("data/" + name + ".js"));
    assertThat(text.length()).isLessThan(SHARD_BYTES);
    String head = "sonograph(\"" + name + "\",";
    assertThat(text).startsWith(head).endsWith(");\n");
    return new ObjectMapper().readTree(text.substring(head.length(), text.length() - 3));
  }

  /** As the page reads them. */
  private static TreeSet<Integer> numbers(String postings) {
    TreeSet<Integer> numbers = new TreeSet<>();
    int at = 0;
    for (String part : postings.split(" ")) {
      List<String> gap = new ArrayList<>(List.of(part.split("\\+")));
      int from = at + Integer.parseInt(gap.getFirst(), 36);
      at = from + (gap.size() > 1 ? Integer.parseInt(gap.getLast(), 36) : 0);
      for (int n = from; n <= at; n++) {
        numbers.add(n);
      }
    }
    return numbers;
  }
}
