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

# Images, row after row and column after column, and labels of each kind of text.
images = numpy.arange(4 * 3 * 2).reshape(4, 3, 2)
colours = numpy.arange(4 * 2 * 3 * 2).reshape(4, 2, 3, 2)
names = numpy.array(["dog", "cät", "", "cat"])
numpy.savez(
    os.path.join(FOLDER, "images.npz"), grey=images.astype("u1"), colour=colours.astype("f4"),
    grey_columns=numpy.asfortranarray(images.astype("f8")), colour_columns=numpy.asfortranarray(colours.astype("i2")),
    one=numpy.asfortranarray(images[:1].astype("f4")), planar=numpy.zeros((4, 3, 2, 6), "u1"), deep=numpy.zeros((4, 1, 1, 1, 1)),
    flags=images % 2 == 0, y=numpy.array(["dog", "cät", "dog", "cat"]), big=numpy.array(["dog", "cät", "dog", "cat"], ">U9"),
    bytes=numpy.array([b"dog", b"c\xc3\xa4t", b"dog", b"cat"]), numbers=numpy.array(["10", "9", "10", "9.5"]),
    empty=names, missing=numpy.array(["a", "nan", "a", "b"]), true=numpy.array([True, False, True, True]),
    latin=numpy.array([b"a", b"\xe4", b"a", b"b"]), objects=numpy.array(["a", "b", "a", "b"], dtype=object))
