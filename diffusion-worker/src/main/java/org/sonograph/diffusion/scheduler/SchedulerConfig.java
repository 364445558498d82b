package org.sonograph.diffusion.scheduler;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sonograph.diffusion.DiffusionException;

/**
 * What a {@code scheduler_config.json} says. Each sampler picks the keys it knows and has its own
 * defaults for the others, so laying one sampler over another's file is diffusers' {@code
 * from_config}.
 *
 * @param className diffusers' class, such as {@code PNDMScheduler}
 * @param values numbers, booleans, strings and lists of numbers by key; null values are left out
 */
public record SchedulerConfig(String className, Map<String, Object> values) {

  public SchedulerConfig {
    values = Map.copyOf(values);
  }

  /** The same with some keys set anew. */
  public SchedulerConfig with(Map<String, Object> changes) {
    Map<String, Object> changed = new HashMap<>(values);
    changed.putAll(changes);
    return new SchedulerConfig(className, changed);
  }

  /** The same without a key. */
  public SchedulerConfig without(String key) {
    Map<String, Object> changed = new HashMap<>(values);
    changed.remove(key);
    return new SchedulerConfig(className, changed);
  }

  /** Whether the file sets a key. */
  public boolean sets(String key) {
    return values.containsKey(key);
  }

  double number(String key, double absent) {
    return switch (values.get(key)) {
      case null -> absent;
      case Number number -> number.doubleValue();
      case Object other -> throw wrong(key, "a number", other);
    };
  }

  int whole(String key, int absent) {
    return (int) number(key, absent);
  }

  boolean flag(String key, boolean absent) {
    return switch (values.get(key)) {
      case null -> absent;
      case Boolean flag -> flag;
      case Object other -> throw wrong(key, "true or false", other);
    };
  }

  String text(String key, String absent) {
    return switch (values.get(key)) {
      case null -> absent;
      case String text -> text;
      case Object other -> throw wrong(key, "a string", other);
    };
  }

  Optional<double[]> numbers(String key) {
    return switch (values.get(key)) {
      case null -> Optional.empty();
      case List<?> list ->
          Optional.of(list.stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray());
      case Object other -> throw wrong(key, "a list of numbers", other);
    };
  }

  /** Stops at settings that are not built, rather than painting something else. */
  void refuse(String key) {
    if (flag(key, false)) {
      throw unsupported(key, "true", "false");
    }
  }

  DiffusionException unsupported(String key, String found, String expected) {
    return new DiffusionException(
        DiffusionException.Reason.MODEL,
        "scheduler_config.json: %s=%s, expected %s (class=%s)"
            .formatted(key, found, expected, className));
  }

  private DiffusionException wrong(String key, String expected, Object found) {
    return unsupported(key, String.valueOf(found), expected);
  }
}
