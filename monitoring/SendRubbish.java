import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Sends one record that no service can read. Usage: SendRubbish BOOTSTRAP TOPIC */
class SendRubbish {
  public static void main(String[] args) throws Exception {
    byte[] rubbish = "no record".getBytes(StandardCharsets.UTF_8);
    try (KafkaProducer<String, byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", args[0]), new StringSerializer(), new ByteArraySerializer())) {
      producer.send(new ProducerRecord<>(args[1], "rubbish", rubbish)).get();
    }
  }
}
