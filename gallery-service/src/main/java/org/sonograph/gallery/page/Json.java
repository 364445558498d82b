package org.sonograph.gallery.page;

import com.fasterxml.jackson.databind.ObjectMapper;

/** The one mapper of the page. */
final class Json {
  static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}
}
