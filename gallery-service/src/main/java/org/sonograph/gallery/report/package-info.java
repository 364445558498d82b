/** What is made of finished takes: a mix of their readings, and a page that shows and plays all. */
package org.sonograph.gallery.report;
