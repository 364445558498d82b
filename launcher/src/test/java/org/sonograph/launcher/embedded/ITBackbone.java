package org.sonograph.launcher.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sonograph.schemas.RegistryClient;

@Tag("broker")
class ITBackbone {

  @Test
  void keepsTopicsAndSchemaIdsOverARestart(@TempDir Path data) throws Exception {
    int id;
    try (Backbone first = Backbone.start(Installation.find(), data, LogSegments.PASSING)) {
      first.awaitBroker();
      first.awaitRegistry();
      try (Admin admin = admin(first);
          RegistryClient registry = registry(first)) {
        admin
            .createTopics(List.of(new NewTopic("kept", 1, (short) 1)))
            .all()
            .get(20, TimeUnit.SECONDS);
        id = registry.idOf("kept-value", SchemaBuilder.record("R").fields().endRecord());
      }
    }
    try (Backbone second = Backbone.start(Installation.find(), data, LogSegments.PASSING)) {
      second.awaitBroker();
      second.awaitRegistry();
      try (Admin admin = admin(second);
          RegistryClient registry = registry(second)) {
        Set<String> topics = admin.listTopics().names().get(20, TimeUnit.SECONDS);
        assertThat(topics).contains("kept");
        assertThat(registry.schemaOf(id).getName()).isEqualTo("R");
      }
    }
  }

  @Test
  void refusesAFolderThatIsInUse(@TempDir Path data) {
    try (DataFolder held = DataFolder.hold(data)) {
      assertThatThrownBy(() -> DataFolder.hold(held.path()))
          .hasMessageContaining(data.toString())
          .hasMessageContaining("process " + ProcessHandle.current().pid());
    }
  }

  private static Admin admin(Backbone backbone) {
    return Admin.create(Map.of("bootstrap.servers", backbone.bootstrapServers()));
  }

  private static RegistryClient registry(Backbone backbone) {
    return RegistryClient.connect(Map.of("schema.registry.url", backbone.registryUrl()));
  }
}
