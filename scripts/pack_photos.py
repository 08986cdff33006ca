#!/usr/bin/env python3
"""Packs photos for `outpaint train --data_path OUT.pixels`, where there is Python but no libvips.

    scripts/pack_photos.py train.pixels shards/train-*.tar --short_side 288

Takes folders (recursive), .tar shards and picture files, decodes them with Pillow, shrinks them, and writes their pixels
one after another, as src/Outpaint/Data/PackedCacheFormat.cs describes. Colour profiles are not applied. Pictures that
cannot be read are left out and counted.
"""
import argparse
import io
import multiprocessing
import os
import struct
import sys
import tarfile

try:
    from PIL import Image, ImageOps, UnidentifiedImageError
except ImportError:
    Image = None  # benchmarks/training/compare.sh packs pixels of its own

MAGIC, KEY = b"OUTPIX01", bytes(32)  # no key: the file was asked for by name, not found in the cache
HEADER = struct.Struct("<8s32sqq")  # and the file's length, and where its index begins
EXTENSIONS = (".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".tif", ".tiff", ".avif", ".heic", ".heif", ".hif", ".gif")


def is_picture(name):
    return name.lower().endswith(EXTENSIONS) and not os.path.basename(name).startswith(".")


def entries(path, name):
    """Yields (name, encoded picture or path of one) in the order that the trainer has, too."""
    if os.path.isdir(path):
        files = (os.path.join(folder, file) for folder, _, files in os.walk(path) for file in files)
        for file in sorted(files, key=lambda file: os.path.relpath(file, path)):
            yield from entries(file, os.path.relpath(file, path))
    elif name.lower().endswith(".tar") and not os.path.basename(name).startswith("."):
        with tarfile.open(path, "r:") as shard:
            for member in shard:
                if member.isfile() and is_picture(member.name):
                    yield f"{name}/{member.name}", shard.extractfile(member).read()
    elif is_picture(name):
        yield name, path


def in_rgb(image):
    """The picture as the trainer would decode it: transparency on white, 16-bit grey by its upper 8 bits."""
    if image.mode.startswith("I"):
        image = image.point(lambda value: value / 256).convert("L")
    if "A" in image.getbands() or "transparency" in image.info:
        opaque = image.convert("RGBA")
        image = Image.new("RGBA", opaque.size, "white")
        image.alpha_composite(opaque)
    return image.convert("RGB")


def decode(job):
    """Returns (name, width, height, pixels), or (name, what is wrong with it)."""
    name, encoded, short_side = job
    try:
        file = io.BytesIO(encoded) if isinstance(encoded, bytes) else encoded
        image = in_rgb(ImageOps.exif_transpose(Image.open(file)))
        scale = short_side / min(image.size)
        if scale < 1:
            image = image.resize([max(1, round(side * scale)) for side in image.size], Image.Resampling.LANCZOS)
        return name, image.width, image.height, image.tobytes()
    except UnidentifiedImageError:
        return name, "no picture that Pillow can read"
    except Exception as problem:  # Pillow raises all sorts of them for damaged files
        return name, str(problem) or type(problem).__name__


def text(value):
    """A string as .NET's BinaryWriter writes it: its length in groups of seven bits, then UTF-8."""
    data = value.encode(errors="replace")  # a name of bytes that are no UTF-8
    length, prefix = len(data), b""
    while length > 127:
        prefix, length = prefix + bytes([length & 127 | 128]), length >> 7
    return prefix + bytes([length]) + data


def pack(out, results):
    """Writes the file and returns how many pictures are in it and which are not."""
    out.write(bytes(HEADER.size))
    index, skipped = [], []
    for name, *result in results:
        if len(result) == 1:
            skipped.append((name, result[0]))
            continue
        width, height, pixels = result
        index.append(text(name) + struct.pack("<iiq", width, height, out.tell()))
        out.write(pixels)
    index_offset = out.tell()
    out.write(struct.pack("<i", len(index)) + b"".join(index))
    out.write(struct.pack("<i", len(skipped)) + b"".join(text(name) + text(reason) for name, reason in skipped))
    length = out.tell()
    out.seek(0)
    out.write(HEADER.pack(MAGIC, KEY, length, index_offset))
    return len(index), skipped


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", metavar="OUT.pixels")
    parser.add_argument("paths", nargs="+", metavar="PATH")
    parser.add_argument("--short_side", type=int, default=288, metavar="PX",
                        help="shrink pictures whose shorter side is longer; the trainer uses image_size times "
                             "crop_scale_max at most (default: 288, for 192 times 1.5)")
    args = parser.parse_args()
    if Image is None:
        sys.exit("error: Pillow is missing; install it (pip install pillow, or Debian's python3-pil)")
    if not args.output.endswith(".pixels"):
        parser.error(f"{args.output}: the name must end in .pixels, by which the trainer knows it")
    if args.short_side < 1:
        parser.error(f"--short_side is {args.short_side}; it must be at least 1")
    for path in args.paths:
        if not os.path.exists(path):
            parser.error(f"{path}: no such file or folder")
    temporary = args.output + ".tmp"
    try:
        with multiprocessing.Pool() as pool, open(temporary, "wb") as out:
            jobs = ((name, encoded, args.short_side) for path in args.paths for name, encoded in entries(path, os.path.basename(path)))
            count, skipped = pack(out, pool.imap(decode, jobs, chunksize=8))
        if count == 0:
            sys.exit("error: none of the pictures can be read" if skipped else "error: no pictures there")
        os.replace(temporary, args.output)
    except (OSError, tarfile.TarError) as problem:
        sys.exit(f"error: {problem}")
    finally:
        if os.path.exists(temporary):
            os.remove(temporary)
    print(f"{args.output}: {count} pictures, {os.path.getsize(args.output) / 1e6:.0f} MB")
    if skipped:
        print(f"{len(skipped)} cannot be read and are left out, the first: {skipped[0][0]}: {skipped[0][1]}", file=sys.stderr)


if __name__ == "__main__":
    main()
