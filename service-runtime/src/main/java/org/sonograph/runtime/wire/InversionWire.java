package org.sonograph.runtime.wire;

import org.sonograph.signal.spectrogram.Colour;
import org.sonograph.signal.spectrogram.Inversion;

/** What inverts a picture, as a message and as a value. */
public final class InversionWire {

  private InversionWire() {}

  /** The message; without the chunk's own sound. */
  public static org.sonograph.schemas.Inversion toAvro(Inversion inversion) {
    return org.sonograph.schemas.Inversion.newBuilder()
        .setProfile(inversion.profile())
        .setSampleRateHz(inversion.sampleRateHz())
        .setNFft(inversion.nFft())
        .setHopSamples(inversion.hopSamples())
        .setWindow(inversion.window())
        .setAxis(inversion.axis())
        .setLowHz(inversion.lowHz())
        .setHighHz(inversion.highHz())
        .setTiltDbPerOctave(inversion.tiltDbPerOctave())
        .setBlackDb(inversion.blackDb())
        .setWhiteDb(inversion.whiteDb())
        .setWidth(inversion.width())
        .setHeight(inversion.height())
        .setFrames(inversion.frames())
        .setBins(inversion.bins())
        .setColour(inversion.colour().text())
        .build();
  }

  /**
   * The value of a message; inverse of {@link #toAvro}.
   *
   * @throws IllegalArgumentException if a field has no meaning
   */
  public static Inversion fromAvro(org.sonograph.schemas.Inversion inversion) {
    return new Inversion(
        inversion.getProfile(),
        inversion.getSampleRateHz(),
        inversion.getNFft(),
        inversion.getHopSamples(),
        inversion.getWindow(),
        inversion.getAxis(),
        inversion.getLowHz(),
        inversion.getHighHz(),
        inversion.getTiltDbPerOctave(),
        inversion.getBlackDb(),
        inversion.getWhiteDb(),
        inversion.getWidth(),
        inversion.getHeight(),
        inversion.getFrames(),
        inversion.getBins(),
        Colour.of(inversion.getColour()));
  }
}
