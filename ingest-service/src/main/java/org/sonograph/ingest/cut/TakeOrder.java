package org.sonograph.ingest.cut;

import org.sonograph.schemas.Interpretation;

/**
 * What is to become of a source.
 *
 * @param interpretation everything artistic
 * @param format file format the collector writes: wav, wav-f32, flac, mp3 or ogg; none = nothing
 * @param occurrence how many equal takes came before it in the job, from 0
 */
public record TakeOrder(Interpretation interpretation, String format, long occurrence) {}
