"""Scores of a linear model: one row at a time, or batches."""
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


def numpy(x, y, options):
    w, b = weights(x.shape[1], options.classes), np.zeros(options.classes, np.float32)
    return timed(x, options, lambda batch: batch @ w + b)


def pytorch(x, y, options):
    import torch

    torch.set_num_threads(options.threads)
    layer = torch.nn.Linear(x.shape[1], options.classes)
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(weights(x.shape[1], options.classes).T))
        layer.bias.zero_()

    @torch.inference_mode()
    def scores(batch):
        return layer(torch.from_numpy(batch)).numpy()

    return timed(x, options, scores)


def onnx_runtime(x, y, options):
    import onnxruntime
    from onnx import TensorProto, helper, numpy_helper

    w = weights(x.shape[1], options.classes)
    constants = [numpy_helper.from_array(w, "w"), numpy_helper.from_array(np.zeros(w.shape[1], "f"), "b")]
    ends = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [None, size]) for name, size in
            (("x", w.shape[0]), ("s", w.shape[1]))]
    graph = helper.make_graph([helper.make_node("Gemm", ["x", "w", "b"], ["s"])], "g", ends[:1], ends[1:], constants)
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
