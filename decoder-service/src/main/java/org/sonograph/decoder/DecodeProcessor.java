package org.sonograph.decoder;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.sonograph.schemas.DecodedChunk;
import org.sonograph.schemas.DiffusedImage;
import org.sonograph.schemas.HopWork;
import org.sonograph.schemas.Keys;

/** Decodes picture by picture and sends each piece toward the assembler of its take. */
final class DecodeProcessor implements Processor<String, DiffusedImage, String, DecodedChunk> {
  private final ChunkDecoder decoder;
  private ProcessorContext<String, DecodedChunk> context;

  DecodeProcessor(ChunkDecoder decoder) {
    this.decoder = decoder;
  }

  @Override
  public void init(ProcessorContext<String, DecodedChunk> processorContext) {
    context = processorContext;
  }

  @Override
  public void process(Record<String, DiffusedImage> record) {
    HopWork work = HopWork.on(record.headers(), ChunkDecoder.STAGE);
    String key = Keys.take(record.value().getPlace().getTake());
    for (DecodedChunk piece : decoder.decode(record.value())) {
      RecordHeaders headers = new RecordHeaders();
      work.writeTo(headers);
      context.forward(new Record<>(key, piece, record.timestamp(), headers));
    }
    decoder.meters().made(record.timestamp(), context.currentSystemTimeMs());
  }
}
