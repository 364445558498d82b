/**
 * Says in machine-readable form how a picture or sound came to be, the same way in every kind of
 * file.
 */
package org.sonograph.runtime.provenance;
