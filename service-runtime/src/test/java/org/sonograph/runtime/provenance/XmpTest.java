package org.sonograph.runtime.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;

class XmpTest {
  private static Document parsed(Xmp xmp) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(xmp.packet().getBytes(StandardCharsets.UTF_8)));
  }

  private static String text(Document document, String name) {
    return document.getElementsByTagName(name).item(0).getTextContent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "a < b & c > d", "\"quoted\" ]]> ?>", "雨 🌧", "line\nbreak"})
  void anyTextComesBackAsItWas(String title) throws Exception {
    Document document = parsed(new Xmp(DigitalSource.TRAINED_MODEL, title, "", "", ""));
    assertThat(text(document, "dc:title")).isEqualTo(title);
  }

  @Test
  void whatXmlCannotHoldBecomesASpace() throws Exception {
    Document document =
        parsed(new Xmp(DigitalSource.DATA, "a\u0000b\u001bc\ud800d\uffff", "", "", ""));
    assertThat(text(document, "dc:title")).isEqualTo("a b c d ");
  }

  @Test
  void passthroughIsNoTrainedModel() {
    assertThat(DigitalSource.ofModel("passthrough:1000")).isEqualTo(DigitalSource.DATA);
    assertThat(DigitalSource.ofModel("passthrough")).isEqualTo(DigitalSource.DATA);
    assertThat(DigitalSource.ofModel("passthroughish")).isEqualTo(DigitalSource.TRAINED_MODEL);
  }

  @Test
  void whatItWasMadeFromIsDublinCoresSource() throws Exception {
    Xmp xmp = new Xmp(DigitalSource.TRAINED_MODEL, "", "", "", "", "source=<00ff>");
    assertThat(text(parsed(xmp), "dc:source")).isEqualTo("source=<00ff>");
  }

  @Test
  void theSourceTypeIsIptcsTerm() throws Exception {
    Document document = parsed(new Xmp(DigitalSource.TRAINED_MODEL, "", "", "", ""));
    assertThat(text(document, "Iptc4xmpExt:DigitalSourceType"))
        .isEqualTo("http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia");
  }
}
