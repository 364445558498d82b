/**
 * A whole Sonograph on one machine: broker, registry and diffusion workers as child processes on
 * loopback, the other services in this JVM.
 *
 * <p>Every child ends when this process is gone, by whatever death: its standard input is a pipe
 * that it watches.
 */
package org.sonograph.launcher.embedded;
