"""Watches a run: watch.py DATA FIGURES.jsonl OUTPUTS.csv, until DATA is gone for a minute.

Every five seconds a line of figures: bytes of the broker's logs, in all and of the largest topics, resident memory of each process below the run's data folder. At once, every record of
audio.outputs as it is written: take, chunk, reading, failure or not, read beside the chain with Confluent's client, before what all have passed is deleted.
"""
import json
import sys
import threading
import time
from pathlib import Path

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaException, TopicPartition

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from processes import disk, processes  # noqa: E402

TOPIC = "audio.outputs"
LARGEST = 6


def bootstrap(data):
    try:
        for line in (data / "sonograph.properties").read_text().splitlines():
            if line.startswith("bootstrap.servers="):
                return line.split("=", 1)[1].replace("\\:", ":")
    except OSError:
        pass
    return None


def tail(data, out, stop):
    """Follows every partition from its first record; places are kept across restarts of the broker."""
    places = {}
    while not stop.is_set():
        servers = bootstrap(data)
        if servers is None:
            time.sleep(0.5)
            continue
        consumer = Consumer(
            {
                "bootstrap.servers": servers,
                "group.id": "benchmark",
                "enable.auto.commit": False,
                "isolation.level": "read_committed",
                "auto.offset.reset": "error",
                "fetch.message.max.bytes": 17 * 1024 * 1024,
            }
        )
        try:
            partitions = consumer.list_topics(TOPIC, timeout=10).topics[TOPIC].partitions
            consumer.assign([TopicPartition(TOPIC, p, places.get(p, OFFSET_BEGINNING)) for p in partitions])
            while not stop.is_set() and bootstrap(data) == servers:
                record = consumer.poll(1.0)
                if record is None:
                    continue
                if record.error():
                    out.write(f"# {record.error()}\n")
                    out.flush()
                    if not record.error().retriable():
                        break
                    continue
                headers = {k: v.decode() for k, v in record.headers() or []}
                out.write(
                    ",".join(
                        [
                            headers.get("sonograph.take", ""),
                            headers.get("sonograph.chunk", ""),
                            headers.get("sonograph.readings", "").replace(",", ";"),
                            headers.get("sonograph.total-chunks", ""),
                            str(record.partition()),
                            str(record.offset()),
                        ]
                    )
                    + "\n"
                )
                out.flush()
                places[record.partition()] = record.offset() + 1
        except KafkaException as e:
            out.write(f"# {e}\n")
            time.sleep(1)
        finally:
            consumer.close()


def main(data, figures, outputs):
    data = Path(data).resolve()
    stop = threading.Event()
    begun = time.time()
    gone = 0
    with open(figures, "a", encoding="utf-8") as lines, open(outputs, "a", encoding="utf-8") as records:
        reader = threading.Thread(target=tail, args=(data, records, stop))
        reader.start()
        while gone < 12:
            gone = 0 if data.exists() else gone + 1
            topics = disk(data)
            largest = dict(sorted(topics.items(), key=lambda t: -t[1])[:LARGEST])
            line = {"s": round(time.time() - begun, 1), "disk": sum(topics.values()), "topics": largest, "processes": processes(data)}
            lines.write(json.dumps(line) + "\n")
            lines.flush()
            time.sleep(5)
        stop.set()
        reader.join()


if __name__ == "__main__":
    main(*sys.argv[1:4])
