"""A table of people as a census has them: read from its file, trained on, evaluated on rows that were held out.

50000 rows of 5 columns of numbers and 9 of categories, like the table 'adult' of UCI's, and of about its sizes: 108 features
once each category is one. A fifth of the rows is held out; the target is `yes` in a quarter.
"""
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

CATEGORIES = {"workclass": 9, "education": 16, "marital_status": 7, "occupation": 15, "relationship": 6, "race": 5,
              "sex": 2, "country": 42, "region": 6}
NUMBERS = ("age", "education_years", "capital_gain", "capital_loss", "hours_per_week")
TARGET, L2 = "income_over_50k", 1e-4


def table(folder):
    """The rows to train on and those held out, as two files."""
    paths = [folder / f"census-{part}.csv" for part in ("train", "test")]
    if not all(path.exists() for path in paths):
        write(paths)
    return [str(path) for path in paths]


def write(paths, rows=50000, seed=20250801):
    rng = np.random.default_rng(seed)
    score, columns = np.full(rows, -1.6), {}
    numbers = {
        "age": rng.integers(17, 91, rows), "education_years": rng.integers(1, 17, rows),
        "capital_gain": np.where(rng.random(rows) < 0.08, rng.integers(114, 100000, rows), 0),
        "capital_loss": np.where(rng.random(rows) < 0.05, rng.integers(155, 4400, rows), 0),
        "hours_per_week": rng.integers(1, 100, rows)}
    for name, effect in zip(NUMBERS, (0.4, 0.5, 0.8, 0.2, 0.3)):
        score += effect * (numbers[name] - numbers[name].mean()) / numbers[name].std()
        columns[name] = [str(number) for number in numbers[name]]
    for name, count in CATEGORIES.items():
        shares = 1 / np.arange(1, count + 1)
        codes = rng.choice(count, rows, p=shares / shares.sum())
        score += rng.normal(0, 0.5, count)[codes]
        columns[name] = [f"{name.title().replace('_', '-')}-{code}" for code in codes]
    columns[TARGET] = np.where(rng.random(rows) < 1 / (1 + np.exp(-score)), "yes", "no")
    held_out = rng.random(rows) < 0.2
    for path, chosen in zip(paths, (~held_out, held_out)):
        part = path.with_suffix(".part")
        with open(part, "w") as file:
            file.write(",".join(columns) + "\n")
            for row in np.flatnonzero(chosen):
                file.write(",".join(column[row] for column in columns.values()) + "\n")
        part.rename(path)


def load(train, test, _):
    return train, test


def scikit_learn(train, test, options):
    """What pandas and scikit-learn's own guide to columns of mixed types do, with Descent's objective."""
    import pandas
    from sklearn.compose import ColumnTransformer
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import log_loss, roc_auc_score
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    def run():
        start = time.perf_counter()
        data = pandas.read_csv(train)
        target = data.pop(TARGET)
        columns = ColumnTransformer([
            ("numbers", StandardScaler(), list(NUMBERS)),
            ("categories", OneHotEncoder(handle_unknown="ignore"), list(CATEGORIES))])
        model = make_pipeline(columns, StandardScaler(with_mean=False),
                              LogisticRegression(C=1 / (L2 * len(data)), max_iter=1000))
        model.fit(data, target)
        new = pandas.read_csv(test)
        truth = new.pop(TARGET)
        probabilities = model.predict_proba(new)
        result = [log_loss(truth, probabilities), roc_auc_score(truth == "yes", probabilities[:, 1])]
        return {"seconds": time.perf_counter() - start, "result": result}

    return run


def python_command(train, test, options):
    """The same as a script of its own, from its start to its end."""
    return timed([sys.executable, __file__, train, test], json.loads)


def descent_command(train, test, options):
    """`descent train`, which measures the model on the rows that were held out."""
    folder, tool = Path(train).parent, os.environ["DESCENT"]
    model, metrics = folder / "census.onnx", folder / "census-metrics.json"
    command = [
        tool, "train", train, "--test", test, "--categorical", ",".join(CATEGORIES), "--loss", "logistic", "--l2", str(L2),
        "--quiet", "--output", model, "--metrics", metrics]
    return timed(command, lambda _: json.loads(metrics.read_text())["test_scores"])


def timed(command, scores):
    """A whole process; `scores` reads what it said of the rows that were held out."""
    def run():
        start = time.perf_counter()
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        seconds, found = time.perf_counter() - start, scores(output)
        return {"seconds": seconds, "result": [found["log_loss"], found["roc_auc"]]}

    return run


if __name__ == "__main__":
    log_loss, roc_auc = scikit_learn(*sys.argv[1:], None)()["result"]
    print(json.dumps({"log_loss": log_loss, "roc_auc": roc_auc}))
