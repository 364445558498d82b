package org.sonograph.launcher.embedded;

import java.util.List;

/** What of a data folder can be begun anew, and what with it. */
public enum DataPart {
  /** What services keep of the topics; they make it anew from there. */
  STATE("streams"),

  /** The broker's logs; what the services keep of them means nothing without. */
  BROKER("kafka", "streams"),

  /** Schemas; a new registry numbers them anew, so that older records would be misread. */
  REGISTRY("registry", "kafka", "streams");

  private final List<String> folders;

  DataPart(String... folders) {
    this.folders = List.of(folders);
  }

  /** Names of the folders, in the data folder. */
  List<String> folders() {
    return folders;
  }
}
