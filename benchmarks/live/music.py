"""Makes music without an attack sharper than 30 ms and never silent: music.py FILE.flac MINUTES. It does not repeat, so that a delay can be read from it."""
import sys

import numpy as np
import soundfile

RATE = 48000
BAR_S = 4
SCALE = [0, 2, 3, 5, 7, 9, 10]


def hertz(step, octave):
    return 110.0 * 2 ** (octave + SCALE[step % 7] / 12 + step // 7)


def rise(t, seconds):
    """From 0 to 1 without a kink."""
    return 0.5 - 0.5 * np.cos(np.pi * np.clip(t / seconds, 0, 1))


def bar(random, number):
    """One bar, a second longer than it is, so that its end sounds on under the next: (samples, 2)."""
    n = (BAR_S + 1) * RATE
    t = np.arange(n) / RATE
    sound = np.zeros((n, 2))
    root = random.integers(0, 7)
    swell = rise(t, 1.0) * rise(BAR_S + 1 - t, 1.0)
    for step in (root, root + 2, root + 4, root + 7):
        side = random.uniform(0.3, 0.7)
        for partial in (1, 2, 3):
            tone = np.sin(2 * np.pi * partial * hertz(step, 1) * t + random.uniform(0, 6.28)) * swell * 0.05 / partial
            sound += np.stack([tone * (1 - side), tone * side], axis=1)
    beats = random.choice([0, 0.5, 1, 1.5, 2, 2.25, 2.5, 3, 3.5], size=5, replace=False)
    for beat in beats:
        at = int(beat * RATE)
        t = np.arange(min(int(1.5 * RATE), n - at)) / RATE
        frequency = hertz(int(root + random.integers(0, 14)), 2)
        envelope = rise(t, 0.03) * np.exp(-t / 0.35)
        note = sum(np.sin(2 * np.pi * k * frequency * t) / k**1.5 for k in (1, 2, 3, 4)) * envelope * rise(t[-1] - t, 0.1) * 0.12
        side = random.uniform(0.2, 0.8)
        sound[at : at + len(note)] += np.stack([note * (1 - side), note * side], axis=1)
    return sound


def main(path, minutes):
    random = np.random.default_rng(10)
    over = np.zeros((RATE, 2))
    with soundfile.SoundFile(path, "w", RATE, 2, "PCM_16") as out:
        for number in range(int(float(minutes) * 60 / BAR_S)):
            sound = bar(random, number)
            sound[:RATE] += over
            over = sound[BAR_S * RATE :]
            out.write(np.clip(sound[: BAR_S * RATE], -0.99, 0.99))


main(*sys.argv[1:])
