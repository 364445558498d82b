"""A folder as it is released, run by ONNX Runtime in the place of PyTorch's modules: what is measured is what is shipped."""
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import onnxruntime
import torch


def session(file, threads):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])


class Graph:
    """One graph with tensors in and out."""

    def __init__(self, file, threads):
        self.session = session(file, threads)
        self.names = [i.name for i in self.session.get_inputs()]

    def __call__(self, *tensors):
        return torch.from_numpy(self.session.run(None, {n: np.ascontiguousarray(t.numpy()) for n, t in zip(self.names, tensors)})[0])


class Unet:
    def __init__(self, file, threads):
        self.graph = Graph(file, threads)

    def __call__(self, x, t, states, encoder_attention_mask=None):
        if encoder_attention_mask is not None:
            raise ValueError("the exported graph takes no mask: prompts of one length together, or each alone")
        return SimpleNamespace(sample=self.graph(x, torch.as_tensor(t).reshape(1).long(), states))


class Folder:
    """U-Net and autoencoder of a folder, to be handed to `pipeline.paint`."""

    def __init__(self, folder, threads=2):
        folder = Path(folder)
        self.unet = Unet(folder / "unet" / "model.onnx", threads)
        self.vae = SimpleNamespace(encoder=Graph(folder / "vae_encoder" / "model.onnx", threads), decoder=Graph(folder / "vae_decoder" / "model.onnx", threads))
