package org.sonograph.schemas;

import java.util.Map;
import java.util.TreeMap;

/**
 * Settings of a registry client, under Confluent's own names.
 *
 * @param url {@value #URL}: one address or several separated by commas, each complete with its path
 * @param autoRegister {@value #AUTO_REGISTER}: register our schema where it is not known yet
 * @param useLatest {@value #USE_LATEST}: when not registering, write with the id of the subject's
 *     newest version
 * @param client everything else, passed to Confluent's client: {@code basic.auth.*}, {@code
 *     bearer.auth.*}, {@code schema.registry.ssl.*}
 */
record RegistrySettings(
    String url, boolean autoRegister, boolean useLatest, Map<String, Object> client) {
  static final String URL = "schema.registry.url";
  static final String AUTO_REGISTER = "auto.register.schemas";
  static final String USE_LATEST = "use.latest.version";

  RegistrySettings {
    client = Map.copyOf(client);
    if (url.isBlank()) {
      throw new IllegalArgumentException(
          URL + " is empty, expected an address such as http://localhost:8081");
    }
    if (autoRegister && useLatest) {
      throw new IllegalArgumentException(
          USE_LATEST + "=true needs " + AUTO_REGISTER + "=false: they contradict each other");
    }
  }

  static RegistrySettings of(Map<String, ?> settings) {
    Map<String, Object> rest = new TreeMap<>(settings);
    Object url = rest.remove(URL);
    boolean useLatest = flag(rest, USE_LATEST, false);
    boolean autoRegister = flag(rest, AUTO_REGISTER, !useLatest);
    return new RegistrySettings(url == null ? "" : url.toString(), autoRegister, useLatest, rest);
  }

  private static boolean flag(Map<String, Object> settings, String name, boolean otherwise) {
    Object value = settings.remove(name);
    return switch (value == null ? "" : value.toString()) {
      case "" -> otherwise;
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(name + "=" + value + ", expected true or false");
    };
  }
}
