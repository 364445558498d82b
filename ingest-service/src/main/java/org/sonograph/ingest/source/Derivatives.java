package org.sonograph.ingest.source;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which licences forbid works that are derived from a sound, as every take is. Creative Commons'
 * are known by their codes, names and addresses; a bare "all rights reserved" says whose a sound
 * is, not what its owner allows, who may well be the one who asks: it forbids no more than silence.
 */
public final class Derivatives {
  /** Option, column and field that overrides a licence by naming the sound. */
  public static final String OVERRIDE = "allow-no-derivatives";

  /** Over lower-case words with single blanks between. */
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          String.join(
              "|",
              "\\bcc ?by ?(nc ?)?nd\\b",
              "\\bby nc nd\\b",
              "\\bby nd nc\\b",
              "\\b(commons|licen[cs]es?) (attribution )?by nd\\b",
              "^by nd( [0-9. ]+)?$",
              "\\bno ?deriv(s|ates?|atives?|ative works?)?\\b",
              "\\bkeine bearbeitung(en)?\\b",
              "\\bpas de modifications?\\b",
              "\\bsin ?(obras? ?)?derivadas?\\b",
              "\\bnon opere derivate\\b",
              "\\bsem ?deriva(coes|dos)\\b"));

  private Derivatives() {}

  /** Whether a licence forbids them; one that is not known does not. */
  public static boolean areForbiddenBy(String licence) {
    String plain = Normalizer.normalize(licence, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
    String words = plain.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", " ").strip();
    return FORBIDDEN.matcher(words).find();
  }

  /** Why nothing is made of a sound, in one line; empty where something may be. */
  public static Optional<String> refusal(IdentifiedSource source) {
    String licence = source.probe().licence();
    if (!source.told().permission().isEmpty() || !areForbiddenBy(licence)) {
      return Optional.empty();
    }
    return Optional.of(
        "%s is under \"%s\", which forbids derived works: nothing is made of it; with its author's permission name it in %s"
            .formatted(source.source().shown(), SafeName.of(licence), OVERRIDE));
  }
}
