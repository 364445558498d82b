package org.sonograph.launcher.command;

import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.sonograph.ingest.send.Restraint;
import org.sonograph.ingest.send.TakeSender;
import org.sonograph.launcher.ancestry.KeptStretch;
import org.sonograph.launcher.job.Submission;
import org.sonograph.runtime.ServiceHost;
import org.sonograph.schemas.TakeEvent;

/** Sends stretches of a live stream once more, as takes of their own. */
final class StreamSender implements AutoCloseable {
  private static final long AHEAD = 200;

  private final Producer<String, byte[]> producer;
  private final TakeSender.Backbone backbone;

  StreamSender(ServiceHost host, String client) {
    this.producer =
        new KafkaProducer<>(
            host.kafka().producer(client), new StringSerializer(), new ByteArraySerializer());
    this.backbone = Submission.backbone(host, producer, Restraint.most(() -> AHEAD));
  }

  /** Sends all of it; false where that was done before. */
  boolean send(KeptStretch stretch, KeptStretch.Plan plan) throws InterruptedException {
    if (backbone.ledger().of(plan.take()).filter(TakeEvent::getComplete).isPresent()) {
      return false;
    }
    TakeSender.Way way = new TakeSender.Way(false, Optional.empty());
    TakeSender sender = new TakeSender(backbone, plan.take(), way, new Rerender.Unheard());
    for (long chunk = sender.alreadyThere(); chunk < stretch.count(); chunk++) {
      sender.send(stretch.become(plan, chunk));
    }
    sender.finish();
    return true;
  }

  @Override
  public void close() {
    producer.close();
  }
}
