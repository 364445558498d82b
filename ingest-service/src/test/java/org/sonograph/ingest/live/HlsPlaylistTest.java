package org.sonograph.ingest.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;

class HlsPlaylistTest {
  private static final URI AT = URI.create("https://radio.example/a/list.m3u8?x=1");

  private static HlsPlaylist parse(String... lines) throws IOException {
    return HlsPlaylist.parse(AT, "#EXTM3U\n" + String.join("\r\n", lines));
  }

  @Test
  void segmentsAreNumberedAndRelativeToTheirPlaylist() throws IOException {
    HlsPlaylist list =
        parse(
            "#EXT-X-TARGETDURATION:7",
            "#EXT-X-MEDIA-SEQUENCE:41",
            "#EXT-X-MAP:URI=\"init.mp4\"",
            "#EXTINF:6.9,",
            "s41.ts?token=a,b",
            "#EXTINF:7,",
            "https://other.example/s42.ts");
    assertThat(list.first()).isEqualTo(41);
    assertThat(list.targetSeconds()).isEqualTo(7);
    assertThat(list.segments())
        .containsExactly(
            URI.create("https://radio.example/a/s41.ts?token=a,b"),
            URI.create("https://other.example/s42.ts"));
    assertThat(list.init()).contains(URI.create("https://radio.example/a/init.mp4"));
    assertThat(list.isOver()).isFalse();
    assertThat(parse("a.ts", "#EXT-X-ENDLIST").isOver()).isTrue();
  }

  @Test
  void soundAloneComesBeforeTheSmallestPicture() throws IOException {
    HlsPlaylist list =
        parse(
            "#EXT-X-STREAM-INF:BANDWIDTH=900000,CODECS=\"avc1,mp4a\"",
            "large.m3u8",
            "#EXT-X-STREAM-INF:BANDWIDTH=100000",
            "small.m3u8",
            "#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID=\"a\",NAME=\"x, y\",URI=\"sound.m3u8\"");
    assertThat(list.variants().stream().map(URI::getPath))
        .containsExactly("/a/sound.m3u8", "/a/small.m3u8", "/a/large.m3u8");
  }

  @Test
  void saysWhatIsNotPlayedHere() {
    assertThatThrownBy(() -> parse("#EXT-X-KEY:METHOD=AES-128,URI=\"k\"", "a.ts"))
        .hasMessageContaining("encrypted");
    assertThatThrownBy(() -> parse("#EXT-X-BYTERANGE:100@0", "a.ts"))
        .hasMessageContaining("ranges");
    assertThatThrownBy(() -> HlsPlaylist.parse(AT, "<html>")).hasMessageContaining("no playlist");
  }
}
