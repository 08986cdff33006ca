"""The trainer's step in plain PyTorch: the same networks, batch and optimizer, on random photos. The losses are the
three and feature matching; L1 has no weight that falls from the border, and the prefill is the mirror image alone.

Prints images per second. The reference for benchmarks/training/compare.sh; needs only PyTorch (Debian: python3-torch).
"""
import argparse
import os
import time

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils import spectral_norm


def act(x):
    return F.leaky_relu(x, 0.2)


class Residual(nn.Module):
    def __init__(self, channels, kernel=3, dilation=1):
        super().__init__()
        self.first = nn.Conv2d(channels, channels, 3, padding=dilation, dilation=dilation)
        self.second = nn.Conv2d(channels, channels, kernel, padding=kernel // 2)

    def forward(self, x):
        return x + self.second(act(self.first(act(x))))


class Up(nn.Module):
    def __init__(self, channels, out):
        super().__init__()
        self.reduce = nn.Conv2d(channels, out, 1)
        self.skip = nn.Conv2d(out, out, 1)
        self.refine = Residual(out)

    def forward(self, x, encoded):
        x = F.interpolate(self.reduce(act(x)), scale_factor=2, mode="nearest")
        return self.refine(x + self.skip(act(encoded)))


def checkerboard_filter(x, radius=6, deviation=2.0):
    n = torch.arange(-radius, radius + 1, device=x.device, dtype=torch.float32)
    gaussian = torch.exp(-n ** 2 / (2 * deviation ** 2))
    kernel = (1 - n.abs()).clamp(min=0) - torch.cos(n * torch.pi) * gaussian / gaussian.sum()
    kernel = kernel.view(1, 1, 1, -1).expand(3, 1, 1, -1)
    with torch.autocast(x.device.type, enabled=False):
        x = F.conv2d(F.pad(x.float(), [radius] * 4, mode="reflect"), kernel, groups=3)
        return F.conv2d(x, kernel.transpose(2, 3), groups=3)


class Generator(nn.Module):
    def __init__(self, width=64, depth=8):
        super().__init__()
        self.stem = nn.Conv2d(16, width, 3, padding=1)
        self.encode_half = Residual(width)
        self.to_quarter = nn.Conv2d(width, 2 * width, 3, 2, 1)
        self.encode_quarter = Residual(2 * width)
        self.to_eighth = nn.Conv2d(2 * width, 4 * width, 3, 2, 1)
        self.middle = nn.Sequential(*[Residual(4 * width, 1, [1, 2, 4, 8][i % 4]) for i in range(depth)])
        self.up_to_quarter = Up(4 * width, 2 * width)
        self.up_to_half = Up(2 * width, width)
        self.head = nn.Conv2d(width, 12, 3, padding=1)

    def forward(self, image, mask, margin):
        size = image.shape[-1]
        known = image[..., margin:size - margin, margin:size - margin]
        # Ours looks for objects in it as well (ShallowReflection), which this leaves out.
        prefilled = F.pad(known, [margin] * 4, mode="reflect")
        half = self.encode_half(self.stem(F.pixel_unshuffle(torch.cat([prefilled, mask], 1), 2)))
        quarter = self.encode_quarter(self.to_quarter(act(half)))
        x = self.middle(self.to_eighth(act(quarter)))
        x = self.up_to_half(self.up_to_quarter(x, quarter), half)
        blurred = F.interpolate(F.avg_pool2d(prefilled, 8), scale_factor=8, mode="bilinear")
        return blurred + checkerboard_filter(F.pixel_shuffle(self.head(act(x)), 2))


class PatchDiscriminator(nn.Module):
    def __init__(self, width=64):
        super().__init__()
        channels = [4, width, 2 * width, 4 * width, 8 * width, 1]
        self.layers = nn.ModuleList(
            spectral_norm(nn.Conv2d(channels[i], channels[i + 1], 4, 2 if i < 3 else 1, 1)) for i in range(5))

    def forward(self, image, mask):
        x, activations = torch.cat([image, mask], 1), []
        for i, layer in enumerate(self.layers):
            x = layer(x)
            x = act(x) if i < 4 else x
            activations.append(x)
        return activations


def discriminator_loss(real, fake, mask):
    touched = F.adaptive_max_pool2d(mask, fake.shape[-2:])
    on_fake = touched * F.softplus(fake) + (1 - touched) * F.softplus(-fake)
    return F.softplus(-real).mean() + on_fake.mean()


def generator_loss(fake, mask):
    touched = F.adaptive_max_pool2d(mask, fake.shape[-2:])
    return (touched * F.softplus(-fake)).sum() / touched.sum()


def matching_loss(fake, real):
    return sum((f - r).abs().mean() / r.abs().mean() for f, r in zip(fake[:-1], real[:-1])) / (len(fake) - 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--image_size", type=int, default=128)
    parser.add_argument("--batch_size", type=int, default=16)
    parser.add_argument("--steps", type=int, default=8)
    parser.add_argument("--warm_up", type=int, default=1, help="steps before those, besides one")
    parser.add_argument("--precision", choices=["fp32", "bf16"], default="fp32")
    parser.add_argument("--channels_last", action="store_true")
    parser.add_argument("--device", default="cpu")
    args = parser.parse_args()
    torch.set_num_threads(len(os.sched_getaffinity(0)))
    # What the trainer asks of a GPU, too.
    torch.backends.cudnn.benchmark = torch.backends.cudnn.allow_tf32 = torch.backends.cuda.matmul.allow_tf32 = True
    device, size, margin = torch.device(args.device), args.image_size, round(args.image_size / 6)
    layout = torch.channels_last if args.channels_last else torch.contiguous_format
    generator = Generator().to(device, memory_format=layout)
    average = Generator().to(device, memory_format=layout)
    patch = PatchDiscriminator().to(device, memory_format=layout)
    adam = [torch.optim.Adam(net.parameters(), 2e-4, (0.5, 0.999)) for net in (generator, patch)]
    photos = torch.randint(0, 256, (args.batch_size, size, size, 3), dtype=torch.uint8, device=device)
    mask = torch.ones(args.batch_size, 1, size, size, device=device)
    mask[..., margin:size - margin, margin:size - margin] = 0
    autocast = torch.autocast(device.type, torch.bfloat16, enabled=args.precision == "bf16")

    def step():
        original = (photos.permute(0, 3, 1, 2).float() / 127.5 - 1).contiguous(memory_format=layout)
        with autocast:
            output = generator(original, mask, margin)
            composite = original + (output - original) * mask
            real, fake = patch(original, mask), patch(composite.detach(), mask)
        adam[1].zero_grad(set_to_none=True)
        discriminator_loss(real[-1].float(), fake[-1].float(), mask).backward()
        adam[1].step()
        adam[0].zero_grad(set_to_none=True)
        patch.requires_grad_(False)
        with autocast:
            fake = patch(composite, mask)
        difference = (output.float() - original).abs().mean(1, keepdim=True)
        loss = (difference * mask).sum() / mask.sum() + (difference * (1 - mask)).sum() / (1 - mask).sum()
        loss = loss + generator_loss(fake[-1].float(), mask) + 2 * matching_loss(fake, [r.detach() for r in real])
        loss.backward()
        patch.requires_grad_(True)
        adam[0].step()
        with torch.no_grad():
            for a, g in zip(average.parameters(), generator.parameters()):
                a.lerp_(g, 0.001)
        return loss

    for _ in range(args.warm_up):
        step()
    step().item()  # a GPU is behind; reading a number waits for it
    start = time.perf_counter()
    for _ in range(args.steps - 1):
        step()
    step().item()
    print(f"{args.batch_size * args.steps / (time.perf_counter() - start):.3f}")


main()
