package org.sonograph.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.sonograph.schemas.DecodedChunk;
import org.sonograph.schemas.Hop;
import org.sonograph.schemas.HopWork;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.TraceContext;

class OpenReadingTest {
  private static final String PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

  @Test
  void aWaitingPiecesTraceOutlivesTheStore() {
    RecordHeaders piece = new RecordHeaders();
    HopWork.first("ingest-service", TraceContext.parse(PARENT, "a=b")).writeTo(piece, 17);
    OpenReading open = OpenReading.begun(5);
    open.received(chunk(0), Arrival.of(piece, 9));
    OpenReading again = OpenReading.fromBytes(open.toBytes());
    assertThat(again.nextArrival()).isEqualTo(open.nextArrival()).isPresent();
    RecordHeaders terminal = new RecordHeaders();
    again.nextArrival().orElseThrow().writeTo(terminal);
    assertThat(TraceContext.read(terminal).orElseThrow().traceId())
        .isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
    assertThat(TraceContext.read(terminal).orElseThrow().state()).isEqualTo("a=b");
    assertThat(Hop.read(terminal).orElseThrow().times().done()).isEqualTo(17);
  }

  @Test
  void readsWhatAnEarlierVersionStored() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(1);
    for (long number : new long[] {2, 9, 100, 50, 0}) {
      out.writeLong(number);
    }
    out.writeInt(1);
    out.writeLong(3);
    out.writeLong(44);
    OpenReading open = OpenReading.fromBytes(bytes.toByteArray());
    assertThat(open.nextChunk()).isEqualTo(2);
    assertThat(open.isWaiting(3)).isTrue();
    assertThat(open.waitingSinceMs()).isEqualTo(44);
    assertThat(open.nextArrival()).isEmpty();
    open.sentWithoutIt();
    assertThat(open.nextArrival().map(a -> a.work().from())).contains(Optional.empty());
  }

  private static DecodedChunk chunk(long number) {
    return DecodedChunk.newBuilder()
        .setPlace(Place.newBuilder().setTake("ab12").setChunk(number).build())
        .build();
  }
}
