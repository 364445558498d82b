/**
 * The seam between a diffusion model and whoever wants a picture repainted.
 *
 * <p>Pictures are 8 bit, row 0 on top. A {@link org.sonograph.diffusion.Diffuser} is safe to share
 * between threads; it works on one request at a time unless its own documentation says otherwise.
 */
package org.sonograph.diffusion;
