package org.sonograph.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProgramVersionTest {
  @Test
  void namesTheVersionOfTheBuild() {
    assertThat(ProgramVersion.text()).matches("Sonograph \\d+\\.\\d+\\.\\d+.*");
  }
}
