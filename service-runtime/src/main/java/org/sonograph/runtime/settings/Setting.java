package org.sonograph.runtime.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a method of a {@code @ConfigMapping} interface means; every such method carries it. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Setting {
  /** One line. */
  String doc();

  /** Unit of the value, empty for none. */
  String unit() default "";

  /** Smallest number allowed; of a time, in seconds. */
  double min() default Double.NEGATIVE_INFINITY;

  /** Largest number allowed; of a time, in seconds. */
  double max() default Double.POSITIVE_INFINITY;

  /** Texts allowed; empty = any. */
  String[] oneOf() default {};

  /** True if the value must never be shown. */
  boolean secret() default false;
}
