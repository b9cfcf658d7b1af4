#!/usr/bin/env python3
"""Writes the seeds of the data readers to Corpus. Beside them lie what was found (found-*), and models and checkpoints
that `descent train` wrote of tables of four rows. Needs Python's own library alone.

An input of data is a file, its labels' file, two bytes of options (Tables.swift says what the bits are), and the length
of the labels' file in two bytes."""
import gzip
import io
import os
import sqlite3
import struct
import zipfile

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "Corpus")
DOUBLE, STREAM, MODEL, SEMICOLON = 1, 2, 4, 8
PRESENT, ABSENT, FIRST, NAMED_Y = 1 << 4, 2 << 4, 1 << 6, 2 << 6
NUMBERS, THREADS, MEAN, DROPPED = 0x100, 0x200, 1 << 10, 2 << 10
REFUSES, CATEGORY, TALLY, IGNORED = 0x1000, 0x2000, 0x4000, 0x8000


def seed(reader, name, data, bits=0, labels=b""):
    folder = os.path.join(HERE, reader)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data + labels + struct.pack("<HH", bits, len(labels)))


def npy(descr, shape, payload, fortran=False, version=1):
    text = f"{{'descr': '{descr}', 'fortran_order': {fortran}, 'shape': {shape}, }}".encode()
    text += b" " * (-(10 + len(text) + 1) % 64) + b"\n"
    return b"\x93NUMPY" + bytes([version, 0]) + struct.pack("<H" if version == 1 else "<I", len(text)) + text + payload


def npz(members, method=zipfile.ZIP_STORED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members:
            member = zipfile.ZipInfo(name + ".npy")
            member.compress_type = method
            with archive.open(member, "w", force_zip64=name == "X") as writer:  # As numpy.savez does.
                writer.write(data)
    return file.getvalue()


def idx(kind, dims, payload):
    return bytes([0, 0, kind, len(dims)]) + b"".join(struct.pack(">I", d) for d in dims) + payload


def zstd(data):
    """A frame of one raw block, without a checksum."""
    return b"\x28\xb5\x2f\xfd\x20" + bytes([len(data)]) + struct.pack("<I", len(data) << 3 | 1)[:3] + data


def tables():
    for reader, comma in [("csv", b","), ("tsv", b"\t")]:
        numbers = b"a,b,y\n1,2.5,0\n-3e2,.5,1\n+1.,1e-400,0\n".replace(b",", comma)
        seed(reader, "header", numbers)
        seed(reader, "double", numbers, DOUBLE | THREADS | NAMED_Y)
        seed(reader, "numbers", numbers, NUMBERS | PRESENT | TALLY)
        seed(reader, "stream", numbers, STREAM | DOUBLE)
        seed(reader, "ignored", numbers, STREAM | IGNORED)
        seed(reader, "first", b"1,2,3\r\n0,2,3\r\n".replace(b",", comma), ABSENT | FIRST | MODEL)
        missing = b"c,b,y\nred,nan,0\n,2,1\n\"\xc3\xa9\",NA,0\n".replace(b",", comma)
        seed(reader, "categories", missing, CATEGORY | MEAN)
        seed(reader, "schema", missing, CATEGORY | MODEL | STREAM | TALLY)
        seed(reader, "dropped", missing, CATEGORY | DROPPED | REFUSES | MODEL)
        seed(reader, "quotes", b'"a ""b""","c\nd",y\n"1",2,"x,z"\n\n3,4,w'.replace(b",", comma))
    seed("csv", "semicolon", b"\xef\xbb\xbfa;b;y\n1;2;0\n3;4;1\n", SEMICOLON)


def arrays():
    labels = npy("<i8", "(2,)", struct.pack("<2q", 0, 1))
    for descr, code in [("<f4", "<6f"), (">f8", ">6d"), ("<f2", "<6e"), ("|u1", "6B"), ("<i4", "<6i")]:
        data = npy(descr, "(2, 3)", struct.pack(code, *range(6)))
        seed("npy", descr.strip("<>|") + ".npy", data, 0, labels)
        seed("npy", descr.strip("<>|") + "-stream.npy", data.replace(b"(2, 3)", b"(3, 2)"), STREAM | DOUBLE | IGNORED)
    seed("npy", "fortran.npy", npy("<f8", "(2, 3)", struct.pack("<6d", *range(6)), True, 2), DOUBLE, labels)
    seed("npy", "numbers.npy", npy("<f4", "(2, 2)", struct.pack("<4f", *range(4))), NUMBERS | MODEL,
         idx(0x0E, [2], struct.pack(">2d", 0.5, -1)))
    labels = idx(8, [2], b"\0\1")
    for kind, code in [(8, "8B"), (9, "8b"), (11, ">8h"), (12, ">8i"), (13, ">8f"), (14, ">8d")]:
        data = struct.pack(code, *range(8))
        seed("idx", f"{kind}-idx3", idx(kind, [2, 2, 2], data), 0, labels)
        seed("idx", f"{kind}-stream", idx(kind, [4, 2], data), STREAM | IGNORED)
    seed("idx", "channels-idx4", idx(8, [2, 1, 2, 3], bytes(12)), NUMBERS, npy("|u1", "(2, 1)", b"\1\2"))


def archives():
    rows = npy("<f4", "(2, 2)", struct.pack("<4f", *range(4)))
    columns = npy("<f8", "(2, 2)", struct.pack("<4d", *range(4)), True)
    labels = npy("|u1", "(2,)", b"\0\1")
    for name, method in [("stored", zipfile.ZIP_STORED), ("deflated", zipfile.ZIP_DEFLATED)]:
        seed("npz", name, npz([("x", rows), ("y", labels)], method))
        seed("npz", name + "-64", npz([("X", columns), ("y", labels)], method), DOUBLE)
        seed("npz", name + "-stream", npz([("other", rows)], method), STREAM | IGNORED)
        seed("npz", name + "-apart", npz([("arr_0", columns)], method), NUMBERS, labels)
    many = [(str(i), b"") for i in range(40)] + [("data", npy("|u1", "(2, 2)", b"\0\1\2\3")), ("target", labels)]
    seed("npz", "many", npz(many))
    seed("npy", "npz-labels.npy", rows, 0, npz([("labels", labels)]))
    # A bomb: 2 MB of zeros.
    seed("npz", "bomb", npz([("x", npy("|u1", "(2, 1048576)", bytes(2 << 20))), ("y", labels)], zipfile.ZIP_DEFLATED))


def sparse():
    rows = b"1 1:0.5 3:2e1\n0 2:-1 # comment\n\n1\n"
    seed("libsvm", "rows", rows)
    seed("libsvm", "double", rows, DOUBLE | THREADS)
    seed("libsvm", "numbers", b"-2.5 1:1\r\n+3 1:2 2:3\r\n", NUMBERS)
    seed("libsvm", "stream", b"1 1:1 2:2\n0 2:1\n", STREAM)
    seed("libsvm", "ignored", b"1 1:1 2:2\n0 2:1", STREAM | IGNORED | DOUBLE)


def pictures():
    """Of three records that are mostly zeros."""
    records = b"".join(bytes([label]) + bytes(range(256)) + bytes(2816) for label in [0, 9, 1])
    seed("cifar10", "records", records)
    seed("cifar10", "numbers", records, NUMBERS | DOUBLE)
    seed("cifar10", "stream", records, STREAM | IGNORED)
    seed("cifar10", "gzip", gzip.compress(records, mtime=0))
    seed("cifar10", "label", b"\x0a" + records[1:])


def labels():
    """Of three rows, but where the bits say one, nine or 300."""
    one, nine, many, text, tabs, packed = 1 << 10, 2 << 10, 3 << 10, 1 << 6, 2 << 6, 3 << 6
    seed("labels", "names", b"red\n\xc3\xa9\nred\n")
    seed("labels", "header", b"colour\r\nred\r\nblue\r\nred\r\n", text)
    seed("labels", "whole", b"1\n0\n1\n", MODEL | tabs)
    seed("labels", "unknown", b"1\n2\n1\n", MODEL)
    seed("labels", "numbers", b"y\n-2.5\n1e3\n.5", NUMBERS | PRESENT | DOUBLE | text)
    seed("labels", "quotes", b'"a,b"\n"a ""b"""\n\n"c\nd"\n', ABSENT | THREADS)
    seed("labels", "fields", b"a,b\nc,d\ne,f\n")
    seed("labels", "tabs", b"a,b\nc\te\nf\n", tabs)
    seed("labels", "one", b"\xef\xbb\xbfred\n", one)
    seed("labels", "nine", b"0\n1\n2\n3\n4\n5\n6\n7\n8\n", nine | MODEL)
    seed("labels", "many", b"".join(b"%d\n" % i for i in range(300)), many | text)
    seed("labels", "few", b"1\n0\n", text)
    seed("labels", "empty-line", b'red\n""\nblue\n', text)
    seed("labels", "packed.gz", gzip.compress(b"a\nb\na\n", mtime=0), packed)
    seed("labels", "stream", b"1\n0\n1\n", STREAM)


def compressed():
    table = b"a,b,y\n1,2,0\n3,4,1\n"
    array = npy("<f4", "(2, 2)", struct.pack("<4f", *range(4)))
    packed = {"gz": lambda data: gzip.compress(data, mtime=0), "zst": zstd}
    for name, pack in packed.items():
        seed("compressed", "table." + name, pack(table))
        seed("compressed", "stream." + name, pack(table), STREAM | IGNORED)
        seed("compressed", "array." + name, pack(array), STREAM | IGNORED | SEMICOLON)
        seed("compressed", "twice." + name, pack(pack(table)))
    seed("compressed", "members.gz", packed["gz"](table[:9]) + packed["gz"](table[9:]))
    seed("compressed", "frames.zst", zstd(table[:9]) + zstd(table[9:]))
    # A bomb: 2 MB of one digit.
    seed("compressed", "bomb.gz", packed["gz"](b"1" * (2 << 20)))


def databases():
    path = os.path.join(HERE, "t.db")
    for name, create, bits in [
        ("numbers", "create table t(a real, b integer, y text); insert into t values (1.5, 2, 'u'), (3, 4, 'v')", 0),
        ("missing", "create table t(a text, b, y integer); insert into t values ('red', null, 0), ('é', 1, 1), ('', 'NA', 0)",
         CATEGORY | MEAN),
        ("stream", "create table t(a, b); insert into t values (1, '2'), (x'00', 3)", STREAM | IGNORED),
    ]:
        database = sqlite3.connect(path)
        database.executescript("pragma page_size=512; " + create)
        database.close()
        with open(path, "rb") as file:
            seed("sqlite", name + ".db", file.read(), bits)
        os.remove(path)


for make in [tables, arrays, archives, sparse, pictures, labels, compressed, databases]:
    make()
