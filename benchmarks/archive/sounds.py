"""Makes an archive: sounds.py FOLDER EXPECTED.csv [N] [SEED]

N sounds of 1 to 30 s, most of them below 2 s, in a tree of folders (tones, noise and clicks, 8 to 48 kHz, one or two channels, WAV and FLAC). One in a hundred is
broken, in ten ways that take turns; one in fifty is a copy of an earlier one. EXPECTED.csv says of each what a run should make of it.
"""
import csv
import os
import sys
from pathlib import Path

import numpy as np
import soundfile

SHELVES = 40
RATES = [8000, 16000, 22050, 24000, 44100, 48000]


def sound(rng, seconds, rate, channels):
    t = np.arange(int(seconds * rate)) / rate
    kind = rng.integers(3)
    if kind == 0:
        f = rng.uniform(80, rate / 5)
        x = np.sin(2 * np.pi * (f * t + rng.uniform(-f / 60, f / 60) * t * t / 2))
    elif kind == 1:
        x = rng.standard_normal(len(t)) * (0.5 + 0.5 * np.sin(2 * np.pi * rng.uniform(0.2, 3) * t))
    else:
        x = np.zeros(len(t))
        x[rng.integers(0, len(t), max(1, int(4 * seconds)))] = 1
        x = np.convolve(x, np.exp(-np.arange(2000) / 200) * np.sin(np.arange(2000) * 0.3), mode="same")
    x = 0.5 * x / (np.abs(x).max() + 1e-9)
    return np.stack([x] * channels, axis=1).astype(np.float32)


def wav(rng, path):
    soundfile.write(path, sound(rng, 3, 24000, 1), 24000, subtype="PCM_16")


def text(rng, path):
    path.write_text("This is a note about a recording, and no recording.\n" * 50)


def empty(rng, path):
    path.write_bytes(b"")


def noise(rng, path):
    path.write_bytes(rng.integers(0, 256, 60_000, dtype=np.uint8).tobytes())


def zeros(rng, path):
    path.write_bytes(bytes(60_000))


def header_only(rng, path):
    wav(rng, path)
    path.write_bytes(path.read_bytes()[:44])


def half_header(rng, path):
    wav(rng, path)
    path.write_bytes(path.read_bytes()[:20])


def no_samples(rng, path):
    soundfile.write(path, np.zeros((0, 1), np.float32), 24000, subtype="PCM_16")


def image(rng, path):
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + rng.integers(0, 256, 5000, dtype=np.uint8).tobytes())


def torn_flac(rng, path):
    soundfile.write(path, sound(rng, 8, 24000, 1), 24000, format="FLAC")
    data = bytearray(path.read_bytes())
    data[len(data) // 2 :] = rng.integers(0, 256, len(data) - len(data) // 2, dtype=np.uint8).tobytes()
    path.write_bytes(bytes(data))


def dangling(rng, path):
    path.symlink_to(path.parent / "nowhere.wav")


# What is broken, and what becomes of it: nothing, or a take that ends early.
BROKEN = [
    (text, "unreadable"),
    (empty, "unreadable"),
    (noise, "unreadable"),
    (zeros, "unreadable"),
    (header_only, "unreadable"),
    (half_header, "unreadable"),
    (no_samples, "unreadable"),
    (image, "unreadable"),
    (torn_flac, "failed"),
    (dangling, "unreadable"),
]


def main(folder, expected_file, count, seed):
    root = Path(folder)
    rows = []
    whole = []
    for i in range(count):
        rng = np.random.default_rng([seed, i])
        shelf = root / f"shelf {rng.integers(SHELVES):02d}" / f"box {rng.integers(5)}"
        shelf.mkdir(parents=True, exist_ok=True)
        path = shelf / f"{i:05d}.{'flac' if i % 2 else 'wav'}"
        seconds, expected, what = 0.0, "complete", "sound"
        if i % 100 == 99:
            make, expected = BROKEN[i // 100 % len(BROKEN)]
            path = path.with_suffix(".flac" if make is torn_flac else ".wav")
            what = make.__name__
            make(rng, path)
        elif i % 50 == 25 and whole:
            original, seconds = whole[int(rng.integers(len(whole)))]
            path = path.with_suffix(original.suffix)
            what = "copy"
            path.write_bytes(original.read_bytes())
        else:
            seconds = 1 + 29 * float(rng.uniform()) ** 12
            rate = int(rng.choice(RATES))
            soundfile.write(path, sound(rng, seconds, rate, 1 + i % 3 // 2), rate)
            whole.append((path, seconds))
        rows.append([os.path.relpath(path, root), what, expected, f"{seconds:.3f}"])
    with open(expected_file, "w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(["file", "what", "outcome", "seconds"])
        writer.writerows(sorted(rows))


if __name__ == "__main__":
    main(*sys.argv[1:3], int(sys.argv[3]) if len(sys.argv) > 3 else 5000, int(sys.argv[4]) if len(sys.argv) > 4 else 1)
