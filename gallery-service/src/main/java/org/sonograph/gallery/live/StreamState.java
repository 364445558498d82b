package org.sonograph.gallery.live;

/**
 * How a stream is doing.
 *
 * @param kind the worst of what its readings are heard from
 * @param take id of the take that is heard; empty while none is
 * @param chunk number of the chunk that is heard
 * @param title what is heard, in words
 * @param behindSeconds from the capture of what is heard to its being heard; 0 = nobody knows
 * @param bufferSeconds sound that is there beyond what is heard; 0 while something is repeated
 * @param sinceLiveSeconds time since something of a take was heard
 */
public record StreamState(
    Source.Kind kind,
    String take,
    long chunk,
    String title,
    double behindSeconds,
    double bufferSeconds,
    double sinceLiveSeconds) {}
