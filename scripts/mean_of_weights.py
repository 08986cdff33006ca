#!/usr/bin/env python3
"""Averages the weights of generators of one run, as some legs of docs/training-log.md do.

    scripts/mean_of_weights.py mean.safetensors last.safetensors=3 earlier.safetensors=1

Each file counts by the number behind it (1 if there is none). Weights along one way of training lie close enough to each
other that their mean often does better than each (Izmailov et al. 2018). The notes of the first file are kept.
"""
import argparse
import json
import os
import struct
import sys

try:
    import numpy
except ImportError:
    sys.exit("error: numpy is missing; install it (pip install numpy, or Debian's python3-numpy)")

LENGTH = struct.Struct("<Q")  # of the header, in bytes


def read(path):
    """A safetensors file as (header, numbers); they are all in half precision."""
    try:
        with open(path, "rb") as file:
            header = json.loads(file.read(LENGTH.unpack(file.read(LENGTH.size))[0]))
            numbers = numpy.frombuffer(file.read(), numpy.float16)
    except OSError as problem:
        sys.exit(f"error: {problem}")
    except (ValueError, OverflowError, MemoryError, struct.error):  # the length is another file's text
        header = {}
    if not header or any(entry["dtype"] != "F16" for name, entry in header.items() if name != "__metadata__"):
        sys.exit(f"error: {path}: no generator that training wrote; give a generator.safetensors")
    return header, numbers


def weighted(text):
    """FILE=NUMBER, or FILE alone."""
    path, _, number = text.rpartition("=")
    return (path, float(number)) if path else (text, 1.0)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", metavar="OUT")
    parser.add_argument("files", nargs="+", metavar="FILE[=NUMBER]", type=weighted)
    args = parser.parse_args()
    total = sum(number for _, number in args.files)
    mean, first = 0, None
    for path, number in args.files:
        header, numbers = read(path)
        layout = {name: entry for name, entry in header.items() if name != "__metadata__"}
        first = first or (header, layout)
        if layout != first[1]:
            sys.exit(f"error: {path}: another network than {args.files[0][0]}; give generators of one size")
        mean = mean + numbers.astype(numpy.float64) * (number / total)
    encoded = json.dumps(first[0]).encode()
    encoded += b" " * (-len(encoded) % 8)
    temporary = args.output + ".tmp"
    try:
        with open(temporary, "wb") as file:
            file.write(LENGTH.pack(len(encoded)) + encoded + mean.astype(numpy.float16).tobytes())
        os.replace(temporary, args.output)
    except OSError as problem:
        sys.exit(f"error: {problem}")


if __name__ == "__main__":
    main()
