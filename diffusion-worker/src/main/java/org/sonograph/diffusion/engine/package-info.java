/**
 * Stable Diffusion in the ONNX folder layout of Hugging Face optimum, run by ONNX Runtime.
 *
 * <p>The one place that touches ONNX Runtime. Pictures are {@code [channel][row][column]} in -1 to
 * 1, latents {@code [channel][row][column]} at the model's own scale, both flat; a batch holds one
 * after another. Whatever is native is {@link java.lang.AutoCloseable} and owned by exactly one
 * object.
 */
package org.sonograph.diffusion.engine;
