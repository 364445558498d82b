package org.sonograph.decoder;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.sonograph.runtime.Groups;
import org.sonograph.runtime.RunningService;
import org.sonograph.runtime.ServiceContext;
import org.sonograph.runtime.ServiceFactory;
import org.sonograph.runtime.ServiceMain;
import org.sonograph.runtime.StreamsService;

/** Art to sound, as a process of its own or in one with others. */
public final class DecoderService implements ServiceFactory {
  /**
   * A picture takes seconds to decode. One record a poll, so that there is a commit after each and
   * no transaction holds more than one. Fetches smaller than any record bring one a partition (one
   * larger than its fetch comes all the same), so that what is decoded waits for the assembler
   * behind one picture of each partition: with a mebibyte of them each it fell behind without end.
   */
  private static final Map<String, Object> ONE_PICTURE_A_TRANSACTION =
      Map.of(
          StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG),
          1,
          StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG),
          64 * 1024,
          StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MAX_BYTES_CONFIG),
          8 * 1024 * 1024);

  public static void main(String[] args) {
    ServiceMain.run(ChunkDecoder.STAGE, args, new DecoderService());
  }

  @Override
  public RunningService start(ServiceContext context) {
    DecoderConfig config = context.settings(DecoderConfig.class);
    return StreamsService.start(
        context,
        Groups.DECODER,
        DecoderTopology.build(AssemblerLimits.of(config), context.registry(), context.meters()),
        ONE_PICTURE_A_TRANSACTION);
  }

  @Override
  public List<Class<?>> settings() {
    return List.of(DecoderConfig.class);
  }
}
