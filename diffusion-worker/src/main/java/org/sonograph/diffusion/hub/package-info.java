/**
 * Models from a hub, kept in the cache that Hugging Face's own tools use, so that either finds what
 * the other has downloaded. The one place of this module that opens connections, and only when it
 * is told to pull.
 */
package org.sonograph.diffusion.hub;
