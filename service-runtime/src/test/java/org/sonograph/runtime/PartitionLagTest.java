package org.sonograph.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sonograph.schemas.Topics;

class PartitionLagTest {

  @ParameterizedTest(name = "{0} offsets, a record every {1}: {2}")
  @CsvSource({
    "0, 1, 0",
    "1, 2, 0", // the mark of what is done already
    "2, 2, 1",
    "3, 2, 1", // that mark, and a record with its own
    "4, 2, 2",
    "6, 2, 3",
    "40, 2, 20",
    "6, 1.33, 4",
    "6, 1, 5" // nothing is known yet: at most
  })
  void marksOfCommitsAreNoRecords(long offsets, double stride, long records) {
    assertThat(lag(Topics.SPECTROGRAM_IMAGES.name(), offsets).records(stride)).isEqualTo(records);
  }

  @Test
  void whatIsWrittenPlainlyIsCounted() {
    assertThat(lag(Topics.DIFFUSED_IMAGES.name(), 7).records(2)).isEqualTo(7);
  }

  private static PipelineLag.PartitionLag lag(String topic, long offsets) {
    return new PipelineLag.PartitionLag(
        Stages.ALL.getFirst(), new TopicPartition(topic, 0), 5, offsets);
  }
}
