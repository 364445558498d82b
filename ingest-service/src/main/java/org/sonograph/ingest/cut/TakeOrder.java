package org.sonograph.ingest.cut;

import java.util.Optional;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.TraceContext;

/**
 * What is to become of a source.
 *
 * @param interpretation everything artistic
 * @param format file format the collector writes: wav, wav-f32, flac, mp3, ogg, opus or lean; none
 *     = nothing
 * @param occurrence how many equal takes came before it in the job, from 0
 * @param caller trace of whoever asked for the take, in which its chunks go on; empty = each chunk
 *     begins a trace of its own
 * @param folder folder the collector is asked for, as {@code Place} has it; "" = one called as the
 *     source
 */
public record TakeOrder(
    Interpretation interpretation,
    String format,
    long occurrence,
    Optional<TraceContext> caller,
    String folder) {

  /** An order that leaves the folder to the collector. */
  public TakeOrder(
      Interpretation interpretation,
      String format,
      long occurrence,
      Optional<TraceContext> caller) {
    this(interpretation, format, occurrence, caller, "");
  }

  /** An order of nobody's trace. */
  public TakeOrder(Interpretation interpretation, String format, long occurrence) {
    this(interpretation, format, occurrence, Optional.empty());
  }

  /** The same in a caller's trace. */
  public TakeOrder in(Optional<TraceContext> trace) {
    return new TakeOrder(interpretation, format, occurrence, trace, folder);
  }

  /** The same for a folder of the collector's. */
  public TakeOrder into(String wished) {
    return new TakeOrder(interpretation, format, occurrence, caller, wished);
  }
}
