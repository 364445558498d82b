package org.sonograph.diffusion;

/** A picture that cannot be made, in words for the person who asked for it. */
public final class DiffusionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Whose fault it is, which decides whether trying again can help. */
  public enum Reason {
    /** The request asks for something this model or sampler cannot do; never try it again. */
    REQUEST,
    /** The model folder is missing, incomplete or of a kind that is not supported. */
    MODEL,
    /** The machine failed (driver, library); the same request may succeed later or elsewhere. */
    DEVICE,
    /** Memory ran out; fewer pictures at once may fit, or the same ones later or elsewhere. */
    MEMORY
  }

  private final Reason reason;

  public DiffusionException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public DiffusionException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Whose fault it is. */
  public Reason reason() {
    return reason;
  }

  /** Whether the same request may succeed when it is tried again. */
  public boolean mayPass() {
    return reason == Reason.DEVICE || reason == Reason.MEMORY;
  }
}
