"""A growing pool of latents and token states, so that training never waits for a picture.

    python pool.py --pool DIR --text MINILM --seed 1 --minutes 20

Each shard holds compositions coloured in three palettes: latents of the picture at 512 and at 256 pixels (uint8, [-2, 2]), token states of
its caption (float16, one after another), and, where it was laid over a spectrogram, the latents of that grey picture.
"""
import argparse
import os
import time
from pathlib import Path

import cv2
import numpy as np
import torch

from autoencoder import Encoder
from captions import caption, grey_caption
from palettes import palette
from pictures import Noise, Painter
from text import TextEncoder

REACH = 2.0
COLOURINGS = 3
SPECTROGRAM_SHARE, GREY_SHARE = 0.36, 0.15  # the second is a share of the first, shown as they are


def pack(latents):
    return np.clip(np.round((latents / REACH + 1) * 127.5), 0, 255).astype(np.uint8)


def unpack(packed):
    return (packed.astype(np.float32) / 127.5 - 1) * REACH


def encode(encoder, picture):
    """Latents of a float picture [512, 512, 3], 0 to 1, at full and at half size."""
    out = []
    for p in (picture, cv2.resize(picture, None, fx=.5, fy=.5, interpolation=cv2.INTER_AREA)):
        x = torch.from_numpy(np.ascontiguousarray(p.transpose(2, 0, 1)))[None] * 2 - 1
        out.append(pack(encoder(x)[0].numpy()))
    return out


def examples(rng, painter):
    """One composition in its colourings: (picture, caption, grey picture or None) each."""
    if rng.random() >= SPECTROGRAM_SHARE:
        composition = painter.compose(rng)
        for _ in range(COLOURINGS):
            p = palette(rng)
            yield composition.colour(p), caption(rng, composition, p), None
        return
    composition = painter.from_spectrogram(rng)
    grey = np.repeat(composition.spectrogram[..., None], 3, 2)
    if rng.random() < GREY_SHARE:
        yield grey, grey_caption(rng), None
    for _ in range(COLOURINGS):
        p = palette(rng, dark=True)
        yield composition.colour(p), caption(rng, composition, p), grey


def shard(rng, painter, encoder, text, compositions):
    full, half, grey_full, grey_half, grey_of, states, lengths, captions = [], [], [], [], [], [], [], []
    pictures = []
    for c in range(compositions):
        last = None
        for picture, words, grey in examples(rng, painter):
            a, b = encode(encoder, picture)
            full.append(a)
            half.append(b)
            if grey is not None and grey is not last:
                a, b = encode(encoder, grey)
                grey_full.append(a)
                grey_half.append(b)
                last = grey
            grey_of.append(len(grey_full) - 1 if grey is not None else -1)
            s = text(words).astype(np.float16)
            states.append(s)
            lengths.append(len(s))
            captions.append(words)
        if c % 4 == 0:
            pictures.append((picture * 255).round().astype(np.uint8))
    none = np.zeros((0,), np.uint8)
    return dict(full=np.stack(full), half=np.stack(half), grey_full=np.stack(grey_full) if grey_full else none,
                grey_half=np.stack(grey_half) if grey_half else none, grey_of=np.array(grey_of), states=np.concatenate(states),
                lengths=np.array(lengths), captions=np.array(captions)), np.stack(pictures)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pool", type=Path, required=True)
    parser.add_argument("--text", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--compositions", type=int, default=256, help="to a shard")
    parser.add_argument("--pictures", type=int, default=8, help="shards whose pictures are kept whole, for the decoder")
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    cv2.setNumThreads(1)
    args.pool.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(args.seed)
    painter, encoder, text = Painter(Noise(args.seed)), Encoder(), TextEncoder(args.text)
    end, n = time.time() + 60 * args.minutes, 0
    while time.time() < end:
        arrays, pictures = shard(rng, painter, encoder, text, args.compositions)
        name = args.pool / f"{args.seed:04d}-{n:04d}"
        np.savez(f"{name}.part.npz", **arrays)
        os.replace(f"{name}.part.npz", f"{name}.npz")
        if n < args.pictures:
            np.save(f"{name}.pictures.npy", pictures)
        n += 1
        print(f"{name.name}: {len(arrays['lengths'])} pictures, {len(arrays['states']) / len(arrays['lengths']):.1f} tokens each", flush=True)


if __name__ == "__main__":
    main()
