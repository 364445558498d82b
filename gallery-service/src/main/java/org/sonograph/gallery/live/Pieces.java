package org.sonograph.gallery.live;

import java.util.Arrays;

/** Cuts what an encoder writes where a listener may begin. */
final class Pieces {
  /** Frames of MP3 at 192 kbit/s and 48 kHz all have this size. */
  static final int MP3_FRAME_BYTES = 576;

  private static final int PAGE_HEAD_BYTES = 27;
  private static final int GRANULE_AT = 6;
  private static final int SEGMENTS_AT = 26;

  private final SoundFormat format;
  private final Feed feed;
  private byte[] held = {};
  private byte[] head = {};
  private boolean hasHead;

  Pieces(SoundFormat format, Feed feed) {
    this.format = format;
    this.feed = feed;
  }

  /** Takes bytes as they come. */
  void push(byte[] bytes, int count) {
    byte[] all = Arrays.copyOf(held, held.length + count);
    System.arraycopy(bytes, 0, all, held.length, count);
    int at = 0;
    for (int size = size(all, at); size > 0 && at + size <= all.length; size = size(all, at)) {
      piece(Arrays.copyOfRange(all, at, at + size));
      at += size;
    }
    held = Arrays.copyOfRange(all, at, all.length);
  }

  /** Bytes of the piece that begins somewhere; 0 while that is not known. */
  private int size(byte[] all, int at) {
    if (format == SoundFormat.MP3) {
      return MP3_FRAME_BYTES;
    }
    if (all.length - at < PAGE_HEAD_BYTES) {
      return 0;
    }
    int segments = all[at + SEGMENTS_AT] & 0xff;
    if (all.length - at < PAGE_HEAD_BYTES + segments) {
      return 0;
    }
    int size = PAGE_HEAD_BYTES + segments;
    for (int s = 0; s < segments; s++) {
      size += all[at + PAGE_HEAD_BYTES + s] & 0xff;
    }
    return size;
  }

  /** The pages of Ogg before its first sound are what every listener gets first. */
  private void piece(byte[] piece) {
    if (format == SoundFormat.OPUS && !hasHead) {
      if (isHead(piece)) {
        int before = head.length;
        head = Arrays.copyOf(head, before + piece.length);
        System.arraycopy(piece, 0, head, before, piece.length);
        return;
      }
      hasHead = true;
      feed.head(head);
    }
    feed.emit(piece);
  }

  private static boolean isHead(byte[] page) {
    for (int i = 0; i < Long.BYTES; i++) {
      if (page[GRANULE_AT + i] != 0) {
        return false;
      }
    }
    return true;
  }
}
