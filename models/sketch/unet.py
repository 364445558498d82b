"""The U-Net: diffusers' own, small; cross-attention to the prompt at its two lower levels, v-prediction."""
from diffusers import DDIMScheduler, UNet2DConditionModel

from autoencoder import CHANNELS
from text import WIDTH

SCHEDULE = dict(num_train_timesteps=1000, beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", prediction_type="v_prediction",
                clip_sample=False, set_alpha_to_one=False, steps_offset=1, timestep_spacing="trailing")


def unet():
    return UNet2DConditionModel(
        sample_size=32, in_channels=CHANNELS, out_channels=CHANNELS, layers_per_block=1, block_out_channels=(64, 128, 192),
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
        cross_attention_dim=WIDTH, attention_head_dim=32, norm_num_groups=8)


def alphas():
    """Cumulative products of Stable Diffusion's own noise schedule, float [1000]."""
    return DDIMScheduler(**SCHEDULE).alphas_cumprod
