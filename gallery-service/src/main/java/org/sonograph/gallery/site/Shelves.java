package org.sonograph.gallery.site;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The archive's tree of folders. Takes come in its order, so a folder's takes are a range of
 * numbers.
 */
final class Shelves {
  /** Folders in one file of data. */
  static final int SHARD = 256;

  private final List<Shelf> all = new ArrayList<>();
  private final Deque<Shelf> open = new ArrayDeque<>();

  private static final class Shelf {
    private final int id;
    private final int parent;
    private final String name;
    private final int from;
    private int until;
    private final List<Shelf> children = new ArrayList<>();

    Shelf(int id, int parent, String name, int from) {
      this.id = id;
      this.parent = parent;
      this.name = name;
      this.from = from;
    }

    /** As the page has it: name, parent, first take, one past the last, folders within. */
    List<Object> data() {
      List<Object> within = new ArrayList<>();
      children.forEach(c -> within.add(List.of(c.id, c.name, c.until - c.from)));
      return List.of(name, parent, from, until, within);
    }
  }

  Shelves() {
    push("", 0);
  }

  /** The next take. */
  void add(int number, List<String> shelves) {
    int same = 0;
    List<Shelf> path = new ArrayList<>(open.reversed());
    while (same < shelves.size()
        && same + 1 < path.size()
        && path.get(same + 1).name.equals(shelves.get(same))) {
      same++;
    }
    while (open.size() > same + 1) {
      open.pop();
    }
    for (String name : shelves.subList(same, shelves.size())) {
      push(name, number);
    }
    open.forEach(shelf -> shelf.until = number + 1);
  }

  int count() {
    return all.size();
  }

  void write(DataFiles data) throws IOException {
    data.writeShards("folders", all.stream().map(Shelf::data).toList(), SHARD);
  }

  private void push(String name, int from) {
    Shelf above = open.peek();
    Shelf shelf = new Shelf(all.size(), above == null ? -1 : above.id, name, from);
    if (above != null) {
      above.children.add(shelf);
    }
    all.add(shelf);
    open.push(shelf);
  }
}
