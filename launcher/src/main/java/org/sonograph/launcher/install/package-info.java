/**
 * What makes Sonograph a service of this machine: units of systemd, what Prometheus is told, and
 * the signs of life that systemd waits for. Text is made here; commands put it where it belongs.
 */
package org.sonograph.launcher.install;
