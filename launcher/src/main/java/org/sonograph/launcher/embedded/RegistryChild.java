package org.sonograph.launcher.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A real schema registry in one child process, on loopback, its data in a file. */
final class RegistryChild implements AutoCloseable {
  private static final String MAIN = "io.quarkus.bootstrap.runner.QuarkusEntryPoint";
  private static final String API = "/apis/ccompat/v7";
  private static final int HEAP_MB = 160;

  private volatile ChildProcess process;
  private final int port;

  private RegistryChild(ChildProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts the process and returns at once.
   *
   * @param ports for clients and for its own management
   */
  static RegistryChild start(Installation installation, Path data, List<Integer> ports) {
    ChildProcess.Spec spec =
        new JavaCommand(installation.registryClassPath())
            .heapMb(HEAP_MB)
            .firstCompilerOnly()
            .option("--add-opens=java.base/java.lang=ALL-UNNAMED")
            .archive(installation.archives(), "registry")
            .properties(settings(data, ports))
            .spec("schema registry", data.resolve("logs/registry.log"), Map.of(), List.of(MAIN));
    return new RegistryChild(ChildProcess.start(spec), ports.get(0));
  }

  /** Address, complete with its path. */
  String url() {
    return url(port);
  }

  /** Address of a registry on a port, complete with its path. */
  static String url(int port) {
    return "http://" + LoopbackPorts.HOST + ":" + port + API;
  }

  ChildProcess process() {
    return process;
  }

  /** Starts it once more where it was, with what it has kept. */
  void revive() {
    process = process.again();
  }

  void awaitReady(Duration deadline) {
    process.await(
        () -> LoopbackPorts.answers(port) && LoopbackPorts.serves(port, API + "/subjects"),
        deadline);
  }

  @Override
  public void close() {
    process.close();
  }

  private static Map<String, String> settings(Path data, List<Integer> ports) {
    Map<String, String> s = new TreeMap<>();
    s.put("quarkus.http.host", LoopbackPorts.HOST);
    s.put("quarkus.http.port", Integer.toString(ports.get(0)));
    // Open on all addresses unless told otherwise.
    s.put("quarkus.management.host", LoopbackPorts.HOST);
    s.put("quarkus.management.port", Integer.toString(ports.get(1)));
    s.put("quarkus.log.level", "WARN");
    s.put("quarkus.banner.enabled", "false");
    s.put("quarkus.vertx.event-loops-pool-size", "2");
    s.put("quarkus.thread-pool.max-threads", "8");
    // In memory the ids would be lost at every restart and all records become unreadable.
    s.put("apicurio.storage.kind", "sql");
    s.put("apicurio.storage.sql.kind", "h2");
    s.put(
        "apicurio.datasource.url",
        "jdbc:h2:file:" + data.resolve("registry/registry").toAbsolutePath());
    return s;
  }
}
