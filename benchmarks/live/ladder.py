"""A device that becomes three times too slow, and well again: ladder.py OUT DELAY_S MODEL [NORMAL_S SLOW_S WELL_S] beside which nothing else should run.

The worker is stopped and let go, a tenth of a second on and the rest off, so that it gets the part of its time that makes a picture take three chunks. How long a picture takes is measured
first. Ends with 1 where the sound stops, where what is heard is older than two chunks and the delay, where the ladder does not go down, or is not up again at the end.
"""
import json
import os
import re
import signal
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import check
from chain import Live, ask
from processes import processes

NAME = "foyer"
CHUNK_S = 5.4
TOO_SLOW = 3
ON_S = 0.1


def picture_seconds(url):
    """Mean time of a picture in the worker so far, by its meters."""
    text = urllib.request.urlopen(url, timeout=5).read().decode()
    total = sum(float(v) for v in re.findall(r"^sonograph_diffusion_device_busy_seconds_sum\S* (\S+)$", text, re.M))
    count = sum(float(v) for v in re.findall(r"^sonograph_diffusion_device_busy_seconds_count\S* (\S+)$", text, re.M))
    return total / count if count else None


def throttle(pid, share, stop):
    """Lets a process have so much of its time."""
    while not stop.is_set():
        time.sleep(ON_S)
        os.kill(pid, signal.SIGSTOP)
        time.sleep(ON_S / share - ON_S)
        os.kill(pid, signal.SIGCONT)


def main(out, delay, model, normal=120, slow=300, well=420):
    out = Path(out)
    data = out / "data"
    options = ["--name", NAME, "--port", "0", "--model", model, "--delay", delay, "--seed", "1", "--reading", "red"]
    live = Live(out / "sounds", data, out / "live.log", *options)
    try:
        live.await_live()
        time.sleep(3)  # whoever comes gets the last second, which was before the first sound
        url = live.url()
        lengths = [float(normal), float(slow), float(well)]
        recorder = subprocess.Popen(["ffmpeg", "-y", "-v", "warning", "-i", url + "/live.mp3", "-c", "copy", "-t", str(sum(lengths)), str(out / "live.mp3")])
        worker = processes(data)["worker 1"]["pid"]
        metrics = (data / "sonograph.properties").read_text().replace("\\:", ":")
        worker_metrics = re.findall(r"http://[0-9.]+:\d+/metrics", metrics)[-1]
        begun = time.time()
        stop = threading.Event()
        seen = []
        slowed = None
        while (now := time.time() - begun) < sum(lengths):
            if slowed is None and now > lengths[0]:
                alone = picture_seconds(worker_metrics)
                share = min(0.9, alone / (TOO_SLOW * CHUNK_S))
                print(f"  a picture takes {alone:.2f} s; the worker gets {share:.2f} of its time: {alone / share:.1f} s, {alone / share / CHUNK_S:.1f} chunks")
                slowed = threading.Thread(target=throttle, args=(worker, share, stop))
                slowed.start()
            if now > lengths[0] + lengths[1] and not stop.is_set():
                stop.set()
                slowed.join()
            state = live.state()
            if "behindSeconds" in state:
                seen.append({"s": now, "state": state["state"], "behind": state["behindSeconds"], "quality": ask(url)["quality"]})
            time.sleep(0.25)
        recorder.wait(timeout=30)
    finally:
        live.stop()
    (out / "seen.jsonl").write_text("\n".join(json.dumps(s) for s in seen))
    report(out, seen, lengths, float(delay))


def report(out, seen, lengths, delay):
    wrong = []

    def verdict(good, line):
        print(("  " if good else "! ") + line)
        if not good:
            wrong.append(line)

    before = None
    for moment in seen:
        if moment["quality"] != before:
            print(f"  {moment['s']:6.1f} s  {moment['quality']}")
            before = moment["quality"]
    sound = check.decoded(out / "live.mp3")[check.RATE // 20 :]
    silent = check.gaps(sound)
    verdict(not silent, f"live.mp3: {len(sound) / check.RATE:.1f} s, {len(silent)} gaps of 5 ms {silent[:5]}")
    oldest = max(m["behind"] for m in seen)
    verdict(oldest <= 2 * CHUNK_S + delay, f"oldest: {oldest:.1f} s, {2 * CHUNK_S + delay:.1f} promised; median {statistics.median(m['behind'] for m in seen):.1f}")
    for name, first, last in [("before", 0, lengths[0]), ("slow", lengths[0], sum(lengths[:2])), ("after", sum(lengths[:2]), sum(lengths))]:
        part = [m for m in seen if first <= m["s"] < last]
        counts = {k: sum(m["state"] == k for m in part) for k in {m["state"] for m in part}}
        print(f"  {name}: " + ", ".join(f"{k} {100 * v / len(part):.0f} %" for k, v in sorted(counts.items(), key=lambda kv: -kv[1])))
    down = [m for m in seen if lengths[0] <= m["s"] < sum(lengths[:2]) and m["quality"] != seen[0]["quality"]]
    verdict(bool(down), "the ladder went down")
    verdict(seen[-1]["quality"] == seen[0]["quality"], f"at the end: {seen[-1]['quality']}, as at the beginning")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
