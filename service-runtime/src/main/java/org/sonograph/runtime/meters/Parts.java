package org.sonograph.runtime.meters;

/** Names of what a host reports the health of, beside its services. */
public final class Parts {
  /** Broker and schema registry, as this process reaches them. */
  public static final String BROKER_AND_REGISTRY = "broker-and-registry";

  private Parts() {}
}
