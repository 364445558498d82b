"""Neighbouring pictures of a track, side by side.

python overlap.py sound OUT.wav     writes a sound of twenty chunks of tape
python overlap.py measure ART...    correlates the pictures of each folder art/
"""
import glob
import sys
import wave

import numpy as np
from PIL import Image

RATE_HZ, HOP_SAMPLES, COLUMNS, OVERLAP, CHUNKS = 48_000, 576, 512, 64, 20


def sound(out):
    """Struck tones that fade, over noise that comes and goes: every chunk differs from its neighbours."""
    draw = np.random.default_rng(1)
    length = ((CHUNKS - 1) * (COLUMNS - OVERLAP) + COLUMNS) * HOP_SAMPLES
    times = np.arange(length) / RATE_HZ
    swell = np.interp(times, np.arange(0, times[-1] + 3, 3), draw.uniform(0.01, 0.15, int(times[-1] / 3) + 2))
    samples = swell * draw.standard_normal(length)
    for start in np.cumsum(draw.uniform(0.1, 0.9, 240)):
        first = int(start * RATE_HZ)
        if first >= length:
            break
        after = times[: min(length - first, 3 * RATE_HZ)]
        pitch = 55 * 2 ** draw.uniform(0, 6.5)
        for harmonic in range(1, 6):
            samples[first : first + len(after)] += (
                0.3 / harmonic * np.exp(-after * draw.uniform(1, 6)) * np.sin(2 * np.pi * pitch * harmonic * after))
    whole = np.int16(32000 * samples / np.abs(samples).max())
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(whole.tobytes())


def correlation(a, b):
    """Pearson's, over all samples of all colours, each less its own mean: a palette is the prompt's and no repetition."""
    a, b = a - a.mean((0, 1)), b - b.mean((0, 1))
    return np.corrcoef(a.ravel(), b.ravel())[0, 1]


def measure(folders):
    overlaps, places, pictures = [], [], 0
    for folder in folders:
        files = sorted(glob.glob(f"{folder}/*.png"))
        arts = [np.asarray(Image.open(file).convert("RGB"), np.float64) for file in files]
        pictures += len(arts)
        for before, after in zip(arts, arts[1:]):
            overlaps.append(correlation(before[:, -OVERLAP:], after[:, :OVERLAP]))
            places.append(correlation(before, after))
    print(f"{pictures} pictures, {len(overlaps)} pairs of neighbours")
    for name, values, bar in (("overlaps", overlaps, "over 0.8"), ("in place", places, "under 0.3")):
        print(f"{name}: median {np.median(values):.2f}, least {min(values):.2f}, most {max(values):.2f} (wanted: {bar})")


if sys.argv[1] == "sound":
    sound(sys.argv[2])
else:
    measure(sys.argv[2:])
