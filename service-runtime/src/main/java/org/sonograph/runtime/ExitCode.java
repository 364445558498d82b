package org.sonograph.runtime;

/** Exit codes of all our processes, after sysexits.h. */
public final class ExitCode {
  /** All went well. */
  public static final int OK = 0;

  /** A setting or argument is wrong. */
  public static final int USAGE = 2;

  /** Input that cannot be used. */
  public static final int BAD_INPUT = 65;

  /** Something this needs does not answer. */
  public static final int UNAVAILABLE = 69;

  /** Something failed that should not. */
  public static final int FAILURE = 70;

  private ExitCode() {}
}
