"""How soon a change of a live stream is heard, by the recorded sound.

control.py sound OUT.wav                                       writes the sound that is played round and round
control.py measure PORT OSC_PORT OSC_OUT WORK DELAY ROUNDS     changes a running stream, records it, and prints a table
"""
import json
import socket
import struct
import sys
import threading
import time
import urllib.request
import wave

import numpy as np

RATE = 48_000
PULSE_SECONDS = 0.5
FRAME = RATE // 20  # 50 ms
CHUNK_SECONDS = 512 * 576 / RATE
STEP_SECONDS = 448 * 576 / RATE
AHEAD_SECONDS = 0.5  # a chunk leaves that long before it is due, for the player's own buffer


def sound(path):
    """Half a second loud, half a second 20 dB softer: a tone with eight harmonics that goes on through both."""
    times = np.arange(60 * RATE) / RATE
    tone = sum(np.sin(2 * np.pi * 220 * n * times) / n for n in range(1, 9))
    loud = (times % (2 * PULSE_SECONDS)) < PULSE_SECONDS
    samples = 0.25 * tone / np.max(np.abs(tone)) * np.where(loud, 1, 0.1)
    with wave.open(path, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes((samples * 32767).astype("<i2").tobytes())


def packet(address, *arguments):
    """An OSC message, by the letter of the specification."""

    def text(value):
        raw = value.encode()
        return raw + bytes(4 - len(raw) % 4)

    tags, body = ",", b""
    for value in arguments:
        if isinstance(value, str):
            tags, body = tags + "s", body + text(value)
        elif isinstance(value, float):
            tags, body = tags + "f", body + struct.pack(">f", value)
        else:
            tags, body = tags + "i", body + struct.pack(">i", value)
    return text(address) + text(tags) + body


class Recorder(threading.Thread):
    """Takes live.wav, and notes when each piece of it came."""

    def __init__(self, url):
        super().__init__(daemon=True)
        self.url, self.pieces, self.came, self.stop = url, [], [], False

    def run(self):
        with urllib.request.urlopen(self.url) as body:
            body.read(44)
            frames = 0
            while not self.stop:
                piece = body.read(FRAME * 4)
                frames += len(piece) // 4
                self.pieces.append(np.frombuffer(piece, "<i2").reshape(-1, 2)[:, 0] / 32768)
                self.came.append((frames, time.time()))

    def wall(self):
        """When sample 0 was heard: the soonest any sample came, by its own rate, and what it leaves ahead."""
        settled = [c for c in self.came if c[0] > 3 * RATE]
        return min(at - frames / RATE for frames, at in settled) + AHEAD_SECONDS


class Listener(threading.Thread):
    """Notes what is told over OSC."""

    def __init__(self, port):
        super().__init__(daemon=True)
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", port))
        self.told = []

    def run(self):
        while True:
            data = self.socket.recv(65536)
            self.told.append((time.time(), data[: data.index(b"\0")].decode()))


class Changes:
    def __init__(self, port, osc):
        self.base, self.osc = f"http://127.0.0.1:{port}/streams/bench", ("127.0.0.1", osc)
        self.out = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

    def get(self, path=""):
        with urllib.request.urlopen(self.base + path, timeout=10) as answer:
            return json.load(answer)

    def http(self, path, body):
        request = urllib.request.Request(self.base + path, json.dumps(body).encode(), method="PATCH")
        urllib.request.urlopen(request, timeout=10).read()

    def send(self, by, what, value):
        at = time.time()
        if by == "OSC":
            self.out.sendto(packet(f"/sonograph/bench/{what}", value), self.osc)
        else:
            self.http("/output" if what == "volume" else "", {what: value})
        return at


def level_db(frames):
    return 10 * np.log10(np.mean(frames**2, axis=1) + 1e-12)


def shape(frames):
    """Log spectrum of each frame without its level."""
    power = np.abs(np.fft.rfft(frames * np.hanning(FRAME), axis=1))[:, 1:200] ** 2
    bands = np.log10(power + 1e-9)
    return bands - bands.mean(axis=1, keepdims=True)


def depth_db(samples, begin):
    """Difference of loud and soft within each second, in steps of a pulse."""
    half = int(PULSE_SECONDS * RATE)
    frames = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
    level = level_db(frames)
    window = 2 * half // FRAME
    depth = [np.percentile(level[i : i + window], 85) - np.percentile(level[i : i + window], 15) for i in range(len(level) - window)]
    return np.array(depth)


def crossing(feature, at, before, after, hold):
    """Frame from which on a feature is nearer to what it becomes than to what it was, and stays so."""
    middle = (before + after) / 2
    nearer = (feature > middle) == (after > before)
    for i in range(at, len(feature) - hold):
        if np.mean(nearer[i : i + hold]) > 0.9 and nearer[i]:
            return i
    return None


def heard(samples, wall, change, until):
    """Seconds from a change to its being heard."""
    at, what = change["at"], change["what"]
    first, end = int((at - wall - 6) * RATE), int((until - wall) * RATE)
    piece = samples[max(0, first) : end]
    frames = piece[: len(piece) // FRAME * FRAME].reshape(-1, FRAME)
    settled = int(4 * RATE / FRAME)
    start = int(6 * RATE / FRAME)
    if what == "volume":
        # against the second before, since half of each is softer
        level = level_db(frames)
        step = level[20:] - level[:-20]
        half = 10 * np.log10(change["value"] / change["from"])  # half of the change in dB
        beyond = step < half if half < 0 else step > half
        found = next((i for i in range(start - 20, len(beyond) - 2) if beyond[i] and beyond[i + 1]), None)
        return None if found is None else (found + 20 - start) * FRAME / RATE
    if what == "reading":
        spectra = shape(frames)
        loud = level_db(frames) > -60
        before = spectra[:start][loud[:start]].mean(axis=0)
        after = spectra[-settled:][loud[-settled:]].mean(axis=0)
        feature = (spectra - before) @ (after - before) / np.sum((after - before) ** 2)
        found = crossing(feature, start, 0.0, 1.0, 20)
    else:
        feature = depth_db(piece, first)
        before, after = np.median(feature[: start - 20]), np.median(feature[-settled:])
        found = crossing(feature, start, before, after, 20)
        found = None if found is None else found + 10  # the middle of its second
    return None if found is None else (found - start) * FRAME / RATE


def await_live(changes, delay):
    until = time.time() + 600
    while time.time() < until:
        try:
            if changes.get("/output")["state"] in ("live", "stand-in"):
                return
        except OSError:
            pass
        time.sleep(0.5)
    sys.exit("the stream was not heard within ten minutes; see live.log")


def measure(port, osc, osc_out, work, delay, rounds):
    changes, listener = Changes(port, osc), Listener(osc_out)
    listener.start()
    await_live(changes, delay)
    recorder = Recorder(f"http://127.0.0.1:{port}/streams/bench/live.wav")
    recorder.start()
    time.sleep(12)
    plan, readings, dynamics = [], ["chirp", "inverse"], ["0", "1"]
    for turn in range(rounds):
        for by in ("HTTP", "OSC"):
            plan += [(by, "volume", 0.2, 1.0, 6), (by, "volume", 1.0, 0.2, 6)]
        plan += [("HTTP", "reading", "chirp", "inverse", 0), ("OSC", "reading", "inverse", "chirp", 0)]
        plan += [("OSC", "dynamics", 0.0, 1.0, 0), ("HTTP", "dynamics", 1.0, 0.0, 0)]
    done = []
    for by, what, value, before, pause in plan:
        wait = pause or delay + 2 * CHUNK_SECONDS + 8
        # not at the same place in a chunk each time
        time.sleep(np.random.default_rng(len(done)).uniform(0, 3))
        at = changes.send(by, what, value)
        done.append({"by": by, "what": what, "value": value, "from": before, "at": at})
        time.sleep(wait)
        done[-1]["until"] = time.time() - 1
        states = changes.get("/output")
        print(by, what, value, states["state"], f"buffer {states['bufferSeconds']}", file=sys.stderr)
    recorder.stop = True
    samples, wall = np.concatenate(recorder.pieces), recorder.wall()
    with wave.open(work + "/live.wav", "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes((samples * 32767).astype("<i2").tobytes())
    json.dump({"wall": wall, "changes": done}, open(work + "/changes.json", "w"))
    table(samples, wall, done, delay)
    told = {}
    for _, address in listener.told:
        told[address.rsplit("/", 1)[1]] = told.get(address.rsplit("/", 1)[1], 0) + 1
    print("told over OSC:", ", ".join(f"{name} {count}" for name, count in sorted(told.items())))


def table(samples, wall, done, delay):
    promised = {"volume": AHEAD_SECONDS + 0.2, "reading": delay + CHUNK_SECONDS, "dynamics": delay + CHUNK_SECONDS}
    print("| change | by | promised, at most | heard after, s |")
    print("|---|---|---|---|")
    late = 0
    for what in ("volume", "reading", "dynamics"):
        for by in ("HTTP", "OSC"):
            found = [heard(samples, wall, c, c["until"]) for c in done if c["what"] == what and c["by"] == by]
            late += sum(f is None or f > promised[what] + FRAME / RATE for f in found)
            shown = ", ".join("not found" if f is None else f"{f:.1f}" for f in found)
            print(f"| {what} | {by} | {promised[what]:.1f} | {shown} |")
    print("all in time" if late == 0 else f"{late} not in time")


if __name__ == "__main__":
    if sys.argv[1] == "sound":
        sound(sys.argv[2])
    else:
        measure(*map(int, sys.argv[2:5]), sys.argv[5], float(sys.argv[6]), int(sys.argv[7]))
