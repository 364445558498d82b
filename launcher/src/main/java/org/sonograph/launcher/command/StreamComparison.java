package org.sonograph.launcher.command;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.sonograph.launcher.CommandFailure;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.ancestry.HeardOutputs;
import org.sonograph.launcher.ancestry.KeptStretch;
import org.sonograph.runtime.wire.PcmWire;
import org.sonograph.schemas.AudioOutput;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.ReadingSettings;
import org.sonograph.schemas.Topics;

/** Compares the sound of a stretch that is made once more with what was heard, record by record. */
final class StreamComparison {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final KeptStretch stretch;
  private final SequencedMap<String, Tally> readings = new LinkedHashMap<>();
  private Map<TopicPartition, Long> begin = Map.of();

  private static final class Tally {
    private final Map<Long, String> different = new TreeMap<>();
    private final Map<Long, String> left = new TreeMap<>();
    private long compared;
    private long samples;
  }

  StreamComparison(KeptStretch stretch) {
    this.stretch = stretch;
    stretch.live(stretch.first()).getInterpretation().getReadings().stream()
        .map(ReadingSettings::getName)
        .forEach(name -> readings.put(name, unseen()));
  }

  /** What is made may be deleted before it is compared, where the topic keeps little. */
  private Tally unseen() {
    Tally tally = new Tally();
    for (long chunk = stretch.first(); chunk <= stretch.last(); chunk++) {
      tally.left.put(chunk, "deleted before it was compared");
    }
    return tally;
  }

  /** Remembers where what is made from now on will lie. */
  void begin(Consumer<byte[], byte[]> consumer) {
    String topic = Topics.AUDIO_OUTPUTS.name();
    begin =
        consumer.endOffsets(
            consumer.partitionsFor(topic).stream()
                .map(p -> new TopicPartition(topic, p.partition()))
                .toList());
  }

  /**
   * Waits for all of it, and then compares it: a stretch of just now may itself still be painted
   * when it is asked for.
   *
   * @param now reads what is made
   * @param then reads what was heard
   * @throws CommandFailure where nothing comes for long
   */
  List<StreamReplay.Result> await(
      Consumer<byte[], byte[]> now,
      Consumer<byte[], byte[]> then,
      AvroSerde<AudioOutput> serde,
      String take) {
    TopicPartition partition = HeardOutputs.partition(now, take);
    now.assign(List.of(partition));
    now.seek(partition, begin.get(partition));
    awaitAll(now, take);
    long end = now.position(partition);
    HeardOutputs live = HeardOutputs.of(then, serde, stretch.chunks().take());
    now.seek(partition, begin.get(partition));
    while (now.position(partition) < end) {
      for (ConsumerRecord<byte[], byte[]> record : now.poll(POLL)) {
        if (HeardOutputs.isOf(record, take)) {
          compare(live, serde.read(record.topic(), record.value()));
        }
      }
    }
    List<StreamReplay.Result> results = new ArrayList<>();
    readings.forEach(
        (name, tally) ->
            results.add(
                new StreamReplay.Result(
                    stretch.chunks().take(),
                    name,
                    stretch.count(),
                    tally.compared,
                    tally.samples,
                    tally.different,
                    tally.left)));
    return results;
  }

  private void awaitAll(Consumer<byte[], byte[]> now, String take) {
    long missing = stretch.count() * readings.size();
    long news = System.nanoTime();
    while (missing > 0) {
      for (ConsumerRecord<byte[], byte[]> record : now.poll(POLL)) {
        if (HeardOutputs.isOf(record, take)) {
          missing--;
          news = System.nanoTime();
        }
      }
      if (System.nanoTime() - news > PATIENCE.toNanos()) {
        throw new CommandFailure(
            ExitCode.UNAVAILABLE,
            "nothing came of take %s for %s: see ./sonograph trace %s"
                .formatted(take, PATIENCE, take));
      }
    }
  }

  private void compare(HeardOutputs live, AudioOutput again) {
    Tally tally = readings.get(again.getReading());
    long chunk = stretch.first() + again.getPlace().getChunk();
    tally.left.remove(chunk);
    String why = incomparable(live, chunk, again.getReading());
    if (!why.isEmpty()) {
      tally.left.put(chunk, why);
      return;
    }
    String difference =
        again.getFailure() != null
            ? again.getFailure().getCode()
            : live.read(chunk, again.getReading())
                .map(then -> difference(then, again))
                .orElse("no longer there");
    if (difference.isEmpty()) {
      tally.compared++;
      tally.samples += again.getSamples() * again.getChannels();
    } else {
      tally.different.put(chunk, difference);
    }
  }

  /** Why a chunk says nothing; "" where it does. Each is joined to the one before. */
  private String incomparable(HeardOutputs live, long chunk, String reading) {
    if (!live.failure(chunk, reading).isEmpty()) {
      return live.failure(chunk, reading);
    }
    if (chunk == stretch.last()) {
      return "the last, which ends here";
    }
    if (chunk == 0) {
      return "";
    }
    if (chunk == stretch.first()) {
      return "the first, which begins here";
    }
    return live.failure(chunk - 1, reading).isEmpty() ? "" : "the one before was not painted";
  }

  /** How two records differ; "" where all samples are the same. */
  static String difference(AudioOutput then, AudioOutput now) {
    if (then.getStartSample() != now.getStartSample()
        || then.getSamples() != now.getSamples()
        || then.getChannels() != now.getChannels()
        || then.getSampleRateHz() != now.getSampleRateHz()) {
      return "samples %d to %d, now %d to %d"
          .formatted(
              then.getStartSample(),
              then.getStartSample() + then.getSamples(),
              now.getStartSample(),
              now.getStartSample() + now.getSamples());
    }
    if (then.getPcm().equals(now.getPcm())) {
      return "";
    }
    if (then.getPcm().remaining() != now.getPcm().remaining()) {
      return then.getPcm().hasRemaining() ? "now silent" : "was silent";
    }
    float[][] a = samples(then);
    float[][] b = samples(now);
    double most = 0;
    for (int c = 0; c < a.length; c++) {
      for (int i = 0; i < a[c].length; i++) {
        most = Math.max(most, Math.abs(a[c][i] - b[c][i]));
      }
    }
    return most == 0 ? "" : "by at most %.6f".formatted(most);
  }

  private static float[][] samples(AudioOutput output) {
    return PcmWire.fromAvro(
            output.getPcm(),
            output.getSampleFormat(),
            output.getChannels(),
            output.getSampleRateHz())
        .channels();
  }
}
