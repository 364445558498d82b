"""Shares of two bulk jobs and a live stream: shares.py OUT PICTURE_MS SECONDS WORKERS, beside ./sonograph up with its data in OUT/data.

Two jobs of one long sound each are sent with `ingest --priority bulk`, the second one 20 s later. A short sound of one picture is posted every five seconds, as
a stream's chunk would come. What each gets is read from diffused.images: whose picture, and when the broker had it.
"""
import collections
import io
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import numpy as np
import soundfile
from confluent_kafka import OFFSET_BEGINNING, Consumer, TopicPartition

RATE = 48000
BETWEEN_S = 5.0
LATER_S = 20
SLICE_S = 30


def properties(data):
    lines = (data / "sonograph.properties").read_text().splitlines()
    return {k: v.replace("\\:", ":") for k, v in (line.split("=", 1) for line in lines)}


def noise(seed, seconds):
    return (0.1 * np.random.default_rng(seed).standard_normal(int(seconds * RATE))).astype(np.float32)


class Painted(threading.Thread):
    """Reads whose pictures were painted when."""

    def __init__(self, servers):
        super().__init__(daemon=True)
        self.consumer = Consumer({"bootstrap.servers": servers, "group.id": "shares", "enable.auto.commit": False, "fetch.message.max.bytes": 17 << 20})
        partitions = self.consumer.list_topics("diffused.images", timeout=10).topics["diffused.images"].partitions
        self.consumer.assign([TopicPartition("diffused.images", p, OFFSET_BEGINNING) for p in partitions])
        self.seen = []
        self.done = False

    def run(self):
        while not self.done:
            record = self.consumer.poll(0.5)
            if record is not None and not record.error():
                headers = dict(record.headers() or [])
                self.seen.append((headers["sonograph.take"].decode(), record.timestamp()[1] / 1000))


def bulk(out, data, name, seconds, takes):
    path = out / f"{name}.wav"
    soundfile.write(path, noise(ord(name), seconds), RATE)
    command = ["./sonograph", "ingest", str(path), "--data", str(data), "--priority", "bulk", "--format", "flac", "--seed", "1", "--reading", "wavetable"]
    takes[name] = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()[0]


def post(address, number):
    body = io.BytesIO()
    soundfile.write(body, noise(1000 + number, 4), RATE, format="WAV")
    request = urllib.request.Request(f"{address}/takes?name=live-{number}.wav&format=none&seed=1&reading=wavetable", data=body.getvalue(), method="POST")
    request.add_header("Content-Type", "audio/wav")
    begun = time.time()
    with urllib.request.urlopen(request) as answer:
        text = answer.read().decode()
    return begun, text


def percentile(values, q):
    return float(np.percentile(values, q))


def main(out, picture_ms, seconds, workers):
    out, picture_s = Path(out), int(picture_ms) / 1000
    seconds, workers = float(seconds), int(workers)
    data = out / "data"
    settings = properties(data)
    painted = Painted(settings["bootstrap.servers"])
    painted.start()
    takes = {}
    jobs = []
    for name in "AB":
        job = threading.Thread(target=bulk, args=(out, data, name, seconds, takes))
        job.start()
        jobs.append(job)
        if name == "A":
            time.sleep(LATER_S)
    posted = {}
    number = 0
    begun = time.time()
    while any(job.is_alive() for job in jobs):
        at, text = post(settings["gallery.url"].rstrip("/"), number)
        posted[number] = (at, text)
        number += 1
        time.sleep(max(0.0, begun + number * BETWEEN_S - time.time()))
    time.sleep(2 * picture_s * workers + 10)
    painted.done = True
    painted.join()
    report(takes, posted, painted.seen, picture_s, workers)


def report(takes, posted, seen, picture_s, workers):
    owner = {take: name for name, take in takes.items()}
    times = collections.defaultdict(list)
    for take, at in seen:
        times[owner.get(take, take)].append(at)
    both_from, both_to = max(times["A"][0], times["B"][0]), min(max(times["A"]), max(times["B"]))
    print(f"{workers} devices of {picture_s:g} s a picture; both jobs at once for {both_to - both_from:.0f} s")
    print("slice    A   B  live  of what the devices can")
    live_times = sorted(t for name, all_times in times.items() if name not in "AB" for t in all_times)
    shares = []
    start = both_from
    while start + SLICE_S <= both_to:
        a, b, c = (sum(start <= t < start + SLICE_S for t in group) for group in (times["A"], times["B"], live_times))
        shares.append(a / (a + b))
        print(f"{start - both_from:4.0f} s {a:3d} {b:3d} {c:5d}  {(a + b + c) * picture_s / SLICE_S / workers:6.0%}")
        start += SLICE_S
    a, b = (sum(both_from <= t <= both_to for t in times[n]) for n in "AB")
    print(f"share of A among the bulk pictures: {a / (a + b):.3f} (slices {min(shares):.3f} to {max(shares):.3f})")
    waits = []
    unfinished = 0
    for at, text in posted.values():
        take = next((t for t in times if t not in "AB" and t in text), None)
        if take is None:
            unfinished += 1
        else:
            waits.append(times[take][0] - at)
    print(
        f"live, from the post to the painted picture: p50 {statistics.median(waits):.2f} s, p90 {percentile(waits, 90):.2f} s, "
        f"most {max(waits):.2f} s over {len(waits)} pictures, {unfinished} not painted; an idle device takes {picture_s:g} s"
    )


if __name__ == "__main__":
    main(*sys.argv[1:5])
