package org.sonograph.spectrogram;

import java.util.List;
import org.sonograph.runtime.Groups;
import org.sonograph.runtime.RunningService;
import org.sonograph.runtime.ServiceContext;
import org.sonograph.runtime.ServiceFactory;
import org.sonograph.runtime.ServiceMain;
import org.sonograph.runtime.StreamsService;

/** Sound to pictures, as a process of its own or in one with others. */
public final class SpectrogramService implements ServiceFactory {

  public static void main(String[] args) {
    ServiceMain.run(SpectrogramImages.STAGE, args, new SpectrogramService());
  }

  @Override
  public RunningService start(ServiceContext context) {
    SpectrogramConfig config = context.settings(SpectrogramConfig.class);
    return StreamsService.start(
        context,
        Groups.SPECTROGRAM,
        SpectrogramTopology.build(NotebookLimits.of(config), context.registry(), context.meters()));
  }

  @Override
  public List<Class<?>> settings() {
    return List.of(SpectrogramConfig.class);
  }
}
