"""Power cuts, as `power` starts it: power.py OUT ROUNDS SEED.

Starts ./sonograph live over a folder of sounds, waits until it is live, then again and again: kills every process of it at once, cuts files of its data folder short at random
lengths, starts it again, and measures the time from the start to the first sample that is no silence in live.wav, and to the state live or stand-in, and the longest time without sound between. What was set aside must be named
on standard error, in the log and by ./sonograph status.
"""
import http.client
import json
import math
import os
import random
import struct
import subprocess
import sys
import threading
import time
import wave
from pathlib import Path
from statistics import median

from chain import HOME, Live

NAME = "power"
RATE = 48_000
LOUD = 100  # of 32768
SOUND_SECONDS = 20
LIVE_SECONDS = 90
PATIENCE_SECONDS = 150
CUTS = 8
BEFORE_SECONDS = 180  # so that there is something to remember
PARTS = ["kafka", "kafka/__cluster_metadata-0", "registry", "streams", "out", "."]


def sounds(folder):
    """Half a minute of three slow tones."""
    folder.mkdir(parents=True, exist_ok=True)
    frames = bytearray()
    for i in range(30 * RATE):
        t = i / RATE
        value = sum(math.sin(2 * math.pi * hz * t) * (0.6 + 0.4 * math.sin(t * hz / 200)) for hz in (196, 293, 440)) / 6
        frames += struct.pack("<hh", int(20_000 * value), int(20_000 * value))
    with wave.open(str(folder / "tones.wav"), "wb") as out:
        out.setparams((2, 2, RATE, 0, "NONE", ""))
        out.writeframes(bytes(frames))


class Start:
    """One start of the chain, and how soon it is heard."""

    def __init__(self, out, port, begun):
        self.data, self.port, self.begun = out / "data", port, begun
        self.logged = out / "data/logs/services.log"
        self.sound = self.live = None
        self.hole = 0.0
        self.states = []
        options = ["--name", NAME, "--model", "passthrough", "--reading", "inverse", "--seed", "1", "--port", str(port)]
        self.chain = Live(out / "sounds", self.data, out / "stderr.log", *options)
        self.threads = [threading.Thread(target=work, daemon=True) for work in (self.listen, self.watch)]
        for thread in self.threads:
            thread.start()

    def seconds(self):
        return time.monotonic() - self.begun

    def over(self):
        return self.seconds() > PATIENCE_SECONDS or self.chain.has_ended()

    def listen(self):
        """From the first sound on until it is live: the longest time without."""
        last = None
        while self.live is None and not self.over():
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            try:
                connection.request("GET", f"/streams/{NAME}/live.wav")
                answer = connection.getresponse()
                if answer.status == 200:
                    answer.read(44)
                    while self.live is None and not self.over():
                        piece = answer.read(RATE // 50 * 4)
                        if not piece:
                            break
                        if max(map(abs, struct.unpack(f"<{len(piece) // 2}h", piece[: len(piece) // 2 * 2]))) > LOUD:
                            now = self.seconds()
                            self.sound = self.sound or now
                            self.hole = max(self.hole, now - (last or now))
                            last = now
            except (OSError, http.client.HTTPException, struct.error):
                pass
            finally:
                connection.close()
            time.sleep(0.1)

    def watch(self):
        while self.live is None and not self.over():
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
            try:
                connection.request("GET", "/streams")
                for stream in json.load(connection.getresponse()):
                    if not self.states or self.states[-1] != stream["state"]:
                        self.states.append(stream["state"])
                    if stream["state"] in ("live", "stand-in"):
                        self.live = self.seconds()
            except (OSError, http.client.HTTPException, ValueError):
                pass
            finally:
                connection.close()
            time.sleep(0.2)

    def wait(self):
        for thread in self.threads:
            thread.join()



def aside(data):
    return {p for p in data.rglob("*.set-aside-*") if not any(".set-aside-" in part.name for part in p.parents)}


def cut(data, draw):
    """Cuts files short: first a part of the data, then a file of it, so that small parts are hit as well as large ones."""
    done = []
    for _ in range(CUTS):
        part = data / draw.choice(PARTS)
        files = sorted(p for p in part.rglob("*") if p.is_file() and p.stat().st_size > 0 and ".set-aside-" not in str(p) and "logs" not in p.parts)
        if files:
            file = draw.choice(files)
            size = file.stat().st_size
            length = draw.randrange(size)
            os.truncate(file, length)
            done.append(f"{file.relative_to(data)} {size}->{length}")
    return done


def status(data):
    answer = subprocess.run(["./sonograph", "status", "--data", str(data)], cwd=HOME, capture_output=True, text=True, timeout=120)
    return answer.stdout or answer.stderr


def check(start, new, deadline):
    """What is wrong after a start: it was too late, or what was set aside is named nowhere."""
    wrong = []
    if start.sound is None or start.sound > SOUND_SECONDS:
        wrong.append("sound too late")
    if start.live is None or start.live > LIVE_SECONDS:
        wrong.append("live too late")
    said, logged = start.chain.text(), start.logged.read_text(errors="replace") if start.logged.exists() else ""
    told = ""
    while time.monotonic() < deadline and "SOUND: yes" not in told:
        told = status(start.data)
    if not told.startswith("SOUND: yes"):
        wrong.append("status begins with " + told.split("\n")[0])
    for path in new:
        for place, text in (("stderr", said), ("log", logged), ("status", told)):
            # what newer ones have replaced meanwhile is told no more
            if str(path) not in text and (place != "status" or path.exists()):
                wrong.append(f"{path.name} is not named in {place}")
    return wrong


def main(out, rounds, seed):
    out = Path(out)
    sounds(out / "sounds")
    draw = random.Random(seed)
    port = draw.randrange(21_000, 29_000)
    start = Start(out, port, time.monotonic())
    start.wait()
    print(f"first start: live after {start.live:.1f} s" if start.live else "first start: never live\n" + start.chain.text(), flush=True)
    time.sleep(BEFORE_SECONDS)
    rows, failures = [], 0
    print("| round | set aside | sound, s | live, s | longest hole, s | heard on the way | load | wrong |\n|---|---|---|---|---|---|---|---|", flush=True)
    for number in range(1, rounds + 1):
        time.sleep(draw.uniform(1, 25))
        start.chain.kill()
        cuts = cut(start.data, draw)
        before = aside(start.data)
        start = Start(out, port, time.monotonic())
        start.wait()
        new = sorted(aside(start.data) - before)
        wrong = check(start, new, time.monotonic() + 30)
        failures += bool(wrong)
        rows.append((start.sound or math.inf, start.live or math.inf, start.hole))
        with open(out / "cuts.log", "a", encoding="utf-8") as log:
            log.write(f"round {number}\n  " + "\n  ".join(cuts) + "\n")
        names = ", ".join(str(p.relative_to(start.data)) for p in new)
        print(
            f"| {number} | {names} | {rows[-1][0]:.1f} | {rows[-1][1]:.1f} | {rows[-1][2]:.1f} | {' '.join(start.states)} | {os.getloadavg()[0]:.0f} | {'; '.join(wrong)} |", flush=True
        )
        if start.chain.has_ended():
            print(start.chain.text(), flush=True)
    start.chain.stop()
    heard, live, holes = zip(*rows)
    print(f"\nsound after {median(heard):.1f} s (median), {max(heard):.1f} s at worst; live after {median(live):.1f} s, {max(live):.1f} s at worst; longest hole between {median(holes):.1f} s (median), {max(holes):.1f} s at worst; {failures} of {rounds} starts wrong")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
