/**
 * Open Sound Control 1.0 over UDP, in and out: the one place that knows its wire form. Services add
 * an {@link org.sonograph.runtime.osc.OscControl} for what they let be changed, as they add routes
 * to the HTTP server.
 */
package org.sonograph.runtime.osc;
