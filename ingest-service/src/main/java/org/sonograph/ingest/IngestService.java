package org.sonograph.ingest;

import java.util.List;
import org.sonograph.ingest.send.TakeSender;
import org.sonograph.runtime.RunningService;
import org.sonograph.runtime.ServiceContext;
import org.sonograph.runtime.ServiceFactory;
import org.sonograph.runtime.ServiceMain;
import org.sonograph.runtime.ffmpeg.FFmpegConfig;

/** Sound to chunks, as a process of its own or in one with others. */
public final class IngestService implements ServiceFactory {
  /** Name of the service. */
  public static final String NAME = TakeSender.STAGE;

  public static void main(String[] args) {
    ServiceMain.run(NAME, args, new IngestService());
  }

  @Override
  public RunningService start(ServiceContext context) throws Exception {
    return RunningIngest.start(context);
  }

  @Override
  public List<Class<?>> settings() {
    return List.of(IngestConfig.class, FFmpegConfig.class);
  }
}
