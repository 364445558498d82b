"""Make the bundled sounds. Needs numpy and soundfile; the same seed gives the same bytes.

    python3 examples/make_sounds.py examples
"""
import sys

import numpy as np
import soundfile

RATE = 44100
PENTATONIC = [0, 3, 5, 7, 10]


def tine(frequency, seconds, rng):
    """A struck metal tine: three inharmonic modes and a short knock."""
    t = np.arange(int(seconds * RATE)) / RATE
    y = np.zeros_like(t)
    for ratio, gain, decay in ((1.0, 1.0, 1.6), (2.76, 0.32, 0.5), (5.4, 0.14, 0.18)):
        y += gain * np.exp(-t / decay) * np.sin(2 * np.pi * frequency * ratio * t + rng.random())
    y += 0.25 * np.exp(-t / 0.004) * rng.standard_normal(t.size)
    return y


def drop(rng):
    """One drop on a roof: a short resonance that rises a little."""
    t = np.arange(int(0.06 * RATE)) / RATE
    f = rng.uniform(900, 5200)
    return np.exp(-t / rng.uniform(0.003, 0.012)) * np.sin(2 * np.pi * f * t * (1 + 2 * t))


def place(track, sound, at, pan, gain):
    start = int(at * RATE)
    n = min(sound.size, track.shape[0] - start)
    track[start : start + n, 0] += gain * np.sqrt(1 - pan) * sound[:n]
    track[start : start + n, 1] += gain * np.sqrt(pan) * sound[:n]


def hiss(n, low, high, rng):
    """Noise between two frequencies, Hz."""
    spectrum = np.fft.rfft(rng.standard_normal(n))
    f = np.fft.rfftfreq(n, 1 / RATE)
    spectrum *= ((f > low) & (f < high)) / np.sqrt(np.maximum(f, 1))
    y = np.fft.irfft(spectrum, n)
    return y / np.abs(y).max()


def rain_on_tin(seconds, rng):
    """Rain on a tin roof, thickening, with a thumb piano under it."""
    track = np.zeros((int(seconds * RATE), 2))
    at = 0.0
    while at < seconds:
        place(track, drop(rng), at, rng.random(), rng.uniform(0.02, 0.16))
        at += rng.exponential(0.018 + 0.05 * np.exp(-at / (seconds / 3)))
    for c in range(2):
        swell = 0.04 * (0.4 + 0.6 * np.sin(np.pi * np.arange(track.shape[0]) / track.shape[0]))
        track[:, c] += swell * hiss(track.shape[0], 300, 9000, rng)
    beat = 0.36
    for k in range(int((seconds - 2) / beat)):
        if rng.random() < 0.62:
            note = 45 + 12 * rng.integers(0, 3) + PENTATONIC[rng.integers(0, 5)]
            place(track, tine(440 * 2 ** ((note - 69) / 12), 2.5, rng), 0.4 + k * beat + rng.normal(0, 0.008), 0.2 + 0.6 * rng.random(), 0.18)
    return track


def tide(seconds, rng):
    """A slow chord breathing over a shore."""
    n = int(seconds * RATE)
    t = np.arange(n) / RATE
    track = np.zeros((n, 2))
    for c in range(2):
        for note in (33, 45, 52, 57, 60, 64):
            f = 440 * 2 ** ((note - 69) / 12) * (1 + 0.0015 * rng.standard_normal())
            breath = 0.5 + 0.5 * np.sin(2 * np.pi * t / rng.uniform(5, 9) + 6 * rng.random())
            for h in range(1, 7):
                track[:, c] += 0.05 / h**1.4 * breath**h * np.sin(2 * np.pi * f * h * t + 6 * rng.random())
        track[:, c] += 0.16 * (0.5 - 0.5 * np.cos(2 * np.pi * t / 6.5)) ** 2 * hiss(n, 120, 5000, rng)
    return track


def main(folder):
    for name, make, seconds, seed in (("rain-on-tin", rain_on_tin, 10.0, 11), ("tide", tide, 20.0, 23)):
        track = make(seconds, np.random.default_rng(seed))
        fade = np.minimum(1, np.minimum(np.arange(len(track)), np.arange(len(track))[::-1]) / (0.02 * RATE))
        track = 0.7 * track * fade[:, None] / np.abs(track).max()
        soundfile.write(f"{folder}/{name}.flac", track, RATE, subtype="PCM_16")


if __name__ == "__main__":
    main(sys.argv[1])
