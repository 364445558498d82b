package org.sonograph.diffusion;

/** A draft of a diffuser that has no stages: all is done in the second one, and nothing shared. */
final class WholeDraft implements Draft {

  private final DiffusionRequest request;
  private DiffusedPicture made;

  WholeDraft(DiffusionRequest request) {
    this.request = request;
  }

  @Override
  public DiffusionRequest request() {
    return request;
  }

  @Override
  public Object batchKey() {
    return this;
  }

  boolean isMade() {
    return made != null;
  }

  void keep(DiffusedPicture picture) {
    made = picture;
  }

  DiffusedPicture made() {
    if (made == null) {
      throw new IllegalStateException("a draft is finished before it was denoised");
    }
    return made;
  }
}
