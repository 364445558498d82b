"""Makes a folder of Stable Diffusion 1.5's sizes with random weights: half precision, weights in other files, about 2 GB.

python make_full_size.py OUT TOKENIZER   where TOKENIZER is a folder with CLIP's vocab.json and merges.txt (models/tiny-sd/tokenizer).
Needs torch, diffusers, transformers, onnx; about 8 GB of memory and some minutes.
"""
import json
import os
import shutil
import sys
import warnings

warnings.filterwarnings("ignore")
import onnx
import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from transformers import CLIPTextConfig, CLIPTextModel

torch.set_grad_enabled(False)
OUT, TOKENIZER = sys.argv[1:3]


class First(torch.nn.Module):
    """A graph gives out one tensor."""

    def __init__(self, call):
        super().__init__()
        self.call = call[0]
        self.how = call[1]

    def forward(self, *args):
        return self.how(self.call, *args)


def export(part, module, how, args, names, output, axes, config):
    folder = f"{OUT}/{part}"
    os.makedirs(folder, exist_ok=True)
    whole = f"{folder}/whole.onnx"
    torch.onnx.export(First((module.half().eval(), how)), args, whole, input_names=names, output_names=[output],
                      dynamic_axes=axes, opset_version=17, dynamo=False, do_constant_folding=False)
    model = onnx.load(whole)
    os.remove(whole)
    onnx.save(model, f"{folder}/model.onnx", save_as_external_data=True, all_tensors_to_one_file=True,
              location="model.onnx_data", size_threshold=1024)
    json.dump(config, open(f"{folder}/config.json", "w"), indent=1)
    print(part, os.path.getsize(f"{folder}/model.onnx_data") >> 20, "MiB", flush=True)


torch.manual_seed(15)
half = torch.float16
text = CLIPTextModel(CLIPTextConfig(
    vocab_size=49408, hidden_size=768, intermediate_size=3072, num_hidden_layers=12, num_attention_heads=12,
    max_position_embeddings=77, projection_dim=768, bos_token_id=49406, eos_token_id=49407))
export("text_encoder", text, lambda m, ids: m(ids.long())[0], (torch.zeros(1, 77, dtype=torch.int32),), ["input_ids"],
       "last_hidden_state", {"input_ids": {0: "batch"}, "last_hidden_state": {0: "batch"}},
       dict(model_type="clip_text_model", hidden_size=768, max_position_embeddings=77))
del text

blocks = (320, 640, 1280, 1280)
unet = UNet2DConditionModel(sample_size=64, in_channels=4, out_channels=4, layers_per_block=2, block_out_channels=blocks,
                            cross_attention_dim=768, attention_head_dim=8)
export("unet", unet, lambda m, x, t, s: m(x, t, s, return_dict=False)[0],
       (torch.randn(1, 4, 8, 8, dtype=half), torch.tensor([3.0], dtype=half), torch.randn(1, 77, 768, dtype=half)),
       ["sample", "timestep", "encoder_hidden_states"], "out_sample",
       {"sample": {0: "batch", 2: "height", 3: "width"}, "timestep": {0: "steps"},
        "encoder_hidden_states": {0: "batch", 1: "tokens"}, "out_sample": {0: "batch", 2: "height", 3: "width"}},
       dict(_class_name="UNet2DConditionModel", in_channels=4, block_out_channels=blocks, cross_attention_dim=768))
del unet

vae = AutoencoderKL(in_channels=3, out_channels=3, down_block_types=("DownEncoderBlock2D",) * 4,
                    up_block_types=("UpDecoderBlock2D",) * 4, block_out_channels=(128, 256, 512, 512), layers_per_block=2,
                    latent_channels=4, norm_num_groups=32, sample_size=512, scaling_factor=0.18215)
told = dict(_class_name="AutoencoderKL", block_out_channels=(128, 256, 512, 512), latent_channels=4, scaling_factor=0.18215)
sides = {0: "batch", 2: "height", 3: "width"}
export("vae_encoder", vae, lambda m, x: m.encode(x).latent_dist.parameters, (torch.randn(1, 3, 64, 64, dtype=half),),
       ["sample"], "latent_parameters", {"sample": sides, "latent_parameters": sides}, told)
export("vae_decoder", vae, lambda m, x: m.decode(x, return_dict=False)[0], (torch.randn(1, 4, 8, 8, dtype=half),),
       ["latent_sample"], "sample", {"latent_sample": sides, "sample": sides}, told)
shutil.copytree(TOKENIZER, f"{OUT}/tokenizer", dirs_exist_ok=True)
os.makedirs(f"{OUT}/scheduler", exist_ok=True)
json.dump(dict(_class_name="PNDMScheduler", beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear",
               num_train_timesteps=1000, skip_prk_steps=True, steps_offset=1, set_alpha_to_one=False),
          open(f"{OUT}/scheduler/scheduler_config.json", "w"), indent=1)
json.dump(dict(_class_name="StableDiffusionImg2ImgPipeline"), open(f"{OUT}/model_index.json", "w"))
