"""Contact sheets, to look at: 24 prompts over two spectrograms.

    python sheet.py --out DIR --text MINILM --decoder decoder.pt --unet unet.pt
"""
import argparse
from pathlib import Path

import cv2
import numpy as np
import torch

from autoencoder import Autoencoder
from pictures import Noise, Painter
from pipeline import Recipe, paint
from text import TextEncoder
from train_unet import load

PROMPTS = (
    "caffeinated thoughts of a tired college student pulling their 2nd all nighter flying saucers and jellyfish living forever spicy pumpkin coffee abstract image no concrete objects",
    "drifting ink, cold light", "rust and rain on tin", "calm turquoise lagoon", "a violent red storm", "sunlight through green leaves", "quiet snow",
    "neon city at night", "violet twilight, a river", "gold and black, orbits", "coffee, wood and leather", "pink blossom falling", "charcoal and one red mark",
    "deep ocean, jellyfish", "autumn fire", "a graphic score in blue", "fog over grey stone", "broken stained glass", "lavender fields, wind", "amber honey, slow",
    "northern lights", "lullaby for a machine", "frantic handwriting", "moss and fern, rain running down")


def grid(pictures, columns):
    rows = [np.concatenate(pictures[i:i + columns], 1) for i in range(0, len(pictures), columns)]
    return np.concatenate(rows, 0)


def write(file, picture):
    quality = [cv2.IMWRITE_JPEG_QUALITY, 88] if file.suffix == ".jpg" else []
    cv2.imwrite(str(file), picture[..., ::-1], quality)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--text", type=Path, required=True)
    parser.add_argument("--decoder", type=Path, required=True)
    parser.add_argument("--unet", type=Path, required=True)
    parser.add_argument("--strength", type=float, nargs="+", default=[.5, .7, .9])
    parser.add_argument("--steps", type=int, default=12)
    parser.add_argument("--guidance", type=float, default=3)
    parser.add_argument("--scheduler", default="dpmpp-2m")
    parser.add_argument("--size", type=int, default=512)
    parser.add_argument("--prompts", type=int, default=len(PROMPTS))
    parser.add_argument("--which", default="average", choices=("average", "centre"))
    args = parser.parse_args()
    torch.set_num_threads(1)
    args.out.mkdir(parents=True, exist_ok=True)
    unet, vae, text = load(args.unet, args.which), Autoencoder.load(args.decoder), TextEncoder(args.text)
    rng = np.random.default_rng(77)
    painter = Painter(Noise(77))
    sources = [np.repeat((painter.spectrogram(rng)[..., None] * 255).astype(np.uint8), 3, 2) for _ in range(2)]
    small = lambda p: cv2.resize(p, (256, 256), interpolation=cv2.INTER_AREA)
    shown = [small(s) for s in sources]
    for strength in args.strength:
        out = []
        for i, prompt in enumerate(PROMPTS[:args.prompts]):
            source = cv2.resize(sources[i % 2], (args.size, args.size), interpolation=cv2.INTER_AREA)
            out.append(small(paint(unet, vae, text, source[None], [prompt], [i], Recipe(strength, args.steps, args.guidance, args.scheduler))[0]))
        write(args.out / f"sheet-{strength}.jpg", grid(out, 6))
    write(args.out / "sources.jpg", grid(shown, 2))


if __name__ == "__main__":
    main()
