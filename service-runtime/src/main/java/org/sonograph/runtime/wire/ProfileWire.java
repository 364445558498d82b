package org.sonograph.runtime.wire;

import org.sonograph.schemas.Interpretation;
import org.sonograph.schemas.SpectrogramSettings;
import org.sonograph.signal.spectrogram.Colour;
import org.sonograph.signal.spectrogram.SpectrogramProfile;

/** How sound becomes a picture, as a message and as a value. */
public final class ProfileWire {

  private ProfileWire() {}

  /** Every setting, spelled out. */
  public static SpectrogramSettings toAvro(SpectrogramProfile profile) {
    return SpectrogramSettings.newBuilder()
        .setSampleRateHz(profile.sampleRateHz())
        .setNFft(profile.nFft())
        .setHopSamples(profile.hopSamples())
        .setWindow(profile.window())
        .setAxis(profile.axis())
        .setLowHz(profile.lowHz())
        .setHighHz(profile.highHz())
        .setTiltDbPerOctave(profile.tiltDbPerOctave())
        .setRangeDb(profile.rangeDb())
        .setWidth(profile.width())
        .setHeight(profile.height())
        .setOverlapColumns(profile.overlapColumns())
        .setColour(profile.colour().text())
        .build();
  }

  /**
   * The settings of an interpretation; what it leaves at zero or empty is the profile's own. Tilt
   * and overlap may be meant to be zero: where window, hop and width are spelled out, so are they.
   *
   * @throws IllegalArgumentException if the profile is unknown or a setting is out of its range
   */
  public static SpectrogramProfile fromAvro(Interpretation interpretation) {
    SpectrogramProfile own = SpectrogramProfile.of(interpretation.getProfile());
    SpectrogramSettings given = interpretation.getSpectrogram();
    boolean spelledOut = given.getNFft() > 0 && given.getHopSamples() > 0 && given.getWidth() > 0;
    return new SpectrogramProfile(
        own.name(),
        or(given.getSampleRateHz(), own.sampleRateHz()),
        or(given.getNFft(), own.nFft()),
        or(given.getHopSamples(), own.hopSamples()),
        or(given.getWindow(), own.window()),
        or(given.getAxis(), own.axis()),
        or(given.getLowHz(), own.lowHz()),
        or(given.getHighHz(), own.highHz()),
        spelledOut
            ? given.getTiltDbPerOctave()
            : or(given.getTiltDbPerOctave(), own.tiltDbPerOctave()),
        or(given.getRangeDb(), own.rangeDb()),
        or(given.getWidth(), own.width()),
        or(given.getHeight(), own.height()),
        spelledOut
            ? given.getOverlapColumns()
            : or(given.getOverlapColumns(), own.overlapColumns()),
        Colour.of(or(given.getColour(), own.colour().text())));
  }

  private static int or(int given, int own) {
    return given == 0 ? own : given;
  }

  private static double or(double given, double own) {
    return given == 0 ? own : given;
  }

  private static String or(String given, String own) {
    return given.isEmpty() ? own : given;
  }
}
