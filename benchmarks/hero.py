#!/usr/bin/env python3
"""Puts a photo and its extension side by side, at one scale: the README's picture.

    benchmarks/hero.py samples/aitzgorri.jpg outputs/aitzgorri_outpainted.jpg docs/images/hero.jpg

Needs OpenCV for Python (Debian: python3-opencv).
"""
import sys

import cv2
import numpy as np

HEIGHT, GAP = 358, 12

photo, extended = (cv2.imread(name) for name in sys.argv[1:3])
scale = HEIGHT / extended.shape[0]
right = cv2.resize(extended, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
small = cv2.resize(photo, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
left = np.full_like(right, 255)
top, start = ((left.shape[axis] - small.shape[axis]) // 2 for axis in (0, 1))
left[top:top + small.shape[0], start:start + small.shape[1]] = small
gap = np.full((right.shape[0], GAP, 3), 255, np.uint8)
cv2.imwrite(sys.argv[3], np.hstack([left, gap, right]), [cv2.IMWRITE_JPEG_QUALITY, 90])
