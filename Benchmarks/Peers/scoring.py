"""Scores of a linear model, or of a network with a hidden layer: one row at a time, or batches."""
import time

import numpy as np

from data import weights


def timed(x, options, scores):
    """`scores` takes a batch [rows, columns] and returns [rows, classes]."""
    rows = min(8192 if options.batch > 1 else 4096, len(x)) // options.batch * options.batch
    batches = [x[i : i + options.batch] for i in range(0, rows, options.batch)]

    def run():
        start, total = time.perf_counter(), 0.0
        for batch in batches:
            total += scores(batch)[0, 0]
        seconds = time.perf_counter() - start
        total = sum(float(np.asarray(scores(batch), np.float64)[:, 0].sum()) for batch in batches)
        return {"seconds": seconds / rows, "result": [total]}

    return run


def layers(x, options):
    """Weights [inputs, outputs] and biases of each layer."""
    widths = [x.shape[1], *([options.hidden] if options.hidden else []), options.classes]
    return [(weights(*shape), np.zeros(shape[1], np.float32)) for shape in zip(widths, widths[1:])]


def numpy(x, y, options):
    (w, b), *more = layers(x, options)

    def scores(batch):
        s = batch @ w + b
        for weights, biases in more:
            s = np.maximum(s, 0) @ weights + biases
        return s

    return timed(x, options, scores)


def pytorch(x, y, options):
    import torch

    torch.set_num_threads(options.threads)
    modules = []
    for w, _ in layers(x, options):
        linear = torch.nn.Linear(*w.shape)
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(w.T))
            linear.bias.zero_()
        modules += [linear, torch.nn.ReLU()]
    layer = torch.nn.Sequential(*modules[:-1])

    @torch.inference_mode()
    def scores(batch):
        return layer(torch.from_numpy(batch)).numpy()

    return timed(x, options, scores)


def onnx_runtime(x, y, options):
    import onnxruntime
    from onnx import TensorProto, helper, numpy_helper

    constants, nodes, name = [], [], "x"
    for i, (w, b) in enumerate(layers(x, options)):
        if i:
            nodes.append(helper.make_node("Relu", [name], [f"a{i}"]))
            name = f"a{i}"
        constants += [numpy_helper.from_array(w, f"w{i}"), numpy_helper.from_array(b, f"b{i}")]
        nodes.append(helper.make_node("Gemm", [name, f"w{i}", f"b{i}"], [f"s{i}"]))
        name = f"s{i}"
    ends = [helper.make_tensor_value_info(end, TensorProto.FLOAT, [None, size]) for end, size in
            (("x", x.shape[1]), (name, options.classes))]
    graph = helper.make_graph(nodes, "g", ends[:1], ends[1:], constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads, settings.inter_op_num_threads = options.threads, 1
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), settings, providers=["CPUExecutionProvider"])
    return timed(x, options, lambda batch: session.run(None, {"x": batch})[0])


def scikit_learn(x, y, options):
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(max_iter=1).fit(x[:2000], y[:2000])
    model.coef_ = weights(x.shape[1], options.classes).T.copy()
    model.intercept_ = np.zeros(options.classes, np.float32)
    return timed(x, options, model.decision_function)
