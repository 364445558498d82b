"""An installation's half hour in short: scene.py OUT MINUTES [OPTION...], with the options of ./sonograph live.

Music goes from FFmpeg into Icecast, from there into ./sonograph live, and is heard from there by FFmpeg (live.mp3) and by this script (live.wav, with the time at which each piece
came). What comes out of Icecast is heard beside it. On the way the source is cut for a minute, a worker killed, the broker killed, and every connection reset.
With CALM=1 nothing goes wrong. All figures go into OUT: figures.jsonl (memory, disk), streams.jsonl (GET /streams), events.jsonl, source.*, heard.*.
"""
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

from chain import Live
from processes import disk, processes

PASSWORD = "benchmark"
NAME = "foyer"
CUT_S = 60
EVENTS = {} if os.environ.get("CALM") else {"source cut": 8 / 30, "worker killed": 14 / 30, "broker killed": 18 / 30, "connections reset": 23 / 30}
ICECAST = """<icecast>
 <limits><clients>20</clients><sources>4</sources><queue-size>524288</queue-size><source-timeout>10</source-timeout><burst-size>65535</burst-size></limits>
 <authentication><source-password>{password}</source-password><relay-password>{password}</relay-password><admin-user>admin</admin-user><admin-password>{password}</admin-password></authentication>
 <hostname>localhost</hostname>
 <listen-socket><port>{port}</port><bind-address>127.0.0.1</bind-address></listen-socket>
 <paths><basedir>/usr/share/icecast2</basedir><logdir>{logs}</logdir><webroot>/usr/share/icecast2/web</webroot><adminroot>/usr/share/icecast2/admin</adminroot></paths>
 <logging><accesslog>access.log</accesslog><errorlog>error.log</errorlog><loglevel>3</loglevel></logging>
 <security><chroot>0</chroot><changeowner><user>nobody</user><group>nogroup</group></changeowner></security>
</icecast>
"""


class Ear(threading.Thread):
    """Writes what an address sends into FILE.N, N = 0, 1 ... for each connection, and FILE.N.times: bytes so far and the time at which they were there."""

    def __init__(self, url, file, say):
        super().__init__(daemon=True)
        self.url = url
        self.file = file
        self.say = say
        self.ended = threading.Event()

    def run(self):
        number = 0
        while not self.ended.is_set():
            try:
                self.hear(f"{self.file}.{number}")
                number += 1
            except OSError as e:
                self.say("connection", {"of": self.file.name, "why": str(e)})
            time.sleep(0.5)

    def hear(self, file):
        count = 0
        with urllib.request.urlopen(self.url, timeout=20) as body, open(file, "wb") as out, open(file + ".times", "w") as times:
            self.say("connected", {"of": Path(file).name})
            while not self.ended.is_set():
                piece = body.read1(65536)
                if not piece:
                    self.say("ended", {"of": Path(file).name})
                    return
                count += len(piece)
                out.write(piece)
                times.write(f"{count} {time.time():.4f}\n")


class Scene:
    def __init__(self, out, minutes, options):
        self.out = out
        self.minutes = minutes
        self.options = options
        self.children = {}
        self.chain = None
        self.port = 18080
        self.events = open(out / "events.jsonl", "a", encoding="utf-8")
        self.lock = threading.Lock()

    def say(self, what, more=None):
        with self.lock:
            line = {"t": time.time(), "what": what} | (more or {})
            self.events.write(json.dumps(line) + "\n")
            self.events.flush()
            print(f"{time.time() - self.begun:7.1f} s  {what} {more or ''}", file=sys.stderr, flush=True)

    def start(self, name, command, **more):
        log = open(self.out / f"{name}.log", "ab")
        self.children[name] = subprocess.Popen(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True, **more)
        return self.children[name]

    def feed(self):
        """The source client: real time, MP3 of 192 kbit/s."""
        address = f"icecast://source:{PASSWORD}@127.0.0.1:{self.port}/music"
        skip = f"{time.time() - self.begun:.1f}"
        self.start(
            "source",
            ["ffmpeg", "-hide_banner", "-loglevel", "warning", "-re", "-ss", skip, "-i", str(self.out / "music.flac"), "-c:a", "libmp3lame", "-b:a", "192k", "-content_type", "audio/mpeg", "-f", "mp3", address],
        )

    def live(self):
        source = f"http://127.0.0.1:{self.port}/music"
        self.chain = Live(source, self.out / "data", self.out / "live.log", "--allow-private", "--name", NAME, "--port", "0", *self.options)
        self.chain.await_live()

    def watch(self, until):
        data = self.out / "data"
        with open(self.out / "figures.jsonl", "a", encoding="utf-8") as figures, open(self.out / "streams.jsonl", "a", encoding="utf-8") as streams:
            beat = 0
            while time.time() < until:
                streams.write(json.dumps({"t": time.time()} | self.chain.state()) + "\n")
                streams.flush()
                if beat % 20 == 0:
                    line = {"s": round(time.time() - self.begun, 1), "disk": sum(disk(data).values()), "processes": processes(data)}
                    figures.write(json.dumps(line) + "\n")
                    figures.flush()
                beat += 1
                time.sleep(0.25)

    def pid(self, role):
        return processes(self.out / "data")[role]["pid"]

    def happen(self, what):
        self.say(what)
        if what == "source cut":
            os.killpg(self.children["source"].pid, signal.SIGKILL)
            time.sleep(CUT_S)
            self.say("source back")
            self.feed()
        elif what == "connections reset":
            self.reset()
        else:
            role = what.split()[0]
            os.kill(self.pid(role if role == "broker" else "worker 1"), signal.SIGKILL)

    def reset(self):
        """Every connection of the chain to its source, its broker, its registry; not those of who listens, whose players would end."""
        own = {str(p["pid"]) for p in processes(self.out / "data").values()}
        page = re.search(r":(\d+)/", self.chain.url()).group(1)
        lines = subprocess.run(["ss", "-Htnp", "state", "established"], capture_output=True, text=True, check=True).stdout.splitlines()
        count = 0
        for line in lines:
            local, peer = [re.sub(r"\[?(::ffff:)?([0-9.]+)\]?:", r"\2:", word) for word in line.split()[2:4]]
            if page in (local.split(":")[-1], peer.split(":")[-1]) or not own & set(re.findall(r"pid=(\d+)", line)):
                continue
            subprocess.run(["ss", "-K", "-t", "src", local, "dst", peer], capture_output=True, check=False)
            count += 1
        self.say("reset", {"connections": count})

    def play(self):
        logs = self.out / "icecast"
        logs.mkdir(exist_ok=True)
        logs.chmod(0o777)
        config = logs / "icecast.xml"
        config.write_text(ICECAST.format(password=PASSWORD, port=self.port, logs=logs))
        self.begun = time.time()
        self.start("icecast", ["icecast2", "-c", str(config)])
        time.sleep(2)
        self.feed()
        time.sleep(3)
        self.live()
        self.say("live")
        time.sleep(3)  # whoever comes gets the last second, which was before the first sound
        url = self.chain.url()
        ears = [Ear(f"http://127.0.0.1:{self.port}/music", self.out / "source", self.say), Ear(url + "/live.wav", self.out / "heard", self.say)]
        for ear in ears:
            ear.start()
        length = self.minutes * 60
        self.start("recorder", ["ffmpeg", "-y", "-hide_banner", "-loglevel", "warning", "-i", url + "/live.mp3", "-c", "copy", "-t", str(length), str(self.out / "live.mp3")])
        begun = time.time()
        watch = threading.Thread(target=self.watch, args=(begun + length,))
        watch.start()
        for what, part in EVENTS.items():
            time.sleep(max(0, begun + part * length - time.time()))
            self.happen(what)
        watch.join()
        self.say("end")
        (self.out / "metrics.txt").write_bytes(urllib.request.urlopen(re.match(r"http://[^/]+", url).group() + "/metrics").read())
        for ear in ears:
            ear.ended.set()
        self.children["recorder"].wait(timeout=30)

    def close(self):
        if self.chain:
            self.chain.stop()
        for name in ["recorder", "source", "icecast"]:
            child = self.children.get(name)
            if child and child.poll() is None:
                child.terminate()
                try:
                    child.wait(timeout=60)
                except subprocess.TimeoutExpired:
                    os.killpg(child.pid, signal.SIGKILL)


def main(out, minutes, *options):
    scene = Scene(Path(out), float(minutes), options)
    try:
        scene.play()
    finally:
        scene.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
