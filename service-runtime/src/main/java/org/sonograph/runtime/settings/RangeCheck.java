package org.sonograph.runtime.settings;

import io.smallrye.config.SmallRyeConfig;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Compares a value with the range its declaration gives. */
final class RangeCheck {
  private RangeCheck() {}

  static void check(SmallRyeConfig config, SettingsTable.Row row) {
    Object value = unwrap(valueOf(config, row));
    Setting setting = row.setting();
    boolean outside =
        switch (value) {
          case null -> false;
          case Duration d -> d.isNegative() || d.isZero() || outside(setting, d.toMillis() / 1e3);
          case Number n -> outside(setting, n.doubleValue());
          default ->
              setting.oneOf().length > 0 && !List.of(setting.oneOf()).contains(value.toString());
        };
    if (outside) {
      throw new SettingsException(
          "%s=%s, expected %s%s"
              .formatted(
                  row.name(),
                  setting.secret() ? "********" : value,
                  value instanceof Duration && row.range().isEmpty() ? "more than 0" : row.range(),
                  setting.unit().isEmpty() ? "" : " " + setting.unit()));
    }
  }

  /** True for a number, or a time in seconds, that the declaration does not allow. */
  private static boolean outside(Setting setting, double value) {
    return !(value >= setting.min() && value <= setting.max());
  }

  private static Object unwrap(Object value) {
    return value instanceof Optional<?> optional ? optional.orElse(null) : value;
  }

  private static Object valueOf(SmallRyeConfig config, SettingsTable.Row row) {
    try {
      return row.method().invoke(config.getConfigMapping(row.method().getDeclaringClass()));
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new SettingsException(row.name() + " cannot be read: " + e.getMessage(), e);
    }
  }
}
