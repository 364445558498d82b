package org.sonograph.runtime.settings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import io.smallrye.config.common.utils.StringUtil;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The settings that interfaces declare, as rows for checks, printing and the READMEs. */
public final class SettingsTable {
  private SettingsTable() {}

  /**
   * One setting.
   *
   * @param name full name, from {@code sonograph.} on
   * @param defaultText default, empty for none
   * @param setting what its declaration says
   * @param method the method that returns its value
   */
  public record Row(String name, String defaultText, Setting setting, Method method) {
    /** Name of its environment variable. */
    public String variable() {
      return variableOf(name);
    }

    String range() {
      if (setting.oneOf().length > 0) {
        return String.join(", ", setting.oneOf());
      }
      boolean low = Double.isFinite(setting.min());
      boolean high = Double.isFinite(setting.max());
      if (low && high) {
        return number(setting.min()) + " to " + number(setting.max());
      }
      return low ? "from " + number(setting.min()) : high ? "up to " + number(setting.max()) : "";
    }

    private static String number(double value) {
      return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
  }

  /** Rows of the given {@code @ConfigMapping} interfaces, by name. */
  public static List<Row> of(Class<?>... mappings) {
    return Arrays.stream(mappings)
        .flatMap(m -> Arrays.stream(m.getMethods()).map(method -> row(m, method)))
        .sorted(Comparator.comparing(Row::name))
        .toList();
  }

  /** Table in Markdown; a README carries exactly this text. */
  public static String markdown(Class<?>... mappings) {
    String rows =
        of(mappings).stream()
            .map(
                r ->
                    "| `%s` | %s | %s | %s | %s |\n"
                        .formatted(
                            r.variable(),
                            r.defaultText().isEmpty() ? "" : "`" + r.defaultText() + "`",
                            r.setting().unit(),
                            r.range(),
                            r.setting().doc()))
            .collect(Collectors.joining());
    return "| variable | default | unit | range | meaning |\n|---|---|---|---|---|\n" + rows;
  }

  /** Name of the environment variable of a setting. */
  public static String variableOf(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  private static Row row(Class<?> mapping, Method method) {
    Setting setting = method.getAnnotation(Setting.class);
    ConfigMapping prefix = mapping.getAnnotation(ConfigMapping.class);
    if (setting == null || prefix == null) {
      throw new IllegalArgumentException(
          mapping.getSimpleName()
              + "."
              + method.getName()
              + " lacks @Setting or its interface @ConfigMapping");
    }
    WithName named = method.getAnnotation(WithName.class);
    WithDefault defaulted = method.getAnnotation(WithDefault.class);
    String name = named == null ? StringUtil.skewer(method.getName()) : named.value();
    return new Row(
        prefix.prefix() + "." + name, defaulted == null ? "" : defaulted.value(), setting, method);
  }
}
