"""The card's sheet, made as a user makes it: 24 prompts over two bundled sounds by one `./sonograph run --sweep`.

    python run_sheet.py --work DIR --out sheet.jpg

Takes are told apart by what their track.json says; each shows its first picture, both sounds of a prompt side by side.
"""
import argparse
import json
import subprocess
from pathlib import Path

import cv2
import numpy as np

from sheet import PROMPTS, grid, write

PROJECT = Path(__file__).resolve().parents[2]
SOUNDS = ("examples/rain-on-tin.flac", "examples/tide.flac")
SIDE, COLUMNS = 224, 8


def shown(file):
    return cv2.resize(cv2.imread(str(file))[..., ::-1], (SIDE, SIDE), interpolation=cv2.INTER_AREA)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--model", default="sketch")
    args = parser.parse_args()
    subprocess.run([str(PROJECT / "sonograph"), "run", *(str(PROJECT / s) for s in SOUNDS), "--out", str(args.work), "--model", args.model, "--seed", "7",
                    "--reading", "red", "--sweep", "prompt=" + "|".join(PROMPTS)], check=True)
    pictures = {}
    for file in args.work.glob("*/track.json"):
        track = json.loads(file.read_text())
        pictures[Path(track["source"]["name"]).stem, track["interpretation"]["diffusion"]["prompt"]] = file.parent
    cells = [shown(pictures[Path(sound).stem, prompt] / "art" / "000000.png") for prompt in PROMPTS for sound in SOUNDS]
    write(args.out, grid(cells, COLUMNS))


if __name__ == "__main__":
    main()
