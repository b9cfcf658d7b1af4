#!/usr/bin/env python3
"""Writes the archives of numpy/ beside this file, as numpy.savez and numpy.savez_compressed lay them out (numpy 1.26)."""
import os

import numpy

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "numpy")
rows = numpy.arange(12).reshape(4, 3)
labels = numpy.array([2, 7, 7, 2])

arrays = {
    "x": rows.astype("u1"), "y": labels,
    "halves": (rows / 4).astype("<f2"), "floats": (rows / 8).astype(">f4"),
    "columns": numpy.asfortranarray(rows / 16), "whole": rows.astype("<i4"),
}
os.makedirs(FOLDER, exist_ok=True)
numpy.savez(os.path.join(FOLDER, "stored.npz"), **arrays)
numpy.savez_compressed(os.path.join(FOLDER, "deflated.npz"), **arrays)
numpy.savez(os.path.join(FOLDER, "unnamed.npz"), rows.astype("f8"), labels)
numpy.savez_compressed(os.path.join(FOLDER, "alone.npz"), anything=rows.astype("f4"))
numpy.savez(os.path.join(FOLDER, "split.npz"), x_train=rows[:3], y_train=labels[:3], x_test=rows[3:], y_test=labels[3:])
# 200 kB of zeros in 300 bytes.
numpy.savez_compressed(os.path.join(FOLDER, "bomb.npz"), x=numpy.zeros((4, 50_000), "u1"), y=labels)
