package org.sonograph.signal.reading;

import java.util.List;
import org.sonograph.signal.synthesis.Note;

/** A reading that plays notes, which can be written down. */
public interface NoteReading extends Reading {

  /** The notes that {@link #read} plays for this request, by start. */
  List<Note> notes(ReadingRequest request);

  /** Beats a minute that the notes keep to; 0 = they keep to no beat. */
  default double beatsAMinute(ReadingRequest request) {
    return parameters().stream()
        .filter(p -> p.name().equals("tempo") && p instanceof Parameter.Number)
        .mapToDouble(p -> ((Parameter.Number) p).of(request.parameters()))
        .findFirst()
        .orElse(0);
  }
}
