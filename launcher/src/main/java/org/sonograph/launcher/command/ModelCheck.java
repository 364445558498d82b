package org.sonograph.launcher.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.sonograph.diffusion.DiffusedPicture;
import org.sonograph.diffusion.Diffuser;
import org.sonograph.diffusion.Diffusers;
import org.sonograph.diffusion.DiffusionException;
import org.sonograph.diffusion.DiffusionRequest;
import org.sonograph.diffusion.NoisePlan;
import org.sonograph.diffusion.hub.HubCache;
import org.sonograph.launcher.ExitCode;
import org.sonograph.launcher.Terminal;
import org.sonograph.signal.picture.Picture;

/** Loads a model and paints one step with it. */
final class ModelCheck {
  private static final int SMALL_SIDE = 64;
  private static final int SEED = 1;

  private final Terminal terminal;
  private final boolean json;
  private final List<String> good = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();

  ModelCheck(Terminal terminal, boolean json) {
    this.terminal = terminal;
    this.json = json;
  }

  ExitCode run(String name, Path folder) throws InterruptedException {
    wrong.addAll(HubCache.damaged(folder));
    if (wrong.isEmpty()) {
      try (Diffuser diffuser = Diffusers.open(folder.toString())) {
        look(diffuser);
        paint(diffuser);
      } catch (DiffusionException e) {
        wrong.add(e.getMessage());
      }
    }
    report(name, folder);
    return wrong.isEmpty() ? ExitCode.OK : ExitCode.BAD_INPUT;
  }

  private void look(Diffuser diffuser) {
    good.add(
        "%s: sides are multiples of %d px"
            .formatted(
                diffuser.model().kind().isEmpty() ? "it loads" : diffuser.model().kind(),
                diffuser.model().sizeStepPixels()));
    notes.addAll(diffuser.model().remarks());
    String sampler = diffuser.model().scheduler();
    if (sampler.isEmpty()) {
      notes.add("its own sampler is not one of ours: name one with --scheduler");
    } else {
      good.add("its own sampler is " + sampler);
    }
    good.add("SHA-256 over its files: " + diffuser.model().sha256());
  }

  private void paint(Diffuser diffuser) throws InterruptedException {
    int step = diffuser.model().sizeStepPixels();
    int side = Math.ceilDiv(SMALL_SIDE, step) * step;
    byte[] noise = new byte[3 * side * side];
    new Random(SEED).nextBytes(noise);
    String sampler = diffuser.model().scheduler().isEmpty() ? "euler" : "";
    DiffusedPicture made =
        diffuser.diffuse(
            new DiffusionRequest(
                Picture.rgb(side, side, noise),
                "abstract art",
                "",
                0.5,
                2,
                2,
                sampler,
                new NoisePlan.Torch(SEED)));
    byte[] samples = made.picture().samples();
    byte first = samples[0];
    boolean isFlat = true;
    for (byte sample : samples) {
      isFlat &= sample == first;
    }
    if (isFlat) {
      wrong.add(
          "one step paints one flat colour (%d of 255): the weights or the autoencoder are broken"
              .formatted(first & 0xff));
    } else {
      good.add("one step of %dx%d took %.1f s".formatted(side, side, made.seconds()));
    }
  }

  private void report(String name, Path folder) {
    if (json) {
      ObjectNode node = new ObjectMapper().createObjectNode();
      node.put("model", name).put("folder", folder.toString()).put("ok", wrong.isEmpty());
      fill(node.putArray("good"), good);
      fill(node.putArray("notes"), notes);
      fill(node.putArray("wrong"), wrong);
      terminal.data(node.toString());
      return;
    }
    good.forEach(line -> terminal.data("ok    " + line));
    notes.forEach(line -> terminal.data("note  " + line));
    wrong.forEach(line -> terminal.data("WRONG " + line));
  }

  private static void fill(ArrayNode array, List<String> lines) {
    lines.forEach(array::add);
  }
}
