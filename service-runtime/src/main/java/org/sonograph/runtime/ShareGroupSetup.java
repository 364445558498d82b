package org.sonograph.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.sonograph.runtime.settings.SettingsException;

/**
 * Sets what a share group needs before its first member subscribes, and checks that the broker has
 * it.
 *
 * <p>Without this a new group begins at the end of the topic and reads records of aborted
 * transactions.
 */
public final class ShareGroupSetup {
  /** Deliveries after which the broker puts a record away silently. */
  public static final int DELIVERY_COUNT_LIMIT = 10;

  private static final String OFFSET_RESET = "share.auto.offset.reset";
  private static final String ISOLATION = "share.isolation.level";
  private static final String LOCK_MS = "share.record.lock.duration.ms";
  private static final String DELIVERIES = "share.delivery.count.limit";
  private static final String RENEW = "share.renew.acknowledge.enable";
  private static final String ASSIGNMENT_MS = "share.assignment.interval.ms";

  private static final Duration PROPAGATION = Duration.ofSeconds(10);
  private static final Duration PROPAGATION_POLL = Duration.ofMillis(50);

  private ShareGroupSetup() {}

  /**
   * Sets and checks the group's settings.
   *
   * @param lock how long a record belongs to a worker that does not renew it
   * @throws SettingsException if the broker will not have them
   */
  public static void ensure(Admin admin, String groupId, Duration lock) {
    ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, groupId);
    Map<String, String> wanted = new TreeMap<>();
    wanted.put(OFFSET_RESET, "earliest");
    wanted.put(ISOLATION, "read_committed");
    wanted.put(LOCK_MS, Long.toString(lock.toMillis()));
    wanted.put(DELIVERIES, Integer.toString(DELIVERY_COUNT_LIMIT));
    wanted.put(RENEW, "true");
    wanted.put(ASSIGNMENT_MS, "0");
    Collection<AlterConfigOp> changes =
        wanted.entrySet().stream()
            .map(
                e ->
                    new AlterConfigOp(
                        new ConfigEntry(e.getKey(), e.getValue()), AlterConfigOp.OpType.SET))
            .toList();
    try {
      AdminCall.await(
          admin.incrementalAlterConfigs(Map.of(group, changes)).all(),
          "settings of share group " + groupId);
    } catch (InvalidConfigurationException | InvalidRequestException e) {
      throw new SettingsException(
          "the broker does not take %s for share group %s: %s; its group.share.* settings limit them"
              .formatted(wanted, groupId, e.getMessage()),
          e);
    }
    check(admin, group, wanted);
  }

  /** What the controller has taken reaches the broker a moment later. */
  private static void check(Admin admin, ConfigResource group, Map<String, String> wanted) {
    long until = System.nanoTime() + PROPAGATION.toNanos();
    List<String> wrong = wrong(admin, group, wanted);
    while (!wrong.isEmpty() && System.nanoTime() < until) {
      LockSupport.parkNanos(PROPAGATION_POLL.toNanos());
      wrong = wrong(admin, group, wanted);
    }
    if (!wrong.isEmpty()) {
      throw new SettingsException(
          "%s (share group %s): the broker did not keep the setting"
              .formatted(String.join("; ", wrong), group.name()));
    }
  }

  private static List<String> wrong(Admin admin, ConfigResource group, Map<String, String> wanted) {
    Config found =
        AdminCall.await(
                admin.describeConfigs(List.of(group)).all(),
                "settings of share group " + group.name())
            .get(group);
    List<String> wrong = new ArrayList<>();
    wanted.forEach(
        (name, value) -> {
          ConfigEntry entry = found.get(name);
          if (entry == null || !value.equals(entry.value())) {
            wrong.add(
                "%s=%s, expected %s".formatted(name, entry == null ? "" : entry.value(), value));
          }
        });
    return wrong;
  }
}
