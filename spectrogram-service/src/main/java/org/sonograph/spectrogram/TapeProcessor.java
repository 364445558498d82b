package org.sonograph.spectrogram;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.schemas.AudioChunk;
import org.sonograph.schemas.ChunkHeaders;
import org.sonograph.schemas.HopWork;
import org.sonograph.schemas.Keys;
import org.sonograph.schemas.SpectrogramImage;

/** One chunk, one picture; what cannot be drawn goes on as a failure. */
final class TapeProcessor implements Processor<String, AudioChunk, String, SpectrogramImage> {
  private static final Logger LOG = LoggerFactory.getLogger(TapeProcessor.class);

  private final SpectrogramMeters meters;
  private final SourceSounds sources;
  private ProcessorContext<String, SpectrogramImage> context;

  TapeProcessor(SpectrogramMeters meters, SourceSounds sources) {
    this.meters = meters;
    this.sources = sources;
  }

  @Override
  public void init(ProcessorContext<String, SpectrogramImage> processorContext) {
    context = processorContext;
  }

  @Override
  public void process(Record<String, AudioChunk> record) {
    HopWork work = HopWork.on(record.headers(), SpectrogramImages.STAGE);
    SpectrogramImage image = draw(record.value());
    long now = context.currentSystemTimeMs();
    context.forward(record(image, now, work));
    meters.made(image.getPlace(), record.timestamp(), now);
  }

  private SpectrogramImage draw(AudioChunk chunk) {
    if (chunk.getFailure() != null) {
      meters.chunk(chunk.getFailure().getCode());
      return SpectrogramImages.failure(chunk, chunk.getFailure());
    }
    try {
      SpectrogramImage image =
          meters.draw().record(() -> sources.with(TapePictures.draw(chunk), chunk));
      meters.chunk("picture");
      return image;
    } catch (RuntimeException e) {
      LOG.warn(
          "no picture (take={} chunk={}): {}",
          chunk.getPlace().getTake(),
          chunk.getPlace().getChunk(),
          e.getMessage());
      LOG.debug("cause", e);
      meters.chunk(SpectrogramImages.UNDRAWABLE);
      return SpectrogramImages.failure(
          chunk, SpectrogramImages.failure(SpectrogramImages.UNDRAWABLE, e));
    }
  }

  /**
   * The record of a picture, with the headers that outlive an unreadable value.
   *
   * @param timestamp when it was made, not when its sound came: what waits is counted from here
   */
  static Record<String, SpectrogramImage> record(
      SpectrogramImage image, long timestamp, HopWork work) {
    RecordHeaders headers = new RecordHeaders();
    ChunkHeaders.write(headers, image.getPlace(), image.getSource(), image.getInterpretation());
    work.writeTo(headers);
    return new Record<>(Keys.chunk(image.getPlace()), image, timestamp, headers);
  }
}
