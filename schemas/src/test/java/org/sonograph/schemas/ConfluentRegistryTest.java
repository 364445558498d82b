package org.sonograph.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Confluent's own client makes of a registry's answers. */
class ConfluentRegistryTest {
  private static final Schema SCHEMA = TakeEvent.getClassSchema();

  private record Answer(int status, String body) {}

  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String request = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
          requests.add(request);
          authorizations.add(
              String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          exchange.getRequestBody().readAllBytes();
          Answer answer =
              answers.getOrDefault(
                  request, new Answer(404, "{\"error_code\":404,\"message\":\"not here\"}"));
          byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(answer.status(), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void registersOnceAndReadsOnce() {
    answers.put("POST /api/subjects/s/versions", new Answer(200, "{\"id\":7}"));
    answers.put("GET /api/schemas/ids/7", new Answer(200, schemaAnswer()));
    RegistryClient registry = connect(Map.of());
    assertThat(registry.idOf("s", SCHEMA)).isEqualTo(7);
    assertThat(registry.idOf("s", SCHEMA)).isEqualTo(7);
    assertThat(registry.schemaOf(7)).isEqualTo(SCHEMA).isSameAs(registry.schemaOf(7));
    assertThat(requests.stream().filter(r -> r.startsWith("POST"))).hasSize(1);
    assertThat(requests.stream().filter(r -> r.startsWith("GET")).count()).isLessThanOrEqualTo(1);
  }

  @Test
  void looksUpInsteadOfRegisteringWhereRegisteringIsOff() {
    answers.put(
        "POST /api/subjects/s",
        new Answer(
            200, "{\"subject\":\"s\",\"id\":9,\"version\":1,\"schema\":\"\\\"string\\\"\"}"));
    assertThat(connect(Map.of("auto.register.schemas", "false")).idOf("s", SCHEMA)).isEqualTo(9);
    answers.put(
        "POST /api/subjects/unknown",
        new Answer(404, "{\"error_code\":40401,\"message\":\"Subject not found\"}"));
    assertThatThrownBy(
            () -> connect(Map.of("auto.register.schemas", "false")).idOf("unknown", SCHEMA))
        .isInstanceOf(SchemaRefusedException.class)
        .hasMessageContaining("does not take org.sonograph.schemas.TakeEvent")
        .hasMessageContaining("subject=unknown");
  }

  @Test
  void writesWithTheLatestVersionWhereAskedTo() {
    answers.put(
        "GET /api/subjects/s/versions/latest",
        new Answer(
            200, "{\"subject\":\"s\",\"id\":11,\"version\":3,\"schema\":\"\\\"string\\\"\"}"));
    assertThat(connect(Map.of("use.latest.version", "true")).idOf("s", SCHEMA)).isEqualTo(11);
    assertThatThrownBy(
            () -> connect(Map.of("use.latest.version", "true", "auto.register.schemas", "true")))
        .hasMessageContaining("contradict");
  }

  @Test
  void anUnknownIdIsUnreadableForEver() {
    answers.put(
        "GET /api/schemas/ids/7",
        new Answer(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}"));
    assertThatThrownBy(() -> connect(Map.of()).schemaOf(7))
        .isInstanceOf(UnreadableValueException.class)
        .hasMessageContaining("schema id 7 is not in the registry");
  }

  @Test
  void everyOtherTroubleIsWorthTryingAgain() {
    answers.put(
        "GET /api/schemas/ids/1", new Answer(500, "{\"error_code\":50001,\"message\":\"disk\"}"));
    answers.put(
        "GET /api/schemas/ids/2", new Answer(401, "{\"error_code\":401,\"message\":\"who\"}"));
    answers.put("GET /api/schemas/ids/3", new Answer(200, "<html>a proxy's page</html>"));
    RegistryClient registry = connect(Map.of());
    assertAway(() -> registry.schemaOf(1)).hasMessageContaining("disk");
    assertAway(() -> registry.schemaOf(2)).hasMessageContaining("check its credentials");
    assertAway(() -> registry.schemaOf(3));
    assertAway(() -> registry.schemaOf(4)).hasMessageContaining("complete with its path?");
    stop();
    assertAway(() -> registry.schemaOf(5));
    assertAway(registry::ping);
  }

  @Test
  void aRefusedSchemaIsNeitherUnreadableNorAway() {
    answers.put(
        "POST /api/subjects/s/versions",
        new Answer(409, "{\"error_code\":409,\"message\":\"incompatible\"}"));
    assertThatThrownBy(() -> connect(Map.of()).idOf("s", SCHEMA))
        .isInstanceOf(SchemaRefusedException.class)
        .hasMessageContaining("incompatible");
  }

  @Test
  void sendsBasicAuthenticationAndNeverShowsIt() {
    answers.put("GET /api/subjects", new Answer(200, "[]"));
    RegistryClient registry =
        connect(
            Map.of(
                "basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "ann:xyzzy"));
    registry.ping();
    assertThat(authorizations).contains("Basic YW5uOnh5enp5");
    assertThat(
            RegistryClient.connect(Map.of("schema.registry.url", "http://ann:xyzzy@localhost:1/x"))
                .location())
        .isEqualTo("http://localhost:1/x");
  }

  private static org.assertj.core.api.AbstractThrowableAssert<?, ?> assertAway(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOf(RegistryUnavailableException.class)
        .hasMessageContaining("gives no answer");
  }

  private RegistryClient connect(Map<String, ?> more) {
    Map<String, Object> settings = new HashMap<>(more);
    settings.put(
        "schema.registry.url", "http://127.0.0.1:" + server.getAddress().getPort() + "/api");
    return RegistryClient.connect(settings);
  }

  private static String schemaAnswer() {
    return "{\"schema\":\"" + SCHEMA.toString().replace("\\", "\\\\").replace("\"", "\\\"") + "\"}";
  }
}
