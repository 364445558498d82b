package org.sonograph.launcher;

/** What the process says when it ends; the numbers are those of BSD's sysexits where one fits. */
public enum ExitCode {
  /** All went well. */
  OK(0),
  /** The command line was wrong. */
  USAGE(2),
  /** An input could not be read as what it should be. */
  BAD_INPUT(65),
  /** An input is not there. */
  NO_INPUT(66),
  /** Something needed is not there: a JDK, a part of the build, a broker. */
  UNAVAILABLE(69),
  /** A chunk failed, or we did. */
  FAILED(70),
  /** An output could not be written. */
  CANNOT_WRITE(73),
  /** Interrupted from the keyboard. */
  INTERRUPTED(130);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
