package org.sonograph.runtime.settings;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Reads and checks settings: flag, then environment, then file, then default. */
public final class Settings {
  /** Beginning of every name. */
  public static final String PREFIX = "sonograph.";

  /** Variable that names the settings file; the flag is {@code --config}. */
  public static final String FILE_VARIABLE = "SONOGRAPH_CONFIG";

  private static final String FILE_FLAG = "config";
  private static final List<Class<?>> SHARED =
      List.of(
          KafkaConfig.class,
          RegistryConfig.class,
          HttpConfig.class,
          OscConfig.class,
          HoursConfig.class);
  private static final int FLAG_ORDINAL = 400;
  private static final int ENVIRONMENT_ORDINAL = 300;
  private static final int FILE_ORDINAL = 200;
  private static final int CONVERTER_PRIORITY = 200;

  private Settings() {}

  /** The settings that every service has. */
  public static List<Class<?>> shared() {
    return SHARED;
  }

  /**
   * Reads settings.
   *
   * @param args flags {@code --name=value}, with or without {@value #PREFIX}; {@code --config=FILE}
   *     names the file
   * @param environment variables, as of {@link System#getenv()}
   * @param own the services' own {@code @ConfigMapping} interfaces, besides {@link #shared()}
   * @throws SettingsException if a name is unknown, or a value is missing, ill-formed or out of
   *     range
   */
  public static SmallRyeConfig load(
      List<String> args, Map<String, String> environment, List<Class<?>> own) {
    Map<String, String> flags = flags(args);
    String file = flags.remove(PREFIX + FILE_FLAG);
    if (file == null) {
      file = environment.getOrDefault(FILE_VARIABLE, "");
    }
    Map<String, String> variables = new TreeMap<>(environment);
    variables.keySet().removeIf(v -> !v.startsWith(SettingsTable.variableOf(PREFIX)));
    Map<String, String> lines = file.isEmpty() ? Map.of() : lines(Path.of(file));
    Class<?>[] mappings = mappings(own);
    KnownNames known = new KnownNames(SettingsTable.of(mappings), own);
    flags.keySet().forEach(n -> known.requireSetting(n, "flag --" + n.substring(PREFIX.length())));
    for (String name : lines.keySet()) {
      known.requireSetting(name, "file " + file + ": " + name);
    }
    variables.keySet().forEach(known::requireVariable);
    SmallRyeConfigBuilder builder =
        new SmallRyeConfigBuilder()
            .withSources(
                new PropertiesConfigSource(flags, "flags", FLAG_ORDINAL),
                new EnvConfigSource(variables, ENVIRONMENT_ORDINAL),
                new PropertiesConfigSource(lines, "file " + file, FILE_ORDINAL))
            .withConverter(Duration.class, CONVERTER_PRIORITY, new DurationText())
            .withValidateUnknown(false);
    for (Class<?> mapping : mappings) {
      builder.withMapping(mapping);
    }
    SmallRyeConfig config = build(builder);
    SettingsTable.of(mappings).forEach(row -> RangeCheck.check(config, row));
    return config;
  }

  /** All settings with their values, secrets masked, in the order of their names. */
  public static Map<String, String> shown(SmallRyeConfig config, List<Class<?>> own) {
    Map<String, String> shown = new TreeMap<>();
    for (SettingsTable.Row row : SettingsTable.of(mappings(own))) {
      String value = config.getConfigValue(row.name()).getValue();
      if (value == null) {
        value = row.defaultText();
      }
      shown.put(row.name(), row.setting().secret() && !value.isEmpty() ? "********" : value);
    }
    PassThrough.kafka(config)
        .forEach(
            (n, v) ->
                shown.put(PassThrough.KAFKA_PREFIX + n, PassThrough.isSecret(n) ? "********" : v));
    PassThrough.registry(config)
        .forEach(
            (n, v) ->
                shown.put(
                    PassThrough.REGISTRY_PREFIX + n, PassThrough.isSecret(n) ? "********" : v));
    return shown;
  }

  private static Class<?>[] mappings(List<Class<?>> own) {
    List<Class<?>> all = new ArrayList<>(SHARED);
    own.stream().filter(m -> !all.contains(m)).forEach(all::add);
    return all.toArray(Class<?>[]::new);
  }

  private static SmallRyeConfig build(SmallRyeConfigBuilder builder) {
    try {
      return builder.build();
    } catch (ConfigValidationException e) {
      List<String> problems = new ArrayList<>();
      for (int i = 0; i < e.getProblemCount(); i++) {
        problems.add(plain(e.getProblem(i).getMessage()));
      }
      throw new SettingsException(String.join("; ", problems), e);
    }
  }

  /** The library's message without its codes and class names. */
  private static String plain(String message) {
    return message
        .replaceAll("SRCFG\\d+: ", "")
        .replaceAll("^[\\w.]+Exception: ", "")
        .replaceFirst(
            "The config property (\\S+) with the config value \"(.*)\" threw an Exception whilst being converted ",
            "$1=$2: ")
        .replaceFirst("The config property (\\S+) is defined as the empty String .*", "$1 is empty")
        .replaceFirst("The config property (\\S+) is required but .*", "$1 is missing");
  }

  private static Map<String, String> flags(List<String> args) {
    Map<String, String> flags = new LinkedHashMap<>();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      if (!arg.startsWith("--") || equals < 3) {
        throw new SettingsException("argument '" + arg + "', expected --name=value");
      }
      String name = arg.substring(2, equals);
      flags.put(name.startsWith(PREFIX) ? name : PREFIX + name, arg.substring(equals + 1));
    }
    return flags;
  }

  private static Map<String, String> lines(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new SettingsException(
          "settings file " + file + " cannot be read: " + e.getMessage(), e);
    }
    Map<String, String> lines = new TreeMap<>();
    properties.stringPropertyNames().stream()
        .filter(n -> n.startsWith(PREFIX))
        .forEach(n -> lines.put(n, properties.getProperty(n)));
    return lines;
  }

  /** Arguments as a list. */
  public static List<String> args(String... args) {
    return Arrays.asList(args);
  }
}
