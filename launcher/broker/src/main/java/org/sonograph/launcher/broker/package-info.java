/** The embedded broker's own process. */
package org.sonograph.launcher.broker;
