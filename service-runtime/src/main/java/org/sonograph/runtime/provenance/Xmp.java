package org.sonograph.runtime.provenance;

import java.util.Objects;

/**
 * An XMP packet of Sonograph's: kind of source, and the label that a picture or sound carries.
 *
 * @param source how the medium came to be
 * @param title title of the sound behind it, or ""
 * @param creator author of that sound, or ""
 * @param rights licence of that sound, or ""
 * @param description one sentence for people, or ""
 * @param derivedFrom what it was made from, by hash, or ""
 */
public record Xmp(
    DigitalSource source,
    String title,
    String creator,
    String rights,
    String description,
    String derivedFrom) {
  /** Keyword under which PNG files carry XMP. */
  public static final String PNG_KEYWORD = "XML:com.adobe.xmp";

  private static final String HEAD =
      """
      <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
      <x:xmpmeta xmlns:x="adobe:ns:meta/">
       <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
        <rdf:Description rdf:about=""
          xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
          xmlns:dc="http://purl.org/dc/elements/1.1/"
          xmlns:xmp="http://ns.adobe.com/xap/1.0/">
      """;
  private static final String TAIL =
      """
         <xmp:CreatorTool>Sonograph</xmp:CreatorTool>
        </rdf:Description>
       </rdf:RDF>
      </x:xmpmeta>
      <?xpacket end="r"?>""";

  public Xmp {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(creator, "creator");
    Objects.requireNonNull(rights, "rights");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(derivedFrom, "derivedFrom");
  }

  /** Of a medium that names no ancestors. */
  public Xmp(
      DigitalSource source, String title, String creator, String rights, String description) {
    this(source, title, creator, rights, description, "");
  }

  /** The packet as text, UTF-8 when written. */
  public String packet() {
    StringBuilder xml = new StringBuilder(HEAD);
    xml.append("   <Iptc4xmpExt:DigitalSourceType>")
        .append(source.uri())
        .append("</Iptc4xmpExt:DigitalSourceType>\n");
    append(xml, "dc:title", "rdf:Alt", " xml:lang=\"x-default\"", title);
    append(xml, "dc:creator", "rdf:Seq", "", creator);
    append(xml, "dc:rights", "rdf:Alt", " xml:lang=\"x-default\"", rights);
    append(xml, "dc:description", "rdf:Alt", " xml:lang=\"x-default\"", description);
    if (!derivedFrom.isEmpty()) {
      xml.append("   <dc:source>").append(escaped(derivedFrom)).append("</dc:source>\n");
    }
    return xml.append(TAIL).toString();
  }

  private static void append(
      StringBuilder xml, String name, String container, String attributes, String text) {
    if (!text.isEmpty()) {
      xml.append("   <%1$s><%2$s><rdf:li%3$s>".formatted(name, container, attributes))
          .append(escaped(text))
          .append("</rdf:li></%2$s></%1$s>\n".formatted(name, container));
    }
  }

  /** XML 1.0 has no way to write control characters, so they become spaces. */
  private static String escaped(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> legal(c) ? c : ' ')
        .forEach(
            c -> {
              switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                default -> out.appendCodePoint(c);
              }
            });
    return out.toString();
  }

  private static boolean legal(int c) {
    return c == '\n'
        || c == '\t'
        || (c >= 0x20 && (c < 0xD800 || c > 0xDFFF) && c < 0xFFFE)
        || c >= 0x10000;
  }
}
