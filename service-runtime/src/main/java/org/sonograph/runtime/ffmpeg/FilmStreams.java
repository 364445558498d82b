package org.sonograph.runtime.ffmpeg;

/**
 * What ffprobe finds in a film.
 *
 * @param videoCodec FFmpeg's name of the first video stream's codec, "" where there is none
 * @param width of its pictures, pixels
 * @param height of its pictures, pixels
 * @param videoSeconds length of it
 * @param audioCodec FFmpeg's name of the first audio stream's codec, "" where there is none
 * @param audioSeconds length of it
 */
public record FilmStreams(
    String videoCodec,
    int width,
    int height,
    double videoSeconds,
    String audioCodec,
    double audioSeconds) {}
