package org.sonograph.runtime.settings;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** Settings of the hours in which live streams are heard, by the machine's own time zone. */
@ConfigMapping(prefix = "sonograph.hours")
public interface HoursConfig {
  @Setting(
      doc =
          "when live streams are heard, such as 10:00-18:00,Mon-Fri,11:00-20:00,Sat,Sun; outside"
              + " they fade to silence and nothing is computed; empty = always")
  Optional<String> open();

  @Setting(
      doc =
          "when they are quieter, and how loud then, such as 22:00-07:00=0.3 or"
              + " 12:00-13:00=0.5,Mon-Fri; empty = never")
  Optional<String> quiet();
}
