package org.sonograph.launcher.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ScreenshotType;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.gallery.live.WallPicture;
import org.sonograph.launcher.embedded.Installation;

/**
 * The wall in a real browser, over a server with a stream made here, through a restart of that
 * server: each chunk's sound has a pitch of its own, each chunk's picture a grey of its own, and
 * the browser is asked all the time which it plays and which it shows.
 *
 * <p>How far picture and sound are apart is asked with {@code -Dsonograph.timing=true}, on a
 * machine that has nothing else to do; else it is told in the log alone. With {@code
 * -Dsonograph.screenshots=FOLDER} it also takes the pictures of a wall.
 */
@Timeout(240)
class ITWall {
  private static final Logger LOG = LoggerFactory.getLogger(ITWall.class);
  private static final int RATE = 48_000;

  /** Whether what takes a browser that is let draw in real time is asked for. */
  private static final boolean IS_TIMED = Boolean.getBoolean("sonograph.timing");

  /** Picture and sound are in step within this. */
  private static final double MOST_MS = 100;

  private static final int CHANGES = 3;
  private static final int MOST_SECONDS = IS_TIMED ? 20 : 5;

  private static final int[][] SIZES = {
    {800, 480}, {1280, 800}, {1920, 1080}, {3840, 2160}, {1080, 1920}
  };

  /** What a sine of the highest pitch, or two of them in a crossfade, can bend. */
  private static final double BEND =
      2
              * StreamServer.AMPLITUDE
              * Math.pow(2 * Math.PI * WallMeter.hz(WallMeter.KINDS - 1) / RATE, 2)
          + 2.5 / 32_768;

  /** A browser that plays nothing before somebody has touched the page. */
  private static final String SHY =
      """
      const Own = AudioContext;
      window.AudioContext = class extends Own {
        constructor(options) { super(options); super.suspend(); }
        resume() { return navigator.userActivation.hasBeenActive ? super.resume() : new Promise(() => {}); }
      };
      """;

  /** A browser without a screen gives no lock of it; this one notes what it is asked for. */
  private static final String LOCKS =
      """
      window.locks = [];
      Object.defineProperty(navigator, "wakeLock", {value: {request: async kind => { window.locks.push(kind); }}});
      """;

  @TempDir Path folder;
  private StreamServer server;
  private Visitor visitor;
  private Page page;
  private WallMeter meter;

  @BeforeEach
  void visit() {
    server = new StreamServer(folder, routes -> {});
    visitor = new Visitor();
    page = visitor.page();
    meter = new WallMeter(page);
    page.setViewportSize(640, 400); // little to draw: what is measured is time
  }

  @AfterEach
  void leave() {
    visitor.close();
    server.close();
  }

  /**
   * Looks until enough changes were measured of a browser that had the time to draw, or until there
   * was no such time for long; what was noted meanwhile.
   */
  private List<WallMeter.Seen> inStep(
      String when, Function<List<WallMeter.Seen>, List<WallMeter.Change>> measure) {
    List<WallMeter.Seen> seen = new ArrayList<>(meter.take());
    List<WallMeter.Change> changes = List.of();
    long clean = 0;
    for (int second = 0; second < MOST_SECONDS && clean < CHANGES; second++) {
      page.waitForTimeout(1000);
      seen.addAll(meter.take());
      changes = measure.apply(seen);
      clean = changes.stream().filter(WallMeter.Change::isClean).count();
    }
    LOG.info("{}: {} of {} without a stall: {}", when, clean, changes.size(), changes);
    if (!IS_TIMED) {
      return seen;
    }
    assumeTrue(
        changes.size() >= CHANGES || WallMeter.hadTime(seen),
        "this machine lets no browser play and draw in real time");
    assertThat(changes).as("changes of chunk " + when).hasSizeGreaterThanOrEqualTo(CHANGES);
    assertThat(changes)
        .as("picture after sound, ms, " + when)
        .allSatisfy(change -> assertThat(change.isWithin(MOST_MS)).isTrue());
    return seen;
  }

  @Test
  void pictureAndSoundStayInStepThroughARestart() throws Exception {
    page.navigate(server.url() + "/wall/foyer");
    meter.awaitTone();
    inStep("before the restart", WallMeter::changes);
    assertThat(visitor.errors()).isEmpty();
    visitor.findsNothingSerious("wall");

    server.close();
    page.waitForTimeout(3000);
    int stayed = meter.take().getLast().picture();
    assertThat(stayed).as("the last picture stays").isNotNegative();
    server.serve();
    meter.awaitTone();
    meter.awaitOther(stayed);
    // whatever a browser says of a server that is away; nothing else may have gone wrong
    assertThat(visitor.errors()).allSatisfy(e -> assertThat(e).contains("net::ERR_"));
    visitor.errors().clear();
    List<WallMeter.Seen> after = inStep("after the restart", WallMeter::changes);
    if (IS_TIMED) {
      assertThat(after).as("clicks").allSatisfy(s -> assertThat(s.bend()).isLessThan(BEND));
    }
    assertThat(visitor.errors()).isEmpty();
  }

  private List<WallMeter.Change> againstTheClock(List<WallMeter.Seen> seen) {
    List<WallMeter.Change> changes = new ArrayList<>();
    for (int chunk = 1; chunk < StreamServer.CHUNKS; chunk++) {
      WallMeter.change(seen, chunk % WallMeter.KINDS, server.changeMs(chunk))
          .ifPresent(changes::add);
    }
    return changes;
  }

  @Test
  void aMutedWallGoesByTheServersClock() {
    page.navigate(server.url() + "/wall?mute");
    meter.awaitPicture();
    inStep("muted", this::againstTheClock);
    assertThat(page.evaluate("() => window.ear === undefined")).isEqualTo(true);
    assertThat(visitor.errors()).isEmpty();
  }

  @Test
  void asksForAGestureWhereTheBrowserWantsOneAndShowsThePictureMeanwhile() throws Exception {
    page.addInitScript(SHY);
    page.navigate(server.url() + "/wall/foyer");
    page.waitForSelector("#sound");
    meter.awaitPicture();
    visitor.findsNothingSerious("wall with its button");
    if (!System.getProperty("sonograph.screenshots", "").isEmpty()) {
      shoot(800, 480, "-button");
    }
    page.locator("#sound").click();
    meter.awaitTone();
    assertThat(page.locator("#sound").isVisible()).isFalse();
    assertThat(visitor.errors()).isEmpty();
  }

  @Test
  void asksForTheScreenToStayAwakeWheneverItIsShown() {
    page.addInitScript(LOCKS);
    page.navigate(server.url() + "/wall?mute");
    page.waitForFunction("() => window.locks.join() === 'screen'");
    page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))");
    page.waitForFunction("() => window.locks.join() === 'screen,screen'");
    assertThat(visitor.errors()).isEmpty();
  }

  /** Pieces of the guide's scroll as pictures, as large as those of a stream. */
  @Test
  @EnabledIfSystemProperty(named = "sonograph.screenshots", matches = ".+")
  void looksAsAWallShould() throws Exception {
    BufferedImage scroll =
        ImageIO.read(Installation.home().resolve("docs/scroll/harbour.jpg").toFile());
    int side = scroll.getHeight();
    for (int chunk = 0; chunk < StreamServer.CHUNKS; chunk++) {
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      int x = (scroll.getWidth() - side) * (chunk % 5) / 4;
      ImageIO.write(scroll.getSubimage(x, 0, side, side), "png", png);
      WallPicture picture = server.picture(chunk, png.toByteArray(), StreamServer.label());
      server.streams().walls().put("harbour", picture);
      server.streams().put("harbour", server.sound(chunk));
    }
    page.navigate(server.url() + "/wall/harbour");
    meter.awaitTone();
    for (int[] size : SIZES) {
      shoot(size[0], size[1], "");
    }
    page.navigate(server.url() + "/wall/harbour?paper");
    meter.awaitTone();
    shoot(1280, 800, "-paper");
  }

  private void shoot(int width, int height, String what) {
    page.setViewportSize(width, height);
    page.waitForFunction("() => !document.querySelector('#playhead').hidden");
    page.waitForTimeout(500);
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(
                Path.of(
                    System.getProperty("sonograph.screenshots"),
                    "wall-%dx%d%s.jpg".formatted(width, height, what)))
            .setType(ScreenshotType.JPEG)
            .setQuality(80));
  }
}
