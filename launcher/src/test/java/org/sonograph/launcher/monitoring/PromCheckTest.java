package org.sonograph.launcher.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PromCheckTest {
  private final PromCheck check = new PromCheck(new KnownSeries());

  @ParameterizedTest
  @CsvSource(
      delimiterString = " | ",
      quoteCharacter = '~',
      value = {
        // a series that nobody exports
        "sonograph_ingest_chunk_total | no series is called sonograph_ingest_chunk_total",
        "rate(sonograph_ingest_chunks[5m]) | no series is called sonograph_ingest_chunks",
        "sum(up) / sonograph_nothing | no series is called sonograph_nothing",
        // a label or a value that it does not have
        "sonograph_ready{stage=\"decoder-service\"} | sonograph_ready has no label stage",
        "sonograph_ready{part=\"decoder\"} | label part never has the value decoder",
        "sonograph_ready{part!=\"decoder\"} | label part never has the value decoder",
        "sonograph_backlog_chunks{stage=~\"decoder-service|diffusion\"} | never has the value diffusion",
        "ALERTS{alertstate=\"fired\"} | label alertstate never has the value fired",
        "sum by (stage) (sonograph_ready) | by (stage): there is no such label",
        "sum by (job) (sum by (instance) (up)) | by (job): there is no such label",
        "sum(up) without (stage) | without (stage): there is no such label",
        // growth of a gauge, and a gauge's functions of a counter
        "rate(sonograph_backlog_chunks[5m]) | rate of what is no counter",
        "increase(sonograph_stage_latency_seconds_max[5m]) | increase of what is no counter",
        "predict_linear(sonograph_ingest_chunks_total[5m], 60) | predict_linear of a counter",
        "rate(sonograph_ingest_chunks_total) | rate expects a RANGE, found a VECTOR",
        "sonograph_ingest_chunks_total[5m] | returns no values but a RANGE",
        "sum(sonograph_ingest_chunks_total[5m]) | sum expects a VECTOR, found a RANGE",
        // sides that never match
        "sum by (stage) (sonograph_backlog_chunks) / sum(up) | sides of / never match",
        "sonograph_ready and on (stage) sonograph_backlog_chunks | on (stage): there is no such label",
        "up unless sonograph_ready | sides of unless never match",
        "histogram_quantile(0.5, rate(sonograph_end_to_end_seconds_count[5m])) | what has no label le",
        "histogram_quantile(0.5, sum(rate(sonograph_end_to_end_seconds_bucket[5m]))) | no label le",
        // what is no query
        "quantity(up) | unknown function quantity",
        "up) | expected its end before )",
        "sum(up | expected ), found the end",
        "up{job=\"a\" | expected ,, found the end",
        "up{job} | expected = != =~ or !~ after job",
        "rate(sonograph_ingest_chunks_total[5]) | expected a duration, found 5",
        "up > | expected a value, found the end",
        "up ; up | cannot read from",
        "5x | cannot read from"
      })
  void findsWhatWouldReturnNothing(String query, String why) {
    assertThatThrownBy(() -> check.labelsOf(query))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vector(1)",
        "-1 * time() + 2e9",
        "up == 0 or up{job=~\".+\"} > 5",
        "absent(sonograph_ready{part=\"decoder-service\"}) or vector(0)",
        "sum(increase(sonograph_dead_letters_total{code!=\"other\"}[1h] offset 5m)) > 0"
      })
  void takesWhatIsRight(String query) {
    assertThat(check.labelsOf(query)).isNotNull();
  }

  @Test
  void tellsTheLabelsOfWhatComesOut() {
    assertThat(check.labelsOf("rate(sonograph_stage_audio_seconds_total[5m])"))
        .containsExactlyInAnyOrder("job", "instance", "stage");
    assertThat(check.labelsOf("sum without (instance) (up)")).containsExactly("job");
    assertThat(check.labelsOf("up * on (job) sum by (job) (up)")).containsExactly("job");
    assertThat(check.labelsOf("absent(sonograph_ready{part=\"decoder-service\"})"))
        .containsExactly("part");
    assertThat(
            check.labelsOf(
                "histogram_quantile(0.9, sum by (le, stage) (rate(sonograph_stage_latency_seconds_bucket[5m])))"))
        .containsExactly("stage");
  }

  @Test
  void operatorsBindAsTheyDoInPrometheus() {
    assertThat(PromParser.parse("up < 1 or up < 2 and up < 3"))
        .isEqualTo(PromParser.parse("(up < 1) or ((up < 2) and (up < 3))"));
    assertThat(PromParser.parse("1 + 2 * 3 - 4")).isEqualTo(PromParser.parse("(1 + (2 * 3)) - 4"));
  }
}
