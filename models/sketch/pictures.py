"""Procedural pictures: pigment and ink on cotton paper, in one manner.

A picture is a stack of layers. A layer is an *element* (where the pigment is: a signed distance in pixels, positive inside), an *edge* (cut,
dry brush or bleed) and a *depth* (how much pigment has gathered: granulation, rims). What is left is a weight for each slot of a palette and
each pixel, so that one composition can be coloured many times.

Arrays are float32 [512 rows, 512 columns] unless said otherwise; row 0 is the top.
"""
import math
from dataclasses import dataclass, field as record_field

import cv2
import numpy as np

from palettes import SLOTS

SIDE = 512
GROUND, FULL, DEEP, LIGHT, SECOND, SECOND_DEEP, ACCENT, INK, GRAIN = range(len(SLOTS))
Y, X = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
MANNERS = ("wash", "bleed", "marbling", "waves", "weave", "rings", "cells", "dry brush", "strokes", "drips", "planes", "spatter", "flow")


@dataclass
class Mood:
    """Sets frequency, contrast and how much of the sheet is used, each 0 to 1."""
    word: str
    frequency: float
    contrast: float
    cover: float


MOODS = {
    "calm": Mood("calm", .15, .35, .5), "still": Mood("still", .1, .3, .4), "dreamy": Mood("dreamy", .25, .4, .6),
    "sparse": Mood("sparse", .3, .6, .2), "airy": Mood("airy", .35, .4, .3), "tender": Mood("tender", .3, .35, .5),
    "heavy": Mood("heavy", .25, .9, .9), "dense": Mood("dense", .8, .8, .9), "restless": Mood("restless", .75, .7, .6),
    "stormy": Mood("stormy", .7, 1, .8), "frantic": Mood("frantic", 1, .9, .7), "solemn": Mood("solemn", .2, .8, .8),
    "": Mood("", .5, .6, .6),
}


class Noise:
    """A bank of periodic noise tiles with uniform values 0 to 1; cutting from it costs next to nothing."""

    SIZE = 1024

    def __init__(self, seed, tiles=5):
        rng = np.random.default_rng(seed)
        f = np.hypot(np.fft.fftfreq(self.SIZE)[:, None], np.fft.rfftfreq(self.SIZE)[None]) * self.SIZE
        f[0, 0] = 1e9
        spectra = {
            "smooth": np.exp(-(f / 5) ** 2), "cloud": f ** -1.9 * (f > 1.5), "rough": f ** -1.25 * (f > 2), "fine": np.exp(-((f - 150) / 130) ** 2),
        }
        self.tiles = {kind: [self._tile(rng, s) for _ in range(tiles)] for kind, s in spectra.items()}
        # fibres and bristles: fine across, long along
        fy, fx = np.fft.fftfreq(self.SIZE)[:, None] * self.SIZE, np.fft.rfftfreq(self.SIZE)[None] * self.SIZE
        streak = np.exp(-(fx / 6) ** 2) * np.exp(-((np.abs(fy) - 70) / 90) ** 2)
        self.tiles["streak"] = [self._tile(rng, streak) for _ in range(tiles)]

    def _tile(self, rng, spectrum):
        white = np.fft.rfft2(rng.standard_normal((self.SIZE, self.SIZE)).astype(np.float32))
        t = np.fft.irfft2(white * spectrum, (self.SIZE, self.SIZE))
        t = (t / t.std()).astype(np.float32)
        return (1 / (1 + np.exp(-1.702 * t))).astype(np.float32)  # about the normal distribution's own

    def __call__(self, rng, kind, zoom=1.0):
        """A cut of the sheet's size; zoom > 1 shows more and smaller features."""
        w = int(np.clip(SIDE * zoom, 64, self.SIZE))
        tile = self.tiles[kind][rng.integers(len(self.tiles[kind]))]
        y, x = rng.integers(0, self.SIZE - w + 1, 2)
        cut = tile[y:y + w, x:x + w]
        if rng.random() < .5:
            cut = cut[:, ::-1]
        if rng.random() < .5:
            cut = cut[::-1]
        if kind != "streak" and rng.random() < .5:
            cut = cut.T
        return cv2.resize(np.ascontiguousarray(cut), (SIDE, SIDE), interpolation=cv2.INTER_LINEAR)

    def turned(self, rng, angle):
        """Bristle streaks that run along an angle in radians."""
        tile = self.tiles["streak"][rng.integers(len(self.tiles["streak"]))]
        m = cv2.getRotationMatrix2D((float(rng.uniform(300, 700)), float(rng.uniform(300, 700))), -math.degrees(angle), 1.0)
        return cv2.warpAffine(tile, m, (SIDE, SIDE), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)


@dataclass
class Composition:
    """Weights [9 slots, 512*512] that sum to 1 without the grain, and what was drawn."""
    weights: np.ndarray
    manners: list = record_field(default_factory=list)
    mood: str = ""
    spectrogram: np.ndarray = None  # the grey picture it was laid over, [512, 512], where there is one

    def colour(self, palette):
        """The picture in a palette's colours: float32 [512, 512, 3], 0 to 1."""
        flat = palette.colours.T @ self.weights
        return np.clip(flat, 0, 1).reshape(3, SIDE, SIDE).transpose(1, 2, 0)


def smoothstep(x):
    x = np.clip(x, 0, 1)
    return x * x * (3 - 2 * x)


class Painter:
    """Draws compositions; all randomness comes from the generator it is given."""

    def __init__(self, noise):
        self.noise = noise

    # -- elements: signed distance in pixels, positive where there is pigment

    def _level(self, f, cover, slope):
        sample = np.sort(f[::8, ::8], axis=None)
        return (f - sample[int((1 - np.clip(cover, .03, .97)) * (sample.size - 1))]) * slope

    def wash(self, rng, mood, cover):
        f = self.noise(rng, "smooth", rng.uniform(.35, .8) + .5 * mood.frequency)
        a = rng.uniform(0, 2 * math.pi)
        f = f + rng.uniform(.2, .8) * (math.cos(a) * X + math.sin(a) * Y) / SIDE
        return self._level(f, cover, 260)

    def bleed(self, rng, mood, cover):
        f = self.noise(rng, "smooth", rng.uniform(.3, .7) + .4 * mood.frequency) + .6 * self.noise(rng, "cloud", rng.uniform(.4, 1))
        return self._level(f, cover, 150)

    def marbling(self, rng, mood, cover):
        u, v = X / SIDE, Y / SIDE
        k = rng.uniform(1.2, 2.5) + 2 * mood.frequency
        n1, n2 = self.noise(rng, "smooth", rng.uniform(.4, .9)), self.noise(rng, "cloud", rng.uniform(.3, .7))
        a = rng.uniform(0, math.pi)
        f = np.sin(2 * math.pi * k * (math.cos(a) * u + math.sin(a) * v + 1.1 * n1 + .45 * n2))
        return self._level(f, cover, 30 / (.4 + mood.frequency))

    def waves(self, rng, mood, cover):
        k = rng.uniform(3, 6) + 10 * mood.frequency
        a = rng.normal(0, .35) + (math.pi / 2 if rng.random() < .25 else 0)
        bend = self.noise(rng, "smooth", rng.uniform(.3, .9)) + .15 * self.noise(rng, "cloud", .6)
        f = np.sin(2 * math.pi * (k * (-math.sin(a) * X + math.cos(a) * Y) / SIDE + rng.uniform(.3, 1.6) * bend))
        swell = self.noise(rng, "smooth", .5) - .5
        return self._level(f + 1.1 * swell, cover, 80 / k * 2)

    def weave(self, rng, mood, cover):
        k = rng.uniform(4, 7) + 9 * mood.frequency
        a = rng.uniform(0, math.pi)
        warp = .35 * self.noise(rng, "smooth", .6)
        u = k * ((math.cos(a) * X + math.sin(a) * Y) / SIDE + warp)
        v = k * ((-math.sin(a) * X + math.cos(a) * Y) / SIDE + .3 * warp)
        over = (np.floor(u) + np.floor(v)) % 2
        band = np.where(over > 0, np.abs(u % 1 - .5), np.abs(v % 1 - .5))
        d = (rng.uniform(.3, .42) - band) * SIDE / k
        return np.minimum(d, self._level(self.noise(rng, "smooth", .5), min(.95, cover + .35), 260))

    def rings(self, rng, mood, cover):
        d = np.full((SIDE, SIDE), -1e3, np.float32)
        for _ in range(int(rng.integers(1, 2 + int(3 * mood.frequency) + 1))):
            cx, cy = rng.uniform(-40, SIDE + 40, 2)
            squash, turn = rng.uniform(.55, 1), rng.uniform(0, math.pi)
            u = math.cos(turn) * (X - cx) + math.sin(turn) * (Y - cy)
            v = (-math.sin(turn) * (X - cx) + math.cos(turn) * (Y - cy)) / squash
            r = np.sqrt(u * u + v * v) + 26 * (self.noise(rng, "smooth", .5) - .5)
            radius = rng.uniform(40, 110)
            for _ in range(int(rng.integers(1, 4 + int(4 * mood.frequency)))):
                width = rng.uniform(3, 14) + 26 * cover * rng.random()
                d = np.maximum(d, width - np.abs(r - radius))
                radius += rng.uniform(24, 80) * (1.2 - .6 * mood.frequency)
            if rng.random() < .4:
                d = np.maximum(d, rng.uniform(15, 90) * (.4 + cover) - r)
        return d

    def cells(self, rng, mood, cover):
        n = int(rng.integers(8, 14 + int(40 * mood.frequency)))
        points = rng.uniform(-.1, 1.1, (n, 2)).astype(np.float32)
        small = 128
        v, u = np.mgrid[0:small, 0:small].astype(np.float32) / small
        bend = rng.uniform(0, .16)
        u = u + bend * (cv2.resize(self.noise(rng, "smooth", .8), (small, small)) - .5)
        v = v + bend * (cv2.resize(self.noise(rng, "smooth", .8), (small, small)) - .5)
        far = (u[None] - points[:, 0, None, None]) ** 2 + (v[None] - points[:, 1, None, None]) ** 2
        order = np.argpartition(far, 1, axis=0)[:2]
        near = np.sqrt(np.take_along_axis(far, order, 0))
        edge = cv2.resize((near[1] - near[0]) * SIDE / 2, (SIDE, SIDE), interpolation=cv2.INTER_CUBIC)
        if rng.random() < .45:  # cracks: the edges are painted
            return rng.uniform(2, 7) - edge
        chosen = rng.random(n) < np.clip(cover + .1, .2, .9)
        inside = cv2.resize(chosen[order[0]].astype(np.float32), (SIDE, SIDE)) - .5
        return np.minimum(edge - rng.uniform(1, 6), inside * 60)

    def dry_brush(self, rng, mood, cover):
        d = np.full((SIDE, SIDE), -1e3, np.float32)
        a = rng.normal(0, .5) + (math.pi / 2 if rng.random() < .2 else 0)
        for _ in range(int(rng.integers(1, 3 + int(3 * mood.frequency)))):
            cx, cy = rng.uniform(60, SIDE - 60, 2)
            turn = a + rng.normal(0, .25)
            u = math.cos(turn) * (X - cx) + math.sin(turn) * (Y - cy)
            v = -math.sin(turn) * (X - cx) + math.cos(turn) * (Y - cy) + rng.uniform(-.0012, .0012) * u * u
            length, width = rng.uniform(120, 330), rng.uniform(18, 40) + 90 * cover * rng.random()
            bristles = self.noise.turned(rng, turn)
            dry = np.clip(u / length * .5 + .35, 0, 1)
            d = np.maximum(d, np.minimum(width - np.abs(v), (length - np.abs(u)) * .5) - (60 * dry + 8) * bristles * (.4 + dry))
        return d

    def _lines(self, paths, widths):
        m = np.zeros((SIDE, SIDE), np.uint8)
        for path, width in zip(paths, widths):
            w = np.broadcast_to(np.asarray(width, np.float32), len(path) - 1)
            pts = (path * 8).astype(np.int32)
            for i in range(len(path) - 1):
                cv2.line(m, pts[i], pts[i + 1], 255, max(1, int(w[i])), cv2.LINE_AA, 3)
        soft = cv2.GaussianBlur(m, (0, 0), 1.2).astype(np.float32) / 255
        return (soft - .5) * 5

    def strokes(self, rng, mood, cover):
        paths, widths = [], []
        for _ in range(int(rng.integers(1, 3 + int(7 * mood.frequency)))):
            n = 40
            turns = np.cumsum(rng.normal(0, .05 + .25 * mood.frequency * rng.random(), n)) + rng.uniform(0, 2 * math.pi)
            turns = np.convolve(turns, np.ones(7) / 7, "same") if rng.random() < .7 else turns
            step = rng.uniform(6, 16)
            p = np.cumsum(np.stack([np.cos(turns), np.sin(turns)], 1) * step, 0)
            paths.append((p - p.mean(0) + rng.uniform(100, SIDE - 100, 2)).astype(np.float32))
            s = np.linspace(0, 1, n - 1)
            widths.append((rng.uniform(4, 14) + 40 * cover * rng.random()) * (np.sin(math.pi * s ** rng.uniform(.5, 1.5)) ** .6 * .9 + .1))
        return self._lines(paths, widths) - 2.2 * self.noise(rng, "rough", 1) + 1.1

    def drips(self, rng, mood, cover):
        head = rng.uniform(20, 60) + 150 * cover
        top = self.noise(rng, "smooth", .9)[0] * 90
        d = head + top[None] - Y
        xs = np.sort(rng.uniform(0, SIDE, int(rng.integers(4, 8 + int(22 * mood.frequency)))))
        for x in xs:
            length, r = head + rng.exponential(130) + 30, rng.uniform(2.5, 9)
            wobble = 5 * np.sin(Y / rng.uniform(30, 90) + rng.uniform(0, 6))
            run = np.minimum(r * (.55 + .45 * np.clip(Y / length, 0, 1)) - np.abs(X - x - wobble * .4), (length - Y) * .7)
            drop = r * 1.35 - np.hypot(X - x - wobble * .4, Y - length)
            d = np.maximum(d, np.maximum(run, drop))
        return d

    def planes(self, rng, mood, cover):
        d = np.full((SIDE, SIDE), -1e3, np.float32)
        tilt = rng.normal(0, .2)
        for _ in range(int(rng.integers(1, 3 + int(4 * mood.frequency)))):
            cx, cy = rng.uniform(60, SIDE - 60, 2)
            turn = tilt + rng.choice([0, math.pi / 2]) + rng.normal(0, .12)
            u = math.cos(turn) * (X - cx) + math.sin(turn) * (Y - cy)
            v = -math.sin(turn) * (X - cx) + math.cos(turn) * (Y - cy)
            w, h = rng.uniform(40, 120) + 160 * cover * rng.random(), rng.uniform(15, 70) + 120 * cover * rng.random()
            shear = rng.normal(0, .15)
            d = np.maximum(d, np.minimum(w - np.abs(u + shear * v), h - np.abs(v)))
        return d

    def spatter(self, rng, mood, cover):
        m = np.zeros((SIDE, SIDE), np.uint8)
        centres = rng.uniform(0, SIDE, (int(rng.integers(1, 4)), 2))
        for _ in range(int(rng.integers(20, 50 + int(160 * mood.frequency)))):
            c = centres[rng.integers(len(centres))] + rng.normal(0, rng.uniform(30, 170), 2)
            r = min(1.2 + rng.pareto(1.6) * 2.6, 10 + 40 * cover)
            cv2.ellipse(m, ((c[0], c[1]), (2 * r, 2 * r * rng.uniform(.7, 1.3)), rng.uniform(0, 180)), 255, -1, cv2.LINE_AA)
        return (cv2.GaussianBlur(m, (0, 0), 1.0).astype(np.float32) / 255 - .5) * 5

    def flow(self, rng, mood, cover):
        potential = self.noise(rng, "smooth", rng.uniform(.35, .7) + .35 * mood.frequency)
        gy, gx = np.gradient(cv2.resize(potential, (128, 128)))
        n, steps = int(rng.integers(30, 60 + int(120 * cover))), int(rng.integers(15, 45))
        p = rng.uniform(0, 128, (n, 2)).astype(np.float32)
        trail = [p.copy()]
        for _ in range(steps):
            i = np.clip(p.astype(int), 0, 127)
            v = np.stack([gy[i[:, 1], i[:, 0]], -gx[i[:, 1], i[:, 0]]], 1)
            p = p + 1.6 * v / (np.linalg.norm(v, axis=1, keepdims=True) + 1e-6)
            trail.append(p.copy())
        trail = np.stack(trail, 1) * 4
        return self._lines(list(trail), rng.uniform(1.5, 5 + 9 * cover, n)) - 1.6 * self.noise(rng, "rough", 1) + .8

    def element(self, rng, manner, mood, cover):
        return getattr(self, manner.replace(" ", "_"))(rng, mood, cover)

    # -- edges and depth

    EDGES = {"wash": (.1, .2, .7), "bleed": (0, 0, 1), "marbling": (.5, .1, .4), "waves": (.35, .35, .3), "weave": (.5, .4, .1), "rings": (.4, .3, .3),
             "cells": (.75, .05, .2), "dry brush": (1, 0, 0), "strokes": (.6, .4, 0), "drips": (.8, 0, .2), "planes": (.75, .2, .05), "spatter": (.9, 0, .1),
             "flow": (.6, .3, .1)}

    def layer(self, rng, manner, mood, cover):
        """Coverage and depth of pigment, each [512, 512], 0 to 1."""
        d = self.element(rng, manner, mood, cover)
        edge = rng.choice(3, p=self.EDGES[manner])
        opacity = .72 + .28 * mood.contrast
        if edge == 0:
            alpha = smoothstep(d / 2 + .5)
            depth = .25 * self.noise(rng, "cloud", .7)
        elif edge == 1:
            reach = rng.uniform(8, 26)
            alpha = smoothstep((d + reach * (self.noise.turned(rng, rng.normal(0, .4)) - .62)) / 3 + .5)
            depth = .3 * self.noise(rng, "cloud", .7)
        else:
            reach = rng.uniform(14, 60) * (1.2 - .5 * mood.contrast)
            d = d + .5 * reach * (self.noise(rng, "cloud", rng.uniform(.5, 1)) - .5) + 4 * (self.noise(rng, "rough", 1) - .5)
            alpha = smoothstep(d / reach + .5)
            rim = np.exp(-((d - .12 * reach) / (2 + .09 * reach)) ** 2)
            depth = .55 * rim * rng.random() + .45 * self.noise(rng, "cloud", rng.uniform(.4, .9))
            alpha = alpha * (.72 + .28 * self.noise(rng, "cloud", .5))
        depth = depth + .22 * (self.noise(rng, "fine", 1) - .5) * (.5 + .5 * mood.contrast)
        return opacity * alpha, np.clip(depth * (.5 + .8 * mood.contrast), 0, 1)

    # -- compositions

    def _lay(self, w, alpha, depth, full, deep):
        a = alpha.ravel()
        w[:GRAIN] *= 1 - a
        w[full] += a * (1 - depth.ravel())
        w[deep] += a * depth.ravel()

    def _sheet(self, rng):
        w = np.zeros((len(SLOTS), SIDE * SIDE), np.float32)
        w[GROUND] = 1
        w[GRAIN] = (1.2 * (self.noise(rng, "fine", 1) - .5) + .8 * (self.noise(rng, "rough", 1) - .5)).ravel()
        return w

    def compose(self, rng, manner=None, mood=None):
        """One dominant mass, a second structure, marks; at least a quarter stays quiet."""
        mood = MOODS[mood] if mood is not None else list(MOODS.values())[rng.integers(len(MOODS))] if rng.random() < .7 else MOODS[""]
        manner = manner or MANNERS[rng.integers(len(MANNERS))]
        w = self._sheet(rng)
        manners = [manner]
        lined = manner in ("rings", "dry brush", "strokes", "spatter", "flow", "drips", "planes")
        if lined or rng.random() < .35:  # the mass is a wash, the manner is drawn over it
            alpha, depth = self.layer(rng, "wash" if rng.random() < .6 else "bleed", mood, .3 + .4 * mood.cover)
            self._lay(w, alpha, depth, LIGHT if rng.random() < .4 else FULL, FULL if rng.random() < .3 else DEEP)
            alpha, depth = self.layer(rng, manner, mood, .15 + .5 * mood.cover)
            slots = (SECOND, SECOND_DEEP) if rng.random() < .55 else (DEEP, DEEP) if rng.random() < .6 else (INK, INK)
            self._lay(w, alpha, depth, *slots)
        else:
            alpha, depth = self.layer(rng, manner, mood, .28 + .42 * mood.cover)
            self._lay(w, alpha, depth, FULL, DEEP)
            if rng.random() < .6:
                second = manner if rng.random() < .5 else MANNERS[rng.integers(len(MANNERS))]
                alpha, depth = self.layer(rng, second, mood, .1 + .25 * mood.cover)
                self._lay(w, alpha, depth, SECOND, SECOND_DEEP)
                if second != manner:
                    manners.append(second)
        if rng.random() < .6:
            mark = ("spatter", "strokes", "planes", "rings", "dry brush", "flow")[rng.integers(6)]
            alpha, depth = self.layer(rng, mark, MOODS["sparse"], .02 + .1 * rng.random())
            self._lay(w, alpha, depth, ACCENT, ACCENT)
            manners.append(mark)
        if rng.random() < .25:
            alpha, depth = self.layer(rng, ("strokes", "spatter", "cells")[rng.integers(3)], MOODS["sparse"], .03)
            self._lay(w, alpha, depth, INK, INK)
        return Composition(w, manners, mood.word)

    # -- pictures that are laid out like spectrograms

    def spectrogram(self, rng):
        """A grey picture as the program draws one: low notes at the bottom, black is silence; [512, 512], 0 to 1."""
        s = np.zeros((SIDE, SIDE), np.float32)
        t = np.arange(SIDE, dtype=np.float32)
        kinds = rng.random(4)
        gate = np.ones(SIDE, np.float32)
        if rng.random() < .5:
            gate = smoothstep((self.noise(rng, "smooth", .6)[0] - rng.uniform(.1, .45)) * rng.uniform(3, 20))
        if kinds[0] < .75:  # partials: on an octave axis they crowd upwards
            for _ in range(int(rng.integers(1, 5))):
                base = rng.uniform(300, 505)
                glide = rng.normal(0, 25) * (t / SIDE) + rng.uniform(0, 8) * np.sin(t / rng.uniform(8, 60))
                start = rng.uniform(-200, SIDE * .7) if rng.random() < .7 else -200
                env = np.where(t >= start, np.exp(-np.maximum(t - start, 0) / rng.uniform(40, 900)), 0) * np.where(kinds[1] < .6, gate, 1)
                loud, fall = rng.uniform(.6, 1), rng.uniform(.02, .12)
                for k in range(1, int(rng.integers(2, 24))):
                    y = base - 64 * np.log2(k) + glide
                    width = max(1.3, 14 / k ** .8) if base > 420 else max(1.2, 7 / k ** .7)
                    near = np.abs(Y - y[None])
                    s = np.maximum(s, (loud - fall * k) * np.exp(-(near / width) ** 2 * .7) * env[None] ** .35)
        if kinds[2] < .65:  # attacks
            times = np.cumsum(rng.exponential(rng.uniform(12, 110), 40)) + rng.uniform(0, 60)
            if rng.random() < .4:
                times = np.arange(rng.uniform(0, 60), SIDE, rng.uniform(24, 120))
            tone = np.exp(-((Y - rng.uniform(0, SIDE)) / rng.uniform(60, 400)) ** 2)
            for at in times[times < SIDE][:24]:
                after = X - at
                decay = rng.uniform(3, 60)
                hit = np.where(after >= 0, np.exp(-after / decay), np.exp(after / 1.5)) * rng.uniform(.4, 1)
                s = np.maximum(s, hit * tone * (.75 + .5 * self.noise(rng, "fine", 1)))
        if kinds[3] < .7:  # haze
            top, bottom = np.sort(rng.uniform(-100, SIDE + 100, 2))
            band = smoothstep((Y - top) / 60) * smoothstep((bottom - Y) / 60)
            speckle = self.noise(rng, "fine", 1) if rng.random() < .7 else self.noise(rng, "rough", 1)
            haze = band * gate[None] * rng.uniform(.25, .75) * (.6 + .8 * (speckle - .5) + .4 * (self.noise(rng, "cloud", .6) - .5))
            s = np.maximum(s, haze)
        if s.max() < .3:
            return self.spectrogram(rng)
        s = s + .05 * (self.noise(rng, "fine", 1) - .5) * (s > .04)
        return np.clip(s * rng.uniform(.85, 1.05), 0, 1)

    def from_spectrogram(self, rng, s=None):
        """A spectrogram's layout in pigments: its light stays where it was, its greys become colours."""
        s = self.spectrogram(rng) if s is None else s
        mood = list(MOODS.values())[rng.integers(len(MOODS))]
        w = self._sheet(rng)
        w[:GRAIN] = 0
        soft = cv2.GaussianBlur(s, (0, 0), rng.uniform(1, 6))
        bent = soft + rng.uniform(.04, .2) * (self.noise(rng, "cloud", .7) - .5) + .05 * (self.noise(rng, "rough", 1) - .5)
        blend = rng.uniform(.03, .2)  # narrow: flat planes; wide: washes

        def above(level):
            return smoothstep((bent - level) / blend + .5).ravel()

        heard = np.sort(soft[::4, ::4][soft[::4, ::4] > .05])
        low, mid, high = (heard[int(q * (heard.size - 1))] for q in (rng.uniform(.02, .35), rng.uniform(.45, .75), rng.uniform(.82, .98)))
        a, b, c = above(max(low, .05)), above(mid + .02), above(high + .04)
        w[GROUND] = 1 - a
        w[DEEP] = a * (1 - b) * .3
        w[FULL] = a * (1 - b) * .7 + a * b * (1 - c) * .6
        w[LIGHT] = a * b * (1 - c) * .4 + a * b * c
        if rng.random() < .6:  # the second pigment takes one region
            m = smoothstep((self.noise(rng, "smooth", .5) - rng.uniform(.4, .7)) * 5 + .5).ravel() * a
            w[:GRAIN] *= 1 - .85 * m
            w[SECOND] += .85 * m * (.3 + .7 * soft.ravel())
            w[SECOND_DEEP] += .85 * m * (.7 - .7 * soft.ravel())
        manners = ["bands" if rng.random() < .5 else "score"]
        if rng.random() < .45:
            manner = MANNERS[rng.integers(len(MANNERS))]
            alpha, depth = self.layer(rng, manner, mood, .1 + .3 * mood.cover)
            if rng.random() < .5:
                self._lay(w, alpha * (.35 + .65 * soft), depth, ACCENT, ACCENT)
            else:
                self._lay(w, alpha * .8, depth, FULL, DEEP)
            manners = [manner] + manners
        elif rng.random() < .5:
            alpha, depth = self.layer(rng, ("spatter", "strokes", "rings")[rng.integers(3)], MOODS["sparse"], .05)
            self._lay(w, alpha, depth, ACCENT, ACCENT)
        return Composition(w, manners, mood.word, s)
