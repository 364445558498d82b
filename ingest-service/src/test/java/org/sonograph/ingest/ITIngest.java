package org.sonograph.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sonograph.ingest.cut.TakeOrder;
import org.sonograph.ingest.send.SentLedger;
import org.sonograph.ingest.source.SourceFile;
import org.sonograph.runtime.ffmpeg.SoundFiles;
import org.sonograph.runtime.wire.PictureWire;
import org.sonograph.runtime.wire.ProfileWire;
import org.sonograph.schemas.AudioChunk;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.ReadingSettings;
import org.sonograph.signal.picture.Picture;
import org.sonograph.signal.picture.PngCodec;
import org.sonograph.signal.spectrogram.ChunkGrid;
import org.sonograph.signal.spectrogram.SpectrogramProfile;

/** Whole files through the real FFmpeg, into a producer that acknowledges at once. */
class ITIngest {
  @TempDir static Path folder;
  private static Path wav;

  private final SentLedger ledger = SentLedger.inMemory();
  private CollectingProducer producer = new CollectingProducer();

  @BeforeAll
  static void makeTheSource() {
    wav = SoundFiles.sineWav(folder.resolve("sine.wav"), 44_100, 2, 20 * 44_100);
  }

  private Ingest ingest() {
    return TestIngest.of(producer, ledger);
  }

  private static TakeOrder order(SpectrogramProfile profile) {
    Interpretation interpretation =
        Interpretation.newBuilder()
            .setProfile(profile.name())
            .setSpectrogram(ProfileWire.toAvro(profile))
            .build();
    return new TakeOrder(interpretation, "wav", 0);
  }

  private IngestResult take(Path file) throws InterruptedException {
    return ingest()
        .submit(SourceFile.of(file), order(SpectrogramProfile.TAPE), IngestListener.NONE);
  }

  private static float[] channel(AudioChunk chunk, int channel) {
    FloatBuffer all = chunk.getPcm().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    float[] samples = new float[all.remaining() / chunk.getChannels()];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = all.get(i * chunk.getChannels() + channel);
    }
    return samples;
  }

  @Test
  void aPictureIsSentAsItIsDrawn() throws Exception {
    Path file = folder.resolve("drawing.png");
    Files.write(file, PngCodec.encode(Picture.grey(1000, 512, new byte[512_000]), new TreeMap<>()));
    IngestResult result = take(file);
    assertThat(result.outcome()).isEqualTo(IngestResult.Outcome.SENT);
    assertThat(producer.chunks).hasSize(3).allMatch(PictureWire::isDrawn);
  }

  @Test
  void aPictureGoesNeitherWithTheNotebookNorWithReadingsOfItsSound() throws Exception {
    Path file = folder.resolve("drawing2.png");
    Files.write(file, PngCodec.encode(Picture.grey(1000, 512, new byte[512_000]), new TreeMap<>()));
    assertThat(
            ingest()
                .submit(
                    SourceFile.of(file), order(SpectrogramProfile.NOTEBOOK), IngestListener.NONE)
                .message())
        .contains("drawing2.png is a picture")
        .contains("use profile tape");
    TakeOrder tape = order(SpectrogramProfile.TAPE);
    Interpretation grains =
        Interpretation.newBuilder(tape.interpretation())
            .setReadings(List.of(ReadingSettings.newBuilder().setName("grain").build()))
            .build();
    assertThat(
            ingest()
                .submit(SourceFile.of(file), new TakeOrder(grains, "wav", 0), IngestListener.NONE)
                .message())
        .contains("reading grain asks for the sound");
  }

  @ParameterizedTest
  @CsvSource({
    "a.mp3, -c:a libmp3lame, 44100",
    "a.flac, -c:a flac, 44100",
    "a.ogg, -c:a libopus, 48000",
    "a.m4a, -c:a aac, 44100",
    "a.aac, -c:a aac, 44100",
    "a.aiff, -c:a pcm_s16be, 44100",
    "hi.wav, -c:a pcm_s24le -ar 96000, 96000"
  })
  void anyFormatBecomesChunksOfTheTapeGrid(String name, String options, int rateHz)
      throws Exception {
    Path file = SoundFiles.encoded(wav, folder.resolve(name), options.split(" "));
    IngestResult result = take(file);
    assertThat(result.outcome()).isEqualTo(IngestResult.Outcome.SENT);
    assertThat(result.message()).isEmpty();
    ChunkGrid grid = SpectrogramProfile.TAPE.grid();
    assertThat(result.samples()).isBetween(20L * 48_000, 20L * 48_000 + 5000);
    assertThat(result.chunks()).isEqualTo(grid.chunks(result.samples()));
    assertThat(producer.chunks).hasSize((int) result.chunks());
    AudioChunk last = producer.chunks.getLast();
    assertThat(last.getPlace().getTotalChunks()).isEqualTo(result.chunks());
    assertThat(last.getPlace().getEndReason()).isEmpty();
    assertThat(last.getPlace().getStartSample() + last.getPlace().getLengthSamples())
        .isEqualTo(result.samples());
    assertThat(last.getSource().getSampleRateHz()).isEqualTo(rateHz);
    assertThat(last.getSource().getSamples()).isEqualTo(result.samples());
    // a sine of amplitude 0.1 on both channels: -3 dB each, +3 dB for two, -20 dB
    assertThat(last.getLevel().getIntegratedLufs()).isCloseTo(-20.7, within(0.7));
  }

  @Test
  void lengthIsTheSourcesOwnToTheSample() throws Exception {
    Path odd = SoundFiles.sineWav(folder.resolve("odd.wav"), 44_100, 1, 1_234_567);
    assertThat(take(odd).samples()).isEqualTo(Math.round(1_234_567 * 48_000.0 / 44_100));
  }

  @Test
  void chunksAndTheirContextAreOneSoundWithoutASeam() throws Exception {
    take(wav);
    AudioChunk first = producer.chunks.get(0);
    AudioChunk second = producer.chunks.get(1);
    float[] a = channel(first, 0);
    float[] b = channel(second, 1);
    int shift = (int) second.getPlace().getStartSample() - second.getContextBeforeSamples();
    for (int i = 0; i < a.length - shift; i++) {
      assertThat(b[i]).isEqualTo(a[shift + i]);
    }
  }

  @Test
  void theSameFileWithTheSameOrderIsTheSameTakeAndIsNotSentAgain() throws Exception {
    IngestResult first = take(wav);
    producer = new CollectingProducer();
    IngestResult second = take(wav);
    assertThat(second.outcome()).isEqualTo(IngestResult.Outcome.ALREADY_SENT);
    assertThat(second.take()).isEqualTo(first.take());
    assertThat(second.chunks()).isEqualTo(first.chunks());
    assertThat(producer.chunks).isEmpty();
  }

  @Test
  void goesOnWhereAKilledAttemptStopped() throws Exception {
    producer =
        new CollectingProducer(
            chunk -> {
              if (chunk.getPlace().getChunk() == 2) {
                throw new IllegalStateException("killed here");
              }
            });
    assertThatThrownBy(() -> take(wav)).hasMessage("killed here");
    producer = new CollectingProducer();
    IngestResult result = take(wav);
    assertThat(result.outcome()).isEqualTo(IngestResult.Outcome.SENT);
    assertThat(producer.chunks).extracting(c -> c.getPlace().getChunk()).startsWith(2L);
    assertThat(producer.chunks.getLast().getPlace().getTotalChunks()).isEqualTo(result.chunks());
  }

  @Test
  void keepsWhatDecodesOfATruncatedFile() throws Exception {
    Path whole = SoundFiles.encoded(wav, folder.resolve("w.flac"), "-c:a", "flac");
    IngestResult result = take(SoundFiles.cut(whole, folder.resolve("cut.flac"), 0.5));
    assertThat(result.outcome()).isEqualTo(IngestResult.Outcome.INCOMPLETE);
    assertThat(result.badInput()).isTrue();
    assertThat(result.message()).contains("cut.flac is incomplete: ").doesNotContain("\n");
    assertThat(result.samples()).isBetween(8L * 48_000, 12L * 48_000);
    assertThat(producer.chunks.getLast().getPlace().getEndReason()).isNotEmpty();
  }

  @Test
  void sendsNothingBelowOneAnalysisWindow() throws Exception {
    IngestResult result = take(SoundFiles.sineWav(folder.resolve("blip.wav"), 48_000, 1, 4095));
    assertThat(result.outcome()).isEqualTo(IngestResult.Outcome.TOO_SHORT);
    assertThat(result.message()).contains("4095 samples").contains("4096");
    assertThat(producer.chunks).isEmpty();
  }

  @Test
  void takesExactlyOneAnalysisWindow() throws Exception {
    IngestResult result = take(SoundFiles.sineWav(folder.resolve("min.wav"), 48_000, 1, 4096));
    assertThat(result.outcome()).isEqualTo(IngestResult.Outcome.SENT);
    assertThat(producer.chunks).hasSize(1);
  }

  @Test
  void refusesEachBadFileWithOneLineThatNamesIt() throws Exception {
    Path odd = folder.resolve("odd\nname ..");
    Files.createDirectories(odd);
    List<Path> bad =
        List.of(
            Files.writeString(odd.resolve("notes\n.wav"), "some text\n"),
            Files.write(folder.resolve("zero.wav"), new byte[0]),
            Files.writeString(folder.resolve("playlist.wav"), "#EXTM3U\n" + wav + "\n"),
            SoundFiles.made(
                folder.resolve("silent.mp4"), "-f", "lavfi", "-i", "testsrc=d=1:s=64x64:r=5"));
    for (Path file : bad) {
      IngestResult result = take(file);
      assertThat(result.outcome()).isEqualTo(IngestResult.Outcome.REFUSED);
      assertThat(result.message())
          .doesNotContain("\n")
          .contains(file.getFileName().toString().replace("\n", "\\n"));
    }
    assertThat(producer.chunks).isEmpty();
  }

  @Test
  void notebookKeepsRateAndChannelsAndCutsWithoutOverlap() throws Exception {
    IngestResult result =
        ingest()
            .submit(SourceFile.of(wav), order(SpectrogramProfile.NOTEBOOK), IngestListener.NONE);
    assertThat(result.samples()).isEqualTo(20 * 44_100);
    long next = 0;
    for (AudioChunk chunk : producer.chunks) {
      assertThat(chunk.getPlace().getStartSample()).isEqualTo(next);
      next += chunk.getPlace().getLengthSamples();
      assertThat(chunk.getChannels()).isEqualTo(2);
      assertThat(chunk.getPlace().getSampleRateHz()).isEqualTo(44_100);
      assertThat(chunk.getContextBeforeSamples())
          .isEqualTo(chunk.getPlace().getChunk() == 0 ? 0 : 256);
    }
    assertThat(next).isEqualTo(result.samples());
  }

  @Test
  void refusesALongFileForTheNotebookWithAdvice() throws Exception {
    Path file = SoundFiles.sineWav(folder.resolve("long.wav"), 8000, 1, 8000 * 60 * 11);
    IngestResult result =
        ingest()
            .submit(SourceFile.of(file), order(SpectrogramProfile.NOTEBOOK), IngestListener.NONE);
    assertThat(result.outcome()).isEqualTo(IngestResult.Outcome.REFUSED);
    assertThat(result.message()).contains("limit of 10 minutes").contains("use profile tape");
  }

  @Test
  void fortyFiveMinutesPassInBoundedMemory() throws Exception {
    Path file = SoundFiles.sineWav(folder.resolve("45min.wav"), 48_000, 1, 45L * 60 * 48_000);
    AtomicLong count = new AtomicLong();
    AtomicLong mostBytes = new AtomicLong();
    producer =
        new CollectingProducer(
            chunk -> {
              if (count.incrementAndGet() % 100 == 0) {
                System.gc();
                Runtime runtime = Runtime.getRuntime();
                mostBytes.accumulateAndGet(runtime.totalMemory() - runtime.freeMemory(), Math::max);
              }
            });
    producer.keepNothing();
    IngestResult result = take(file);
    assertThat(result.outcome()).isEqualTo(IngestResult.Outcome.SENT);
    assertThat(result.samples()).isEqualTo(45L * 60 * 48_000);
    assertThat(count).hasValue(result.chunks());
    // the sound is 520 MB as floats; what stays is one chunk, its copies and the loudness curve
    assertThat(mostBytes.get()).isLessThan(100L << 20);
  }

  @ParameterizedTest
  @CsvSource({
    "f.mp3, -c:a libmp3lame",
    "f.flac, -c:a flac",
    "f.ogg, -c:a libopus",
    "f.m4a, -c:a aac",
    "f.aiff, -c:a pcm_s16be",
    "f.wav, -c:a pcm_s16le",
    "f.mka, -c:a flac"
  })
  void aDamagedFileEndsInAnOutcomeAndNeverInAFault(String name, String options) throws Exception {
    Path two = SoundFiles.sineWav(folder.resolve("two.wav"), 44_100, 2, 2 * 44_100);
    byte[] whole =
        Files.readAllBytes(SoundFiles.encoded(two, folder.resolve(name), options.split(" ")));
    Random random = new Random(name.hashCode());
    for (int i = 0; i < 12; i++) {
      byte[] damaged = whole.clone();
      int reach = i % 2 == 0 ? 256 : damaged.length; // headers break in more ways than sound
      for (int k = 0; k < 1 + 4 * i; k++) {
        damaged[random.nextInt(reach)] = (byte) random.nextInt();
      }
      IngestResult result = take(Files.write(folder.resolve("damaged-" + name), damaged));
      assertThat(result.message()).doesNotContain("\n").doesNotContain("Exception");
      assertThat(result.samples()).isLessThan(60L * 48_000);
    }
  }

  @Test
  void refusesARateNoRecordingHas() throws Exception {
    Path file = SoundFiles.sineWav(folder.resolve("rate.wav"), 2_000_000_000, 1, 10_000);
    assertThat(take(file).message()).contains("2000000000 samples a second");
  }

  @Test
  void theSourceIsKnownByItsBytes() throws IOException {
    Path copy = Files.copy(wav, folder.resolve("copy.wav"));
    Ingest ingest = ingest();
    assertThat(ingest.identify(SourceFile.of(copy)).id())
        .isEqualTo(ingest.identify(SourceFile.of(wav)).id())
        .hasSize(64);
  }
}
