package org.sonograph.launcher.s3;

import java.io.IOException;
import java.util.List;
import org.sonograph.ingest.source.IdentifiedSource;
import org.sonograph.ingest.source.SourceEntry;
import org.sonograph.ingest.source.SourceFile;
import org.sonograph.runtime.ffmpeg.FFmpeg;
import org.sonograph.runtime.ffmpeg.UnreadableSoundException;

/** Sounds that lie elsewhere, and are files here only while somebody needs them. */
public interface RemoteSources {
  /** Nothing lies elsewhere. */
  RemoteSources NONE =
      new RemoteSources() {
        @Override
        public boolean has(SourceFile source) {
          return false;
        }

        @Override
        public List<SourceEntry> expand(String input) {
          return List.of(
              new SourceEntry.Problem(input, input + " is in a bucket, which only run reads from"));
        }

        @Override
        public IdentifiedSource identify(SourceFile source, FFmpeg ffmpeg) {
          throw new IllegalStateException(source.givenPath() + ": no storage is open");
        }

        @Override
        public void need(SourceFile source) {}

        @Override
        public void release(SourceFile source) {}
      };

  /** Whether a sound is one of these. */
  boolean has(SourceFile source);

  /** The sounds behind an input, none of them read. */
  List<SourceEntry> expand(String input) throws InterruptedException;

  /** What a sound is. */
  IdentifiedSource identify(SourceFile source, FFmpeg ffmpeg)
      throws IOException, UnreadableSoundException, InterruptedException;

  /** Makes the sound's file be there. */
  void need(SourceFile source) throws IOException, InterruptedException;

  /** The file is not needed now. */
  void release(SourceFile source) throws IOException;
}
