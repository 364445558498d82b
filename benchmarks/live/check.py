"""What a scene sounded like: check.py OUT DELAY_S. Ends with 1 where something is not as promised.

Gap: 5 ms whose root mean square is under -60 dBFS; the music is never silent. The first 50 ms of the recording, in which an MP3 encoder begins, do not count.
Click: the residual of a linear prediction (order 24 over 2048 samples, under noise of -80 dBFS) that is larger, against the median of its frame, than anything in the music that
was sent by half; the smallest step found where it was put into the recording is printed beside it.
Drift: sound that came, by the clock of this machine, in half minutes. Delay: how much later the same music is heard than it came out of Icecast (loudness in 24 bands each 5 ms, correlated).
"""
import json
import re
import statistics
import subprocess
import sys
from pathlib import Path

import numpy as np

RATE = 48000
SOURCE_BYTES_A_SECOND = 24000
GAP = RATE // 200
FRAME, ORDER = 2048, 24
HOP = RATE // 200
WINDOW_S = 10
REACH_S = 40
ALIKE = 0.6


def decoded(path, *options):
    raw = subprocess.run(["ffmpeg", "-v", "error", *options, "-i", str(path), "-ac", "1", "-ar", str(RATE), "-f", "f32le", "-"], capture_output=True, check=True).stdout
    return np.frombuffer(raw, "<f4")


def gaps(sound):
    """Places, s, of pieces of 5 ms without sound."""
    pieces = sound[: len(sound) // GAP * GAP].reshape(-1, GAP)
    level = np.sqrt(np.mean(pieces.astype(np.float64) ** 2, axis=1))
    return [float(round(i * GAP / RATE, 3)) for i in np.flatnonzero(level < 1e-3)]


def residuals(sound):
    """Largest residual in each half frame against the median of the frame around it, whose middle it is."""
    random = np.random.default_rng(1)
    step = FRAME // 2
    x = np.pad(sound.astype(np.float64) + 1e-4 * random.standard_normal(len(sound)), (ORDER, FRAME))
    lags = np.abs(np.subtract.outer(np.arange(ORDER), np.arange(ORDER)))
    found = []
    for at in range(0, len(sound) // step - 1, 512):
        block = np.stack([x[i * step : i * step + FRAME + ORDER] for i in range(at, min(at + 512, len(sound) // step - 1))])
        spectrum = np.fft.rfft(block[:, ORDER:] * np.hanning(FRAME), 2 * FRAME)
        correlation = np.fft.irfft(np.abs(spectrum) ** 2)[:, : ORDER + 1]
        matrix = correlation[:, lags] + 1e-9 * correlation[:, :1, None] * np.eye(ORDER)
        weights = np.linalg.solve(matrix, correlation[:, 1:, None])[:, :, 0]
        error = block[:, ORDER:].copy()
        for k in range(ORDER):
            error -= weights[:, k : k + 1] * block[:, ORDER - 1 - k : ORDER - 1 - k + FRAME]
        error = np.abs(error[:, FRAME // 4 : 3 * FRAME // 4])
        found.append(error.max(axis=1) / np.median(error, axis=1))
    return np.concatenate(found)


def smallest_step(sound, limit):
    """Size, dBFS, of the smallest step that is found at nineteen of twenty random places."""
    random = np.random.default_rng(2)
    places = random.integers(RATE, len(sound) - RATE, 200)
    for decibels in range(-66, 0, 3):
        hits = 0
        for place in places:
            piece = sound[place - 4 * FRAME : place + 4 * FRAME].copy()
            piece[4 * FRAME :] += 10 ** (decibels / 20) * np.exp(-np.arange(4 * FRAME) / 480)
            hits += residuals(piece).max() > limit
        if hits >= 0.95 * len(places):
            return decibels
    return None


def features(sound):
    """Loudness in bands, (frames of 5 ms, 24), its slow part taken away."""
    size = 1024
    edges = np.unique(np.geomspace(3, size // 3, 25).astype(int))
    count = (len(sound) - size) // HOP
    rows = []
    for at in range(0, count, 4096):
        index = np.arange(at, min(at + 4096, count))[:, None] * HOP + np.arange(size)
        power = np.abs(np.fft.rfft(sound[index] * np.hanning(size), axis=1)) ** 2
        rows.append(np.log(np.add.reduceat(power, edges, axis=1)[:, :-1] + 1e-6))
    table = np.concatenate(rows)
    slow = np.apply_along_axis(lambda c: np.convolve(c, np.ones(101) / 101, "same"), 0, table)
    return table - slow


def arrivals(path):
    return np.loadtxt(path, ndmin=2)


def offset(times, per_second, header=0):
    """Wall clock of the first sample, were all of it sent in real time: median."""
    return float(np.median(times[:, 1] - (times[:, 0] - header) / per_second))


def best(window, table):
    """Row of the table at which the window is most like it, to a part of a row, and how much (1 = equal)."""
    n = 1 << int(np.ceil(np.log2(len(table) + len(window))))
    product = np.zeros(len(table) - len(window) + 1)
    energy = np.zeros(len(table) + 1)
    for band in range(table.shape[1]):
        spectrum = np.fft.rfft(table[:, band], n) * np.conj(np.fft.rfft(window[:, band], n))
        product += np.fft.irfft(spectrum, n)[: len(product)]
        energy[1:] += np.cumsum(table[:, band] ** 2)
    likeness = product / np.sqrt((energy[len(window) :] - energy[: len(energy) - len(window)])[: len(product)] * np.sum(window**2) + 1e-9)
    i = int(np.argmax(likeness))
    if not 0 < i < len(likeness) - 1:
        return i, 0.0
    a, b, c = likeness[i - 1 : i + 2]
    return i + 0.5 * (a - c) / (a - 2 * b + c), float(b)


def delays(out):
    """(time, delay in s) wherever what is heard is found in what came out of Icecast."""
    heard = np.frombuffer((out / "heard.0").read_bytes()[44:], "<i2")
    heard = heard[: len(heard) // 2 * 2].reshape(-1, 2).mean(axis=1) / 32768
    starts = offset(arrivals(out / "heard.0.times"), 4 * RATE, 44)
    table = features(heard)
    found = []
    for times in sorted(out.glob("source.*.times")):
        source = features(decoded(times.with_suffix(""), "-f", "mp3"))
        begins = offset(arrivals(times), SOURCE_BYTES_A_SECOND)
        for at in range(0, len(table) - WINDOW_S * 200, WINDOW_S * 200):
            wall = starts + at / 200
            first = int(max(0, (wall - REACH_S - begins) * 200))
            piece = source[first : int(max(0, (wall + WINDOW_S - begins) * 200))]
            if len(piece) < WINDOW_S * 200 + 10:
                continue
            row, likeness = best(table[at : at + WINDOW_S * 200], piece)
            if likeness > ALIKE:
                found.append((wall, wall - (begins + (first + row) / 200), likeness))
    return sorted(found)


def pace(times):
    """How far each half minute of what came is from real time, s."""
    shift = times[:, 1] - (times[:, 0] - 44) / (4 * RATE)
    begin = times[0, 1]
    halves = {}
    for wall, value in zip(times[:, 1], shift):
        halves.setdefault(int((wall - begin) / 30), []).append(value)
    medians = [statistics.median(v) for k, v in sorted(halves.items())][1:]
    return [m - medians[0] for m in medians]


def quantiles(out, name):
    """p50 and p99 of a histogram in metrics.txt, by its buckets."""
    buckets = {}
    for line in (out / "metrics.txt").read_text().splitlines():
        match = re.match(name + r'_bucket\{.*le="([^"]+)".*\} (\S+)', line)
        if match:
            buckets[float(match.group(1).replace("+Inf", "inf"))] = float(match.group(2))
    edges = sorted(buckets)
    total = buckets[edges[-1]] if edges else 0
    return [next((e for e in edges if buckets[e] >= part * total), None) for part in (0.5, 0.99)], total


def mean(out, name):
    values = [re.findall(rf"^{name}_{what}\S* (\S+)$", (out / "metrics.txt").read_text(), re.M) for what in ("sum", "count")]
    total, count = (sum(map(float, v)) for v in values)
    return total / max(1, count)


def main(out, target):
    out, target = Path(out), float(target)
    wrong = []

    def verdict(good, line):
        print(("  " if good else "! ") + line)
        if not good:
            wrong.append(line)

    sound = decoded(out / "live.mp3")[RATE // 20 :]
    silent = gaps(sound)
    verdict(not silent, f"live.mp3: {len(sound) / RATE:.1f} s, {len(silent)} gaps of 5 ms {silent[:5]}")
    sent = residuals(decoded(out / "music.flac"))
    limit = 1.5 * sent.max()
    ratios = residuals(sound)
    clicks = [float(round((i + 0.5) * FRAME / 2 / RATE, 2)) for i in np.flatnonzero(ratios > limit)]
    verdict(not clicks, f"clicks: {len(clicks)} {clicks[:8]}; largest residual {ratios.max():.1f} times the median, in the music sent {sent.max():.1f}, limit {limit:.1f}; smallest step found {smallest_step(sound, limit)} dBFS")
    heard = sorted(out.glob("heard.*.times"))
    verdict(len(heard) == 1, f"live.wav: {len(heard)} connections, {arrivals(heard[0])[-1, 0] / 4 / RATE:.1f} s")
    drift = pace(arrivals(heard[0]))
    verdict(max(map(abs, drift)) < 0.05, f"drift against the clock: {1000 * min(drift):.0f} to {1000 * max(drift):.0f} ms")
    found = delays(out)
    values = [d for _, d, _ in found]
    if values:
        middle = statistics.median(values)
        steady = [d for d in values if abs(d - middle) < 1]
        verdict(abs(middle - target) < 0.1 * target, f"delay: {middle:.2f} s in the middle ({len(values)} stretches of {WINDOW_S} s that are found), {target} promised")
        verdict(max(steady) - min(steady) < 0.1, f"its drift: {1000 * (min(steady) - middle):.0f} to {1000 * (max(steady) - middle):.0f} ms; {len(values) - len(steady)} stretches more than 1 s off: heard again")
    else:
        verdict(False, "delay: the source is not found in what is heard, nor is it where a model has painted over it")
    states = [json.loads(line) for line in open(out / "streams.jsonl", encoding="utf-8")]
    count = {}
    for state in states:
        count[state.get("state")] = count.get(state.get("state"), 0) + 1
    print("  heard from: " + ", ".join(f"{k} {100 * v / len(states):.1f} %" for k, v in sorted(count.items(), key=lambda kv: -kv[1])))
    name = "sonograph_live_freshness_seconds"
    (p50, p99), total = quantiles(out, name)
    print(f"  freshness, from a chunk's end to its first sample: mean {mean(out, name):.2f} s, p50 at most {p50} s, p99 at most {p99} s (buckets; {total:.0f} chunks)")
    memory([json.loads(line) for line in open(out / "figures.jsonl", encoding="utf-8")], verdict)
    sys.exit(1 if wrong else 0)


def memory(lines, verdict):
    """Level: medians of the first and the last quarter of the last twenty minutes."""
    late = [line for line in lines if line["s"] > lines[-1]["s"] - 1200]
    for name in sorted({name for line in late for name in line["processes"]}):
        values = [line["processes"][name]["mb"] for line in late if name in line["processes"]]
        quarter = max(1, len(values) // 4)
        first, last = statistics.median(values[:quarter]), statistics.median(values[-quarter:])
        verdict(last < 1.15 * first + 20, f"memory of {name}: {first:.0f} -> {last:.0f} MB over the last twenty minutes, {max(values):.0f} at most")
    disks = [line["disk"] / 1e6 for line in late]
    print(f"  broker's disk: {disks[0]:.0f} -> {disks[-1]:.0f} MB, {max(disks):.0f} at most")


if __name__ == "__main__":
    main(*sys.argv[1:])
