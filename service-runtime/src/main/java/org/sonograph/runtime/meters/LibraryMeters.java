package org.sonograph.runtime.meters;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the JVM and Kafka's clients tell of themselves, and which of it is exported: Kafka alone has
 * hundreds of meters, of which these answer questions that somebody on call asks.
 */
public final class LibraryMeters {
  private static final String KAFKA_PREFIX = "kafka.";

  /** A counter, although its name does not end like one. */
  private static final String FAILED_THREADS = "kafka.stream.failed.stream.threads";

  /** Meters of Kafka's clients and of Kafka Streams that are kept, by Micrometer's names. */
  private static final Set<String> KAFKA =
      Set.of(
          "kafka.consumer.fetch.manager.records.lag.max",
          "kafka.consumer.fetch.manager.records.consumed.total",
          "kafka.consumer.fetch.manager.bytes.consumed.total",
          "kafka.consumer.fetch.manager.fetch.latency.avg",
          "kafka.consumer.coordinator.rebalance.total",
          "kafka.consumer.coordinator.failed.rebalance.total",
          "kafka.consumer.coordinator.assigned.partitions",
          "kafka.consumer.coordinator.last.heartbeat.seconds.ago",
          "kafka.consumer.time.between.poll.max",
          "kafka.consumer.connection.count",
          "kafka.producer.record.send.total",
          "kafka.producer.record.error.total",
          "kafka.producer.record.retry.total",
          "kafka.producer.request.latency.avg",
          "kafka.producer.record.queue.time.avg",
          "kafka.producer.buffer.available.bytes",
          "kafka.producer.connection.count",
          "kafka.stream.alive.stream.threads",
          FAILED_THREADS,
          "kafka.stream.thread.process.ratio",
          "kafka.stream.thread.poll.ratio",
          "kafka.stream.thread.commit.ratio",
          "kafka.stream.thread.process.latency.max",
          "kafka.stream.thread.process.total",
          "kafka.stream.thread.commit.latency.max");

  /** What the JVM and the process tell, as it is exported; pauses from the first one on. */
  private static final Set<String> JVM =
      Set.of(
          "jvm_buffer_count_buffers",
          "jvm_buffer_memory_used_bytes",
          "jvm_buffer_total_capacity_bytes",
          "jvm_classes_loaded_classes",
          "jvm_classes_loaded_count_classes_total",
          "jvm_classes_unloaded_classes_total",
          "jvm_gc_concurrent_phase_time_seconds_count",
          "jvm_gc_concurrent_phase_time_seconds_max",
          "jvm_gc_concurrent_phase_time_seconds_sum",
          "jvm_gc_live_data_size_bytes",
          "jvm_gc_max_data_size_bytes",
          "jvm_gc_memory_allocated_bytes_total",
          "jvm_gc_memory_promoted_bytes_total",
          "jvm_gc_pause_seconds_count",
          "jvm_gc_pause_seconds_max",
          "jvm_gc_pause_seconds_sum",
          "jvm_memory_committed_bytes",
          "jvm_memory_max_bytes",
          "jvm_memory_used_bytes",
          "jvm_threads_daemon_threads",
          "jvm_threads_live_threads",
          "jvm_threads_peak_threads",
          "jvm_threads_started_threads_total",
          "jvm_threads_states_threads",
          "process_cpu_time_ns_total",
          "process_cpu_usage",
          "process_files_max_files",
          "process_files_open_files",
          "process_start_time_seconds",
          "process_uptime_seconds",
          "system_cpu_count",
          "system_cpu_usage",
          "system_load_average_1m");

  private LibraryMeters() {}

  /** Names of all series that libraries export, as queries name them. */
  public static SortedSet<String> series() {
    SortedSet<String> all = new TreeSet<>(JVM);
    all.addAll(kafkaSeries());
    return all;
  }

  /** Names of the series of Kafka's clients and streams. */
  public static SortedSet<String> kafkaSeries() {
    SortedSet<String> all = new TreeSet<>();
    KAFKA.forEach(
        name -> all.add(name.replace('.', '_') + (name.equals(FAILED_THREADS) ? "_total" : "")));
    return all;
  }

  /** Keeps a registry's meters of Kafka to those of this catalogue, each once a client. */
  public static void limit(MeterRegistry meters) {
    meters
        .config()
        .meterFilter(
            new MeterFilter() {
              @Override
              public MeterFilterReply accept(Meter.Id id) {
                boolean isUnwanted =
                    id.getName().startsWith(KAFKA_PREFIX) && !KAFKA.contains(id.getName());
                return isUnwanted ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
              }
            });
  }

  /** Lets the JVM and the process tell of themselves. */
  public static void bindJvm(MeterRegistry meters, JvmGcMetrics gc) {
    new ClassLoaderMetrics().bindTo(meters);
    new JvmMemoryMetrics().bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    new FileDescriptorMetrics().bindTo(meters);
    new UptimeMetrics().bindTo(meters);
    gc.bindTo(meters);
  }
}
