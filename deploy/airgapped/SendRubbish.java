import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends records that nobody can read. Usage: SendRubbish BOOTSTRAP TOPIC N */
class SendRubbish {
  public static void main(String[] args) {
    Map<String, Object> settings = Map.of("bootstrap.servers", args[0]);
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < Integer.parseInt(args[2]); i++) {
        producer.send(new ProducerRecord<>(args[1], "rubbish/" + i, "not a record".getBytes(StandardCharsets.UTF_8)));
      }
    }
  }
}
