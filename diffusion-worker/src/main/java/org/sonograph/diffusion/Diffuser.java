package org.sonograph.diffusion;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sonograph.signal.picture.Picture;

/**
 * Repaints pictures with one loaded model: in one go by {@link #diffuse}, or in three stages, which
 * may be at work side by side on different pictures, and the middle one on several at once.
 *
 * <p>Threads: any thread may call any stage; calls of one stage are served one after another.
 * Interrupting the calling thread stops the work at the next step.
 */
public interface Diffuser extends AutoCloseable {

  /**
   * Repaints a picture.
   *
   * @param progress told before the first step and after every step, on the calling thread
   * @throws DiffusionException where the request does not fit the model, or the device failed
   * @throws InterruptedException where the calling thread was interrupted; nothing is kept
   */
  DiffusedPicture diffuse(DiffusionRequest request, StepListener progress)
      throws InterruptedException;

  /** Repaints a picture without reporting progress. */
  default DiffusedPicture diffuse(DiffusionRequest request) throws InterruptedException {
    return diffuse(request, StepListener.NONE);
  }

  /**
   * Repaints several pictures; those that can share calls of the model do.
   *
   * @return the pictures in the order of the requests
   */
  default List<DiffusedPicture> diffuse(List<DiffusionRequest> requests)
      throws InterruptedException {
    Map<Draft, DiffusedPicture> made = new LinkedHashMap<>();
    Map<Object, List<Draft>> batches = new LinkedHashMap<>();
    for (DiffusionRequest request : requests) {
      Draft draft = begin(request);
      made.put(draft, null);
      batches.computeIfAbsent(draft.batchKey(), key -> new ArrayList<>()).add(draft);
    }
    for (List<Draft> batch : batches.values()) {
      denoise(batch, StepListener.NONE);
    }
    for (Map.Entry<Draft, DiffusedPicture> entry : made.entrySet()) {
      entry.setValue(finish(entry.getKey()));
    }
    return List.copyOf(made.values());
  }

  /**
   * First stage: reads the prompts and turns the picture into latents.
   *
   * @throws DiffusionException where the request does not fit the model, or the device failed
   */
  default Draft begin(DiffusionRequest request) throws InterruptedException {
    return new WholeDraft(request);
  }

  /**
   * Second stage: takes all steps, one call of the model for all drafts at each. Where it fails, no
   * draft is lost: each may be given again, alone or in smaller company, and goes on after its last
   * whole step.
   *
   * @param drafts of this diffuser's {@link #begin}, with equal {@link Draft#batchKey}
   * @param progress told before the first step and after every step, on the calling thread
   * @throws DiffusionException where the device failed; {@link DiffusionException.Reason#MEMORY}
   *     where fewer drafts at once may fit
   */
  default void denoise(List<? extends Draft> drafts, StepListener progress)
      throws InterruptedException {
    for (Draft draft : drafts) {
      WholeDraft whole = (WholeDraft) draft;
      if (!whole.isMade()) {
        whole.keep(diffuse(whole.request(), progress));
      }
    }
  }

  /**
   * What a draft looks like between two steps of {@link #denoise}, for whoever looks on. It is
   * called on the thread that takes the steps, and gives nothing where looking would hold the
   * painting up by more than a tenth.
   *
   * @param sinceLast time since the last look, or since the first step
   */
  default Optional<Picture> glimpse(Draft draft, Duration sinceLast) {
    return Optional.empty();
  }

  /** Third stage: turns the latents into the picture. */
  default DiffusedPicture finish(Draft draft) throws InterruptedException {
    return ((WholeDraft) draft).made();
  }

  /** What is loaded: enough to name it in a picture's recipe. */
  ModelInfo model();

  /** Where it computes. */
  default ExecutionProvider provider() {
    return ExecutionProvider.CPU;
  }

  @Override
  void close();
}
