"""Draws what watch.py wrote: plot.py FIGURES.jsonl PICTURE.png; prints, for each process, medians of the second and the last fifth."""
import json
import statistics
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

LEVEL = 5


def main(figures, picture):
    lines = [json.loads(line) for line in open(figures, encoding="utf-8")]
    lines = [line for line in lines if line["processes"]]
    minutes = [line["s"] / 60 for line in lines]
    names = sorted({name for line in lines for name in line["processes"]})
    series = {name: [line["processes"].get(name, {}).get("mb") for line in lines] for name in names}
    series["broker's disk"] = [line["disk"] / 1e6 for line in lines]
    print(f"{'MB':14s} {'2nd fifth':>10s} {'last fifth':>10s} {'most':>8s}")
    for name, values in series.items():
        known = [v for v in values if v is not None]
        fifth = len(known) // LEVEL
        print(f"{name:14s} {statistics.median(known[fifth:2 * fifth]):10.0f} {statistics.median(known[-fifth:]):10.0f} {max(known):8.0f}")
    figure, axes = plt.subplots(2, 1, sharex=True, figsize=(10, 6))
    for name in names:
        axes[0].plot(minutes, series[name], label=name, linewidth=1)
    axes[0].set_ylabel("resident memory, MB")
    axes[0].legend(loc="upper left", fontsize=8, ncol=3)
    axes[1].plot(minutes, series["broker's disk"], color="black", linewidth=1)
    axes[1].set_ylabel("broker's disk, MB")
    axes[1].set_xlabel("minutes")
    for axis in axes:
        axis.set_ylim(bottom=0)
        axis.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    figure.savefig(picture, dpi=80)


if __name__ == "__main__":
    main(*sys.argv[1:3])
