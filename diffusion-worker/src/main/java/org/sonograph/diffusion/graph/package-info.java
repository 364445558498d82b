/**
 * Reads what an ONNX file says of itself without handing it to the native runtime: names, shapes,
 * operators and where its weights lie.
 *
 * <p>Everything here treats a file as a stranger's: lengths are checked against the file's size and
 * paths against its folder.
 */
package org.sonograph.diffusion.graph;
