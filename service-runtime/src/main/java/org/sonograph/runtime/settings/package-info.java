/**
 * Settings: declared once as interfaces, read from flag, environment, file and default in that
 * order.
 *
 * <p>A setting {@code sonograph.kafka.bootstrap-servers} is the flag {@code
 * --kafka.bootstrap-servers=…} and the variable {@code SONOGRAPH_KAFKA_BOOTSTRAP_SERVERS}.
 */
package org.sonograph.runtime.settings;
