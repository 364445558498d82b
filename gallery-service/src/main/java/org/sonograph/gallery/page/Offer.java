package org.sonograph.gallery.page;

import java.util.List;
import java.util.Map;

/**
 * Options with a name, which Make offers.
 *
 * @param name what they are called
 * @param about what they are for, one line
 * @param options values by option, as {@code POST /takes} has them
 */
public record Offer(String name, String about, Map<String, List<String>> options) {}
