#!/usr/bin/env python3
"""Writes eight short sounds of different kinds into a folder: sounds.py DIR"""
import math, os, random, struct, sys, wave

RATE = 48_000
SECONDS = 6.144


def write(folder, name, left, right=None):
    right = right or left
    peak = max(1e-9, max(max(map(abs, left)), max(map(abs, right))))
    scale = 32767 * min(1, 0.9 / peak)
    with wave.open(os.path.join(folder, name + ".wav"), "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(b"".join(struct.pack("<hh", int(a * scale), int(b * scale)) for a, b in zip(left, right)))


def main(folder):
    os.makedirs(folder, exist_ok=True)
    rng = random.Random(6)
    n = int(RATE * SECONDS)
    t = [i / RATE for i in range(n)]
    write(folder, "sine", [0.3 * math.sin(2 * math.pi * 440 * x) for x in t])
    write(folder, "sweep", [0.3 * math.sin(2 * math.pi * 60 / 0.9 * (math.exp(0.9 * x) - 1)) for x in t])
    write(folder, "clicks", [0.8 * math.exp(-(i % 18_000) / 200) * rng.uniform(-1, 1) for i in range(n)])
    write(folder, "noise", [0.2 * rng.gauss(0, 1) * (0.5 + 0.5 * math.sin(2 * math.pi * x / 3)) for x in t])
    chord = [110, 164.8, 220, 277.2, 329.6]
    write(folder, "chord", [sum(0.1 * math.sin(2 * math.pi * f * x) * (1 + math.sin(x * k)) for k, f in enumerate(chord)) for x in t])
    ping = [0.9 * math.exp(-(x - 2) * 6) * math.sin(2 * math.pi * 880 * x) if x >= 2 else 0.0 for x in t]
    write(folder, "one ping in silence", ping)
    vowel, phase = [], 0.0
    for x in t:
        phase += (120 + 30 * math.sin(2 * math.pi * x / 2)) / RATE
        formant = 600 + 400 * math.sin(2 * math.pi * x)
        vowel.append(0.05 * sum(math.sin(2 * math.pi * h * phase) / (1 + ((h * 120 - formant) / 150) ** 2) for h in range(1, 20)))
    write(folder, "vowel", vowel)
    left = [0.4 * math.exp(-(i % 24_000) / 4000) * math.sin(2 * math.pi * 330 * i / RATE) for i in range(n)]
    right = [0.4 * math.exp(-((i + 12_000) % 24_000) / 4000) * math.sin(2 * math.pi * 495 * i / RATE) for i in range(n)]
    write(folder, "left & right", left, right)


if __name__ == "__main__":
    main(sys.argv[1])
