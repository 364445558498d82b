"""Paints in PyTorch what the engine paints from the exported folder: diffusers' image-to-image loop with its own samplers.

Order of draws from the generator, as in StableDiffusionImg2ImgPipeline: first noise, then the sampler's own.
"""
from dataclasses import dataclass

import numpy as np
import torch
from diffusers import DDIMScheduler, DPMSolverMultistepScheduler, EulerDiscreteScheduler, LCMScheduler

from autoencoder import CELL, CHANNELS, SCALING
from pictures import SIDE
from text import NOTHING
from train_unet import padded
from unet import SCHEDULE

SAMPLERS = {"ddim": DDIMScheduler, "dpmpp-2m": DPMSolverMultistepScheduler, "dpmpp-2m-karras": DPMSolverMultistepScheduler, "euler": EulerDiscreteScheduler, "lcm": LCMScheduler}


def sampler(name):
    """One of diffusers' samplers on the model's own noise schedule, as its `from_config` lays it over the folder's: Karras' spacing carries over."""
    karras = {"use_karras_sigmas": True} if name in ("dpmpp-2m-karras", "euler") else {}
    return SAMPLERS[name].from_config({**SCHEDULE, "_class_name": SAMPLERS[name].__name__, **karras})


@dataclass(frozen=True)
class Recipe:
    """How to paint; the defaults are the released model's."""
    strength: float = 0.7
    steps: int = 12
    guidance: float = 3.0
    scheduler: str = "dpmpp-2m-karras"


TURBO = Recipe(strength=0.75, steps=4, guidance=1.0, scheduler="ddim")


def to_model(pictures):
    """uint8 [n, H, W, 3] to float [n, 3, H, W], -1 to 1."""
    return torch.from_numpy(np.ascontiguousarray(pictures)).permute(0, 3, 1, 2).float() / 127.5 - 1


def to_picture(pixels):
    return ((pixels / 2 + .5).clamp(0, 1) * 255).round().byte().permute(0, 2, 3, 1).numpy()


@torch.no_grad()
def paint(unet, vae, text, pictures, prompts, seeds, recipe, negative=NOTHING, side=SIDE):
    """Repaints uint8 pictures [n, H, W, 3]; one prompt and seed each. Without pictures it paints squares of a side from noise alone."""
    generators = [torch.Generator("cpu").manual_seed(int(s)) for s in seeds]
    latents = torch.zeros(len(prompts), CHANNELS, side // CELL, side // CELL) if pictures is None else SCALING * vae.encoder(to_model(pictures))
    steps = sampler(recipe.scheduler)
    steps.set_timesteps(recipe.steps)
    first = max(recipe.steps - min(int(recipe.steps * recipe.strength), recipe.steps), 0)
    times = steps.timesteps[first * steps.order:]
    if hasattr(steps, "set_begin_index"):
        steps.set_begin_index(first * steps.order)
    noise = torch.cat([torch.randn(1, *latents.shape[1:], generator=g) for g in generators])
    x = steps.add_noise(latents, noise, times[:1].repeat(len(prompts)))
    guided = recipe.guidance > 1
    states = [text(p) for p in prompts]
    said, mask = padded(states)
    unsaid, unmask = padded([text(negative)] * len(prompts))
    alone = len({len(s) for s in states}) == 1  # no padding, no mask: as the engine does it
    for t in times:
        shown = steps.scale_model_input(x, t)
        v = unet(shown, t, said, encoder_attention_mask=None if alone else mask).sample
        if guided:
            nothing = unet(shown, t, unsaid).sample
            v = nothing + recipe.guidance * (v - nothing)
        extra = {"generator": generators[0] if len(generators) == 1 else generators} if recipe.scheduler in ("ddim", "lcm") else {}
        x = steps.step(v, t, x, **extra).prev_sample
    return to_picture(vae.decoder(x / SCALING))
