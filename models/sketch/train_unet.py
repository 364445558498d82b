"""Trains the U-Net on a growing pool (`pool.py`); stops and goes on from its checkpoint.

    python train_unet.py --pool DIR --text MINILM --out DIR --minutes 60 --workers 2

Workers are processes of one thread that meet in one set of shared weights (elastic averaging, Zhang, Choromanska and LeCun 2015): a busy
machine slows one of them down and stalls none. `--reset-clock` starts the learning rate's course again.
"""
import argparse
import math
import time
from pathlib import Path

import numpy as np
import torch
import torch.multiprocessing as multiprocessing

from autoencoder import SCALING
from pool import unpack
from text import NEGATIVE, NOTHING, TextEncoder
from unet import alphas, unet

NOTHING_SHARE = 0.10
# A grey start: the noised picture is the spectrogram, what is to be seen in it the painting laid over it.
GREY_START_SHARE, GREY_START_FROM = 0.5, 350
# A strange start: at the highest noise another picture lies under it, so that what shines through there is not trusted. The share rises to its most.
STRANGE_FROM, STRANGE_MOST = 600, 0.6


def flat(model):
    """All weights as one vector, whatever their memory format."""
    return torch.cat([p.detach().contiguous().flatten() for p in model.parameters()])


def fill(model, vector):
    with torch.no_grad():
        for p, part in zip(model.parameters(), vector.split([p.numel() for p in model.parameters()])):
            p.copy_(part.view(p.shape))
    return model


class Pool:
    """Shards of a folder as they appear; gives out batches."""

    def __init__(self, folder, text, worker, workers):
        self.folder, self.worker, self.workers, self.shards, self.seen = Path(folder), worker, workers, [], set()
        encode = TextEncoder(text)
        self.nothing = [encode(NOTHING), encode(NOTHING), encode(NOTHING), encode(NEGATIVE)]
        self.look()

    def look(self):
        for file in sorted(self.folder.glob("*.npz")):
            if file.name in self.seen or ".part" in file.name:
                continue
            self.seen.add(file.name)
            if len(self.seen) % self.workers == self.worker:
                a = dict(np.load(file))
                a["starts"] = np.concatenate([[0], np.cumsum(a["lengths"])])
                self.shards.append(a)

    def __len__(self):
        return sum(len(s["lengths"]) for s in self.shards)

    def batch(self, rng, size, half):
        """Latents, latents to start from, token states, their mask."""
        kind = "half" if half else "full"
        weights = np.array([len(s["lengths"]) for s in self.shards], float)
        x, start, states = [], [], []
        for k in rng.choice(len(self.shards), size, p=weights / weights.sum()):
            s = self.shards[k]
            i = rng.integers(len(s["lengths"]))
            a = unpack(s[kind][i])
            g = s["grey_of"][i]
            b = unpack(s["grey_" + kind][g]) if g >= 0 and rng.random() < GREY_START_SHARE else a
            if rng.random() < .5 and s["grey_of"][i] < 0:  # spectrograms have a direction in time
                a, b = mirror(a), mirror(b)
            x.append(a)
            start.append(b)
            states.append(self.nothing[rng.integers(len(self.nothing))] if rng.random() < NOTHING_SHARE
                          else s["states"][s["starts"][i]:s["starts"][i + 1]].astype(np.float32))
        return SCALING * torch.from_numpy(np.stack(x)), SCALING * torch.from_numpy(np.stack(start)), *padded(states)


def mirror(latents):
    """Left to right: cells, and the two columns of blocks folded into each (channel = 4 kinds x 2 rows x 2 columns)."""
    c, h, w = latents.shape
    return np.ascontiguousarray(latents.reshape(c // 4, 2, 2, h, w)[:, :, ::-1, :, ::-1].reshape(c, h, w))


def padded(states):
    longest = max(len(s) for s in states)
    out, mask = np.zeros((len(states), longest, states[0].shape[1]), np.float32), np.zeros((len(states), longest), bool)
    for i, s in enumerate(states):
        out[i, :len(s)], mask[i, :len(s)] = s, True
    return torch.from_numpy(out), torch.from_numpy(mask)


def weights(schedule):
    """Of each time's squared error of v: as if the latents had unit deviation (min-SNR's thought, Hang et al. 2023), at most 1/SCALING^2."""
    snr = SCALING ** 2 * schedule / (1 - schedule)
    return (1 + snr) / (SCALING ** 2 + snr)


def begin(x, start, t, generator=None):
    """What lies under the noise: the picture itself, at higher noise its grey start, at the highest now and then another picture's."""
    under = torch.where((t >= GREY_START_FROM).view(-1, 1, 1, 1), start, x)
    share = STRANGE_MOST * ((t - STRANGE_FROM) / (1000 - STRANGE_FROM)).clamp_min(0)
    strange = torch.rand(len(x), generator=generator) < share
    return torch.where(strange.view(-1, 1, 1, 1), start.roll(1, 0), under)


def loss(model, schedule, x, start, states, mask, generator=None):
    """Mean squared error of v, weighted; the noise is what turns the painting into the noised start."""
    t = torch.randint(0, len(schedule), (len(x),), generator=generator)
    a = schedule[t].sqrt().view(-1, 1, 1, 1)
    s = (1 - schedule[t]).sqrt().view(-1, 1, 1, 1)
    noised = a * begin(x, start, t, generator) + s * torch.randn(x.shape, generator=generator)
    noise = (noised - a * x) / s
    v = model(noised.contiguous(memory_format=torch.channels_last), t, states, encoder_attention_mask=mask).sample
    return (v - (a * noise - s * x)).square().mean((1, 2, 3)) * weights(schedule)[t], t


def work(rank, args, centre, average, clock, lock):
    torch.set_num_threads(args.threads)
    torch.manual_seed(1000 * args.seed + rank)
    rng = np.random.default_rng(1000 * args.seed + rank)
    model = fill(unet(), centre).to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(model.parameters(), lr=0, betas=(.9, .99), weight_decay=.01, fused=True)
    state = args.out / f"optimiser-{rank}.pt"
    if state.exists() and not args.reset_clock:
        optimiser.load_state_dict(torch.load(state))
    schedule, pool = alphas(), Pool(args.pool, args.text, rank, args.workers)
    while len(pool) < args.least:
        time.sleep(5)
        pool.look()
    run, seen, means, step = time.time(), 0, {True: [], False: []}, 0
    while True:
        minutes = float(clock) + (time.time() - run) / 60
        progress = min(1.0, minutes / args.minutes)
        if progress >= 1:
            break
        rate = args.rate * min(1, (step + 1) / 100) * (.03 + .97 * .5 * (1 + math.cos(math.pi * progress)))
        half = rng.random() < (.85 if progress < args.half_until else .12)
        batch = args.batch if half else max(1, args.batch // 3)
        values, _ = loss(model, schedule, *pool.batch(rng, batch, half))
        value = values.mean()
        optimiser.zero_grad()
        value.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.param_groups[0]["lr"] = rate
        optimiser.step()
        seen, step = seen + batch, step + 1
        means[half].append(float(value.detach()))
        if step % args.meet == 0:
            with lock, torch.no_grad():
                mine = flat(model)
                apart = .5 * (mine - centre)
                centre += apart
                fill(model, mine - apart)
                decay = min(args.average, (1 + step) / (10 + step)) ** (args.meet / args.workers)
                average.mul_(decay).add_(centre, alpha=1 - decay)
        if step % 100 == 0:
            pool.look()
            shown = " ".join(f"{'256' if h else '512'}: {np.mean(v[-200:]):.4f}" for h, v in means.items() if v)
            print(f"worker {rank} minute {minutes:.1f} step {step} seen {seen} of {len(pool)} rate {rate:.1e} loss {shown}", flush=True)
            if rank == 0:
                save(args, centre, average, minutes)
    torch.save(optimiser.state_dict(), state)
    if rank == 0:
        save(args, centre, average, args.minutes)


def save(args, centre, average, minutes):
    part = args.out / "unet.part"
    torch.save(dict(centre=centre.clone(), average=average.clone(), minutes=minutes), part)
    part.replace(args.out / "unet.pt")


def load(file, which="average"):
    return fill(unet(), torch.load(file)[which]).eval()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pool", type=Path, required=True)
    parser.add_argument("--text", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=1, help="of one worker")
    parser.add_argument("--batch", type=int, default=9, help="pictures of 256 px a step; a third of it at 512 px")
    parser.add_argument("--rate", type=float, default=8e-4)
    parser.add_argument("--average", type=float, default=.999, help="decay of the averaged weights, a step")
    parser.add_argument("--meet", type=int, default=12, help="steps between two meetings")
    parser.add_argument("--half-until", type=float, default=.55, help="share of the time that is spent mostly at 256 px")
    parser.add_argument("--least", type=int, default=1000, help="pictures to wait for")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reset-clock", action="store_true")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(args.seed)
    checkpoint = args.out / "unet.pt"
    if checkpoint.exists():
        saved = torch.load(checkpoint)
        centre, average, minutes = saved["centre"], saved["average"], 0 if args.reset_clock else saved["minutes"]
    else:
        centre = flat(unet())
        average, minutes = centre.clone(), 0
    shared = [v.clone().share_memory_() for v in (centre, average, torch.tensor(float(minutes)))]
    multiprocessing.spawn(work, (args, *shared, multiprocessing.get_context("spawn").Lock()), nprocs=args.workers)


if __name__ == "__main__":
    main()
