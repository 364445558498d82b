package org.sonograph.runtime.ffmpeg;

/** No usable FFmpeg on this machine; the message says which setting to change. */
public final class FFmpegUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public FFmpegUnavailableException(String message) {
    super(message);
  }

  public FFmpegUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
