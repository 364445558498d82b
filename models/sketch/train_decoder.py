"""Trains the decoder on whole pictures (`pool.py` keeps some): values, edges, texture, and a small critic for sharpness.

    python train_decoder.py --pool DIR --out DIR --minutes 15

The perceptual loss is made of band-pass energies: a texture has the right look when as much of each band is near each place, wherever its
grains lie. It lets the decoder paint grains that the latents cannot tell, instead of their mean, which is a blur.
"""
import argparse
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from autoencoder import CELL, Decoder, Encoder, FOLD, LUMA, fold

CROP = 128


def bands(luma):
    """Three octaves of detail, each [batch, 1, H, W]."""
    out, x = [], luma
    for size in (3, 5, 9):
        smooth = F.avg_pool2d(F.pad(x, (size // 2,) * 4, mode="reflect"), size, 1)
        out.append(x - smooth)
        x = smooth
    return out


def texture(a, b):
    total = 0
    for x, y in zip(bands(a), bands(b)):
        for size in (8, 24):
            ex, ey = (F.avg_pool2d(v.square(), size, size // 2) for v in (x, y))
            total = total + ((ex + 1e-5).sqrt() - (ey + 1e-5).sqrt()).abs().mean()
    return total


def unclean(latents, most):
    """Latents as a U-Net leaves them: each picture with an amount of its own of specks one, two and four blocks wide."""
    n, c, h, w = latents.shape
    specks = 0
    for size in (1, 2, 4):
        noise = torch.randn(n, c // FOLD ** 2, FOLD * h // size, FOLD * w // size)
        specks = specks + torch.rand(n, 1, 1, 1) * F.interpolate(noise, scale_factor=float(size), mode="bilinear" if size > 1 else "nearest")
    return latents + most * torch.rand(n, 1, 1, 1) ** 1.5 * fold(specks)


def luma(x):
    return (x * x.new_tensor(LUMA).view(1, 3, 1, 1)).sum(1, keepdim=True)


def edges(a, b):
    return ((a.diff(dim=2) - b.diff(dim=2)).abs().mean() + (a.diff(dim=3) - b.diff(dim=3)).abs().mean())


def grid(made):
    """How unevenly edges lie on the cells' own lattice: pictures know nothing of it, so every column and row of a cell shall have its share."""
    y, total = luma(made), 0
    for d in (y.diff(dim=3).abs().mean((0, 1, 2)), y.diff(dim=2).abs().mean((0, 1, 3))):
        share = F.pad(d, (0, 1), mode="constant", value=float(d.detach().mean())).view(-1, CELL).mean(0)
        total = total + (share / share.mean() - 1).square().mean()
    return total


class Critic(nn.Module):
    """Says of each patch of 22 pixels whether it is of a real picture."""

    def __init__(self, width=32):
        super().__init__()
        norm = nn.utils.parametrizations.spectral_norm
        self.layers = nn.Sequential(
            norm(nn.Conv2d(3, width, 4, 2, 1)), nn.LeakyReLU(.2), norm(nn.Conv2d(width, 2 * width, 4, 2, 1)), nn.LeakyReLU(.2),
            norm(nn.Conv2d(2 * width, 2 * width, 3, 1, 1)), nn.LeakyReLU(.2), norm(nn.Conv2d(2 * width, 1, 1)))

    def forward(self, x):
        return self.layers(x)


class Crops:
    def __init__(self, folder):
        self.folder, self.files = Path(folder), {}
        self.look()

    def look(self):
        for f in sorted(self.folder.glob("*.pictures.npy")):
            if f not in self.files:
                self.files[f] = np.load(f, mmap_mode="r")

    def batch(self, rng, size):
        out = []
        names = list(self.files)
        for _ in range(size):
            a = self.files[names[rng.integers(len(names))]]
            p = a[rng.integers(len(a))]
            y, x = rng.integers(0, p.shape[0] - CROP + 1, 2)
            c = p[y:y + CROP, x:x + CROP]
            if rng.random() < .5:
                c = c[:, ::-1]
            if rng.random() < .5:
                c = c[::-1]
            if rng.random() < .5:
                c = c.transpose(1, 0, 2)
            out.append(np.ascontiguousarray(c.transpose(2, 0, 1)))
        return torch.from_numpy(np.stack(out)).float() / 127.5 - 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pool", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=15)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--critic-from", type=float, default=.4, help="share of the time after which the critic speaks")
    parser.add_argument("--texture", type=float, default=.4, help="weight of the texture loss")
    parser.add_argument("--critic", type=float, default=.02, help="weight of the critic")
    parser.add_argument("--grid", type=float, default=1.0, help="weight of the cells' lattice")
    parser.add_argument("--unclean", type=float, default=.4, help="most noise in the latents, of which the decoder makes nothing")
    parser.add_argument("--go-on", action="store_true", help="from the decoder that is there")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(args.seed)
    crops, encoder, decoder, critic = Crops(args.pool), Encoder(), Decoder(), Critic()
    if args.go_on:
        decoder.load_state_dict(torch.load(args.out / "decoder.pt"))
    decoder = decoder.to(memory_format=torch.channels_last)
    optimiser = torch.optim.AdamW(decoder.parameters(), betas=(.9, .99), weight_decay=0, fused=True)
    judge = torch.optim.AdamW(critic.parameters(), lr=3e-4, betas=(.5, .99), weight_decay=0, fused=True)
    average = {k: v.clone() for k, v in decoder.state_dict().items()}
    start, step, shown = time.time(), 0, []
    while (progress := (time.time() - start) / 60 / args.minutes) < 1:
        real = crops.batch(rng, args.batch)
        with torch.no_grad():
            latents = encoder(real)
            latents = unclean(latents, args.unclean)
        made = decoder(latents)
        parts = [(made - real).abs().mean(), edges(made, real), texture(luma(made), luma(real)), torch.zeros(()), grid(made)]
        if progress > args.critic_from:
            fake = made.detach()
            judge.zero_grad()
            (F.relu(1 - critic(real)).mean() + F.relu(1 + critic(fake)).mean()).backward()
            judge.step()
            parts[3] = -critic(made).mean()
        value = parts[0] + .5 * parts[1] + args.texture * parts[2] * min(1, 2 * progress) + args.critic * parts[3] + args.grid * parts[4]
        optimiser.zero_grad()
        value.backward()
        torch.nn.utils.clip_grad_norm_(decoder.parameters(), 1.0)
        optimiser.param_groups[0]["lr"] = args.rate * min(1, (step + 1) / 100) * max(.04, 1 - progress)
        optimiser.step()
        with torch.no_grad():
            for k, v in decoder.state_dict().items():
                average[k].lerp_(v, 1 - min(.998, (1 + step) / (10 + step)))
        step += 1
        shown.append([float(p.detach()) for p in parts] + [-10 * float(torch.log10((made.detach() - real).square().mean() / 4))])
        if step % 100 == 0:
            crops.look()
            m = np.mean(shown[-100:], 0)
            print(f"minute {(time.time() - start) / 60:.1f} step {step} values {m[0]:.4f} edges {m[1]:.4f} texture {m[2]:.4f} critic {m[3]:.2f} grid {m[4]:.4f} {m[5]:.1f} dB", flush=True)
            torch.save(average, args.out / "decoder.pt")
    torch.save(average, args.out / "decoder.pt")


if __name__ == "__main__":
    main()
