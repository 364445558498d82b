package org.sonograph.gallery.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sonograph.gallery.report.WallLabel;
import org.sonograph.schemas.DiffusedImage;
import org.sonograph.schemas.DiffusionSettings;
import org.sonograph.schemas.Failure;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.Place;
import org.sonograph.schemas.ReadingSettings;
import org.sonograph.schemas.SourceInfo;
import org.sonograph.schemas.SpectrogramSettings;
import org.sonograph.schemas.Undiffused;

class WallTest {
  private static final OutputGrid GRID = OutputGrid.STANDARD;
  private static final int RATE = GRID.rateHz();
  private static final double NOW = 1_700_000_000_000.0;
  private static final WallLabel LABEL = new WallLabel("Rain", "", "Audio.", "ink", "", "");

  private final List<String> told = new ArrayList<>();
  private final Wall wall = new Wall(event -> told.add(event.get()));

  private static JsonNode data(String event) {
    try {
      return new ObjectMapper().readTree(event.substring(event.indexOf("data: ") + 6));
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(event, e);
    }
  }

  private static WallPicture picture(long chunk, int bytes) {
    WallPicture.Span span = new WallPicture.Span((long) NOW + 1000 * chunk, chunk, 1.5, 0.5);
    return new WallPicture("main", chunk, span, LABEL, new byte[bytes]);
  }

  /** Plays a take of chunks of a second, due half a second from now on. */
  private void play(LivePlayer player, double fromSeconds, double seconds) {
    long first = GRID.frames(fromSeconds);
    for (long frame = first; frame < first + GRID.frames(seconds); frame += GRID.blockFrames()) {
      double ms = NOW + frame * 1000.0 / RATE;
      wall.at(frame, ms, player.render(ms).heard());
    }
  }

  @Test
  void tellsEachChunkAtItsFirstFrameAndEverySecondAgain() {
    LivePlayer player = new LivePlayer(GRID, ms -> {});
    LiveSounds main = LiveSounds.main(RATE, NOW + 500, LiveSounds.sine(440));
    for (int c = 0; c < 3; c++) {
      player.put(main.piece(c));
    }
    play(player, 0, 3.4);
    List<JsonNode> live =
        told.stream()
            .map(WallTest::data)
            .filter(m -> m.path("state").asText().equals("live"))
            .toList();
    assertThat(live).extracting(m -> m.path("chunk").asLong()).contains(0L, 1L, 2L);
    assertThat(live).hasSizeBetween(3, 7);
    for (JsonNode moment : live) {
      assertThat(moment.path("take").asText()).isEqualTo("main");
      double due = (moment.path("frame").asDouble() / RATE) - 0.5;
      assertThat(moment.path("seconds").asDouble()).isCloseTo(due, within(1.0 / RATE));
    }
    JsonNode second =
        live.stream().filter(m -> m.path("chunk").asLong() == 1).findFirst().orElseThrow();
    assertThat(second.path("seconds").asDouble()).isCloseTo(1, within(0.011));
  }

  @Test
  void saysWhichTakeIsHeardWhereTheMainOneIsMissing() {
    LivePlayer player = new LivePlayer(GRID, ms -> {});
    LiveSounds main = LiveSounds.main(RATE, NOW + 500, LiveSounds.sine(440));
    LiveSounds standIn = main.as("stand-in", true);
    player.put(main.piece(0));
    for (int c = 0; c < 3; c++) {
      player.put(standIn.piece(c));
    }
    play(player, 0, 2.4);
    JsonNode last = data(told.getLast());
    assertThat(last.path("state").asText()).isEqualTo("stand-in");
    assertThat(last.path("take").asText()).isEqualTo("stand-in");
    play(player, 2.4, 4);
    last = data(told.getLast());
    assertThat(last.path("state").asText()).isEqualTo("repeat");
    assertThat(last.path("take").asText()).as("a repeat is of no picture in its place").isEmpty();
  }

  @Test
  void keepsTheLastPicturesAndNoMore() {
    for (int c = 0; c < 100; c++) {
      wall.put(picture(c, 10));
    }
    assertThat(wall.png("main", "35")).isEmpty();
    assertThat(wall.png("main", "36")).isPresent();
    assertThat(wall.png("main", "99")).isPresent();
    assertThat(wall.news()).hasSize(64);
    assertThat(told).hasSize(100);
  }

  @Test
  void picturesTakeNoMoreThanTheirRoom() {
    for (int c = 0; c < 10; c++) {
      wall.put(picture(c, 8 << 20));
    }
    assertThat(wall.news()).hasSize(4);
    assertThat(wall.png("main", "9")).isPresent();
  }

  @Test
  void tellsWhoComesTheLastTwelveSeconds() {
    Heard silent = Heard.ofNoTake(Source.Kind.SILENCE);
    for (long frame = 0; frame < 60L * RATE; frame += GRID.blockFrames()) {
      wall.at(frame, NOW, silent);
    }
    assertThat(wall.news()).hasSizeBetween(12, 13);
    assertThat(data(wall.news().getLast()).path("frame").asLong()).isEqualTo(59L * RATE);
  }

  private static DiffusedImage.Builder record() {
    return DiffusedImage.newBuilder()
        .setPlace(
            Place.newBuilder()
                .setTake("ab12")
                .setChunk(2)
                .setStartSample(2 * 258_048)
                .setLengthSamples(294_912)
                .setSampleRateHz(48_000)
                .setDueMs((long) NOW)
                .build())
        .setSource(SourceInfo.newBuilder().setTitle("Rain on tin").setArtist("A. Nyone").build())
        .setInterpretation(
            Interpretation.newBuilder()
                .setSpectrogram(
                    SpectrogramSettings.newBuilder()
                        .setOverlapColumns(64)
                        .setHopSamples(576)
                        .build())
                .setDiffusion(
                    DiffusionSettings.newBuilder().setModel("sketch").setPrompt("ink").build())
                .setReadings(List.of(ReadingSettings.newBuilder().setName("voices").build()))
                .build())
        .setPng(ByteBuffer.wrap(new byte[] {1, 2, 3}));
  }

  @Test
  void aRecordIsAPictureWithItsPlaceAndLabel() throws Exception {
    WallPicture picture = WallPicture.of(record().build()).orElseThrow();
    assertThat(picture.span()).isEqualTo(new WallPicture.Span((long) NOW, 10.752, 6.144, 0.768));
    assertThat(picture.png()).containsExactly(1, 2, 3);
    assertThat(picture.label().title()).isEqualTo("Rain on tin");
    assertThat(picture.label().author()).isEqualTo("A. Nyone");
    assertThat(picture.label().medium()).isEqualTo("Audio, spectrogram, sketch, read by voices.");
    assertThat(picture.label().prompt()).isEqualTo("ink");
  }

  @Test
  void aFailedPictureIsNone() throws Exception {
    assertThat(WallPicture.of(record().setFailure(Failure.newBuilder().build()).build())).isEmpty();
    assertThat(WallPicture.of(record().setPng(ByteBuffer.allocate(0)).build())).isEmpty();
  }

  @Test
  void anUndiffusedPictureClaimsNoModel() throws Exception {
    DiffusedImage.Builder record = record();
    record.setInterpretation(Undiffused.of(record.getInterpretation()));
    WallLabel label = WallPicture.of(record.build()).orElseThrow().label();
    assertThat(label.medium()).isEqualTo("Audio, spectrogram, read by voices.");
    assertThat(label.credit()).isEqualTo("Made with Sonograph, without a trained model.");
  }
}
