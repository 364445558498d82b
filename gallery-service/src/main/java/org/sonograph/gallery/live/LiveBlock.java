package org.sonograph.gallery.live;

import java.util.Map;

/**
 * What a player makes at once, {@code [channel][frame]} each.
 *
 * @param sound what goes out: all readings together, at the level that is set, limited
 * @param mixed the same at full level, before what is kept of earlier hours is added; not limited
 * @param readings each reading as it is in {@code sound}, not limited
 * @param kind what it comes from
 * @param heard what its first frame is
 */
record LiveBlock(
    float[][] sound,
    float[][] mixed,
    Map<String, float[][]> readings,
    Source.Kind kind,
    Heard heard) {}
