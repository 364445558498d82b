"""The autoencoder: a smooth small picture as latents, and a decoder that paints the detail back.

Latents are float [batch, 16, H/16, W/16]. Twelve channels are the mean colours of 8x8 pixel blocks, two by two blocks folded into one cell;
four say how rough each of those blocks is. The encoder is arithmetic without weights; only the decoder is trained.
"""
import torch
from torch import nn
from torch.nn import functional as F

BLOCK, FOLD = 8, 2
CELL = BLOCK * FOLD
CHANNELS = 4 * FOLD * FOLD
CENTRE, SPREAD = 0.1, 1.25
# Latents of 0.2 standard deviation meet Stable Diffusion's noise schedule: means are redundant, so they stand far more noise than free latents.
SCALING = 0.3
ROUGH_KNEE, ROUGH_SPREAD = 0.03, 0.7
LUMA = (0.299, 0.587, 0.114)
GRAIN = 60.0  # turns the last digits of a latent into a phase: paper's grain needs chance, and a decoder has no other


def fold(cells):
    """[batch, 4, 2h, 2w] to [batch, 16, h, w]; channel = kind x 4 + row x 2 + column."""
    parts = [cells[:, :, row::FOLD, column::FOLD] for row in range(FOLD) for column in range(FOLD)]
    return torch.stack(parts, 2).flatten(1, 2)


class Encoder(nn.Module):
    """Pictures [batch, 3, H, W], -1 to 1, to latents."""

    def forward(self, picture):
        means = F.avg_pool2d(picture, BLOCK)
        luma = (picture * picture.new_tensor(LUMA).view(1, 3, 1, 1)).sum(1, keepdim=True)
        around = F.avg_pool2d(F.pad(luma, (1, 1, 1, 1), mode="replicate"), 3, 1)
        rough = F.avg_pool2d((luma - around).abs(), BLOCK)
        rough = 2 * rough / (rough + ROUGH_KNEE) - 1
        cells = torch.cat([(means - CENTRE) * SPREAD, rough * ROUGH_SPREAD], 1)
        return fold(cells)


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.a, self.b = nn.Conv2d(width, width, 3, padding=1), nn.Conv2d(width, width, 3, padding=1)
        nn.init.zeros_(self.b.weight)

    def forward(self, x):
        return x + self.b(F.silu(self.a(F.silu(x))))


class Decoder(nn.Module):
    """Latents to pictures [batch, 3, H, W], -1 to 1 and somewhat beyond."""

    def __init__(self, width=80, fine=40, blocks=4, fine_blocks=2):
        super().__init__()
        self.enter = nn.Conv2d(8, width, 3, padding=1)
        self.coarse = nn.Sequential(*(Block(width) for _ in range(blocks)))
        self.rise = nn.Conv2d(width, fine * 4, 1)
        self.fine = nn.Sequential(*(Block(fine) for _ in range(fine_blocks)))
        self.leave = nn.Conv2d(fine, 3 * 16, 3, padding=1)
        nn.init.normal_(self.leave.weight, std=1e-3)
        nn.init.zeros_(self.leave.bias)

    def forward(self, latents):
        cells = F.pixel_shuffle(latents, FOLD)
        smooth = F.interpolate(cells[:, :3] / SPREAD + CENTRE, scale_factor=BLOCK, mode="bilinear", align_corners=False)
        x = self.coarse(self.enter(torch.cat([cells, torch.sin(GRAIN * cells)], 1)))
        x = self.fine(F.pixel_shuffle(self.rise(x), 2))
        return smooth + F.pixel_shuffle(self.leave(x), 4)


class Autoencoder(nn.Module):
    """Encoder and decoder; the configuration is that of diffusers' autoencoders: five levels make a cell of 16 pixels."""

    CONFIG = {"_class_name": "AutoencoderKL", "in_channels": 3, "out_channels": 3, "latent_channels": CHANNELS, "scaling_factor": SCALING,
              "block_out_channels": [16, 16, 16, 40, 80], "sample_size": 512}

    def __init__(self):
        super().__init__()
        self.encoder, self.decoder = Encoder(), Decoder()

    @classmethod
    def load(cls, file):
        vae = cls()
        vae.decoder.load_state_dict(torch.load(file, map_location="cpu"))
        return vae.eval()
