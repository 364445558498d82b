/** Files and folders that are dealt with as a whole. */
package org.sonograph.runtime.files;
