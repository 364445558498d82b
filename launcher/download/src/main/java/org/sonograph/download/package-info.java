/** Makes the folders that people download: everything in one place, for one platform each. */
package org.sonograph.download;
