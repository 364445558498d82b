package org.sonograph.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;

class AvroSerdeTest {
  private static final String TOPIC = Topics.SPECTROGRAM_IMAGES.name();

  private final InMemoryRegistry registry = RegistryClient.inMemory();
  private final AvroSerde<SpectrogramImage> serde =
      AvroSerde.of(Topics.SPECTROGRAM_IMAGES, registry);

  @Test
  void writesTheGoldenBytesOfConfluentsWireFormat() {
    TakeEvent event =
        TakeEvent.newBuilder()
            .setTake("ab12")
            .setKind("sent")
            .setChunks(300)
            .setComplete(true)
            .setTimeMs(1_800_000_000_000L)
            .build();
    byte[] bytes = AvroSerde.of(Topics.CONTROL, registry).write(Topics.CONTROL.name(), event);
    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo(
            "00" // magic
                + "00000001" // schema id
                + "0861623132" // take: length 4, "ab12"
                + "0873656e74" // kind: length 4, "sent"
                + "d804" // chunks: zig-zag 300
                + "01" // complete
                + "00" // outcome
                + "00" // failures
                + "00" // folder
                + "80c0e285e368"); // timeMs
  }

  @Test
  void readsWhatItWrote() {
    assertThat(serde.read(TOPIC, serde.write(TOPIC, TestRecords.image())))
        .isEqualTo(TestRecords.image());
  }

  @Test
  void writesOneSchemaPerTopicUnderTopicNameSubject() {
    serde.write(TOPIC, TestRecords.image());
    serde.write(TOPIC, TestRecords.image());
    assertThat(registry.subjects()).containsExactly("spectrogram.images-value");
  }

  @Test
  void keepsTombstones() {
    assertThat(serde.write(TOPIC, null)).isNull();
    assertThat(serde.read(TOPIC, null)).isNull();
  }

  @Test
  void callsBytesOfOtherFormsUnreadable() {
    for (String text : new String[] {"", "{\"png\": 1}", "\0\0\0", "\1\0\0\0\1abc"}) {
      assertThatThrownBy(() -> serde.read(TOPIC, text.getBytes()))
          .isInstanceOf(UnreadableValueException.class)
          .hasMessageContaining("expected byte 0, a 4-byte schema id and Avro")
          .hasMessageContaining("topic=" + TOPIC);
    }
  }

  @Test
  void namesAnUnknownSchemaId() {
    assertThatThrownBy(() -> serde.read(TOPIC, new byte[] {0, 0, 0, 3, 9, 1}))
        .isInstanceOf(UnreadableValueException.class)
        .hasMessageContaining("schema id 777 is not in the registry in memory");
  }

  @Test
  void tellsARegistryThatIsAwayFromBytesThatAreBad() {
    byte[] good = serde.write(TOPIC, TestRecords.image());
    registry.goAway();
    AvroSerde<SpectrogramImage> fresh = AvroSerde.of(Topics.SPECTROGRAM_IMAGES, registry);
    assertThatThrownBy(() -> fresh.read(TOPIC, good))
        .isInstanceOf(RegistryUnavailableException.class);
    assertThatThrownBy(() -> fresh.write(TOPIC, TestRecords.image()))
        .isInstanceOf(RegistryUnavailableException.class);
    registry.comeBack();
    assertThat(fresh.read(TOPIC, good)).isEqualTo(TestRecords.image());
  }

  @Test
  void refusesTruncatedAndPaddedRecords() {
    byte[] good = serde.write(TOPIC, TestRecords.image());
    assertUnreadable(Arrays.copyOf(good, good.length - 1));
    assertUnreadable(Arrays.copyOf(good, good.length + 1));
  }

  @Test
  void everyDamagedRecordIsEitherReadOrUnreadable() {
    byte[] good = serde.write(TOPIC, TestRecords.image());
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] bad = good.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        bad[5 + random.nextInt(bad.length - 5)] = (byte) random.nextInt();
      }
      try {
        serde.read(TOPIC, bad);
      } catch (UnreadableValueException e) {
        assertThat(e).hasMessageContaining("is not a SpectrogramImage");
      }
    }
  }

  @Test
  void refusesARecordOfAnotherType() {
    byte[] other =
        AvroSerde.of(Topics.CONTROL, registry).write(TOPIC, TakeEvent.newBuilder().build());
    assertThatThrownBy(() -> serde.read(TOPIC, other))
        .isInstanceOf(UnreadableValueException.class)
        .hasMessageContaining("value is a org.sonograph.schemas.TakeEvent")
        .hasMessageContaining("expected org.sonograph.schemas.SpectrogramImage");
  }

  @Test
  void refusesHugeLengthsBeforeAllocatingThem() throws IOException {
    Schema ours = SpectrogramImage.getClassSchema();
    int id = registry.idOf("x", ours);
    // place.take claims two thousand million characters
    assertUnreadable(
        message(id, new byte[] {(byte) 0xfe, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f}));
    // and a negative number of them
    assertUnreadable(message(id, new byte[] {0x01}));
    AvroSerde<Level> levels = new AvroSerde<>(Level.class, registry);
    int level = registry.idOf("y", Level.getClassSchema());
    // momentaryLufs claims a block of 2^40 floats
    byte[] body = new byte[15];
    ByteBuffer.wrap(body).putDouble(0).put(HexFormat.of().parseHex("80808080804000"));
    assertThatThrownBy(() -> levels.read("level", message(level, body)))
        .isInstanceOf(UnreadableValueException.class);
    // or two million of them, twice what one record may hold
    ByteBuffer.wrap(body).putDouble(0).put(HexFormat.of().parseHex("80a4e803000000"));
    assertThatThrownBy(() -> levels.read("level", message(level, body)))
        .isInstanceOf(UnreadableValueException.class);
  }

  @Test
  void limitsAreInForceAndCanOnlyBeLowered() {
    serde.read(TOPIC, serde.write(TOPIC, TestRecords.image()));
    assertThat(System.getProperty("org.apache.avro.limits.bytes.maxLength"))
        .isEqualTo(Integer.toString(Topics.PAYLOAD_MAX_BYTES));
    System.setProperty("org.apache.avro.limits.string.maxLength", "2000000000");
    AvroGuard.apply();
    assertThat(System.getProperty("org.apache.avro.limits.string.maxLength"))
        .isEqualTo(Integer.toString(AvroGuard.STRING_MAX_BYTES));
  }

  @Test
  void neverLoadsAClassThatTheWriterNames() throws IOException {
    Schema theirs =
        new Schema.Parser()
            .parse(
                """
                {"type":"record","name":"TakeEvent","namespace":"org.sonograph.schemas","fields":[
                  {"name":"take","type":{"type":"string","java-class":"org.sonograph.schemas.ReaderTrap"},"default":""},
                  {"name":"extra","type":{"type":"record","name":"ReaderTrap","fields":[{"name":"s","type":{"type":"string","java-class":"org.sonograph.schemas.ReaderTrap"}}]}}]}""");
    GenericRecord extra = new GenericData.Record(theirs.getField("extra").schema());
    extra.put("s", "boom");
    GenericRecord record = new GenericData.Record(theirs);
    record.put("take", "ab12");
    record.put("extra", extra);
    byte[] bytes = message(registry.idOf("trap", theirs), generic(theirs, record));
    TakeEvent read = AvroSerde.of(Topics.CONTROL, registry).read("c", bytes);
    assertThat(read.getTake()).isEqualTo("ab12");
    assertThat(read.getTimeMs()).isZero();
    assertThat(ReaderTrap.made).isFalse();
  }

  @Test
  void survivesADeeplyNestedWriterSchema() throws IOException {
    Schema theirs =
        new Schema.Parser()
            .parse(
                """
                {"type":"record","name":"TakeEvent","namespace":"org.sonograph.schemas","fields":[
                  {"name":"next","type":["null",{"type":"record","name":"Node","fields":[{"name":"next","type":["null","Node"]}]}]}]}""");
    byte[] endless = new byte[3_000_000];
    Arrays.fill(endless, (byte) 2);
    byte[] bytes = message(registry.idOf("deep", theirs), endless);
    assertThatThrownBy(() -> AvroSerde.of(Topics.CONTROL, registry).read("c", bytes))
        .isInstanceOf(UnreadableValueException.class);
  }

  @Test
  void refusesToWriteMoreThanAMessageHolds() {
    SpectrogramImage big =
        SpectrogramImage.newBuilder(TestRecords.image())
            .setPng(ByteBuffer.allocate(Topics.PAYLOAD_MAX_BYTES))
            .build();
    assertThatThrownBy(() -> serde.write(TOPIC, big))
        .isInstanceOf(RecordTooLargeException.class)
        .hasMessageContaining("at most " + Topics.PAYLOAD_MAX_BYTES);
  }

  @Test
  void readsARecordOfAnOlderWriter() throws IOException {
    Schema older =
        SchemaBuilder.record("TakeEvent")
            .namespace("org.sonograph.schemas")
            .fields()
            .requiredString("take")
            .endRecord();
    GenericRecord record = new GenericData.Record(older);
    record.put("take", "ab12");
    byte[] bytes = message(registry.idOf("older", older), generic(older, record));
    assertThat(AvroSerde.of(Topics.CONTROL, registry).read("c", bytes))
        .isEqualTo(TakeEvent.newBuilder().setTake("ab12").build());
  }

  private void assertUnreadable(byte[] bytes) {
    assertThatThrownBy(() -> serde.read(TOPIC, bytes))
        .isInstanceOf(UnreadableValueException.class)
        .hasMessageContaining("is not a SpectrogramImage");
  }

  private static byte[] message(int id, byte[] body) {
    return ByteBuffer.allocate(5 + body.length).put((byte) 0).putInt(id).put(body).array();
  }

  private static byte[] generic(Schema schema, GenericRecord record) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
    new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
    encoder.flush();
    return out.toByteArray();
  }
}
