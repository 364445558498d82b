package org.sonograph.ingest.desk;

/**
 * How a take is getting on.
 *
 * @param take id
 * @param source name of the source, safe to show
 * @param chunksSent chunks with the broker
 * @param chunks chunks it will have; 0 = not yet measured
 * @param message one line when something is wrong with the source, else empty
 */
public record TakeStatus(
    String take, String source, State state, long chunksSent, long chunks, String message) {

  /** Where it is. */
  public enum State {
    QUEUED,
    SENDING,
    /** Waits because enough pictures are under way. */
    HOLDING,
    /** The broker has all of it. */
    SENT,
    /** The broker has what could be decoded of a source that breaks off. */
    INCOMPLETE,
    /** Nothing of it was sent. */
    REFUSED
  }

  TakeStatus with(State next) {
    return new TakeStatus(take, source, next, chunksSent, chunks, message);
  }

  TakeStatus withSent(long sent) {
    return new TakeStatus(take, source, State.SENDING, sent, chunks, message);
  }

  TakeStatus withChunks(long total) {
    return new TakeStatus(take, source, State.SENDING, chunksSent, total, message);
  }
}
