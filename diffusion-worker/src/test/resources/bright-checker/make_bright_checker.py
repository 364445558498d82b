"""Makes the smallest safety checker with the ports of Stable Diffusion's: it flags what is brighter than CLIP's mean. Needs onnx."""
import json

import onnx
from onnx import TensorProto, helper

SIDE = 16
nodes = [
    helper.make_node("ReduceMean", ["clip_input"], ["mean"], axes=[1, 2, 3], keepdims=0),
    helper.make_node("Sub", ["mean", "mean"], ["zero"]),
    helper.make_node("Greater", ["mean", "zero"], ["has_nsfw_concepts"]),
    helper.make_node("Identity", ["images"], ["out_images"]),
]
graph = helper.make_graph(
    nodes,
    "bright",
    [
        helper.make_tensor_value_info("clip_input", TensorProto.FLOAT, ["batch", 3, SIDE, SIDE]),
        helper.make_tensor_value_info("images", TensorProto.FLOAT, ["batch", "height", "width", 3]),
    ],
    [
        helper.make_tensor_value_info("out_images", TensorProto.FLOAT, ["batch", "height", "width", 3]),
        helper.make_tensor_value_info("has_nsfw_concepts", TensorProto.BOOL, ["batch"]),
    ],
)
model = helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 17)])
onnx.checker.check_model(model)
onnx.save(model, "safety_checker/model.onnx")
json.dump(dict(crop_size=dict(height=SIDE, width=SIDE)), open("feature_extractor/preprocessor_config.json", "w"))
