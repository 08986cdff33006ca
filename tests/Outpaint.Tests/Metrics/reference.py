#!/usr/bin/env python3
"""Independent PyTorch versions of the networks behind FID and LPIPS, on made-up weights.

    python3 reference.py            # prints what InceptionFeaturesTests and LpipsTests expect
    python3 reference.py --full DIR # writes a whole, random pytorch-fid state dict, an image and its features into DIR

The structure follows torchvision's inception_v3 with pytorch-fid's patches (average pools that leave padding out, a max
pool in the last block), and LPIPS v0.1 on squeezenet1_1. Needs torch only.
"""
import sys
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

CONVOLUTIONS = Path(__file__).parent / "inception-convolutions.txt"


def made_up(name, *shape):
    """The same numbers as MadeUp.Values in C#: uniform in [-.5, .5), from a hash of the name and the position."""
    seed = 2166136261
    for byte in name.encode():
        seed = (seed ^ byte) * 16777619 % 2**32
    z = np.arange(np.prod(shape), dtype=np.uint32) + np.uint32(seed)
    z ^= z >> np.uint32(16)
    z *= np.uint32(0x7FEB352D)
    z ^= z >> np.uint32(15)
    z *= np.uint32(0x846CA68B)
    z ^= z >> np.uint32(16)
    return torch.from_numpy((z / 2**32 - 0.5).astype(np.float32)).reshape(shape)


def kernel(name, *shape):
    return made_up(name, *shape) * float(np.sqrt(24 / np.prod(shape[1:])))  # He et al. 2015


def inception_weights(divisor):
    weights = {}
    for line in CONVOLUTIONS.read_text().splitlines():
        name, _, inputs, outputs, height, width = line.split()
        out = int(outputs) // divisor
        weights[f"{name}.conv.weight"] = kernel(f"{name}.conv.weight", out, max(3, int(inputs) // divisor), int(height), int(width))
        for part, centre, spread in (("weight", 1, 0.2), ("bias", 0, 0.2), ("running_mean", 0, 0.2), ("running_var", 1, 0.5)):
            weights[f"{name}.bn.{part}"] = centre + spread * made_up(f"{name}.bn.{part}", out)
    return weights


def inception(image, weights):
    def conv(x, name, stride=1, padding=0):
        bn = [weights[f"{name}.bn.{part}"] for part in ("running_mean", "running_var", "weight", "bias")]
        return F.relu(F.batch_norm(F.conv2d(x, weights[f"{name}.conv.weight"], None, stride, padding), *bn, eps=1e-3))

    def average(x):
        return F.avg_pool2d(x, 3, 1, 1, count_include_pad=False)

    def a(x, n):
        return torch.cat([
            conv(x, f"{n}.branch1x1"),
            conv(conv(x, f"{n}.branch5x5_1"), f"{n}.branch5x5_2", padding=2),
            conv(conv(conv(x, f"{n}.branch3x3dbl_1"), f"{n}.branch3x3dbl_2", padding=1), f"{n}.branch3x3dbl_3", padding=1),
            conv(average(x), f"{n}.branch_pool")], 1)

    def c(x, n):
        y = conv(conv(conv(x, f"{n}.branch7x7_1"), f"{n}.branch7x7_2", padding=(0, 3)), f"{n}.branch7x7_3", padding=(3, 0))
        z = conv(x, f"{n}.branch7x7dbl_1")
        for i, padding in enumerate([(3, 0), (0, 3), (3, 0), (0, 3)]):
            z = conv(z, f"{n}.branch7x7dbl_{i + 2}", padding=padding)
        return torch.cat([conv(x, f"{n}.branch1x1"), y, z, conv(average(x), f"{n}.branch_pool")], 1)

    def e(x, n, pool):
        y = conv(x, f"{n}.branch3x3_1")
        z = conv(conv(x, f"{n}.branch3x3dbl_1"), f"{n}.branch3x3dbl_2", padding=1)
        return torch.cat([
            conv(x, f"{n}.branch1x1"),
            conv(y, f"{n}.branch3x3_2a", padding=(0, 1)), conv(y, f"{n}.branch3x3_2b", padding=(1, 0)),
            conv(z, f"{n}.branch3x3dbl_3a", padding=(0, 1)), conv(z, f"{n}.branch3x3dbl_3b", padding=(1, 0)),
            conv(pool(x), f"{n}.branch_pool")], 1)

    x = F.interpolate((image + 1) / 2, size=(299, 299), mode="bilinear", align_corners=False) * 2 - 1
    x = conv(conv(conv(x, "Conv2d_1a_3x3", 2), "Conv2d_2a_3x3"), "Conv2d_2b_3x3", padding=1)
    x = F.max_pool2d(x, 3, 2)
    x = F.max_pool2d(conv(conv(x, "Conv2d_3b_1x1"), "Conv2d_4a_3x3"), 3, 2)
    for n in ("Mixed_5b", "Mixed_5c", "Mixed_5d"):
        x = a(x, n)
    n = "Mixed_6a"
    y = conv(conv(conv(x, f"{n}.branch3x3dbl_1"), f"{n}.branch3x3dbl_2", padding=1), f"{n}.branch3x3dbl_3", 2)
    x = torch.cat([conv(x, f"{n}.branch3x3", 2), y, F.max_pool2d(x, 3, 2)], 1)
    for n in ("Mixed_6b", "Mixed_6c", "Mixed_6d", "Mixed_6e"):
        x = c(x, n)
    early = x.mean((2, 3))
    n = "Mixed_7a"
    y = conv(conv(x, f"{n}.branch3x3_1"), f"{n}.branch3x3_2", 2)
    z = conv(conv(conv(x, f"{n}.branch7x7x3_1"), f"{n}.branch7x7x3_2", padding=(0, 3)), f"{n}.branch7x7x3_3", padding=(3, 0))
    x = torch.cat([y, conv(z, f"{n}.branch7x7x3_4", 2), F.max_pool2d(x, 3, 2)], 1)
    x = e(x, "Mixed_7b", average)
    x = e(x, "Mixed_7c", lambda y: F.max_pool2d(y, 3, 1, 1))
    return early, x.mean((2, 3))


SQUEEZENET = {3: (64, 16, 64), 4: (128, 16, 64), 6: (128, 32, 128), 7: (256, 32, 128),
              9: (256, 48, 192), 10: (384, 48, 192), 11: (384, 64, 256), 12: (512, 64, 256)}


def lpips(left, right):
    def conv(x, name, outputs, side, **options):
        weight = kernel(f"{name}.weight", outputs, x.shape[1], side, side)
        return F.relu(F.conv2d(x, weight, 0.2 * made_up(f"{name}.bias", outputs), **options))

    def taps(x):
        x = (x - torch.tensor([-.030, -.088, -.188]).view(1, 3, 1, 1)) / torch.tensor([.458, .448, .450]).view(1, 3, 1, 1)
        x = conv(x, "features.0", 64, 3, stride=2)
        yield x
        for layer in range(2, 13):
            if layer in (2, 5, 8):
                x = F.max_pool2d(x, 3, 2, ceil_mode=True)
                continue
            _, squeeze, expand = SQUEEZENET[layer]
            y = conv(x, f"features.{layer}.squeeze", squeeze, 1)
            x = torch.cat([conv(y, f"features.{layer}.expand1x1", expand, 1),
                           conv(y, f"features.{layer}.expand3x3", expand, 3, padding=1)], 1)
            if layer in (4, 7, 9, 10, 11, 12):
                yield x

    total = 0
    for i, (x, y) in enumerate(zip(taps(left), taps(right))):
        x, y = (z / (z.pow(2).sum(1, keepdim=True).sqrt() + 1e-10) for z in (x, y))
        weight = 0.5 + made_up(f"lin{i}.weight", 1, x.shape[1], 1, 1)
        total = total + F.conv2d((x - y) ** 2, weight).mean((2, 3))[:, 0]
    return total


def show(values):
    print("  ", ", ".join(f"{value:.5f}" for value in values))


with torch.no_grad():
    if sys.argv[1:2] == ["--full"]:
        folder = Path(sys.argv[2])
        state = inception_weights(1)
        picture = 2 * made_up("image", 2, 3, 40, 56)
        torch.save(state, folder / "inception.pth")
        for file, tensor in zip(("image", "features768", "features2048"), (picture, *inception(picture, state))):
            tensor.numpy().tofile(folder / f"{file}.f32")
    else:
        early, late = inception(2 * made_up("image", 2, 3, 24, 32), inception_weights(8))
        print("Inception, second image, every 16th of", early.shape[1], "and of", late.shape[1])
        show(early[1, ::16])
        show(late[1, ::16])
        print("LPIPS of two pairs")
        show(lpips(2 * made_up("left", 2, 3, 50, 67), 2 * made_up("right", 2, 3, 50, 67)))
