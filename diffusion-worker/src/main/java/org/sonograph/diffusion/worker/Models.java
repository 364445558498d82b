package org.sonograph.diffusion.worker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sonograph.diffusion.Diffuser;
import org.sonograph.diffusion.DiffusionException;

/**
 * The one model that is open, by the name a message gives it. Any thread may ask; another model is
 * opened when nobody holds the first one any longer, so that two never share the device's memory.
 *
 * <p>A message may name the model loaded at start, {@code passthrough}, or a folder right below the
 * models folder; never a path of its own choosing.
 */
final class Models implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Models.class);
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
  private static final Pattern WITHOUT_FOLDER =
      Pattern.compile("passthrough(:[0-9]{1,9})?|simulated:[0-9]{1,9}");

  private final String configured;
  private final Optional<Path> folder;
  private final Opener opener;
  private final ReentrantLock turn = new ReentrantLock(true);
  private int uses;
  private String openName;
  private Diffuser open;

  /** Opens a model by name or folder. */
  interface Opener {
    Diffuser open(String model);
  }

  /**
   * A model that stays open.
   *
   * @param giveBack what giving it back does
   */
  record Lease(Diffuser diffuser, Runnable giveBack) {}

  /**
   * Opens the configured model at once, so that a wrong setting shows at start.
   *
   * @throws DiffusionException if it cannot be opened
   */
  Models(String configured, Optional<Path> folder, Opener opener) {
    this.configured = configured;
    this.folder = folder;
    this.opener = opener;
    this.open = opener.open(configured);
    this.openName = configured;
  }

  /** The model of that name; waits while another one is in use, first come, first served. */
  Lease lease(String asked) throws InterruptedException {
    String wanted = resolved(asked);
    turn.lockInterruptibly();
    try {
      if (!wanted.equals(openName)) {
        // whoever comes later queues for the turn, so the others come to an end
        awaitUnused();
        close();
        LOG.info("opening model {}", wanted);
        open = opener.open(wanted);
        openName = wanted;
      }
      use();
      AtomicBoolean isBack = new AtomicBoolean();
      return new Lease(open, () -> giveBack(isBack));
    } finally {
      turn.unlock();
    }
  }

  private synchronized void awaitUnused() throws InterruptedException {
    while (uses > 0) {
      wait();
    }
  }

  private synchronized void use() {
    uses++;
  }

  private synchronized void giveBack(AtomicBoolean isBack) {
    if (!isBack.getAndSet(true)) {
      uses--;
      notifyAll();
    }
  }

  private String resolved(String asked) {
    if (asked.isEmpty() || asked.equals(configured) || asked.equals(lastName(configured))) {
      return configured;
    }
    if (WITHOUT_FOLDER.matcher(asked).matches()) {
      return asked;
    }
    boolean isThere =
        PLAIN.matcher(asked).matches()
            && folder.map(f -> Files.isDirectory(f.resolve(asked))).orElse(false);
    if (isThere) {
      return asked;
    }
    throw new DiffusionException(
        DiffusionException.Reason.MODEL,
        "model=%s, expected %s, which this worker has, %s"
            .formatted(
                asked,
                configured,
                folder
                    .map(f -> "or the name of a folder below " + f)
                    .orElse("or a worker with sonograph.diffusion.models set")));
  }

  private static String lastName(String model) {
    Path name = WITHOUT_FOLDER.matcher(model).matches() ? null : Path.of(model).getFileName();
    return name == null ? model : name.toString();
  }

  /** Closes the open model; nobody may hold it any longer. */
  @Override
  public void close() {
    if (!openName.isEmpty()) {
      openName = "";
      open.close();
    }
  }
}
