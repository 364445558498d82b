package org.sonograph.launcher.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody with a browser, who notes every error that the page's console shows. */
final class Visitor implements AutoCloseable {
  /**
   * Notes what is played: each buffer's length, loudest sample and mean, which tells it from
   * others.
   */
  private static final String EAR =
      """
      window.played = [];
      const start = AudioBufferSourceNode.prototype.start;
      AudioBufferSourceNode.prototype.start = function (...at) {
        const samples = this.buffer.getChannelData(0);
        let peak = 0, sum = 0;
        for (const s of samples) { peak = Math.max(peak, Math.abs(s)); sum += Math.abs(s); }
        window.played.push({seconds: this.buffer.duration, peak, mean: sum / samples.length});
        return start.apply(this, at);
      };
      window.addEventListener("unhandledrejection", e => console.error("unhandled: " + e.reason));
      """;

  private static final double PATIENCE_MS = 120_000;

  private final Playwright playwright;
  private final Browser browser;
  private final BrowserContext context;
  private final Page page;
  private final List<String> errors = new CopyOnWriteArrayList<>();

  Visitor() {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium())
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--autoplay-policy=no-user-gesture-required",
                            "--use-fake-device-for-media-stream",
                            "--use-fake-ui-for-media-stream")));
    context = browser.newContext(new Browser.NewContextOptions().setAcceptDownloads(true));
    context.grantPermissions(List.of("microphone", "clipboard-write"));
    context.addInitScript(EAR);
    page = context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error")) {
            errors.add(message.text() + " " + message.location());
          }
        });
    page.onPageError(errors::add);
    page.onDialog(
        dialog -> {
          errors.add("a script of somebody else ran: " + dialog.message());
          dialog.dismiss();
        });
  }

  Page page() {
    return page;
  }

  List<String> errors() {
    return errors;
  }

  /** Waits until an element says something. */
  void awaitText(String selector, String pattern) {
    page.waitForFunction(
        "([s, p]) => new RegExp(p).test(document.querySelector(s)?.textContent ?? '')",
        List.of(selector, pattern),
        new Page.WaitForFunctionOptions().setTimeout(PATIENCE_MS));
  }

  /** What axe finds serious or worse, a line each. */
  void findsNothingSerious(String where) throws IOException {
    page.evaluate(axe());
    @SuppressWarnings("unchecked")
    List<String> found =
        (List<String>)
            page.evaluate(
                "async () => (await axe.run({preload: false})).violations"
                    + ".filter(v => ['serious', 'critical'].includes(v.impact))"
                    + ".map(v => v.id + ': ' + v.nodes.map(n => n.html + ' ' + n.failureSummary).join('; '))");
    assertThat(found).as(where).isEmpty();
  }

  private static String axe() throws IOException {
    String file =
        "/META-INF/resources/webjars/axe-core/%s/axe.min.js"
            .formatted(System.getProperty("axe.version", "4.6.3"));
    try (InputStream in = Visitor.class.getResourceAsStream(file)) {
      assertThat(in).as(file).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /**
   * Pictures of the page as it is, in three widths, light and dark; only where a folder is asked
   * for.
   */
  void shoot(String name) {
    String folder = System.getProperty("sonograph.screenshots", "");
    if (folder.isEmpty()) {
      return;
    }
    page.evaluate("() => document.activeElement?.blur()");
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      for (int width : List.of(390, 1280, 3840)) {
        page.setViewportSize(width, width == 390 ? 844 : width == 1280 ? 900 : 2160);
        page.waitForTimeout(700);
        page.screenshot(
            new Page.ScreenshotOptions()
                .setPath(
                    Path.of(
                        folder,
                        "%s-%d-%s.jpg"
                            .formatted(
                                name, width, scheme.name().toLowerCase(java.util.Locale.ROOT))))
                .setType(ScreenshotType.JPEG)
                .setQuality(width < 3840 ? 72 : 55)
                .setFullPage(width < 3840));
      }
    }
    page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    page.setViewportSize(1280, 900);
    errors.removeIf(error -> error.contains("inline style")); // the tool's own, to hide the caret
  }

  private static Path chromium() {
    for (String name : List.of("chromium", "chromium-browser", "google-chrome")) {
      for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
        Path file = Path.of(folder, name);
        if (Files.isExecutable(file)) {
          return file;
        }
      }
    }
    assumeTrue(false, "no Chromium on the PATH");
    throw new IllegalStateException("unreachable");
  }

  @Override
  public void close() {
    playwright.close();
  }
}
