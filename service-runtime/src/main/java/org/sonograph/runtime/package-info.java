/**
 * The one way to be a service: settings, lifecycle, health, metrics, Kafka clients and dead
 * letters.
 *
 * <p>A service is a {@link org.sonograph.runtime.ServiceFactory} that starts a {@link
 * org.sonograph.runtime.RunningService}; its {@code main} hands it to {@link
 * org.sonograph.runtime.ServiceMain}, the embedded mode to {@link
 * org.sonograph.runtime.ServiceHost}, so both run the same code with the same settings. Times in
 * names are milliseconds or seconds; positions in a topic are offsets.
 */
package org.sonograph.runtime;
