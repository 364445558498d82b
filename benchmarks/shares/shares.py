"""Shares of two bulk jobs and a live stream: shares.py OUT PICTURE_MS SECONDS WORKERS DELAY_S.

`./sonograph live` plays noise on simulated devices. Two jobs of one long sound each are sent to it with `ingest --priority bulk`, the second one 20 s later. What each gets is read from
diffused.images: whose picture, and when the broker had it. What is heard of the stream is asked four times a second.
"""
import collections
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import soundfile
from confluent_kafka import OFFSET_BEGINNING, Consumer, TopicPartition

HOME = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(HOME / "benchmarks/live"))
from chain import Live, ask  # noqa: E402

RATE = 48000
CHUNK_S = 448 * 576 / RATE
LATER_S = 20
CALM_S = 60
SLICE_S = 60
LIVE = "live"


def properties(data):
    lines = (data / "sonograph.properties").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines)


def noise(path, seed, seconds):
    samples = 0.1 * np.random.default_rng(seed).standard_normal(int(seconds * RATE))
    soundfile.write(path, samples.astype(np.float32), RATE)


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


class Heard(threading.Thread):
    """Asks what is heard of the stream."""

    def __init__(self, chain):
        super().__init__(daemon=True)
        self.chain = chain
        self.states = []
        self.done = False

    def run(self):
        while not self.done:
            self.states.append((time.time(), self.chain.state()["state"]))
            time.sleep(0.25)


def bulk(out, name, seconds, takes):
    path = out / f"{name}.wav"
    noise(path, ord(name), seconds)
    command = ["./sonograph", "ingest", str(path), "--data", str(out / "data"), "--priority", "bulk", "--format", "flac", "--seed", "1", "--reading", "wavetable"]
    takes[subprocess.run(command, check=True, capture_output=True, text=True, cwd=HOME).stdout.split()[0]] = name


def main(out, picture_ms, seconds, workers, delay):
    out, picture_s = Path(out), int(picture_ms) / 1000
    seconds, workers = float(seconds), int(workers)
    (out / "sounds").mkdir(parents=True, exist_ok=True)
    noise(out / "sounds/noise.wav", 0, 60)
    options = ["--model", f"simulated:{picture_ms}", "--workers", str(workers), "--batch", "1", "--delay", delay, "--ladder", "off", "--reading", "wavetable", "--seed", "1", "--port", "0"]
    chain = Live(out / "sounds", out / "data", out / "live.log", "--name", LIVE, *options)
    try:
        chain.await_live()
        painted = Painted(properties(out / "data")["bootstrap.servers"])
        painted.start()
        heard = Heard(chain)
        heard.start()
        time.sleep(CALM_S)
        begun = time.time()
        takes = {ask(chain.url())["take"]: LIVE}
        jobs = []
        for name in "AB":
            jobs.append(threading.Thread(target=bulk, args=(out, name, seconds, takes)))
            jobs[-1].start()
            if name == "A":
                time.sleep(LATER_S)
        for job in jobs:
            job.join()
        time.sleep(2 * picture_s * workers + 10)
        painted.done = heard.done = True
        painted.join()
        heard.join()
    finally:
        chain.stop()
    report(takes, painted.seen, heard.states, begun, picture_s, workers)


def report(takes, seen, states, begun, picture_s, workers):
    times = collections.defaultdict(list)
    for take, at in seen:
        if take in takes:
            times[takes[take]].append(at)
    for all_times in times.values():
        all_times.sort()
    both_from, both_to = max(times["A"][0], times["B"][0]), min(times["A"][-1], times["B"][-1])
    print(f"{workers} devices of {picture_s:g} s a picture; A's first picture {times['A'][0] - begun:.1f} s after it was sent, B's {times['B'][0] - begun - LATER_S:.1f} s; both at once for {both_to - both_from:.0f} s")
    print("slice    A   B  live  of what the devices can")
    shares = []
    start = both_from
    while start + SLICE_S <= both_to:
        a, b, c = (sum(start <= t < start + SLICE_S for t in times[n]) for n in ("A", "B", LIVE))
        shares.append(a / (a + b))
        print(f"{start - both_from:4.0f} s {a:3d} {b:3d} {c:5d}  {(a + b + c) * picture_s / SLICE_S / workers:6.0%}")
        start += SLICE_S
    a, b = (sum(both_from <= t <= both_to for t in times[n]) for n in "AB")
    print(f"share of A among the bulk pictures: {a / (a + b):.3f} (slices {min(shares):.3f} to {max(shares):.3f})")
    for what, first, last in [("alone", 0, begun), ("with both jobs", both_from, both_to)]:
        kinds = collections.Counter(s for at, s in states if first <= at < last)
        gaps = [q - p for p, q in zip(times[LIVE], times[LIVE][1:]) if first <= p and q < last]
        print(
            f"the stream, {what}: heard " + ", ".join(f"{k} {100 * n / kinds.total():.1f} %" for k, n in kinds.most_common())
            + f"; a picture every {statistics.mean(gaps):.2f} s ({CHUNK_S:.2f} is in time), {max(gaps):.2f} s at most"
        )


if __name__ == "__main__":
    main(*sys.argv[1:6])
