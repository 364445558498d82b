package org.sonograph.signal.picture;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What a PNG file says: a picture and its text, in the order of the file.
 *
 * @param picture the pixels, alpha dropped, 16-bit samples cut to their upper byte
 * @param text keyword to text; where a keyword stands twice, the first counts
 */
public record PngImage(Picture picture, SequencedMap<String, String> text) {

  public PngImage {
    text = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(text));
  }
}
