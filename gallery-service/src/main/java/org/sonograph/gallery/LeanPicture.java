package org.sonograph.gallery;

import java.io.IOException;
import java.util.Optional;
import org.sonograph.gallery.report.Jpeg;
import org.sonograph.runtime.provenance.Xmp;
import org.sonograph.signal.picture.PngCodec;
import org.sonograph.signal.picture.PngException;
import org.sonograph.signal.picture.PngImage;
import org.sonograph.signal.picture.PngLimits;

/** Pictures as they are kept where space is saved: JPEG, with what they say about themselves. */
final class LeanPicture {
  static final float QUALITY = 0.88f;

  private LeanPicture() {}

  /** A PNG as JPEG; empty where it cannot be read, so that it is kept as it came. */
  static Optional<byte[]> of(byte[] png) throws IOException {
    try {
      PngImage image = PngCodec.decode(png, PngLimits.DEFAULT);
      String xmp = image.text().getOrDefault(Xmp.PNG_KEYWORD, "");
      return Optional.of(Jpeg.encode(image.picture(), QUALITY, xmp));
    } catch (PngException e) {
      return Optional.empty();
    }
  }
}
