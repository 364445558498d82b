package org.sonograph.gallery.live;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.sonograph.runtime.osc.OscMessage;

/**
 * Tells over OSC what of a stream is heard: four times a second its level and what has changed
 * since.
 */
final class OscNews implements BlockSink {
  private static final int LOOKS_A_SECOND = 4;

  private final String root;
  private final LivePlayer player;
  private final Consumer<OscMessage> out;
  private final int framesALook;
  private final Map<String, List<Object>> told = new HashMap<>();
  private double energy;
  private long frames;

  OscNews(OutputGrid grid, String stream, LivePlayer player, Consumer<OscMessage> out) {
    this.root = OscMessage.ROOT + stream + "/";
    this.player = player;
    this.out = out;
    this.framesALook = grid.rateHz() / LOOKS_A_SECOND;
  }

  @Override
  public void block(LiveBlock block) {
    for (float[] channel : block.sound()) {
      for (float sample : channel) {
        energy += sample * sample;
      }
    }
    frames += block.sound()[0].length;
    if (frames >= framesALook) {
      tell();
      energy = 0;
      frames = 0;
    }
  }

  private void tell() {
    StreamState state = player.state();
    changed("state", state.kind().text());
    player
        .heardPiece()
        .ifPresent(
            piece -> {
              changed("prompt", piece.about().prompt());
              changed("title", piece.about().title());
              if (changed("chunk", (int) piece.chunk(), piece.about().take())) {
                send("behind", (float) state.behindSeconds());
              }
            });
    send("level", (float) Math.sqrt(energy / (frames * OutputGrid.CHANNELS)));
  }

  private boolean changed(String name, Object... values) {
    boolean isNew = !List.of(values).equals(told.put(name, List.of(values)));
    if (isNew) {
      send(name, values);
    }
    return isNew;
  }

  private void send(String name, Object... values) {
    out.accept(OscMessage.of(root + name, values));
  }
}
