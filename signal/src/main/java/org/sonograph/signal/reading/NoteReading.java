package org.sonograph.signal.reading;

import java.util.List;
import org.sonograph.signal.synthesis.Note;

/** A reading that plays notes, which can be written down. */
public interface NoteReading extends Reading {

  /** The notes that {@link #read} plays for this request, by start. */
  List<Note> notes(ReadingRequest request);
}
