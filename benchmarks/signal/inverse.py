"""The peer's side of benchmarks/signal/inverse: torchaudio's Griffin-Lim on the same magnitudes, and the table."""
import pathlib
import sys

import numpy as np
import torch
import torchaudio.transforms as T

WINDOW, HOP, BINS = 4096, 576, 2049
EDGE = 4  # frames at both ends that reach beyond the picture
BEGIN, END = "<!-- inverse: made by benchmarks/signal/inverse -->", "<!-- /inverse -->"


def load(path):
    return torch.from_numpy(np.fromfile(path, "<f8"))


def magnitudes(sound):
    return torch.stft(sound, WINDOW, HOP, window=torch.hann_window(WINDOW, dtype=sound.dtype), return_complex=True).abs()


def distance(sound, wanted):
    """Spectral convergence after the best scaling, edges left out."""
    own = magnitudes(sound)
    frames = min(own.shape[1], wanted.shape[1])
    a, b = own[:, EDGE : frames - EDGE], wanted[:, EDGE : frames - EDGE]
    scale = (a * b).sum() / (a * a).sum()
    return float(torch.linalg.norm(scale * a - b) / torch.linalg.norm(b))


def snr(sound, original):
    n = min(len(sound), len(original))
    error = sound[:n] - original[:n]
    return float(10 * torch.log10((original[:n] ** 2).sum() / (error**2).sum()))


def main(work, page):
    torch.manual_seed(0)
    peer = T.GriffinLim(n_fft=WINDOW, hop_length=HOP, power=1.0, n_iter=32).double()
    head = "| sound | `inverse`, source: SNR | gradients: from picture | from source | torchaudio: from picture | from source |"
    lines = [head, "|---" * 6 + "|"]
    for file in sorted(pathlib.Path(work).glob("*.magnitude")):
        wanted = load(file).reshape(-1, BINS).T.contiguous()
        original, source, gradient = (load(file.with_suffix("." + s)) for s in ("original", "source", "gradient"))
        theirs = peer(wanted)
        shape = magnitudes(original)
        cells = [f"{snr(source, original):.1f} dB"]
        cells += [f"{distance(s, w):.3f}" for s in (gradient, theirs) for w in (wanted, shape)]
        lines.append(f"| {file.stem} | " + " | ".join(cells) + " |")
    table = "\n".join(lines) + "\n"
    print(table, end="")
    if page:
        text = pathlib.Path(page).read_text()
        before, rest = text.split(BEGIN)
        pathlib.Path(page).write_text(before + BEGIN + "\n\n" + table + "\n" + END + rest.split(END)[1])


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "")
