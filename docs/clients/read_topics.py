"""Read Sonograph's four topics with Confluent's own Python client.

    pip install 'confluent-kafka[avro]'
    python3 docs/clients/read_topics.py DATA/sonograph.properties

Prints one line a record: topic, partition, offset, key, and what the value holds. Stops when nothing new has come for five seconds.
"""
import sys
import uuid

from confluent_kafka import DeserializingConsumer
from confluent_kafka.schema_registry import SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer
from confluent_kafka.serialization import StringDeserializer

TOPICS = ["audio.chunks", "spectrogram.images", "diffused.images", "audio.outputs"]


def properties(path):
    with open(path, encoding="utf-8") as lines:
        pairs = (line.rstrip("\n").split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
        return {name.strip(): value.strip().replace("\\:", ":") for name, value in pairs}


def describe(value):
    """Field names with sizes for bytes, one level deep: short enough for a line."""
    parts = []
    for name, field in value.items():
        if isinstance(field, bytes):
            parts.append(f"{name}={len(field)} bytes")
        elif not isinstance(field, (dict, list)):
            parts.append(f"{name}={field!r}")
    return " ".join(parts)


def main(path):
    settings = properties(path)
    registry = SchemaRegistryClient({"url": settings["schema.registry.url"]})
    consumer = DeserializingConsumer(
        {
            "bootstrap.servers": settings["bootstrap.servers"],
            "group.id": f"read-topics-{uuid.uuid4()}",
            "auto.offset.reset": "earliest",
            "isolation.level": "read_committed",
            "fetch.message.max.bytes": 17 * 1024 * 1024,
            "key.deserializer": StringDeserializer("utf_8"),
            "value.deserializer": AvroDeserializer(registry),
        }
    )
    consumer.subscribe(TOPICS)
    seen = dict.fromkeys(TOPICS, 0)
    idle = 0
    while idle < 5:
        record = consumer.poll(1.0)
        if record is None:
            idle += 1
            continue
        if record.error():
            raise SystemExit(f"read_topics: {record.error()}")
        idle = 0
        seen[record.topic()] += 1
        place = record.value()["place"]
        print(
            f"{record.topic()}[{record.partition()}]@{record.offset()} key={record.key()}"
            f" take={place['take']} chunk={place['chunk']} {describe(record.value())}"
        )
    consumer.close()
    print(" ".join(f"{topic}={count}" for topic, count in seen.items()))
    return 0 if all(seen.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
