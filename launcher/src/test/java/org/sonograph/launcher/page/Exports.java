package org.sonograph.launcher.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sonograph.runtime.meters.Carrier;
import org.sonograph.runtime.meters.Catalogue;

/** What one address exports, as Prometheus would scrape it. */
final class Exports {
  /** What a service's page may have. */
  private static final int MOST_SERIES = 2_000;

  private static final String OF_STREAMS = "sonograph_live_";
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final URI url;

  Exports(String url) {
    this.url = URI.create(url);
  }

  /** Waits until a series is positive; its value. */
  double awaitPositive(String series) throws IOException, InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    double value = value(series);
    while (!(value > 0)) {
      assertThat(System.nanoTime()).as(series + " is " + value).isLessThan(until);
      Thread.sleep(300);
      value = value(series);
    }
    return value;
  }

  /** Value of one series; NaN where it is not there. */
  double value(String series) throws IOException, InterruptedException {
    return lines().stream()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
        .findFirst()
        .orElse(Double.NaN);
  }

  /**
   * All that the catalogue says of these where no stream runs, nothing that it does not know, and
   * not too much.
   */
  void areThoseOf(Carrier... carriers) throws IOException, InterruptedException {
    are(series(carriers).filter(series -> !series.startsWith(OF_STREAMS)));
  }

  /** The same where a stream runs. */
  void areThoseOfAStreamAnd(Carrier... carriers) throws IOException, InterruptedException {
    are(series(carriers));
  }

  private static Stream<String> series(Carrier... carriers) {
    return Stream.of(carriers)
        .flatMap(c -> Catalogue.of(c).stream())
        .flatMap(m -> m.form().series().stream());
  }

  private void are(Stream<String> expected) throws IOException, InterruptedException {
    Set<String> names = names();
    assertThat(names).containsAll(expected.collect(Collectors.toSet()));
    assertThat(Catalogue.allSeries()).containsAll(names);
    assertThat(lines()).hasSizeLessThan(MOST_SERIES);
  }

  Set<String> names() throws IOException, InterruptedException {
    return lines().stream()
        .map(line -> line.replaceFirst("[{ ].*", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private List<String> lines() throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }
}
