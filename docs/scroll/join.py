"""Let one strip dissolve into another of the same size, from left to right.

    python3 join.py DRAWN.png PAINTED.png OUT.jpg
"""
import sys

import numpy as np
from PIL import Image

WIDTH = 1664  # twice the width of a page of text
FROM, TO = 0.15, 0.6  # of the width: where the dissolve begins and ends


def main(drawn, painted, out):
    a, b = (np.asarray(Image.open(file).convert("RGB"), dtype=np.float32) for file in (drawn, painted))
    if a.shape != b.shape:
        raise SystemExit(f"strips of one size expected, {drawn} is {a.shape}, {painted} is {b.shape}")
    x = np.clip((np.linspace(0, 1, a.shape[1]) - FROM) / (TO - FROM), 0, 1)
    mix = a + (b - a) * (x * x * (3 - 2 * x))[None, :, None]
    strip = Image.fromarray(mix.round().astype(np.uint8))
    strip.resize((WIDTH, round(WIDTH * strip.height / strip.width)), Image.LANCZOS).save(out, quality=82)


if __name__ == "__main__":
    main(*sys.argv[1:])
