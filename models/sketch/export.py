"""Writes a trained model as a folder in optimum's layout, its weights stored small.

    python export.py --unet unet.pt --decoder decoder.pt --out ../sketch --name sketch

Convolutions and projections of the U-Net are stored as int8 with a float scale for each output channel, the decoder's as float16; either is a
`Cast` (and a `Mul`) on a constant, which ONNX Runtime folds when it loads the graph: the arithmetic stays float32. `rounded` gives the very same
weights to PyTorch. `text_encoder/` and `tokenizer/` are not written: the build fills them from MiniLM's Maven artifact.
"""
import argparse
import json
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from autoencoder import Autoencoder, CHANNELS
from pipeline import Recipe, TURBO, sampler
from text import WIDTH
from train_unet import load
from unet import SCHEDULE

LARGE = 512  # weights; smaller ones stay float32
VERSION = {"sketch": "sketch@1", "sketch-turbo": "sketch-turbo@1"}
RECIPE = {"sketch": Recipe(), "sketch-turbo": TURBO}


def is_large(weight):
    return weight.ndim >= 2 and weight.numel() >= LARGE


def rounded(module, kind):
    """The module with its large weights rounded as they are stored: kind is int8 or float16."""
    with torch.no_grad():
        for p in module.parameters():
            if not is_large(p):
                continue
            if kind == "float16":
                p.copy_(p.half().float())
            else:
                scale = p.flatten(1).abs().amax(1).clamp_min(1e-12) / 127
                scale = scale.view(-1, *[1] * (p.ndim - 1))
                p.copy_((p / scale).round() * scale)
    return module


def shrink(file, kind):
    """Stores the large constants of a graph as kind."""
    model = onnx.load(file)
    graph, stored, nodes = model.graph, [], []
    products = {n.input[1] for n in graph.node if n.op_type == "MatMul"}
    for constant in list(graph.initializer):
        w = numpy_helper.to_array(constant)
        if w.dtype != np.float32 or w.ndim < 2 or w.size < LARGE:
            continue
        graph.initializer.remove(constant)
        if kind == "float16":
            stored.append(numpy_helper.from_array(w.astype(np.float16), constant.name + ".half"))
            nodes.append(helper.make_node("Cast", [constant.name + ".half"], [constant.name], to=TensorProto.FLOAT))
            continue
        axis = 1 if constant.name in products else 0  # a projection is stored as [in, out]
        scale = np.maximum(np.abs(w).max(tuple(i for i in range(w.ndim) if i != axis), keepdims=True) / np.float32(127), np.float32(1e-12))
        stored.append(numpy_helper.from_array(np.round(w / scale).astype(np.int8), constant.name + ".int8"))
        stored.append(numpy_helper.from_array(scale.astype(np.float32), constant.name + ".scale"))
        nodes.append(helper.make_node("Cast", [constant.name + ".int8"], [constant.name + ".whole"], to=TensorProto.FLOAT))
        nodes.append(helper.make_node("Mul", [constant.name + ".whole", constant.name + ".scale"], [constant.name]))
    graph.initializer.extend(stored)
    rest = list(graph.node)
    del graph.node[:]
    graph.node.extend(nodes + rest)
    onnx.checker.check_model(model)
    onnx.save(model, file)


def graph(module, inputs, file, names, out, channels, axes):
    file.parent.mkdir(parents=True, exist_ok=True)
    torch.onnx.export(module.eval(), inputs, str(file), input_names=names, output_names=[out], dynamic_axes=axes, opset_version=17,
                      dynamo=False, do_constant_folding=True)
    model = onnx.load(file)  # a reshaped output has lost its number of channels
    model.graph.output[0].type.tensor_type.shape.dim[1].dim_value = channels
    onnx.save(model, file)


class Denoise(nn.Module):
    def __init__(self, unet):
        super().__init__()
        self.unet = unet

    def forward(self, sample, timestep, encoder_hidden_states):
        return self.unet(sample, timestep, encoder_hidden_states, return_dict=False)[0]


def write_json(file, value):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(value, indent=2) + "\n")


def configs(out, name, unet):
    own = sampler(RECIPE[name].scheduler)
    scheduler = {"_class_name": type(own).__name__, **SCHEDULE, **({"use_karras_sigmas": True} if own.config.get("use_karras_sigmas") else {})}
    write_json(out / "model_index.json", {
        "_class_name": "OnnxStableDiffusionImg2ImgPipeline", "_release": VERSION[name],
        "_defaults": {k: getattr(RECIPE[name], k) for k in ("strength", "guidance", "steps")}, "scheduler": ["diffusers", scheduler["_class_name"]],
        "text_encoder": ["transformers", "BertModel"], "tokenizer": ["transformers", "BertTokenizerFast"],
        "unet": ["diffusers", "UNet2DConditionModel"], "vae_decoder": ["diffusers", "AutoencoderKL"], "vae_encoder": ["diffusers", "AutoencoderKL"]})
    write_json(out / "scheduler" / "scheduler_config.json", scheduler)
    write_json(out / "unet" / "config.json", {k: v for k, v in unet.config.items() if not k.startswith("_")} | {"_class_name": "UNet2DConditionModel"})
    for part in ("vae_encoder", "vae_decoder"):
        write_json(out / part / "config.json", Autoencoder.CONFIG)
    write_json(out / "text_encoder" / "config.json", {
        "architectures": ["BertModel"], "model_type": "bert", "hidden_size": WIDTH, "num_hidden_layers": 6, "max_position_embeddings": 512, "vocab_size": 30522})


def folder(unet, vae, out, name):
    """Writes everything but the text encoder's graph and the tokenizer; the models' weights are rounded in place."""
    rounded(unet, "int8")
    rounded(vae.decoder, "float16")
    b = {0: "batch"}
    graph(Denoise(unet), (torch.zeros(2, CHANNELS, 32, 32), torch.tensor([1]), torch.zeros(2, 7, WIDTH)), out / "unet" / "model.onnx",
          ["sample", "timestep", "encoder_hidden_states"], "out_sample", CHANNELS,
          {"sample": {**b, 2: "height", 3: "width"}, "timestep": {0: "steps"}, "encoder_hidden_states": {**b, 1: "tokens"},
           "out_sample": {**b, 2: "height", 3: "width"}})
    graph(vae.encoder, torch.zeros(1, 3, 512, 512), out / "vae_encoder" / "model.onnx", ["sample"], "latent_sample", CHANNELS,
          {"sample": {**b, 2: "height", 3: "width"}, "latent_sample": {**b, 2: "cells_high", 3: "cells_wide"}})
    graph(vae.decoder, torch.zeros(1, CHANNELS, 32, 32), out / "vae_decoder" / "model.onnx", ["latent_sample"], "sample", 3,
          {"latent_sample": {**b, 2: "cells_high", 3: "cells_wide"}, "sample": {**b, 2: "height", 3: "width"}})
    shrink(out / "unet" / "model.onnx", "int8")
    shrink(out / "vae_decoder" / "model.onnx", "float16")
    configs(out, name, unet)
    size = sum(f.stat().st_size for f in out.rglob("*.onnx"))
    print(f"{out}: {size / 1e6:.1f} MB of graphs")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--unet", type=Path, required=True)
    parser.add_argument("--decoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--text", type=Path, help="MiniLM, to be copied where the build would put it")
    parser.add_argument("--name", choices=tuple(VERSION), default="sketch")
    args = parser.parse_args()
    folder(load(args.unet), Autoencoder.load(args.decoder), args.out, args.name)
    if args.text:
        for name, place in (("all-minilm-l6-v2-q.onnx", "text_encoder/model.onnx"), ("all-minilm-l6-v2-q-tokenizer.json", "tokenizer/tokenizer.json")):
            (args.out / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(args.text / name, args.out / place)


if __name__ == "__main__":
    main()
