package org.sonograph.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.SpectrogramSettings;
import org.sonograph.signal.sound.Sound;
import org.sonograph.signal.spectrogram.Colour;
import org.sonograph.signal.spectrogram.SpectrogramProfile;

class WireTest {

  @Test
  void inversionSurvivesTheWay() {
    var inversion = SpectrogramProfile.TAPE.withColour(Colour.PARTS).inversion(-12.5);
    assertThat(InversionWire.fromAvro(InversionWire.toAvro(inversion))).isEqualTo(inversion);
  }

  @Test
  void profileSurvivesTheWay() {
    for (SpectrogramProfile profile :
        new SpectrogramProfile[] {
          SpectrogramProfile.TAPE,
          SpectrogramProfile.NOTEBOOK,
          SpectrogramProfile.TAPE.withColour(Colour.STEREO)
        }) {
      assertThat(
              ProfileWire.fromAvro(
                  Interpretation.newBuilder()
                      .setProfile(profile.name())
                      .setSpectrogram(ProfileWire.toAvro(profile))
                      .build()))
          .isEqualTo(profile);
    }
  }

  @Test
  void emptySettingsMeanTheProfilesOwn() {
    assertThat(ProfileWire.fromAvro(Interpretation.newBuilder().setProfile("tape").build()))
        .isEqualTo(SpectrogramProfile.TAPE);
  }

  @Test
  void oneSettingLeavesTheOthersAlone() {
    var range = SpectrogramSettings.newBuilder().setRangeDb(50).build();
    SpectrogramProfile profile =
        ProfileWire.fromAvro(
            Interpretation.newBuilder().setProfile("tape").setSpectrogram(range).build());
    assertThat(profile.rangeDb()).isEqualTo(50);
    assertThat(profile.tiltDbPerOctave()).isEqualTo(SpectrogramProfile.TAPE.tiltDbPerOctave());
    assertThat(profile.overlapColumns()).isEqualTo(SpectrogramProfile.TAPE.overlapColumns());
  }

  @Test
  void floatSamplesSurviveTheWay() {
    Sound sound = Sound.stereo(48_000, new float[] {0, .5f, -2}, new float[] {1, -.25f, 1e-9f});
    assertThat(PcmWire.fromAvro(PcmWire.toAvro(sound), PcmWire.F32LE, 2, 48_000)).isEqualTo(sound);
  }

  @Test
  void refusesHalfAFrame() {
    assertThatThrownBy(() -> PcmWire.fromAvro(ByteBuffer.allocate(6), PcmWire.F32LE, 2, 48_000))
        .hasMessageContaining("6 bytes")
        .hasMessageContaining("multiple of 8");
  }
}
