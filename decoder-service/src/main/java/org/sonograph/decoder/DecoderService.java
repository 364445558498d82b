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
  private static final int MIB = 1024 * 1024;

  /**
   * A picture takes seconds to decode. One record a poll, so that there is a commit after each and
   * no transaction holds more than one; small fetches, so that the assembler's turn comes while
   * pictures wait. A record larger than its fetch comes all the same.
   */
  private static final Map<String, Object> ONE_PICTURE_A_TRANSACTION =
      Map.of(
          StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG),
          1,
          StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG),
          MIB,
          StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MAX_BYTES_CONFIG),
          8 * MIB);

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
