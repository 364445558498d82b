/** An archive as a bag, by which other archives take it in (BagIt, RFC 8493). */
package org.sonograph.gallery.bag;
