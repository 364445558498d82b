/**
 * What a client asks for artistically, as named options, and the interpretation that follows.
 *
 * <p>Names and meanings are those of the command line's options, without dashes.
 */
package org.sonograph.ingest.recipe;
