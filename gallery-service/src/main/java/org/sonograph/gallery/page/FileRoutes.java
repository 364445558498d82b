package org.sonograph.gallery.page;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files of takes: one, all as an archive, and the small picture of the list. */
final class FileRoutes {
  private static final int NOT_FOUND = 404;

  private final Asked asked;
  private final Previews previews;
  private final Thumbnails thumbnails = new Thumbnails();

  FileRoutes(Asked asked, Previews previews) {
    this.asked = asked;
    this.previews = previews;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/gallery/takes/{take}/files/<file>", this::file);
    routes.get("/gallery/takes/{take}/take.zip", this::zip);
    routes.get("/gallery/takes/{take}/thumbnail", this::thumbnail);
    routes.get("/gallery/takes/{take}/previews/{chunk}", this::preview);
  }

  private void file(Context request) throws IOException {
    Optional<Entry> entry = asked.entry(request);
    if (entry.isEmpty()) {
      return;
    }
    Optional<TakeFile> file = TakeFile.find(entry.get().folder(), request.pathParam("file"));
    if (file.isPresent()) {
      FileAnswer.send(request, file.get());
    } else {
      Asked.refuse(request, NOT_FOUND, "no such file of this take");
    }
  }

  private void zip(Context request) throws IOException {
    Optional<Entry> entry = asked.entry(request);
    if (entry.isEmpty()) {
      return;
    }
    Path folder = entry.get().folder();
    String name = folder.getFileName().toString();
    request.contentType("application/zip");
    request.header("Content-Disposition", FileAnswer.attachment(name + ".zip"));
    try (ZipOutputStream zip = new ZipOutputStream(request.res().getOutputStream())) {
      zip.setLevel(Deflater.NO_COMPRESSION);
      for (Path file : files(folder)) {
        zip.putNextEntry(
            new ZipEntry(name + "/" + folder.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
  }

  /** What a visitor takes home: everything that is not hidden. */
  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder, 2)) {
      return all.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    }
  }

  private void thumbnail(Context request) throws IOException {
    Optional<Entry> entry = asked.entry(request);
    if (entry.isPresent()) {
      thumbnails.send(request, entry.get().folder());
    }
  }

  private void preview(Context request) {
    String chunk = request.pathParam("chunk");
    previews
        .of(request.pathParam("take"), chunk)
        .ifPresentOrElse(
            png -> request.contentType("image/png").header("Cache-Control", "no-store").result(png),
            () -> Asked.refuse(request, NOT_FOUND, "no preview of this chunk"));
  }
}
