"""Thirty made pictures and their captions.

    python preview.py --out preview.png --seed 1
"""
import argparse
from pathlib import Path

import cv2
import numpy as np

from captions import caption
from palettes import palette
from pictures import MANNERS, Noise, Painter

ROWS, COLUMNS, SIDE = 5, 6, 256


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    rng, painter, made = np.random.default_rng(args.seed), Painter(Noise(args.seed)), []
    for i in range(ROWS * COLUMNS):
        from_sound = i >= (ROWS - 2) * COLUMNS
        composition = painter.from_spectrogram(rng) if from_sound else painter.compose(rng, MANNERS[i % len(MANNERS)])
        colours = palette(rng, dark=True if from_sound else None)
        print(f"row {i // COLUMNS + 1}, column {i % COLUMNS + 1}: {caption(rng, composition, colours)}")
        made.append(cv2.resize(composition.colour(colours), (SIDE, SIDE), interpolation=cv2.INTER_AREA))
    sheet = np.concatenate([np.concatenate(made[i:i + COLUMNS], 1) for i in range(0, len(made), COLUMNS)], 0)
    cv2.imwrite(str(args.out), (sheet[..., ::-1] * 255).round().astype(np.uint8))


if __name__ == "__main__":
    main()
