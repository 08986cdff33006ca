#!/usr/bin/env python3
"""Extends the inputs of `outpaint evaluate --export_inputs DIR` with OpenCV's classical inpainting.

    ./outpaint evaluate --data_path val.tar --export_inputs inputs
    benchmarks/opencv_inpaint.py inputs opencv-telea --method telea
    ./outpaint evaluate --data_path val.tar --peer opencv-telea

Needs OpenCV for Python (Debian: python3-opencv).
"""
import argparse
from pathlib import Path

import cv2

METHODS = {"telea": cv2.INPAINT_TELEA, "ns": cv2.INPAINT_NS}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("inputs", type=Path, help="folder with mask.png and the inputs")
    parser.add_argument("outputs", type=Path, help="folder for the results, made if missing")
    parser.add_argument("--method", choices=METHODS, default="telea", help="Telea 2004 or Bertalmio et al. 2001 (Navier-Stokes)")
    parser.add_argument("--radius", type=float, default=3, help="neighbourhood in pixels (default 3)")
    arguments = parser.parse_args()

    mask = cv2.imread(str(arguments.inputs / "mask.png"), cv2.IMREAD_GRAYSCALE)
    if mask is None:
        parser.error(f"{arguments.inputs}/mask.png cannot be read; write it with outpaint evaluate --export_inputs")
    photos = sorted(path for path in arguments.inputs.rglob("*.png") if path.name != "mask.png")
    for photo in photos:
        result = cv2.inpaint(cv2.imread(str(photo)), mask, arguments.radius, METHODS[arguments.method])
        target = arguments.outputs / photo.relative_to(arguments.inputs)
        target.parent.mkdir(parents=True, exist_ok=True)
        cv2.imwrite(str(target), result)
    print(f"{len(photos)} pictures written into {arguments.outputs}")


if __name__ == "__main__":
    main()
