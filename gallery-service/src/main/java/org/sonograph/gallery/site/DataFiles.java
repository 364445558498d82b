package org.sonograph.gallery.site;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes data as scripts, which a page may load wherever it lies. */
final class DataFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private long bytes;

  DataFiles(Path site) {
    this.folder = site.resolve("data");
  }

  /** Bytes written. */
  long bytes() {
    return bytes;
  }

  /** A temporary folder beside the data. */
  Path folder() {
    return folder;
  }

  /** Writes a value that the page asks for by name. */
  void write(String name, Object value) throws IOException {
    Path file = folder.resolve(name + ".js");
    Files.createDirectories(file.getParent());
    String text = "sonograph(\"" + name + "\"," + JSON.writeValueAsString(value) + ");\n";
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    Files.write(file, utf8);
    bytes += utf8.length;
  }

  /** Writes a list in shards of equal length, of which the page asks for one. */
  void writeShards(String name, List<?> values, int shard) throws IOException {
    for (int from = 0; from < values.size(); from += shard) {
      write(name + "/" + from / shard, values.subList(from, Math.min(values.size(), from + shard)));
    }
  }
}
