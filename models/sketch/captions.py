"""Captions: what a visitor would say of a picture, from a word to a sentence; each part is left out now and then."""
from palettes import PIGMENTS

MANNER_WORDS = {
    "wash": ("a wash", "a soft wash", "watercolour", "a broad field of colour", "mist", "clouds"),
    "bleed": ("a bleed", "ink bleeding into wet paper", "drifting ink", "stains", "blooming pigment", "a dream"),
    "marbling": ("marbling", "marbled paper", "swirling liquid", "veins of stone", "smoke curling"),
    "waves": ("waves", "ripples", "dunes", "stripes", "the sea", "hills"),
    "weave": ("a weave", "woven bands", "a lattice", "cloth", "a net", "a city grid"),
    "rings": ("rings", "orbits", "circles", "planets", "echoes", "an eye"),
    "cells": ("cells", "broken glass", "cracks", "stained glass", "dry earth", "a honeycomb"),
    "dry brush": ("dry brush", "rough brush strokes", "a bristle sweep", "straw", "wind"),
    "strokes": ("calligraphic strokes", "gestures of a brush", "handwriting without words", "a dance", "branches"),
    "drips": ("drips", "rain running down", "melting", "dripping paint", "stalactites"),
    "planes": ("planes", "collage", "paper cut-outs", "blocks", "architecture", "geometry"),
    "spatter": ("spatter", "splashes", "scattered drops", "stars", "sparks", "snowfall"),
    "flow": ("a flow field", "currents", "flowing lines", "hair", "a river", "magnetic lines"),
    "bands": ("bands of light", "horizontal bands", "layers", "strata", "a horizon", "a drone"),
    "score": ("a graphic score", "marks in time", "a rhythm", "falling lines", "music", "northern lights"),
}
MOOD_WORDS = {
    "calm": ("calm", "quiet", "peaceful", "slow"), "still": ("still", "silent", "motionless", "empty"), "dreamy": ("dreamy", "hazy", "half asleep", "soft"),
    "sparse": ("sparse", "minimal", "lonely", "few marks"), "airy": ("airy", "light", "weightless", "open"), "tender": ("tender", "gentle", "delicate", "warm-hearted"),
    "heavy": ("heavy", "massive", "weighty", "bold"), "dense": ("dense", "crowded", "thick", "full"), "restless": ("restless", "nervous", "tired and awake", "busy"),
    "stormy": ("stormy", "violent", "dramatic", "loud"), "frantic": ("frantic", "caffeinated", "electric", "wild"), "solemn": ("solemn", "grave", "dark-hearted", "slow and low"),
}
MEDIA = ("abstract painting", "abstract art", "pigment and ink on cotton paper", "an abstract picture", "ink on paper", "gouache", "no concrete objects", "on paper")
DARK = ("on black paper", "at night", "in the dark", "on a dark ground", "glowing")
LIGHT = ("on white paper", "in daylight", "on pale paper", "bright")
GREY = ("a grey spectrogram", "a spectrogram", "sound as a picture, grey", "the spectrogram of a sound, black and white", "monochrome spectrogram")


def _one(rng, words):
    return words[rng.integers(len(words))]


def _colours(rng, palette):
    first = _one(rng, PIGMENTS[palette.dominant].words)
    draw = rng.random()
    if draw < .45:
        return first
    second = _one(rng, PIGMENTS[palette.second].words)
    accent = _one(rng, PIGMENTS[palette.accent].words)
    if draw < .65:
        return f"{first} and {second}"
    if draw < .8:
        return f"{first} with a little {accent}"
    return f"{first}, {second} and a touch of {accent}"


def caption(rng, composition, palette):
    """Words for a coloured composition."""
    colour = _colours(rng, palette) if rng.random() < .93 else ""
    parts = [_one(rng, MANNER_WORDS[m]) for m in composition.manners[:2]]
    manner = parts[0] if rng.random() < .8 else ""
    if manner and len(parts) > 1 and rng.random() < .35:
        manner += " and " + parts[1]
    mood = _one(rng, MOOD_WORDS[composition.mood]) if composition.mood and rng.random() < .7 else ""
    ground = _one(rng, DARK if palette.dark else LIGHT) if rng.random() < .4 else ""
    medium = _one(rng, MEDIA) if rng.random() < .3 else ""
    form = rng.integers(4)
    if form == 0 and manner and colour:
        text = f"{mood} {manner} in {colour}"
    elif form == 1 and manner and colour:
        text = f"{colour}, {manner}, {mood}"
    elif form == 2 and manner and colour:
        text = f"{mood} {colour} {manner}"
    else:
        text = ", ".join(p for p in (mood, colour, manner) if p)
    text = ", ".join(p.strip(" ,") for p in (text, ground, medium) if p.strip(" ,"))
    return " ".join(text.split()) or "abstract painting"


def grey_caption(rng):
    return _one(rng, GREY)
