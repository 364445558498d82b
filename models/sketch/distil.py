"""Distils `sketch-turbo`: four deterministic steps without guidance (progressive distillation, Salimans and Ho 2022; Meng et al. 2023).

    python distil.py --pool DIR --text MINILM --unet unet.pt --out DIR --minutes 20

First the guidance is learned: one call answers what two calls and their extrapolation said. Then the steps are halved, from 16 to 8 to 4: where the
last stage's model takes two DDIM steps from a time, the student must arrive in one. Consistency distillation is no way here: its sampler
adds fresh noise at every step, which drowns latents as small as these, and with them the source.
"""
import argparse
import copy
import time
from pathlib import Path

import numpy as np
import torch

from text import NOTHING, TextEncoder
from train_unet import Pool, begin, fill, flat, weights
from unet import alphas, unet

LAST = -1  # the time after which nothing is left of the noise but what the schedule's first level holds


def levels(schedule, t):
    """Signal and noise at a time; LAST is the schedule's first level, as DDIM takes it with set_alpha_to_one off."""
    power = schedule[t.clamp_min(0)].view(-1, 1, 1, 1)
    return power.sqrt(), (1 - power).sqrt()


def ddim(schedule, x, v, t, after):
    (a, s), (b, r) = levels(schedule, t), levels(schedule, after)
    return b * (a * x - s * v) + r * (s * x + a * v)


def arriving(schedule, x, there, t, after):
    """The v whose one DDIM step leads from x to there."""
    (a, s), (b, r) = levels(schedule, t), levels(schedule, after)
    # there = b (a x - s v) + r (s x + a v)
    return (there - (a * b + s * r) * x) / (a * r - s * b)


class Stage:
    """What the student shall answer at a time, by a frozen model that takes steps half as long, or guidance as it is."""

    def __init__(self, schedule, model, nothing, guidance):
        self.schedule, self.model, self.nothing, self.guidance = schedule, model, nothing, guidance

    def guided(self, x, t, states, mask):
        v = self.model(x, t, states, encoder_attention_mask=mask).sample
        un = self.model(x, t, self.nothing.expand(len(x), -1, -1)).sample
        return un + self.guidance * (v - un)

    @torch.no_grad()
    def answer(self, x, t, stride, states, mask):
        if stride == 0:
            return self.guided(x, t, states, mask)
        half, after = t - stride // 2, (t - stride).clamp_min(LAST)
        middle = ddim(self.schedule, x, self.model(x, t, states, encoder_attention_mask=mask).sample, t, half)
        there = ddim(self.schedule, middle, self.model(middle, half, states, encoder_attention_mask=mask).sample, half, after)
        return arriving(self.schedule, x, there, t, after)


def learn(student, stage, stride, pool, rng, args, minutes, name):
    """Trains the student on one stage; returns its averaged weights."""
    schedule = stage.schedule
    optimiser = torch.optim.AdamW(student.parameters(), lr=args.rate, betas=(.9, .99), weight_decay=0, fused=True)
    average, start, step, shown = flat(student), time.time(), 0, []
    while (progress := (time.time() - start) / 60 / minutes) < 1:
        half = rng.random() < (.9 if progress < .5 else .5)
        x, grey, states, mask = pool.batch(rng, args.batch if half else max(1, args.batch // 4), half)
        if stride:  # the sampler's own times, now and then others
            t = stride * torch.randint(1, len(schedule) // stride + 1, (len(x),)) - 1
            t = torch.where(torch.rand(len(x)) < .2, torch.randint(stride // 2, len(schedule), (len(x),)), t)
        else:
            t = torch.randint(0, len(schedule), (len(x),))
        a, s = levels(schedule, t)
        noised = (a * begin(x, grey, t) + s * torch.randn_like(x)).contiguous(memory_format=torch.channels_last)
        wanted = stage.answer(noised, t, stride, states, mask)
        apart = (student(noised, t, states, encoder_attention_mask=mask).sample - wanted).square().mean((1, 2, 3))
        value = (apart * weights(schedule)[t]).mean()
        optimiser.zero_grad()
        value.backward()
        torch.nn.utils.clip_grad_norm_(student.parameters(), 1.0)
        optimiser.param_groups[0]["lr"] = args.rate * min(1, (step + 1) / 30) * max(.05, 1 - progress)
        optimiser.step()
        step += 1
        with torch.no_grad():
            average.lerp_(flat(student), 1 - min(.98, (1 + step) / (10 + step)))
        shown.append(float(value.detach()))
        if step % 25 == 0:
            print(f"{name}: minute {(time.time() - start) / 60:.1f} step {step} loss {np.mean(shown[-50:]):.4f}", flush=True)
    return average


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pool", type=Path, required=True)
    parser.add_argument("--text", type=Path, required=True)
    parser.add_argument("--unet", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=20, help="shared evenly by guidance and halvings")
    parser.add_argument("--guidance", type=float, default=3.0)
    parser.add_argument("--steps", type=int, nargs="+", default=[8, 4], help="the student's steps, stage after stage")
    parser.add_argument("--batch", type=int, default=12)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = np.random.default_rng(args.seed)
    pool, schedule = Pool(args.pool, args.text, 0, 1), alphas()
    nothing = torch.from_numpy(TextEncoder(args.text)(NOTHING))[None]
    student = fill(unet(), torch.load(args.unet)["average"]).to(memory_format=torch.channels_last)
    stages = [("guidance", 0)] + [(f"{n} steps", len(schedule) // n) for n in args.steps]
    for name, stride in stages:
        stage = Stage(schedule, copy.deepcopy(student).eval().requires_grad_(False), nothing, args.guidance)
        average = learn(student.train(), stage, stride, pool, rng, args, args.minutes / len(stages), name)
        fill(student, average)
        torch.save(dict(average=average), args.out / "turbo.pt")


if __name__ == "__main__":
    main()
