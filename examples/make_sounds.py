"""Make the bundled sounds. Needs numpy and soundfile; the same seed gives the same bytes.

    python3 examples/make_sounds.py examples
    python3 examples/make_sounds.py FOLDER harbour      # the sound at the top of the README
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


def hiss(n, low, high, rng, tilt=0.5):
    """Noise between two frequencies, Hz, whose magnitude falls with the frequency to the power of tilt."""
    spectrum = np.fft.rfft(rng.standard_normal(n))
    f = np.fft.rfftfreq(n, 1 / RATE)
    spectrum *= ((f > low) & (f < high)) / np.maximum(f, 1) ** tilt
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


def horn(seconds, rng):
    """A foghorn: a low reed that leans into its pitch and lets go of it."""
    t = np.arange(int(seconds * RATE)) / RATE
    f = 98 * (1 - 0.04 * np.exp(-t / 0.25) - 0.06 * np.maximum(0, t - seconds + 0.5))
    phase = 2 * np.pi * np.cumsum(f) / RATE
    y = sum(np.sin(h * phase + 6 * rng.random()) / h**0.8 for h in range(1, 15))
    return y * np.minimum(1, t / 0.2) * np.minimum(1, (seconds - t) / 0.4) / 3


def gull(rng):
    """A gull: three to five falling cries."""
    cries = []
    for k in range(rng.integers(3, 6)):
        t = np.arange(int(0.24 * RATE)) / RATE
        f = rng.uniform(1500, 1900) * (1 + 0.5 * np.exp(-t / 0.05) - 0.9 * t)
        phase = 2 * np.pi * np.cumsum(f) / RATE
        y = sum(np.sin(h * phase) / h for h in range(1, 5)) * np.abs(np.sin(np.pi * t / t[-1])) ** 0.7
        cries += [y, np.zeros(int(rng.uniform(0.05, 0.12) * RATE))]
    return np.concatenate(cries)


def harbour(seconds, rng):
    """A harbour at night: swell, a bell buoy, halyards, two gulls, a foghorn twice."""
    n = int(seconds * RATE)
    t = np.arange(n) / RATE
    track = np.zeros((n, 2))
    for c in range(2):
        swell = (0.5 - 0.5 * np.cos(2 * np.pi * (t + 0.7 * c) / 7.3)) ** 2
        track[:, c] += 0.001 * hiss(n, 30, 20000, rng, 1.0) + 0.12 * swell**2 * hiss(n, 30, 20000, rng, 1.1)
    at = 1.0
    while at < seconds - 3:
        place(track, tine(rng.choice([311.1, 415.3]), 4.0, rng), at, 0.3, rng.uniform(0.1, 0.3))
        at += rng.choice([0.9, 1.7, 3.1])
    for start in np.sort(rng.uniform(0, seconds - 1, 40)):
        place(track, tine(rng.uniform(2300, 2700), 0.4, rng), start, rng.random(), rng.uniform(0.01, 0.06))
    for start, pan in ((6.2, 0.8), (16.4, 0.2), (24.6, 0.7)):
        place(track, gull(rng), start, pan, 0.12)
    for start in (3.0, 19.5):
        place(track, horn(3.4, rng), start, 0.55, 0.3)
    return track


SOUNDS = {
    "rain-on-tin": ("Rain on tin", rain_on_tin, 10.0, 11),
    "tide": ("Tide", tide, 20.0, 23),
    "harbour": ("Harbour at night", harbour, 30.0, 31),
}


def write(name, folder):
    title, make, seconds, seed = SOUNDS[name]
    track = make(seconds, np.random.default_rng(seed))
    fade = np.minimum(1, np.minimum(np.arange(len(track)), np.arange(len(track))[::-1]) / (0.02 * RATE))
    track = 0.7 * track * fade[:, None] / np.abs(track).max()
    with soundfile.SoundFile(f"{folder}/{name}.flac", "w", RATE, 2, subtype="PCM_16") as file:
        file.title, file.artist, file.license = title, "Sonograph", "Apache-2.0"
        file.write(track)


def main(folder, *names):
    for name in names or ("rain-on-tin", "tide"):
        write(name, folder)


if __name__ == "__main__":
    main(*sys.argv[1:])
