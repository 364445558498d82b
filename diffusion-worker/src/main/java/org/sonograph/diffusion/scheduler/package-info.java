/**
 * Samplers: the arithmetic that turns a model's predictions into latents, step by step.
 *
 * <p>Each sampler follows the class of the same name in Hugging Face diffusers 0.36, including its
 * reading of {@code scheduler_config.json}. Latents and predictions are flat {@code float[]} of one
 * picture; coefficients are computed in double from noise levels rounded to float, as torch holds
 * them. No files, no model, no threads.
 */
package org.sonograph.diffusion.scheduler;
