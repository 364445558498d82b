package org.sonograph.launcher.canary;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.sonograph.runtime.ServiceHost;
import org.sonograph.runtime.meters.Carrier;
import org.sonograph.runtime.meters.Catalogue;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.Topics;
import org.sonograph.schemas.UnreadableValueException;

/** Sends the known second through the chain, waits for its output, and counts how that went. */
public final class Canary implements AutoCloseable {
  private static final double MS_A_SECOND = 1000;

  private final IngestDoor door;
  private final Outputs outputs;
  private final MeterRegistry meters;
  private final Clock clock;
  private volatile double roundTripSeconds = Double.NaN;
  private volatile double lastSuccessSeconds;

  Canary(IngestDoor door, Outputs outputs, MeterRegistry meters, Clock clock) {
    this.door = door;
    this.outputs = outputs;
    this.meters = meters;
    this.clock = clock;
    Catalogue.CANARY_ROUNDS.zero(meters);
    Catalogue.CANARY_ROUND_TRIP.gauge(meters, () -> roundTripSeconds);
    Catalogue.CANARY_LAST_SUCCESS.gauge(meters, () -> lastSuccessSeconds);
  }

  /**
   * A canary over the clients and meters of a host.
   *
   * @param token word that ingest demands, if any
   * @param options of the recipe; what they do not say is as ingest has it
   */
  public static Canary open(
      ServiceHost host, URI ingest, Optional<String> token, Map<String, String> options) {
    return new Canary(
        new IngestDoor(ingest, token, options),
        new Outputs(
            new KafkaConsumer<>(
                host.kafka().freeConsumer(Carrier.CANARY.text()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer()),
            AvroSerde.of(Topics.AUDIO_OUTPUTS, host.registry())),
        host.meters(),
        Clock.systemUTC());
  }

  /** One round; takes at most about as long as it has patience. */
  public Round round(Duration patience) throws InterruptedException {
    long begun = System.nanoTime();
    Round.Outcome outcome;
    String reason = "";
    try {
      outputs.forgetThePast();
      String take = door.send(CanarySound.wav(), clock.millis());
      Optional<String> wrong = outputs.await(take, patience);
      outcome = wrong.isEmpty() ? Round.Outcome.SUCCESS : Round.Outcome.WRONG;
      reason = wrong.orElse("");
    } catch (IngestDoor.RefusedException e) {
      outcome = Round.Outcome.REFUSED;
      reason = e.getMessage();
    } catch (Outputs.LateException e) {
      outcome = Round.Outcome.LATE;
      reason = e.getMessage();
    } catch (UnreadableValueException e) {
      outcome = Round.Outcome.WRONG;
      reason = e.getMessage();
    } catch (IOException | KafkaException e) {
      outcome = Round.Outcome.UNREACHABLE;
      reason = "no answer: " + e;
    }
    Round round = new Round(outcome, reason, Duration.ofNanos(System.nanoTime() - begun));
    count(round);
    return round;
  }

  private void count(Round round) {
    Catalogue.CANARY_ROUNDS.counter(meters, round.outcome().text()).increment();
    if (round.isSuccess()) {
      roundTripSeconds = round.time().toMillis() / MS_A_SECOND;
      lastSuccessSeconds = clock.millis() / MS_A_SECOND;
    }
  }

  @Override
  public void close() {
    outputs.close();
  }
}
