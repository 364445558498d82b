package org.sonograph.diffusion.hub;

/** A model that cannot be had, in one line for the person who asked for it. */
public final class HubException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What stands in the way. */
  public enum Kind {
    /** The hub knows no such thing. */
    NOT_FOUND,
    /** The hub wants to know who asks, or that a licence was accepted. */
    FORBIDDEN,
    /** The hub does not answer, or we were told not to ask. */
    UNREACHABLE,
    /** What came is not what was promised. */
    DAMAGED,
    /** The disk is too small, or nothing can be written. */
    CANNOT_WRITE,
    /** It is there, but not a model that can be run. */
    UNSUITABLE
  }

  private final Kind kind;

  HubException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  HubException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** What stands in the way. */
  public Kind kind() {
    return kind;
  }
}
