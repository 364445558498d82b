package org.sonograph.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sonograph.schemas.Hop;

class PipelineMembersTest {
  @Test
  void consumersOfOneProcessCountAsOne() {
    assertThat(PipelineMembers.clientId(1)).isNotEqualTo(PipelineMembers.clientId(2));
    assertThat(PipelineMembers.process(PipelineMembers.clientId(1)))
        .isEqualTo(PipelineMembers.process(PipelineMembers.clientId(2)))
        .isEqualTo(Hop.ofThisProcess());
    assertThat(PipelineMembers.process("sonograph-decoder-0a1b-StreamThread-1-consumer"))
        .isEqualTo("sonograph-decoder-0a1b");
    assertThat(PipelineMembers.process("consumer-1")).isEqualTo("consumer-1");
  }
}
