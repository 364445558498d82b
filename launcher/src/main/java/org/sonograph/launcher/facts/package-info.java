/** What sources turned out to be when they were read, so that they need not be read again. */
package org.sonograph.launcher.facts;
