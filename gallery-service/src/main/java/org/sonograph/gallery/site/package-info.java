/**
 * The static site of an archive: a folder of pages that opens from a disk and from any web host.
 * Data are scripts that call one function, since a page that comes from a disk may not fetch.
 * Numbers of takes count from 0 in the order in which the site shows them.
 */
package org.sonograph.gallery.site;
