"""The reference side of benchmarks/signal/run: makes the inputs, measures torchaudio, scipy and Pillow, prints the table."""
import os
import statistics
import sys
import time

import numpy as np
from PIL import Image
from scipy.io import wavfile
from scipy.signal import chirp

WORK = sys.argv[2]
REPETITIONS = {"spectrogram 60 s": 5, "griffin-lim 3x400x296": 3, "the same, peer in single": 3, "chirp 30 s": 1}


def inputs():
    rng = np.random.default_rng(1)
    rate, seconds = 44100, 60
    t = np.arange(rate * seconds) / rate
    sound = np.stack(
        [0.4 * chirp(t, 60 * c, seconds, 9000) + 0.1 * rng.standard_normal(t.size) for c in (1, 2)], 1
    )
    wavfile.write(f"{WORK}/sound.wav", rate, np.clip(np.round(sound * 32767), -32768, 32767).astype(np.int16))
    y, x = np.mgrid[0:296, 0:400].astype(np.float64)
    art = np.stack(
        [np.sin(6.28 * (rng.normal(0, 3) * x / 400 + rng.normal(0, 3) * y / 296) + p) for p in range(3)], 2
    )
    Image.fromarray(((art + 1) * 127.5).astype(np.uint8)).save(f"{WORK}/art.png")


def measure():
    import torch
    import torchaudio.transforms as T

    torch.set_num_threads(1)
    rate, samples = wavfile.read(f"{WORK}/sound.wav")
    sound = torch.from_numpy(samples.T.astype(np.float32) / 32768)
    art = np.array(Image.open(f"{WORK}/art.png"))
    spectrogram = T.Spectrogram(n_fft=512)
    griffin_lim = T.GriffinLim(n_fft=590, hop_length=295, rand_init=False).to(torch.float64)
    in_single = T.GriffinLim(n_fft=590, hop_length=295, rand_init=False)
    magnitude = torch.pow(10.0, (torch.from_numpy(art.transpose(2, 0, 1) / 255.0) * 80 - 80) / 20)
    single = magnitude.to(torch.float32)

    def picture():
        power = spectrogram(sound).mean(dim=0, keepdim=True)
        db = 10 * torch.log10(power + 1e-9)
        level = (db - db.min()) / (db.max() - db.min())
        grey = (level.squeeze(0).numpy() * 255).astype(np.uint8)
        return Image.fromarray(grey).convert("RGB").resize((400, 300))

    def chirps():
        d = np.array(Image.fromarray(art).resize((400, 300))) / 255.0
        s = np.linspace(0, 30, 720000)
        audio = np.zeros_like(s)
        for x in range(400):
            column = d[:, x, :].mean(axis=0)
            f = 800 * column[0]
            audio += (0.2 + 0.8 * column[1]) * chirp(s, f0=f, f1=f * 1.5, t1=30, method="linear") / 400
        return audio

    tasks = {
        "spectrogram 60 s": picture,
        "griffin-lim 3x400x296": lambda: griffin_lim(magnitude),
        "the same, peer in single": lambda: in_single(single),
        "chirp 30 s": chirps,
    }
    for name, task in tasks.items():
        if REPETITIONS[name] > 1:
            task()
        for _ in range(REPETITIONS[name]):
            start = time.perf_counter()
            task()
            print(f"{name}\tpeer\t{(time.perf_counter() - start) * 1000:.3f}")


def table():
    times = {}
    for line in open(f"{WORK}/times.tsv"):
        name, side, ms = line.rstrip("\n").split("\t")
        times.setdefault(name, {}).setdefault(side, []).append(float(ms))

    def show(values):
        if not values:
            return "-"
        return f"{statistics.median(values):9.1f} ms ({min(values):.1f} to {max(values):.1f}, n={len(values)})"

    print(f"{'':28}{'peer: median (spread)':44}{'ours: median (spread)':44}peer / ours")
    for name, sides in times.items():
        peer, ours = sides.get("peer", []), sides.get("ours", [])
        ratio = f"{statistics.median(peer) / statistics.median(ours):.1f}" if peer and ours else ""
        print(f"{name:28}{show(peer):44}{show(ours):44}{ratio}")


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    {"inputs": inputs, "measure": measure, "table": table}[sys.argv[1]]()
