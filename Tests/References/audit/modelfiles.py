"""The linear models that Descent writes, read by others' means."""
import json
import numpy as np


def read(path):
    """Weights [outputs, features], biases [outputs], and the texts that the file holds."""
    if path.suffix == ".safetensors":
        tensors, texts = safetensors(path.read_bytes())
    else:
        import onnx
        model = onnx.load(path)
        tensors = {t.name: onnx.numpy_helper.to_array(t) for t in model.graph.initializer}
        texts = {entry.key: entry.value for entry in model.metadata_props}
    return np.atleast_2d(tensors["weights"]), tensors["biases"], texts


def safetensors(content):
    size = int.from_bytes(content[:8], "little")
    header = json.loads(content[8:8 + size])
    texts = header.pop("__metadata__", {})
    types = {"F32": np.float32, "F64": np.float64}
    tensors = {}
    for name, entry in header.items():
        start, end = (8 + size + offset for offset in entry["data_offsets"])
        tensors[name] = np.frombuffer(content[start:end], types[entry["dtype"]]).reshape(entry["shape"])
    return tensors, texts
