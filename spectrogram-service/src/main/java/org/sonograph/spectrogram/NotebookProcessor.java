package org.sonograph.spectrogram;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.StoreBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.schemas.AudioChunk;
import org.sonograph.schemas.AvroSerde;
import org.sonograph.schemas.Failure;
import org.sonograph.schemas.HopWork;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.RegistryClient;
import org.sonograph.schemas.SpectrogramImage;
import org.sonograph.schemas.Topics;

/** Gathers the chunks of a notebook take into one picture, drawn when the last is there. */
final class NotebookProcessor implements Processor<String, AudioChunk, String, SpectrogramImage> {

  /** Name of the profile this is for. */
  static final String PROFILE = "notebook";

  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration SWEEP = Duration.ofMinutes(10);
  private static final Logger LOG = LoggerFactory.getLogger(NotebookProcessor.class);

  private final NotebookLimits limits;
  private final SpectrogramMeters meters;
  private ProcessorContext<String, SpectrogramImage> context;
  private NotebookStores stores;
  private long startedMs;

  NotebookProcessor(NotebookLimits limits, SpectrogramMeters meters) {
    this.limits = limits;
    this.meters = meters;
  }

  /** Makes a processor for each task, with its stores. */
  record Supplier(NotebookLimits limits, SpectrogramMeters meters, RegistryClient registry)
      implements ProcessorSupplier<String, AudioChunk, String, SpectrogramImage> {
    @Override
    public Processor<String, AudioChunk, String, SpectrogramImage> get() {
      return new NotebookProcessor(limits, meters);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      return NotebookStores.builders(AvroSerde.of(Topics.AUDIO_CHUNKS, registry));
    }
  }

  @Override
  public void init(ProcessorContext<String, SpectrogramImage> processorContext) {
    context = processorContext;
    stores = NotebookStores.of(context);
    startedMs = context.currentSystemTimeMs();
    context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::giveUpSilent);
    context.schedule(SWEEP, PunctuationType.WALL_CLOCK_TIME, this::forgetClosed);
  }

  @Override
  public void process(Record<String, AudioChunk> record) {
    HopWork work = HopWork.on(record.headers(), SpectrogramImages.STAGE);
    AudioChunk chunk = record.value();
    Place place = chunk.getPlace();
    String name = place.getTake();
    byte[] stored = stores.open().get(name);
    NotebookTake take = stored == null ? new NotebookTake() : NotebookTake.fromBytes(stored);
    if (stores.closed().get(name) != null || place.getChunk() < take.nextChunk()) {
      meters.chunk("duplicate");
      return;
    }
    stores.about().putIfAbsent(name, NotebookPicture.withoutSound(chunk));
    if (take.failure().isEmpty()) {
      takeIn(take, chunk);
    }
    take.passed(place, context.currentSystemTimeMs());
    if (place.getTotalChunks() > 0) {
      finish(take, place, context.currentSystemTimeMs(), work);
    } else {
      stores.open().put(name, take.toBytes());
    }
    meters.made(place, record.timestamp(), context.currentSystemTimeMs());
  }

  private void takeIn(NotebookTake take, AudioChunk chunk) {
    Place place = chunk.getPlace();
    Optional<Failure> wrong =
        Optional.ofNullable(chunk.getFailure()).or(() -> take.objection(place, limits.longest()));
    if (wrong.isEmpty()) {
      try {
        NotebookColumns columns = meters.draw().record(() -> NotebookColumns.of(chunk));
        stores
            .columns()
            .put(NotebookStores.chunkKey(place.getTake(), place.getChunk()), columns.toBytes());
        take.add(columns);
        meters.chunk("columns");
        return;
      } catch (RuntimeException e) {
        LOG.warn(
            "no columns (take={} chunk={}): {}", place.getTake(), place.getChunk(), e.getMessage());
        LOG.debug("cause", e);
        wrong = Optional.of(SpectrogramImages.failure(SpectrogramImages.UNDRAWABLE, e));
      }
    }
    wrong.ifPresent(take::fail);
    stores.dropColumns(place.getTake(), take.nextChunk());
  }

  /** The picture goes on in the trace of the chunk that completed it. */
  private void finish(NotebookTake take, Place last, long timestamp, HopWork work) {
    String name = last.getTake();
    AudioChunk whole =
        SpectrogramImages.at(stores.about().get(name), NotebookPicture.wholeTrack(last));
    SpectrogramImage image =
        take.failure()
            .map(failure -> SpectrogramImages.failure(whole, failure))
            .orElseGet(() -> draw(take, whole));
    meters.chunk(image.getFailure() == null ? "picture" : image.getFailure().getCode());
    context.forward(TapeProcessor.record(image, timestamp, work));
    stores.close(name, take.nextChunk(), context.currentSystemTimeMs());
  }

  private SpectrogramImage draw(NotebookTake take, AudioChunk whole) {
    String name = whole.getPlace().getTake();
    try {
      var columns =
          new NotebookColumns.Sequence(
              take.columns(),
              chunk ->
                  NotebookColumns.fromBytes(
                      stores.columns().get(NotebookStores.chunkKey(name, chunk))));
      return NotebookPicture.draw(whole, columns, take.range());
    } catch (RuntimeException e) {
      LOG.warn("no picture (take={}): {}", name, e.getMessage());
      LOG.debug("cause", e);
      return SpectrogramImages.failure(
          whole, SpectrogramImages.failure(SpectrogramImages.UNDRAWABLE, e));
    }
  }

  private void giveUpSilent(long timestamp) {
    long now = context.currentSystemTimeMs();
    List<KeyValue<String, byte[]>> all = new ArrayList<>();
    try (KeyValueIterator<String, byte[]> open = stores.open().all()) {
      open.forEachRemaining(all::add);
    }
    for (KeyValue<String, byte[]> entry : all) {
      NotebookTake take = NotebookTake.fromBytes(entry.value);
      // the clock of a service that was down does not count against its takes
      if (now - Math.max(startedMs, take.lastNewsMs()) >= limits.patience().toMillis()) {
        take.fail(
            SpectrogramImages.failure(
                "overdue",
                "no chunk came for %s, expected chunk=%d (take=%s): send the take again"
                    .formatted(limits.patience(), take.nextChunk(), entry.key)));
        Place about = stores.about().get(entry.key).getPlace();
        finish(
            take,
            Place.newBuilder(about).setStartSample(0).setLengthSamples(take.samples()).build(),
            now,
            HopWork.first(SpectrogramImages.STAGE, Optional.empty()));
      }
    }
  }

  private void forgetClosed(long timestamp) {
    long before = context.currentSystemTimeMs() - limits.closedLifetime().toMillis();
    List<String> old = new ArrayList<>();
    try (KeyValueIterator<String, Long> all = stores.closed().all()) {
      all.forEachRemaining(
          entry -> {
            if (entry.value < before) {
              old.add(entry.key);
            }
          });
    }
    old.forEach(stores.closed()::delete);
  }
}
