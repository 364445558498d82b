package org.sonograph.schemas;

/** Would be made if a reader followed a {@code java-class} that the writer's schema names. */
public final class ReaderTrap {
  static boolean made;

  public ReaderTrap(String text) {
    made = true;
  }
}
