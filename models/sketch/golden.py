"""Writes what PyTorch paints with the weights as they are stored, for the engine's test: it must come within 2 levels.

    python golden.py --text MINILM --unet unet.pt --decoder decoder.pt --name sketch --out DIR
"""
import argparse
import json
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from autoencoder import Autoencoder
from export import rounded
from pictures import Noise, Painter
from pipeline import Recipe, TURBO, paint
from sheet import PROMPTS
from text import NEGATIVE, NOTHING, TextEncoder
from train_unet import load

SIZES = ((128, 128), (192, 128), (64, 192))  # width, height


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", type=Path, required=True)
    parser.add_argument("--unet", type=Path, required=True)
    parser.add_argument("--decoder", type=Path, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    torch.set_num_threads(1)
    args.out.mkdir(parents=True, exist_ok=True)
    unet, vae, text = rounded(load(args.unet), "int8"), Autoencoder.load(args.decoder), TextEncoder(args.text)
    rounded(vae.decoder, "float16")
    own = TURBO if args.name.endswith("turbo") else Recipe()
    recipes = [own, replace(own, strength=.9), replace(own, strength=.3, steps=2 * own.steps)]
    if own.guidance > 1:
        recipes += [replace(own, scheduler="ddim", guidance=1.0), replace(own, scheduler="euler", guidance=5.0)]
    painter, rng, cases = Painter(Noise(4)), np.random.default_rng(4), []
    for i, recipe in enumerate(recipes):
        source = Image.fromarray((painter.spectrogram(rng) * 255).round().astype(np.uint8)).convert("RGB").resize(SIZES[i % len(SIZES)])
        case = dict(input=f"{args.name}-{i}-in.png", output=f"{args.name}-{i}.png", prompt=PROMPTS[i], negative=(NOTHING, NEGATIVE)[i % 2], seed=1000 + i,
                    **asdict(recipe))
        made = paint(unet, vae, text, np.array(source)[None], [case["prompt"]], [case["seed"]], recipe, case["negative"])[0]
        source.save(args.out / case["input"])
        Image.fromarray(made).save(args.out / case["output"])
        cases.append(case)
    (args.out / f"{args.name}.json").write_text(json.dumps(cases, indent=1) + "\n")


if __name__ == "__main__":
    main()
