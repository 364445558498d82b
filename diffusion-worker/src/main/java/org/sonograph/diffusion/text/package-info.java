/**
 * From a prompt to the numbers a text encoder reads, equal to transformers' fast tokenizers.
 *
 * <p>The one place that touches the native tokenizer library. Tokenizers are safe to share between
 * threads and must be closed.
 */
package org.sonograph.diffusion.text;
