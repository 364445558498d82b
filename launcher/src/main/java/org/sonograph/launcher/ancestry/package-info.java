/** Finds what an output was made from, and tells two sounds apart. */
package org.sonograph.launcher.ancestry;
