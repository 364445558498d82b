"""Makes the small models and what diffusers paints with them. Needs torch, diffusers, transformers, onnx, onnxruntime.

python make_small_models.py OUT   writes everything that lies beside this script; about a minute.
"""
import functools
import json
import os
import shutil
import sys
import warnings

warnings.filterwarnings("ignore")
import numpy as np
import onnx
import torch
from diffusers import (AutoencoderKL, AutoencoderTiny, DDIMScheduler, DPMSolverMultistepScheduler,
                       EulerAncestralDiscreteScheduler, EulerDiscreteScheduler, LCMScheduler, PNDMScheduler,
                       StableDiffusionImg2ImgPipeline, StableDiffusionInpaintPipeline, UNet2DConditionModel,
                       UniPCMultistepScheduler)
from diffusers.pipelines.stable_diffusion.pipeline_stable_diffusion import rescale_noise_cfg
from onnxruntime.transformers.float16 import convert_float_to_float16
from PIL import Image
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

torch.set_grad_enabled(False)
torch.set_num_threads(1)
OUT = sys.argv[1]
HIDDEN = 16
BASE = dict(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", num_train_timesteps=1000)


def tokenizer(folder):
    """CLIP's byte alphabet and a handful of merges."""
    from transformers.models.clip.tokenization_clip import bytes_to_unicode
    letters = list(bytes_to_unicode().values())
    merges = ["t h", "th e</w>", "i n</w>", "r a", "ra in</w>", "s e", "se a</w>", "c a", "l m</w>", "ca lm</w>", "s t", "o r",
              "st or", "m s</w>", "n o", "no t</w>", "l i", "li g", "h t</w>", "lig ht</w>"]
    words = letters + [c + "</w>" for c in letters] + [m.replace(" ", "") for m in merges]
    words += ["<|startoftext|>", "<|endoftext|>"]
    os.makedirs(folder, exist_ok=True)
    json.dump({w: i for i, w in enumerate(words)}, open(f"{folder}/vocab.json", "w"), ensure_ascii=False)
    open(f"{folder}/merges.txt", "w").write("#version: 0.2\n" + "\n".join(merges) + "\n")
    config = dict(bos_token="<|startoftext|>", eos_token="<|endoftext|>", unk_token="<|endoftext|>",
                  pad_token="<|endoftext|>", model_max_length=24)
    json.dump(config, open(f"{folder}/tokenizer_config.json", "w"), indent=1)
    return CLIPTokenizer(f"{folder}/vocab.json", f"{folder}/merges.txt", **config)


def rounded(model):
    """The same module with its weights rounded to half precision, still computing in single."""
    return model.half().float().eval()


def lively(model):
    """Random weights shrink the signal: make the picture depend visibly on everything."""
    for name, p in model.named_parameters():
        if name.endswith("conv_out.weight") or name.endswith("decoder.layers.18.weight"):
            p.mul_(2.5)
    return model


def unet(channels, **more):
    n = len(channels)
    down = ("DownBlock2D",) * (n - 1) + ("CrossAttnDownBlock2D",)
    up = ("CrossAttnUpBlock2D",) + ("UpBlock2D",) * (n - 1)
    return rounded(lively(UNet2DConditionModel(
        sample_size=16, in_channels=4, out_channels=4, layers_per_block=1, block_out_channels=channels,
        down_block_types=down, up_block_types=up, cross_attention_dim=HIDDEN, attention_head_dim=2, norm_num_groups=4,
        **more)))


class UnetPort(torch.nn.Module):
    def __init__(self, net, told):
        super().__init__()
        self.net, self.told = net, told

    def forward(self, sample, timestep, encoder_hidden_states, timestep_cond=None):
        return self.net(sample, timestep, encoder_hidden_states, timestep_cond=timestep_cond, return_dict=False)[0]


class Encode(torch.nn.Module):
    def __init__(self, vae):
        super().__init__()
        self.vae = vae

    def forward(self, sample):
        made = self.vae.encode(sample, return_dict=False)[0]
        return made.parameters if hasattr(made, "parameters") and not torch.is_tensor(made) else made


class Decode(torch.nn.Module):
    def __init__(self, vae):
        super().__init__()
        self.vae = vae

    def forward(self, latent_sample):
        return self.vae.decode(latent_sample, return_dict=False)[0]


class Text(torch.nn.Module):
    def __init__(self, net):
        super().__init__()
        self.net = net

    def forward(self, input_ids):
        return self.net(input_ids.long())[0]


def shortened(model):
    """Names of inner tensors take more room than the weights of so small a model."""
    keep = {p.name for p in list(model.graph.input) + list(model.graph.output)}
    names, values, nodes = {}, {}, []
    for node in model.graph.node:
        if node.op_type == "Constant" and node.attribute[0].name == "value":
            value = node.attribute[0].t
            value.name = ""
            first = values.setdefault(value.SerializeToString(), node.output[0])
            names[node.output[0]] = names.setdefault(first, "t%x" % len(names))
            value.name = first
            if first == node.output[0]:
                model.graph.initializer.append(value)
        elif node.op_type == "Identity" and node.output[0] not in keep and node.input[0] not in keep:
            names[node.output[0]] = names.setdefault(node.input[0], "t%x" % len(names))
        else:
            nodes.append(node)
    del model.graph.node[:]
    model.graph.node.extend(nodes)

    def short(name):
        return name if not name or name in keep else names.setdefault(name, "t%x" % len(names))

    for w in model.graph.initializer:
        w.name = short(w.name)
    for node in model.graph.node:
        node.input[:] = [short(i) for i in node.input]
        node.output[:] = [short(o) for o in node.output]
        node.name = ""
        node.doc_string = ""
    del model.graph.value_info[:]
    return model


def export(module, args, names, output, folder, axes, half=True, external=""):
    os.makedirs(folder, exist_ok=True)
    file = f"{folder}/model.onnx"
    torch.onnx.export(module.eval(), args, file, input_names=names, output_names=[output], dynamic_axes=axes,
                      opset_version=17, dynamo=False)
    model = onnx.load(file)
    if half:
        model = convert_float_to_float16(onnx.shape_inference.infer_shapes(model), keep_io_types=False,
                                         disable_shape_infer=True)
    model = shortened(model)
    os.remove(file)
    if external:
        onnx.save(model, file, save_as_external_data=True, all_tensors_to_one_file=True, location=external,
                  size_threshold=64)
    else:
        onnx.save(model, file)


def export_unet(net, folder, external=""):
    told = net.config.time_cond_proj_dim
    args = [torch.randn(2, 4, 8, 8), torch.tensor([3.0]), torch.randn(2, 24, HIDDEN)]
    names = ["sample", "timestep", "encoder_hidden_states"]
    axes = {"sample": {0: "batch", 2: "height", 3: "width"}, "encoder_hidden_states": {0: "batch", 1: "tokens"},
            "out_sample": {0: "batch", 2: "height", 3: "width"}}
    if told:
        args.append(torch.randn(2, told))
        names.append("timestep_cond")
        axes["timestep_cond"] = {0: "batch"}
    export(UnetPort(net, told), tuple(args), names, "out_sample", folder, axes, external=external)
    json.dump({k: v for k, v in dict(net.config).items() if k in (
        "in_channels", "out_channels", "block_out_channels", "cross_attention_dim", "time_cond_proj_dim")}
        | {"_class_name": "UNet2DConditionModel"}, open(f"{folder}/config.json", "w"), indent=1)


def export_vae(vae, root, latent_name, external=""):
    pixels = {"sample": {0: "batch", 2: "height", 3: "width"}}
    cells = {"latent_sample": {0: "batch", 2: "height", 3: "width"}, "sample": {0: "batch", 2: "height", 3: "width"}}
    export(Encode(vae), (torch.randn(1, 3, 16, 16),), ["sample"], latent_name, f"{root}/vae_encoder",
           pixels | {latent_name: {0: "batch", 2: "height", 3: "width"}}, external=external)
    export(Decode(vae), (torch.randn(1, 4, 8, 8),), ["latent_sample"], "sample", f"{root}/vae_decoder", cells,
           external=external)
    keys = ("block_out_channels", "encoder_block_out_channels", "latent_channels", "scaling_factor", "shift_factor")
    for part in ("vae_encoder", "vae_decoder"):
        json.dump({k: v for k, v in dict(vae.config).items() if k in keys}
                  | {"_class_name": type(vae).__name__}, open(f"{root}/{part}/config.json", "w"), indent=1)


def source(width, height):
    y, x = np.mgrid[0:height, 0:width].astype(float)
    wave = np.sin(x / 5 + y * y / 400) + np.sin(y / 3 - x / 17)
    grey = np.clip(128 + 60 * wave, 0, 255).astype(np.uint8)
    return Image.fromarray(np.stack([grey, np.roll(grey, 3, 1), 255 - grey], -1))


def main():
    torch.manual_seed(11)
    root = f"{OUT}/small-v"
    shutil.rmtree(root, ignore_errors=True)
    words = tokenizer(f"{root}/tokenizer")
    text = rounded(CLIPTextModel(CLIPTextConfig(
        vocab_size=len(words), hidden_size=HIDDEN, intermediate_size=16, num_hidden_layers=1, num_attention_heads=2,
        max_position_embeddings=24, projection_dim=HIDDEN, bos_token_id=len(words) - 2, eos_token_id=len(words) - 1)))
    for p in text.parameters():
        if p.dim() > 1:
            p.mul_(2.0)
    text = rounded(text)
    export(Text(text), (torch.zeros(1, 24, dtype=torch.int32),), ["input_ids"], "last_hidden_state",
           f"{root}/text_encoder", {"input_ids": {0: "batch"}, "last_hidden_state": {0: "batch"}}, external="model.onnx_data")
    json.dump(dict(model_type="clip_text_model", hidden_size=HIDDEN, max_position_embeddings=24),
              open(f"{root}/text_encoder/config.json", "w"), indent=1)
    net = unet((8, 8, 8))
    vae = rounded(lively(AutoencoderKL(
        in_channels=3, out_channels=3, down_block_types=("DownEncoderBlock2D",) * 2,
        up_block_types=("UpDecoderBlock2D",) * 2, block_out_channels=(8, 8), layers_per_block=1, latent_channels=4,
        norm_num_groups=4, sample_size=32, scaling_factor=0.5)))
    export_unet(net, f"{root}/unet", external="model.onnx_data")
    export_vae(vae, root, "latent_parameters", external="weights.pb")
    schedule = DDIMScheduler(**BASE, prediction_type="v_prediction", clip_sample=False, set_alpha_to_one=False,
                             steps_offset=1)
    schedule.save_pretrained(f"{root}/scheduler")
    json.dump({"_class_name": "StableDiffusionImg2ImgPipeline"}, open(f"{root}/model_index.json", "w"))

    tiny = rounded(lively(AutoencoderTiny(
        encoder_block_out_channels=(8, 8), decoder_block_out_channels=(8, 8), num_encoder_blocks=(1, 1),
        num_decoder_blocks=(1, 1), latent_channels=4, scaling_factor=1.0)))
    export_vae(tiny, f"{OUT}/tiny-autoencoder", "latent_sample")
    told = unet((8,), time_cond_proj_dim=32)
    export_unet(told, f"{OUT}/told-unet")
    paint(words, text, dict(v=net, told=told), dict(kl=vae, tiny=tiny), schedule)


CLASSES = {"pndm": (PNDMScheduler, {}), "ddim": (DDIMScheduler, dict(clip_sample=False)), "euler": (EulerDiscreteScheduler, {}),
           "euler-trailing": (EulerDiscreteScheduler, dict(timestep_spacing="trailing")),
           "euler-a": (EulerAncestralDiscreteScheduler, {}), "dpmpp-2m": (DPMSolverMultistepScheduler, {}),
           "dpmpp-2m-karras": (DPMSolverMultistepScheduler, dict(use_karras_sigmas=True)),
           "dpmpp-2m-sde": (DPMSolverMultistepScheduler, dict(algorithm_type="sde-dpmsolver++")),
           "lcm": (LCMScheduler, {}), "unipc": (UniPCMultistepScheduler, {})}
ZERO_SNR = dict(rescale_betas_zero_snr=True, timestep_spacing="trailing", prediction_type="v_prediction")


def cases():
    for i, name in enumerate(CLASSES):
        yield dict(scheduler=name, steps=8 if name not in ("lcm", "euler-trailing") else 4,
                   strength=0.9 if i % 2 else 0.6, guidance=3.0 if i % 3 else 1.0, seed=200 + i)
    for name in ("ddim", "euler", "euler-a", "dpmpp-2m", "unipc"):
        yield dict(scheduler=name, config=ZERO_SNR, steps=6, strength=1.0, guidance=5.0, rescale=0.7, seed=31)
    for name in ("ddim", "euler", "dpmpp-2m", "unipc"):
        yield dict(scheduler=name, config=dict(prediction_type="sample"), steps=7, strength=0.75, guidance=2.0, seed=41)
    for name in ("ddim", "euler", "unipc"):
        yield dict(scheduler=name, vae="tiny", steps=6, strength=0.7, guidance=2.0, seed=51)
    yield dict(scheduler="lcm", unet="told", config=dict(prediction_type="epsilon"), steps=4, strength=1.0, guidance=8.0, seed=61)
    yield dict(scheduler="lcm", unet="told", config=dict(prediction_type="epsilon"), steps=6, strength=0.5, guidance=1.5, seed=62)
    yield dict(scheduler="euler-a", config=dict(prediction_type="epsilon", timestep_spacing="trailing"), steps=2,
               strength=0.5, guidance=0.0, seed=71)
    yield dict(scheduler="ddim", eta=0.6, steps=6, strength=0.8, guidance=2.0, seed=81)
    for spacing in ("leading", "linspace", "trailing"):
        for name in ("ddim", "euler", "dpmpp-2m", "unipc", "pndm"):
            yield dict(scheduler=name, spacing=spacing, steps=5, strength=0.85, guidance=2.0, seed=91)
    for name in ("ddim", "euler", "unipc"):
        yield dict(scheduler=name, mask="mask.png", steps=6, strength=0.8, guidance=2.0, seed=95)


def paint(words, text, nets, vaes, schedule):
    folder = f"{OUT}/golden"
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    source(24, 16).save(f"{folder}/in.png")
    mask = np.zeros((16, 24), np.uint8)
    mask[4:14, 8:20] = 255
    Image.fromarray(mask).save(f"{folder}/mask.png")
    picture = Image.open(f"{folder}/in.png").convert("RGB")
    told, strips = [], []
    for case in cases():
        kind, more = CLASSES[case["scheduler"]]
        config = {k: v for k, v in dict(schedule.config).items() if not k.startswith("_")} | case.get("config", {})
        folder_config = dict(config)
        if "spacing" in case:
            config["timestep_spacing"] = case["spacing"]
        kinds = dict(vae=vaes[case.get("vae", "kl")], text_encoder=text, tokenizer=words,
                     unet=nets[case.get("unet", "v")], scheduler=kind.from_config(config, **more), safety_checker=None,
                     feature_extractor=None, requires_safety_checker=False)
        asked = dict(prompt="calm sea, not the storms", negative_prompt="rain", image=picture, strength=case["strength"],
                     guidance_scale=case["guidance"], num_inference_steps=case["steps"], eta=case.get("eta", 0.0),
                     generator=torch.Generator("cpu").manual_seed(case["seed"]), output_type="np")
        if "mask" in case:
            pipe = StableDiffusionInpaintPipeline(**kinds)
            asked |= dict(mask_image=Image.fromarray(mask), width=24, height=16)
        else:
            pipe = StableDiffusionImg2ImgPipeline(**kinds)
        pipe.set_progress_bar_config(disable=True)
        if "rescale" in case:
            with_rescale(pipe, case["guidance"], case["rescale"])
        made = pipe(**asked).images[0]
        art = (made * 255).round().astype(np.uint8)
        strips.append(art)
        case["folder_config"] = folder_config
        told.append(case)
        print(len(told), case["scheduler"], case.get("spacing", ""), art.std().round(1), np.isnan(made).any(),
              "clipped", (art.astype(int) % 255 == 0).mean().round(2))
    # one PNG of all, one below the other: so small files are mostly headers
    Image.fromarray(np.concatenate(strips)).save(f"{folder}/out.png", optimize=True)
    changed = {"prediction_type", "timestep_spacing", "rescale_betas_zero_snr"}
    for case in told:
        case["folder_config"] = {k: v for k, v in case["folder_config"].items() if k in changed}
        case.pop("config", None)
    open(f"{folder}/cases.json", "w").write("[\n" + ",\n".join(json.dumps(c) for c in told) + "\n]\n")


def with_rescale(pipe, guidance, rescale):
    """diffusers' img2img pipeline has no guidance_rescale; its txt2img one applies this function right after guiding."""
    step = pipe.scheduler.step
    inner = pipe.unet.forward
    last = {}

    def forward(*args, **kwargs):
        made = inner(*args, **kwargs)
        last["negative"], last["prompt"] = made[0].chunk(2)
        return made

    @functools.wraps(step)  # the pipeline looks at the signature to see whether to pass its generator
    def stepped(noise, *args, **kwargs):
        return step(rescale_noise_cfg(noise, last["prompt"], guidance_rescale=rescale), *args, **kwargs)

    wrapped = torch.nn.Module.__new__(type(pipe.unet))
    wrapped.__dict__ = dict(pipe.unet.__dict__)
    wrapped.forward = forward
    pipe.unet = wrapped
    pipe.scheduler.step = stepped


main()
