package org.sonograph.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {
  private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @Test
  void readsWhatTheStandardShows() {
    TraceContext context = TraceContext.parse(PARENT, "congo=t61rcWkgMzE").orElseThrow();
    assertThat(context.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    assertThat(context.spanId()).isEqualTo("00f067aa0ba902b7");
    assertThat(context.state()).isEqualTo("congo=t61rcWkgMzE");
    assertThat(context.parent()).isEqualTo(PARENT);
  }

  @Test
  void readsALaterVersionThatBeginsTheSame() {
    assertThat(TraceContext.parse("01" + PARENT.substring(2) + "-more", "").orElseThrow().parent())
        .isEqualTo(PARENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\nX: y"
      })
  void refusesWhatIsNotOfThatForm(String parent) {
    assertThat(TraceContext.parse(parent, "")).isEmpty();
  }

  @Test
  void nextSpanIsAnotherOneOfTheSameTrace() {
    TraceContext first = TraceContext.parse(PARENT, "a=b").orElseThrow();
    TraceContext next = first.next();
    assertThat(next.traceId()).isEqualTo(first.traceId());
    assertThat(next.spanId()).isNotEqualTo(first.spanId()).matches("[0-9a-f]{16}");
    assertThat(next.flags()).isEqualTo(first.flags());
    assertThat(next.state()).isEqualTo("a=b");
  }

  @Test
  void everyBeginningIsATraceOfItsOwn() {
    TraceContext one = TraceContext.begin();
    assertThat(TraceContext.parse(one.parent(), "")).contains(one);
    assertThat(TraceContext.begin().traceId()).isNotEqualTo(one.traceId());
  }

  @Test
  void headersReplaceEarlierOnes() {
    RecordHeaders headers = new RecordHeaders();
    TraceContext.parse(PARENT, "a=b").orElseThrow().writeTo(headers);
    TraceContext next = TraceContext.begin();
    next.writeTo(headers);
    assertThat(TraceContext.read(headers)).contains(next);
    assertThat(headers.headers(TraceContext.PARENT_HEADER)).hasSize(1);
    assertThat(headers.headers(TraceContext.STATE_HEADER)).isEmpty();
  }

  @Test
  void aHopAnswersInTheTraceOfItsRecordAndSaysWhatItCameOf() {
    RecordHeaders record = new RecordHeaders();
    HopWork.first("ingest-service", TraceContext.parse(PARENT, "a=b")).writeTo(record);
    TraceContext came = TraceContext.read(record).orElseThrow();
    RecordHeaders answer = new RecordHeaders();
    HopWork.on(record, "diffusion-worker", 3).writeTo(answer, 17);
    TraceContext left = TraceContext.read(answer).orElseThrow();
    assertThat(left.traceId()).isEqualTo(came.traceId()).isEqualTo(PARENT.substring(3, 35));
    assertThat(left.spanId()).isNotEqualTo(came.spanId());
    assertThat(left.state()).isEqualTo("a=b");
    Hop hop = Hop.read(answer).orElseThrow();
    assertThat(hop.stage()).isEqualTo("diffusion-worker");
    assertThat(hop.parent()).isEqualTo(came.spanId());
    assertThat(hop.attempt()).isEqualTo(3);
    assertThat(hop.process()).startsWith(ProcessHandle.current().pid() + "@");
    assertThat(hop.times().begun()).isEqualTo(Hop.read(record).orElseThrow().times().begun());
    assertThat(hop.times().taken()).isPositive();
    assertThat(hop.times().done()).isEqualTo(17);
    assertThat(hop.times().written()).isGreaterThanOrEqualTo(hop.times().taken());
  }

  @Test
  void aRecordWithoutATraceBeginsOne() {
    RecordHeaders answer = new RecordHeaders();
    HopWork.on(new RecordHeaders(), "decoder-service").writeTo(answer);
    assertThat(TraceContext.read(answer)).isPresent();
    assertThat(Hop.read(answer).orElseThrow().parent()).isEmpty();
  }

  @Test
  void aDamagedHopIsNone() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("sonograph.hop", "taken-ms=soon".getBytes(StandardCharsets.UTF_8));
    assertThat(Hop.read(headers)).isEmpty();
  }
}
