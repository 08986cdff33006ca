#!/usr/bin/env python3
"""Measures how sharp and seamless `outpaint extend` is, beside the originals, by the size of the result.

    benchmarks/resolution.py photos/*.jpg --widths 384 768 2400

Each photo is brought to each width, its inner two thirds are extended back to the whole, and both are measured:
  texture  energy finer than a Gaussian of 1 pixel, in the half of the band nearer to the border over that in a ring of
           known pixels as wide; "deeper" in the other half
  seam     mean difference across the border over the mean of the differences one pixel to either side
Means over the photos are geometric; the spread is the root mean square of the texture's logarithm. 1 is best, 0 for the
spread. Needs OpenCV for Python (Debian: python3-opencv).
"""
import argparse
import subprocess
import tempfile
from pathlib import Path

import cv2
import numpy as np

OUTPAINT = Path(__file__).resolve().parent.parent / "outpaint"
SKIPPED = 3  # pixels next to the border, where the blur mixes both sides


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("photos", type=Path, nargs="+")
    parser.add_argument("--widths", type=int, nargs="+", default=[256, 384, 512, 768, 1152, 2400])
    parser.add_argument("--program", type=Path, default=OUTPAINT, help="another build, to compare")
    arguments = parser.parse_args()
    print("| width | texture (originals) | spread | texture deeper (originals) | seam (originals) |\n|---|---|---|---|---|")
    for width in arguments.widths:
        made, original = measure(arguments.program, arguments.photos, width)
        spread = np.sqrt(np.mean(np.log(made[:, 0]) ** 2))
        texture, deeper, seam = np.exp(np.log(made).mean(axis=0))
        original_texture, original_deeper, original_seam = np.exp(np.log(original).mean(axis=0))
        print(
            f"| {width} | {texture:.2f} ({original_texture:.2f}) | {spread:.2f} | {deeper:.2f} ({original_deeper:.2f}) "
            f"| {seam:.2f} ({original_seam:.2f}) |",
            flush=True,
        )


def measure(program: Path, photos: list[Path], width: int) -> tuple[np.ndarray, np.ndarray]:
    """Texture, deeper texture and seam of each photo: the extended ones, and the originals."""
    with tempfile.TemporaryDirectory() as folder:
        inputs, outputs = Path(folder, "inputs"), Path(folder, "outputs")
        inputs.mkdir()
        wholes = []
        for number, path in enumerate(photos):
            whole, inner = cut(cv2.imread(str(path)), width)
            cv2.imwrite(str(inputs / f"{number}.png"), inner)
            wholes.append((whole, inner.shape))
        subprocess.run([program, "extend", inputs, "--output_dir", outputs], check=True, stdout=subprocess.DEVNULL)
        made = [scores(cv2.imread(str(outputs / f"{i}_outpainted.png")), shape) for i, (_, shape) in enumerate(wholes)]
        return np.array(made), np.array([scores(whole, shape) for whole, shape in wholes])


def cut(photo: np.ndarray, width: int) -> tuple[np.ndarray, np.ndarray]:
    """The photo at a width, and the part of it that an extension ratio of 0.5 extends to the whole."""
    height = round(photo.shape[0] * width / photo.shape[1])
    kernel = cv2.INTER_AREA if width < photo.shape[1] else cv2.INTER_CUBIC
    # Even numbers of pixels: nothing is rounded.
    inner_height, inner_width = int(height / 1.5) // 4 * 4, int(width / 1.5) // 4 * 4
    whole = cv2.resize(photo, (width, height), interpolation=kernel)[: inner_height * 3 // 2, : inner_width * 3 // 2]
    top, left = inner_height // 4, inner_width // 4
    return whole, whole[top : top + inner_height, left : left + inner_width]


def scores(picture: np.ndarray, inner: tuple[int, ...]) -> tuple[float, float, float]:
    picture = picture.astype(np.float32)
    top, left = inner[0] // 4, inner[1] // 4
    rows = np.maximum(top - np.arange(len(picture)), np.arange(len(picture)) - (top + inner[0] - 1))
    columns = np.maximum(left - np.arange(picture.shape[1]), np.arange(picture.shape[1]) - (left + inner[1] - 1))
    distance = np.maximum(rows[:, None], columns[None, :])  # above 0 outside

    energy = ((picture - cv2.GaussianBlur(picture, (7, 7), 1)) ** 2).sum(axis=2)
    half = max(8, min(top, left) // 2)
    near = energy[(distance > SKIPPED) & (distance <= SKIPPED + half)].mean()
    deeper = energy[distance > SKIPPED + half].mean()
    known = energy[(distance <= -SKIPPED) & (distance > -SKIPPED - half)].mean()

    def difference(outwards: int) -> float:
        """Between neighbours across the border, or that many pixels further out, on all four sides."""
        body_rows, body_columns = slice(top, top + inner[0]), slice(left, left + inner[1])
        down, right = np.abs(np.diff(picture[:, body_columns], axis=0)), np.abs(np.diff(picture[body_rows], axis=1))
        sides = down[top - 1 - outwards], down[top + inner[0] - 1 + outwards], right[:, left - 1 - outwards], right[:, left + inner[1] - 1 + outwards]
        return float(np.concatenate(sides).mean())

    return near / known, deeper / known, 2 * difference(0) / (difference(1) + difference(-1))


if __name__ == "__main__":
    main()
