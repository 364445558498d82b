"""Measures a trained model on prompts, pictures and seeds that training never saw; prints one JSON object.

    python evaluate.py --text MINILM --folder ../sketch --prompts 200 --pictures 1000

Structure is the correlation of two pictures' luminance over 8x8 pixel blocks. Colourfulness is Hasler and Suesstrunk's (2003). The Fréchet
distance is taken over 64 features of a random convolution with a fixed seed, and the mean and deviation of colours and gradients; its pictures are
painted from noise alone, 256x256.
"""
import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import torch
from scipy.linalg import sqrtm
from torch.nn import functional as F

from captions import MANNER_WORDS, MOOD_WORDS, caption
from palettes import NAMES, PIGMENTS, palette
from pictures import MANNERS, Noise, Painter
from pipeline import Recipe, TURBO, paint
from released import Folder
from text import TextEncoder

HELD_BACK = 900_000  # seeds of the pool are small
STRENGTHS = (.3, .5, .6, .7, .9)
FRECHET_SIDE = 256  # pixels; features are taken at 128


def luma(picture):
    return picture.astype(np.float32) @ np.array([.299, .587, .114], np.float32)


def blocks(picture, side=8):
    y = luma(picture)
    return y.reshape(y.shape[0] // side, side, y.shape[1] // side, side).mean((1, 3))


def structure(a, b):
    a, b = blocks(a).ravel(), blocks(b).ravel()
    if a.std() < 1e-3 or b.std() < 1e-3:
        return 0.0
    return float(np.corrcoef(a, b)[0, 1])


def colourfulness(picture):
    r, g, b = picture.astype(np.float32).transpose(2, 0, 1)
    rg, yb = r - g, (r + g) / 2 - b
    return float(np.hypot(rg.std(), yb.std()) + .3 * np.hypot(rg.mean(), yb.mean()))


def lab(rgb):
    return cv2.cvtColor(np.float32(rgb).reshape(1, -1, 3), cv2.COLOR_RGB2LAB)[0]


def palette_distance(picture, name):
    """How far the mean colour is from a pigment's own mean colour, in CIE Lab, lightness at a third: how much light is left to the source."""
    p = PIGMENTS[name]
    own = lab(np.mean([p.full, p.full, p.deep, p.light], 0))[0]
    mean = lab(picture.reshape(-1, 3).mean(0) / 255)[0]
    return float(np.linalg.norm((mean - own) * np.array([1 / 3, 1, 1])))


def grid_peak_db(picture, period):
    """How far the spectrum of row and column differences stands out at a period in pixels, over its neighbours, in dB."""
    y = luma(picture)
    out = []
    for d in (np.diff(y, axis=0).T, np.diff(y, axis=1)):
        power = (np.abs(np.fft.rfft(np.abs(d) - np.abs(d).mean(1, keepdims=True), 512, axis=1)) ** 2).mean(0)
        k = 512 // period
        near = np.concatenate([power[k - 8:k - 2], power[k + 3:k + 9]])
        out.append(10 * np.log10(power[k] / np.median(near)))
    return float(max(out))


class Features:
    """64 features of random convolutions, with colour and gradient statistics."""

    def __init__(self):
        g = torch.Generator().manual_seed(20260101)
        self.w = [torch.randn(32, 3, 5, 5, generator=g) / 8.7, torch.randn(64, 32, 3, 3, generator=g) / 17]

    def __call__(self, picture):
        small = cv2.resize(picture, (128, 128), interpolation=cv2.INTER_AREA)
        x = torch.from_numpy(small).permute(2, 0, 1)[None].float() / 127.5 - 1
        h = F.relu(F.conv2d(x, self.w[0], stride=2))
        h = F.relu(F.conv2d(h, self.w[1], stride=2)).mean((2, 3))[0].numpy()
        rgb = small.astype(np.float32) / 255
        gy, gx = np.diff(rgb, axis=0), np.diff(rgb, axis=1)
        return np.concatenate([h, rgb.mean((0, 1)), rgb.std((0, 1)), [np.abs(gy).mean(), np.abs(gx).mean(), gy.std(), gx.std()]])


def frechet(a, b):
    a, b = np.asarray(a), np.asarray(b)
    ca, cb = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    return float(((a.mean(0) - b.mean(0)) ** 2).sum() + np.trace(ca + cb - 2 * np.real(sqrtm(ca @ cb))))


class Bench:
    def __init__(self, args):
        self.folder, self.text, self.recipe = Folder(args.folder, args.threads), TextEncoder(args.text), args.recipe
        self.painter = Painter(Noise(HELD_BACK))

    def spectrogram(self, rng):
        return np.repeat((self.painter.spectrogram(rng)[..., None] * 255).round().astype(np.uint8), 3, 2)

    def paint(self, pictures, prompts, seeds, strength):
        """One picture a prompt, each alone as the engine paints it; without pictures from noise alone."""
        out, recipe = [], replace(self.recipe, strength=strength)
        for i, (prompt, seed) in enumerate(zip(prompts, seeds)):
            picture = None if pictures is None else pictures[i][None]
            out.append(paint(self.folder.unet, self.folder.vae, self.text, picture, [prompt], [seed], recipe, side=FRECHET_SIDE)[0])
            print(f"\r{i + 1}/{len(prompts)} at {strength} ", end="", file=sys.stderr, flush=True)
        return out


def one_colour_prompts(rng, n):
    """Prompts with one colour word: (prompt, pigment)."""
    out = []
    for _ in range(n):
        name = NAMES[rng.integers(len(NAMES))]
        word = PIGMENTS[name].words[rng.integers(len(PIGMENTS[name].words))]
        manner = MANNER_WORDS[MANNERS[rng.integers(len(MANNERS))]]
        mood = list(MOOD_WORDS.values())[rng.integers(len(MOOD_WORDS))]
        out.append((f"{mood[rng.integers(len(mood))]} {word}, {manner[rng.integers(len(manner))]}", name))
    return out


def following(bench, rng, n):
    asked = one_colour_prompts(rng, n)
    prompts, names = [a[0] for a in asked], [a[1] for a in asked]
    sources = [bench.spectrogram(rng) for _ in range(n)]
    seeds = [HELD_BACK + i for i in range(n)]
    made = {s: bench.paint(sources, prompts, seeds, s) for s in STRENGTHS}
    result = {"prompts": n}
    for s, pictures in made.items():
        right = [palette_distance(p, a) < palette_distance(p, NAMES[(NAMES.index(a) + 1 + rng.integers(len(NAMES) - 1)) % len(NAMES)])
                 for p, a in zip(pictures, names)]
        result[f"strength {s}"] = {
            "structure": float(np.mean([structure(a, b) for a, b in zip(sources, pictures)])), "colour right": float(np.mean(right)),
            "colourfulness": float(np.mean([colourfulness(p) for p in pictures])), "flattest": float(min(luma(p).std() for p in pictures)),
            "grid 8 px dB": float(np.median([grid_peak_db(p, 8) for p in pictures])), "grid 16 px dB": float(np.median([grid_peak_db(p, 16) for p in pictures])),
            "masses": float(np.mean([blocks(p, 64).var() / max(luma(p).var(), 1e-6) for p in pictures]))}
    result["colourfulness at 0.6 over 0.9"] = result["strength 0.6"]["colourfulness"] / result["strength 0.9"]["colourfulness"]
    few = min(n, 24)
    other_seed = bench.paint(sources[:few], prompts[:few], [s + 5000 for s in seeds[:few]], .9)
    other_prompt = bench.paint(sources[:few], prompts[1:few] + prompts[:1], seeds[:few], .9)
    far = lambda a, b: float(np.mean([np.abs(x.astype(float) - y).mean() for x, y in zip(a, b)]))
    result["levels apart"] = {"two seeds": far(made[.9], other_seed), "two prompts": far(made[.9], other_prompt)}
    return result


def distance(bench, rng, n):
    features = Features()
    real, prompts = [], []
    for i in range(2 * n):  # the first n are the ones to match, the second n give prompts
        c = bench.painter.from_spectrogram(rng) if rng.random() < .36 else bench.painter.compose(rng)
        p = palette(rng, dark=True if c.spectrogram is not None else None)
        if i < n:
            real.append(features((c.colour(p) * 255).round().astype(np.uint8)))
        else:
            prompts.append(caption(rng, c, p))
    made = [features(p) for p in bench.paint(None, prompts, [2 * HELD_BACK + i for i in range(n)], 1.0)]
    halves, whole = frechet(real[::2], real[1::2]), frechet(made, real)
    return {"pictures": n, "guidance": bench.recipe.guidance, "distance": whole, "of it the mean's": float(((np.mean(made, 0) - np.mean(real, 0)) ** 2).sum()),
            "two halves": halves, "ratio": whole / halves}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", type=Path, required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--prompts", type=int, default=200)
    parser.add_argument("--pictures", type=int, default=1000)
    parser.add_argument("--turbo", action="store_true", help="judge a distilled U-Net by its own recipe")
    parser.add_argument("--steps", type=int)
    parser.add_argument("--guidance", type=float)
    parser.add_argument("--scheduler")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    given = {k: v for k in ("steps", "guidance", "scheduler") if (v := getattr(args, k)) is not None}
    args.recipe = replace(TURBO if args.turbo else Recipe(), **given)
    bench = Bench(args)
    result = {"recipe": args.recipe.__dict__}
    if args.prompts:
        result["following"] = following(bench, np.random.default_rng(HELD_BACK), args.prompts)
    if args.pictures:
        result["frechet"] = distance(bench, np.random.default_rng(HELD_BACK + 1), args.pictures)
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
