"""Image-to-image in Python: ONNX Runtime's own binding and diffusers' samplers, by hand and as optimum's pipeline.

python peer.py time MODEL PICTURES STEPS SIDE THREADS    seconds a picture, one line each
python peer.py optimum MODEL PICTURES STEPS SIDE THREADS the same with optimum's ORTStableDiffusionImg2ImgPipeline
python peer.py compare MODEL IN.png CASES.json OUT       paints every case into OUT/N.png
"""
import functools
import inspect
import json
import sys
import time
import warnings

warnings.filterwarnings("ignore")
import diffusers
import numpy as np
import onnxruntime
import torch
from PIL import Image
from transformers import CLIPTokenizer

torch.set_grad_enabled(False)
CLASSES = {"pndm": ("PNDMScheduler", {}), "ddim": ("DDIMScheduler", dict(clip_sample=False)),
           "euler": ("EulerDiscreteScheduler", {}), "euler-trailing": ("EulerDiscreteScheduler", dict(timestep_spacing="trailing")),
           "euler-a": ("EulerAncestralDiscreteScheduler", {}), "dpmpp-2m": ("DPMSolverMultistepScheduler", {}),
           "dpmpp-2m-karras": ("DPMSolverMultistepScheduler", dict(use_karras_sigmas=True)),
           "dpmpp-2m-sde": ("DPMSolverMultistepScheduler", dict(algorithm_type="sde-dpmsolver++")),
           "lcm": ("LCMScheduler", {}), "unipc": ("UniPCMultistepScheduler", {})}


class Pipeline:
    def __init__(self, folder, threads):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        open_ = lambda part: onnxruntime.InferenceSession(f"{folder}/{part}/model.onnx", options, ["CPUExecutionProvider"])
        self.text, self.unet, self.encoder, self.decoder = map(open_, ("text_encoder", "unet", "vae_encoder", "vae_decoder"))
        self.tokenizer = CLIPTokenizer.from_pretrained(f"{folder}/tokenizer")
        self.config = json.load(open(f"{folder}/scheduler/scheduler_config.json"))
        self.factor = json.load(open(f"{folder}/vae_decoder/config.json")).get("scaling_factor", 0.18215)
        self.timestep = {"tensor(float)": np.float32, "tensor(int64)": np.int64, "tensor(float16)": np.float16}[
            self.unet.get_inputs()[1].type]

    def embed(self, prompt):
        ids = self.tokenizer(prompt, padding="max_length", truncation=True, max_length=self.tokenizer.model_max_length)
        kind = np.int32 if self.text.get_inputs()[0].type == "tensor(int32)" else np.int64
        return self.text.run(None, {self.text.get_inputs()[0].name: np.array([ids["input_ids"]], kind)})[0]

    def paint(self, picture, case):
        name, more = CLASSES[case["scheduler"]]
        kept = {k: v for k, v in self.config.items() if not k.startswith("_")}
        if "spacing" in case:
            more = more | dict(timestep_spacing=case["spacing"])
        scheduler = getattr(diffusers, name).from_config(kept, **more)
        generator = torch.Generator("cpu").manual_seed(case["seed"])
        guided = case["guidance"] > 1
        words = self.embed(case["prompt"])
        if guided:
            words = np.concatenate([self.embed(case.get("negative", "")), words])
        pixels = np.asarray(picture.convert("RGB"), np.float32).transpose(2, 0, 1)[None] / 255 * 2 - 1
        mean, spread = torch.from_numpy(self.encoder.run(None, {"sample": pixels})[0]).chunk(2, 1)
        drawn = torch.randn(mean.shape, generator=generator)
        latents = self.factor * (mean + torch.exp(0.5 * spread.clamp(-30, 20)) * drawn)
        noise = torch.randn(latents.shape, generator=generator)
        steps = case["steps"]
        scheduler.set_timesteps(steps)
        first = max(steps - min(int(steps * case["strength"]), steps), 0)
        times = scheduler.timesteps[first * scheduler.order:]
        if hasattr(scheduler, "set_begin_index"):
            scheduler.set_begin_index(first * scheduler.order)
        latents = scheduler.add_noise(latents, noise, times[:1])
        extra = {}
        if "generator" in inspect.signature(scheduler.step).parameters:
            extra["generator"] = generator
        if "eta" in inspect.signature(scheduler.step).parameters:
            extra["eta"] = case.get("eta", 0.0)
        rank = len(self.unet.get_inputs()[1].shape)
        for t in times:
            shown = scheduler.scale_model_input(torch.cat([latents] * 2) if guided else latents, t).numpy()
            at = np.array(float(t), self.timestep) if rank == 0 else np.array([float(t)], self.timestep)
            told = torch.from_numpy(self.unet.run(
                None, {"sample": shown, "timestep": at, "encoder_hidden_states": words})[0])
            if guided:
                negative, positive = told.chunk(2)
                told = negative + case["guidance"] * (positive - negative)
            latents = scheduler.step(told, t, latents, **extra, return_dict=False)[0]
        made = self.decoder.run(None, {"latent_sample": (latents / self.factor).numpy()})[0]
        return ((made[0].transpose(1, 2, 0) / 2 + 0.5).clip(0, 1) * 255).round().astype(np.uint8)


def by_hand(folder, threads):
    pipeline = Pipeline(folder, threads)
    pipeline.embed = functools.cache(pipeline.embed)  # ours remembers prompts too
    return lambda picture, steps, seed: pipeline.paint(
        picture, dict(scheduler="euler", prompt="a sea", negative="rain", guidance=3, steps=steps, strength=1.0, seed=seed))


def by_optimum(folder, threads):
    from optimum.onnxruntime import ORTStableDiffusionImg2ImgPipeline

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    pipeline = ORTStableDiffusionImg2ImgPipeline.from_pretrained(folder, session_options=options, provider="CPUExecutionProvider")
    pipeline.scheduler = diffusers.EulerDiscreteScheduler.from_config(pipeline.scheduler.config)
    pipeline.set_progress_bar_config(disable=True)
    words, negative = pipeline.encode_prompt("a sea", pipeline.device, 1, True, "rain")
    return lambda picture, steps, seed: pipeline(
        prompt_embeds=words, negative_prompt_embeds=negative, image=picture, strength=1.0, guidance_scale=3.0,
        num_inference_steps=steps, generator=torch.Generator("cpu").manual_seed(seed))


if sys.argv[1] in ("time", "optimum"):
    folder, pictures, steps, side, threads = sys.argv[2], *map(int, sys.argv[3:7])
    torch.set_num_threads(threads)
    paint = (by_hand if sys.argv[1] == "time" else by_optimum)(folder, threads)
    picture = Image.fromarray(np.random.default_rng(1).integers(0, 256, (side, side, 3), dtype=np.uint8))
    print(f"ONNX Runtime {onnxruntime.__version__}", file=sys.stderr)
    for i in range(pictures + 1):
        start = time.perf_counter()
        paint(picture, steps, i)
        if i > 0:
            print(f"{time.perf_counter() - start:.4f}", flush=True)
else:
    folder, image, cases, out = sys.argv[2:6]
    torch.set_num_threads(1)
    pipeline = Pipeline(folder, 1)
    for i, case in enumerate(json.load(open(cases))):
        Image.fromarray(pipeline.paint(Image.open(image), case)).save(f"{out}/{i}.png")
