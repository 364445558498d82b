package org.sonograph.launcher.s3;

import java.time.Instant;

/**
 * An object as its bucket describes it.
 *
 * @param etag changes with its bytes; without quotes, and no hash in general
 * @param modified when it was last written, in whole seconds
 */
record StoredObject(ObjectUrl url, String etag, long bytes, Instant modified) {}
