package org.sonograph.launcher.page;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Asks a browser, every few milliseconds, which of eight tones it plays and which of eight greys it
 * shows. What it plays leaves the loudspeaker later, by the latency that the browser states.
 */
final class WallMeter {
  /** How many tones and greys there are. */
  static final int KINDS = 8;

  /** Name of the method that gives what was noted. */
  private static final String TAKE = "() => window.seen.splice(0)";

  private static final int WINDOW = 2048;
  private static final int RATE = 48_000;

  /** A browser that did not draw for so long had no time to. */
  private static final double STALL_MS = 50;

  private static final double NEAR_MS = 700;
  private static final int LEAST_LOOKS_A_SECOND = 30;

  private static final String SCRIPT =
      """
      const waves = Array.from({length: 8}, (_, k) => [Math.cos, Math.sin].map(wave =>
        Float32Array.from(samples, (_, i) => wave(2 * Math.PI * (400 + 150 * k) * i / 48000))));
      const greys = new WeakMap();
      const canvas = new OffscreenCanvas(1, 1).getContext("2d", {willReadFrequently: true});
      function grey(image) {
        if (!greys.has(image)) {
          canvas.drawImage(image, 0, 0, 1, 1);
          greys.set(image, Math.floor(canvas.getImageData(0, 0, 1, 1).data[0] / 32));
        }
        return greys.get(image);
      }
      function tone() {
        if (!window.ear) return [-1, 0];
        window.ear.getFloatTimeDomainData(samples);
        let bend = 0, sum = 0, best = -1, most = 0;
        for (let i = 1; i < samples.length - 1; i++) {
          bend = Math.max(bend, Math.abs(samples[i + 1] - 2 * samples[i] + samples[i - 1]));
          sum += samples[i] * samples[i];
        }
        if (sum / samples.length < 1e-4) return [-1, bend];
        for (const [k, [cosine, sine]] of waves.entries()) {
          let re = 0, im = 0;
          for (let i = 0; i < samples.length; i++) {
            re += samples[i] * cosine[i];
            im += samples[i] * sine[i];
          }
          if (re * re + im * im > most) { most = re * re + im * im; best = k; }
        }
        return [best, bend];
      }
      let framed = Date.now();
      (function frame() { framed = Date.now(); requestAnimationFrame(frame); })();
      setInterval(() => {
        const top = leading();
        const at = Date.now();
        window.seen.push([at, ...tone(), top ? grey(top) : -1, at - framed, 1000 * (window.ear?.context.outputLatency ?? 0)]);
      }, 10);
      """;

  private final Page page;

  /** A meter of whatever the page shows from its next address on. */
  WallMeter(Page page) {
    this.page = page;
    page.addInitScript(ear() + SCRIPT);
  }

  private static String ear() {
    try (InputStream in = WallMeter.class.getResourceAsStream("ear.js")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Pitch of a tone, Hz. */
  static double hz(int tone) {
    return 400 + 150.0 * Math.floorMod(tone, KINDS);
  }

  /**
   * What the browser played and showed at one moment.
   *
   * @param ms wall clock
   * @param tone number of the tone, -1 = none
   * @param bend largest second difference of what was played in the last 43 ms
   * @param picture number of the grey, -1 = none
   * @param idleMs time since the browser last drew
   * @param latencyMs from what is played now to the loudspeaker
   */
  record Seen(double ms, int tone, double bend, int picture, double idleMs, double latencyMs) {
    /** The middle of the window that was looked at, as it leaves the loudspeaker. */
    double heardMs() {
      return ms - WINDOW / 2 * 1000.0 / RATE + latencyMs;
    }
  }

  /** What was noted since the last time. */
  @SuppressWarnings("unchecked")
  List<Seen> take() {
    List<Seen> all = new ArrayList<>();
    for (List<Number> each : (List<List<Number>>) page.evaluate(TAKE)) {
      all.add(
          new Seen(
              each.get(0).doubleValue(),
              each.get(1).intValue(),
              each.get(2).doubleValue(),
              each.get(3).intValue(),
              each.get(4).doubleValue(),
              each.get(5).doubleValue()));
    }
    return all;
  }

  void awaitTone() {
    page.waitForFunction(
        "() => window.seen.length > 3 && window.seen.slice(-3).every(s => s[1] >= 0)");
  }

  void awaitPicture() {
    page.waitForFunction("() => window.seen.at(-1)?.[3] >= 0");
  }

  void awaitOther(int picture) {
    page.waitForFunction(
        "old => window.seen.at(-1)?.[3] >= 0 && window.seen.at(-1)[3] !== old", picture);
  }

  /**
   * A grey that came with its tone.
   *
   * @param lateMs how much later than the tone left the loudspeaker
   * @param stallMs longest time around it in which the browser did not draw
   */
  record Change(double lateMs, double stallMs) {
    /** Whether the browser had the time to be measured. */
    boolean isClean() {
      return stallMs <= STALL_MS;
    }

    /** Whether it came in time, as far as a browser that was not let draw can be blamed. */
    boolean isWithin(double mostMs) {
      return Math.abs(lateMs) < mostMs + (isClean() ? 0 : 2 * stallMs);
    }
  }

  /** Whether the browser could look about as often as it was asked to: else it was starved. */
  static boolean hadTime(List<Seen> seen) {
    double seconds = (seen.getLast().ms() - seen.getFirst().ms()) / 1000;
    long prompt = seen.stream().filter(s -> s.idleMs() <= STALL_MS).count();
    return prompt > LEAST_LOOKS_A_SECOND * seconds;
  }

  /** The greys that came with their tones. */
  static List<Change> changes(List<Seen> seen) {
    List<Change> changes = new ArrayList<>();
    for (int i = 1; i < seen.size(); i++) {
      Seen before = seen.get(i - 1);
      Seen now = seen.get(i);
      if (before.tone() >= 0 && now.tone() == (before.tone() + 1) % KINDS) {
        change(seen, now.tone(), now.heardMs()).ifPresent(changes::add);
      }
    }
    return changes;
  }

  /** The grey that came when it was due; empty where it did not. */
  static Optional<Change> change(List<Seen> seen, int picture, double dueMs) {
    for (int i = 1; i < seen.size(); i++) {
      boolean isNear = Math.abs(seen.get(i).ms() - dueMs) < NEAR_MS;
      if (isNear && seen.get(i).picture() == picture && seen.get(i - 1).picture() != picture) {
        double shownMs = seen.get(i).ms();
        double stall = stall(seen, Math.min(dueMs, shownMs), Math.max(dueMs, shownMs));
        return Optional.of(new Change(shownMs - dueMs, stall));
      }
    }
    return Optional.empty();
  }

  private static double stall(List<Seen> seen, double fromMs, double toMs) {
    double most = 0;
    for (int i = 1; i < seen.size(); i++) {
      Seen now = seen.get(i);
      Seen before = seen.get(i - 1);
      if (now.ms() > fromMs - STALL_MS && before.ms() < toMs + STALL_MS) {
        most = Math.max(most, Math.max(now.idleMs(), now.ms() - before.ms()));
      }
    }
    return most;
  }
}
