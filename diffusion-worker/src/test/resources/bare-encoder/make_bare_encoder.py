"""Makes the smallest text encoder of BERT's kind: a table of word vectors, masked. Needs onnx and numpy."""
import json
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "quiet", "forest", "in", "the", "rain"]
HIDDEN = 6
table = (np.arange(len(WORDS) * HIDDEN, dtype=np.float32).reshape(len(WORDS), HIDDEN) + 1) / 100

ids, mask, types = (
    helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"])
    for name in ("input_ids", "attention_mask", "token_type_ids")
)
out = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["batch", "tokens", HIDDEN])
nodes = [
    helper.make_node("Gather", ["table", "input_ids"], ["words"]),
    helper.make_node("Sub", ["attention_mask", "token_type_ids"], ["seen"]),
    helper.make_node("Cast", ["seen"], ["seen_float"], to=TensorProto.FLOAT),
    helper.make_node("Unsqueeze", ["seen_float", "last"], ["seen_wide"]),
    helper.make_node("Mul", ["words", "seen_wide"], ["last_hidden_state"]),
]
graph = helper.make_graph(
    nodes, "bare", [ids, mask, types], [out],
    [numpy_helper.from_array(table, "table"), numpy_helper.from_array(np.array([-1], np.int64), "last")],
)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
onnx.checker.check_model(model)
onnx.save(model, "text_encoder/model.onnx")
json.dump({"model_type": "bert", "max_position_embeddings": 8}, open("text_encoder/config.json", "w"), indent=2)

special = [dict(id=i, content=w, single_word=False, lstrip=False, rstrip=False, normalized=False, special=True)
           for i, w in enumerate(WORDS[:4])]
tokenizer = dict(
    version="1.0",
    # what a sentence encoder's own file says; prompts must come out bare all the same
    truncation=dict(direction="Right", max_length=4, strategy="LongestFirst", stride=0),
    padding=dict(strategy=dict(Fixed=8), direction="Right", pad_to_multiple_of=None, pad_id=0, pad_type_id=0, pad_token="[PAD]"),
    added_tokens=special,
    normalizer=dict(type="Lowercase"),
    pre_tokenizer=dict(type="Whitespace"),
    post_processor=dict(
        type="TemplateProcessing",
        single=[dict(SpecialToken=dict(id="[CLS]", type_id=0)), dict(Sequence=dict(id="A", type_id=0)),
                dict(SpecialToken=dict(id="[SEP]", type_id=0))],
        pair=[dict(Sequence=dict(id="A", type_id=0)), dict(Sequence=dict(id="B", type_id=1))],
        special_tokens={t: dict(id=t, ids=[i], tokens=[t]) for t, i in (("[CLS]", 2), ("[SEP]", 3))},
    ),
    decoder=None,
    model=dict(type="WordLevel", vocab={w: i for i, w in enumerate(WORDS)}, unk_token="[UNK]"),
)
json.dump(tokenizer, open("tokenizer/tokenizer.json", "w"), indent=1)
