package org.sonograph.download;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Says under what licence each jar of a folder comes, and puts the texts beside that list. */
final class Licences {
  static final String LIST = "LIST.txt";

  private static final Pattern TEXT =
      Pattern.compile("(?:.*/)?((?:licen[cs]e|notice|copying)[^/]*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern POM = Pattern.compile("META-INF/maven/.*/pom\\.xml");
  private static final Pattern NAMED =
      Pattern.compile("<license>\\s*(?:<!--.*?-->\\s*)*<name>(.*?)</name>", Pattern.DOTALL);
  private static final int NAME_BYTES = 4;

  private final Path to;
  private final Properties known = new Properties();

  private Licences(Path to) throws IOException {
    this.to = Files.createDirectories(to);
    try (InputStream in = Licences.class.getResourceAsStream("licences.properties")) {
      known.load(in);
    }
  }

  /** Looks into all jars below {@code programs}; one of which nothing is known is an error. */
  static void write(Path programs, Path to) throws IOException {
    Licences licences = new Licences(to);
    List<String> lines = new ArrayList<>();
    lines.add("Everything in program/ with its licence; the texts lie beside this list.");
    lines.add("Java's own, where it is contained, lie in program/java/legal.");
    lines.add("");
    for (Path file : FolderWalk.files(programs)) {
      if (file.startsWith(programs.resolve("java")) || RegistryParts.isUnused(file)) {
        continue;
      }
      if (file.toString().endsWith(".jar")) {
        lines.add(programs.relativize(file) + ": " + String.join(", ", licences.of(file)));
      }
    }
    Files.write(to.resolve(LIST), lines);
  }

  private SortedSet<String> of(Path jar) throws IOException {
    SortedSet<String> found = new TreeSet<>();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        Matcher text = TEXT.matcher(entry.getName());
        if (POM.matcher(entry.getName()).matches()) {
          Matcher named = NAMED.matcher(new String(bytes(zip, entry), StandardCharsets.UTF_8));
          while (named.find()) {
            found.add(named.group(1).strip());
          }
        } else if (text.matches() && !entry.getName().endsWith(".class")) {
          found.add(keep(text.group(1), bytes(zip, entry)));
        }
      }
    }
    String name = jar.getFileName().toString();
    for (Map.Entry<Object, Object> one : known.entrySet()) {
      if (name.startsWith(one.getKey().toString())) {
        found.add(one.getValue().toString());
      }
    }
    if (found.isEmpty() && !isOurs(name)) {
      throw new IOException("no licence is known of " + name + ": add it to licences.properties");
    }
    return found.isEmpty() ? new TreeSet<>(List.of("Apache-2.0 (Sonograph)")) : found;
  }

  private static boolean isOurs(String jar) {
    return jar.matches("(?:schemas|signal|service-runtime|[a-z]+-service|diffusion-worker)-.*");
  }

  private static byte[] bytes(ZipFile zip, ZipEntry entry) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  /** The same text is kept once. */
  private String keep(String name, byte[] text) throws IOException {
    String plain = name.replaceAll("\\.(?:txt|md)$", "");
    String file = plain + "-" + digest(text) + ".txt";
    Files.write(to.resolve(file), text);
    return file;
  }

  private static String digest(byte[] text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(hash, 0, NAME_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
