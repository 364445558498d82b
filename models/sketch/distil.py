"""Distils `sketch-turbo`: one that is good at four steps without guidance (latent consistency, Luo et al. 2023).

    python distil.py --pool DIR --text MINILM --unet unet.pt --out DIR --minutes 20

The student's answer at a time t and at the next time that the guided teacher's DDIM step leads to shall be the same; at t = 0 it is the
picture itself. The guidance is baked in.
"""
import argparse
import copy
import time
from pathlib import Path

import numpy as np
import torch

from text import NOTHING, TextEncoder
from train_unet import GREY_START_FROM, Pool, fill, flat
from unet import alphas, unet

STEPS = 50  # LCMScheduler's original_inference_steps
SIGMA_DATA, TIMESTEP_SCALING = 0.5, 10.0  # LCMScheduler's


def boundary(t):
    scaled = t.float() * TIMESTEP_SCALING
    skip = SIGMA_DATA ** 2 / (scaled ** 2 + SIGMA_DATA ** 2)
    out = scaled / (scaled ** 2 + SIGMA_DATA ** 2).sqrt()
    return skip.view(-1, 1, 1, 1), out.view(-1, 1, 1, 1)


def answer(model, x, t, states, mask, schedule):
    a, s = schedule[t].sqrt().view(-1, 1, 1, 1), (1 - schedule[t]).sqrt().view(-1, 1, 1, 1)
    v = model(x, t, states, encoder_attention_mask=mask).sample
    skip, out = boundary(t)
    return skip * x + out * (a * x - s * v)


@torch.no_grad()
def teacher_step(model, x, t, before, states, mask, nothing, guidance, schedule):
    """One guided DDIM step from t to an earlier time."""
    a, s = schedule[t].sqrt().view(-1, 1, 1, 1), (1 - schedule[t]).sqrt().view(-1, 1, 1, 1)
    v = model(x, t, states, encoder_attention_mask=mask).sample
    un = model(x, t, nothing.expand(len(x), -1, -1)).sample
    v = un + guidance * (v - un)
    clean, noise = a * x - s * v, s * x + a * v
    earlier = torch.where(before >= 0, schedule[before.clamp_min(0)], torch.ones(())).view(-1, 1, 1, 1)
    return earlier.sqrt() * clean + (1 - earlier).sqrt() * noise


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pool", type=Path, required=True)
    parser.add_argument("--text", type=Path, required=True)
    parser.add_argument("--unet", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--guidance", type=float, default=3.0)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = np.random.default_rng(args.seed)
    pool = Pool(args.pool, args.text, 0, 1)
    teacher = fill(unet(), torch.load(args.unet)["average"]).to(memory_format=torch.channels_last).eval().requires_grad_(False)
    student = copy.deepcopy(teacher).requires_grad_(True).train()
    target = copy.deepcopy(teacher)
    average = flat(student)
    schedule, nothing = alphas(), torch.from_numpy(TextEncoder(args.text)(NOTHING))[None]
    optimiser = torch.optim.AdamW(student.parameters(), lr=args.rate, betas=(.9, .99), weight_decay=0, fused=True)
    start, step, shown, stride = time.time(), 0, [], len(schedule) // STEPS
    while (progress := (time.time() - start) / 60 / args.minutes) < 1:
        half = rng.random() < (.8 if progress < .5 else .1)
        x, grey, states, mask = pool.batch(rng, args.batch if half else max(1, args.batch // 4), half)
        t = torch.randint(1, STEPS + 1, (len(x),)) * stride - 1
        before = t - stride
        begin = torch.where((t >= GREY_START_FROM).view(-1, 1, 1, 1), grey, x)
        a, s = schedule[t].sqrt().view(-1, 1, 1, 1), (1 - schedule[t]).sqrt().view(-1, 1, 1, 1)
        noised = (a * begin + s * torch.randn_like(x)).contiguous(memory_format=torch.channels_last)
        earlier = teacher_step(teacher, noised, t, before, states, mask, nothing, args.guidance, schedule)
        with torch.no_grad():
            there = answer(target, earlier, before.clamp_min(0), states, mask, schedule)
            there = torch.where((before < 0).view(-1, 1, 1, 1), earlier, there)
        apart = answer(student, noised, t, states, mask, schedule) - there
        value = ((apart.square() + 1e-6).sqrt() - 1e-3).mean()  # pseudo-Huber
        optimiser.zero_grad()
        value.backward()
        torch.nn.utils.clip_grad_norm_(student.parameters(), 1.0)
        optimiser.param_groups[0]["lr"] = args.rate * min(1, (step + 1) / 50) * max(.1, 1 - progress)
        optimiser.step()
        step += 1
        with torch.no_grad():
            for p, q in zip(target.parameters(), student.parameters()):
                p.lerp_(q, .05)
            average.lerp_(flat(student), 1 - min(.995, (1 + step) / (10 + step)))
        shown.append(float(value.detach()))
        if step % 50 == 0:
            print(f"minute {(time.time() - start) / 60:.1f} step {step} loss {np.mean(shown[-100:]):.4f}", flush=True)
            torch.save(dict(average=average), args.out / "turbo.pt")
    torch.save(dict(average=average), args.out / "turbo.pt")


if __name__ == "__main__":
    main()
