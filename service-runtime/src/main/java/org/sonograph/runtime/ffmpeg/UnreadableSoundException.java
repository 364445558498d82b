package org.sonograph.runtime.ffmpeg;

import java.io.IOException;

/** A file that is not sound, or not sound that can be read; the message is one plain sentence. */
public final class UnreadableSoundException extends IOException {
  private static final long serialVersionUID = 1L;

  public UnreadableSoundException(String message) {
    super(message);
  }
}
