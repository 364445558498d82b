"""Twelve pigments, and the words that people use for them.

A palette is six colours in sRGB, 0 to 1: paper, dominant, its deep form, second, accent, ink. It is used 60/30/10 (`pictures.py`).
"""
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Pigment:
    """One pigment: light, full and deep form, and words that mean it."""
    light: tuple
    full: tuple
    deep: tuple
    words: tuple


def _rgb(text):
    return tuple(int(text[i:i + 2], 16) / 255 for i in (0, 2, 4))


def _pigment(light, full, deep, words):
    return Pigment(_rgb(light), _rgb(full), _rgb(deep), tuple(words.split(", ")))


PIGMENTS = {
    "ultramarine": _pigment("8fb0e0", "2a55b8", "101f5c", "blue, ultramarine, indigo, navy, midnight blue, cobalt, sapphire, deep ocean, evening sky"),
    "vermilion": _pigment("eb8f7c", "cf2b22", "640d10", "red, vermilion, crimson, scarlet, cinnabar, blood, ruby, embers, poppies"),
    "viridian": _pigment("8fc79c", "24854a", "0c3a24", "green, viridian, emerald, moss, jade, forest, leaves, fern, grass"),
    "ochre": _pigment("f7dc83", "eab41f", "8a5c0c", "yellow, ochre, gold, amber, honey, lemon, sunlight, saffron, wheat"),
    "persimmon": _pigment("f7b27c", "ea751c", "8c360a", "orange, persimmon, pumpkin, rust, copper, tangerine, fire, terracotta, autumn"),
    "violet": _pigment("bda3dc", "6f3fa3", "301655", "violet, purple, plum, lavender, amethyst, mauve, grape, twilight, iris"),
    "madder": _pigment("f5bccb", "e2608e", "861f4c", "pink, rose, magenta, blossom, madder, coral pink, flamingo, raspberry, peony"),
    "verdigris": _pigment("95dbd6", "1fa19f", "0b4a50", "turquoise, verdigris, teal, cyan, lagoon, aqua, peacock, glacier, sea glass"),
    "umber": _pigment("cfae8c", "85552e", "3a2010", "brown, umber, sepia, coffee, earth, wood, chocolate, clay, leather"),
    "sumi": _pigment("8b8883", "2c2a2a", "0f0e10", "black, sumi ink, soot, charcoal, night, coal, darkness, shadow, obsidian"),
    "ash": _pigment("cdcfd0", "8f9599", "4d5358", "grey, gray, ash, silver, smoke, stone, fog, steel, slate"),
    "chalk": _pigment("fbf9f4", "efebe2", "c9c2b4", "white, chalk, ivory, bone, snow, milk, paper, frost, pearl"),
}
NAMES = tuple(PIGMENTS)
PAPERS = (_rgb("f5f2ec"), _rgb("efe8d8"), _rgb("f2efe9"), _rgb("e8dfcc"))
DARKS = (_rgb("17161a"), _rgb("1d1a17"), _rgb("141a22"))
# What a painter would set beside each dominant: second, accent.
COMPANIONS = {
    "ultramarine": (("ash", "verdigris", "violet", "sumi"), ("ochre", "persimmon", "vermilion")),
    "vermilion": (("umber", "persimmon", "sumi", "madder"), ("verdigris", "chalk", "ochre")),
    "viridian": (("verdigris", "ochre", "umber", "sumi"), ("madder", "vermilion", "ochre")),
    "ochre": (("persimmon", "umber", "ash", "chalk"), ("ultramarine", "violet", "sumi")),
    "persimmon": (("umber", "vermilion", "ochre", "madder"), ("verdigris", "ultramarine", "chalk")),
    "violet": (("ultramarine", "madder", "ash", "sumi"), ("ochre", "verdigris", "persimmon")),
    "madder": (("violet", "ash", "chalk", "vermilion"), ("viridian", "verdigris", "ochre")),
    "verdigris": (("viridian", "ultramarine", "chalk", "ash"), ("vermilion", "persimmon", "madder")),
    "umber": (("persimmon", "ochre", "ash", "sumi"), ("ultramarine", "verdigris", "chalk")),
    "sumi": (("ash", "sumi", "ultramarine", "umber"), ("vermilion", "ochre", "chalk")),
    "ash": (("sumi", "chalk", "ultramarine", "ash"), ("ochre", "vermilion", "verdigris")),
    "chalk": (("ash", "ochre", "chalk", "madder"), ("sumi", "ultramarine", "vermilion")),
}
SLOTS = ("ground", "dominant", "dominant deep", "dominant light", "second", "second deep", "accent", "ink", "grain")


@dataclass(frozen=True)
class Palette:
    """Colours of one picture.

    colours: float [9 slots, 3], sRGB; the last slot is the amplitude of the paper's grain.
    """
    dominant: str
    second: str
    accent: str
    dark: bool
    colours: np.ndarray


def palette(rng, dominant=None, dark=None):
    """Draws a palette; the dominant pigment and the kind of ground may be given."""
    dominant = dominant or NAMES[rng.integers(len(NAMES))]
    seconds, accents = COMPANIONS[dominant]
    second = seconds[rng.integers(len(seconds))] if rng.random() < .85 else NAMES[rng.integers(len(NAMES))]
    accent = accents[rng.integers(len(accents))] if rng.random() < .85 else NAMES[rng.integers(len(NAMES))]
    if dark is None:
        dark = bool(rng.random() < {"sumi": .85, "chalk": 0}.get(dominant, .3))
    d, s, a = PIGMENTS[dominant], PIGMENTS[second], PIGMENTS[accent]
    if dark:
        ground = .75 * np.array(DARKS[rng.integers(len(DARKS))]) + .25 * np.array(d.deep)
        ink = np.array(PAPERS[0])
    else:
        ground = .86 * np.array(PAPERS[rng.integers(len(PAPERS))]) + .14 * np.array(d.light)
        ink = np.array(DARKS[rng.integers(len(DARKS))])
    rows = [ground, d.full, d.deep, d.light, s.full, s.deep, a.full, ink]
    rows = np.array(rows) + rng.normal(0, .018, (8, 1)) + rng.normal(0, .012, (8, 3))
    grain = np.full((1, 3), .022 if not dark else .016)
    return Palette(dominant, second, accent, dark, np.concatenate([rows.clip(0.02, .985), grain]).astype(np.float32))
