package org.sonograph.schemas;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Records that the tests share. */
final class TestRecords {
  static final String TAKE = "00112233445566778899";

  private TestRecords() {}

  static Place place() {
    return Place.newBuilder()
        .setTake(TAKE)
        .setChunk(7)
        .setStartSample(1_806_336)
        .setLengthSamples(294_912)
        .setSampleRateHz(48_000)
        .setTotalChunks(8)
        .setEndReason("")
        .setFormat("wav")
        .setFreshSamples(258_048)
        .setClosedMs(1_790_000_000_000L)
        .setFolder("1958/a r\u00edo/")
        .setStream("foyer")
        .setDueMs(1_790_000_011_000L)
        .setStandIn(true)
        .build();
  }

  static SourceInfo source() {
    return SourceInfo.newBuilder().setId("ab12").setName("rain\n../x.wav").build();
  }

  static Interpretation interpretation() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("stretch", "1");
    parameters.put("phase", "zero");
    return Interpretation.newBuilder()
        .setProfile("tape")
        .setDiffusion(
            DiffusionSettings.newBuilder().setPrompt("a río").setSteps(50).setSeed(42).build())
        .setReadings(
            List.of(
                ReadingSettings.newBuilder().setName("rgb-mean").setParameters(parameters).build(),
                ReadingSettings.newBuilder().setName("chirp").build()))
        .build();
  }

  static SpectrogramImage image() {
    return SpectrogramImage.newBuilder()
        .setPlace(place())
        .setSource(source())
        .setInterpretation(interpretation())
        .setPng(ByteBuffer.wrap(new byte[] {1, 2, 3}))
        .build();
  }
}
