"""Batches as the student sees them: crops, flips, colours; and the looks that are made on the way.

A picture that is darkened here is labelled “dark”, one that is blurred “blurry”: looks are learned on every picture.
"""

from __future__ import annotations

import math

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

#: CLIP's own, by which pictures are normalised.
MEAN, STD = (0.48145466, 0.4578275, 0.40821073), (0.26862954, 0.26130258, 0.27577711)


def crops(
    pixels: NDArray[np.uint8], size: int, area: tuple[float, float], rng: np.random.Generator, turn_deg: float
) -> tuple[torch.Tensor, torch.Tensor]:
    """Random resized crops (n, 3, size, size) in 0…1, flipped half of the time; and how much each was enlarged (n,).

    An area above 1 is a step back: the picture is smaller, and its reflection is around it.
    """
    n, side = len(pixels), pixels.shape[1]
    x = torch.from_numpy(np.ascontiguousarray(pixels)).permute(0, 3, 1, 2).float().div_(255)
    if side > 1.4 * size:  # the crops below do not filter: first the reduction, with one that does
        x = functional.interpolate(x, (size, size), mode="bilinear", antialias=True)
    share = np.sqrt(rng.uniform(*area, n))
    aspect = np.exp(rng.uniform(-0.28, 0.28, n) * (area[0] < 0.8))
    most = max(1.0, area[1] ** 0.5)
    sx, sy = np.minimum(share * aspect, most), np.minimum(share / aspect, most)
    tx, ty = rng.uniform(-1, 1, n) * (1 - sx), rng.uniform(-1, 1, n) * (1 - sy)
    flip = rng.choice((-1.0, 1.0), n)
    angle = rng.normal(0, 1, n) * math.radians(turn_deg)
    theta = np.zeros((n, 2, 3), np.float32)
    theta[:, 0] = np.stack([sx * flip * np.cos(angle), -sx * np.sin(angle), tx], 1)
    theta[:, 1] = np.stack([sy * flip * np.sin(angle), sy * np.cos(angle), ty], 1)
    grid = functional.affine_grid(torch.from_numpy(theta), [n, 3, size, size], align_corners=False)
    x = functional.grid_sample(x, grid, mode="bilinear", padding_mode="reflection", align_corners=False)
    return x, torch.from_numpy(size / (np.sqrt(sx * sy) * side))


def jitter(x: torch.Tensor, rng: np.random.Generator, strength: float) -> torch.Tensor:
    """Brightness, contrast, saturation and the balance of the channels, each picture by its own amount."""
    n = len(x)

    def amount(width: float, *shape: int) -> torch.Tensor:
        return torch.from_numpy(np.exp(rng.normal(0, width * strength, (n, *shape))).astype(np.float32))

    x = x * amount(0.12, 1, 1, 1) * amount(0.06, 3, 1, 1)
    mean = x.mean((1, 2, 3), keepdim=True)
    x = (x - mean) * amount(0.18, 1, 1, 1) + mean
    grey = x.mean(1, keepdim=True)
    return ((x - grey) * amount(0.25, 1, 1, 1) + grey).clamp(0, 1)


def sharpen(x: torch.Tensor, rng: np.random.Generator) -> torch.Tensor:
    """A third of the pictures: large photos, reduced to this size, are sharper than small ones were."""
    some = torch.from_numpy(np.flatnonzero(rng.random(len(x)) < 0.33))
    if len(some):
        amount = torch.from_numpy(rng.uniform(0.2, 1.5, (len(some), 1, 1, 1)).astype(np.float32))
        smooth = functional.avg_pool2d(functional.pad(x[some], (1, 1, 1, 1), mode="replicate"), 3, 1)
        x[some] = (x[some] + amount * (x[some] - smooth)).clamp(0, 1)
    return x


def turn_hue(x: torch.Tensor, rng: np.random.Generator) -> torch.Tensor:
    """Channels in another order for half of the pictures: a red car becomes a blue one."""
    for i in np.flatnonzero(rng.random(len(x)) < 0.5):
        x[i] = x[i, torch.from_numpy(rng.permutation(3))]
    return x


def make_looks(
    x: torch.Tensor,
    crisp: torch.Tensor,
    natural: torch.Tensor,
    rng: np.random.Generator,
    grain: tuple[float, float],
) -> tuple[torch.Tensor, list[set[str]]]:
    """Darken, brighten, grey, blur and add noise to some of the pictures, in place; what is now true of each.

    `crisp` (n,): not enlarged, so that it may be called sharp. `natural` (n,): a photo, whose tone and light count.
    `grain`: limits of the noise's standard deviation, at the size of these pictures.
    """
    n, size = len(x), x.shape[-1]
    truths: list[set[str]] = [set() for _ in range(n)]
    draw = rng.random(n)
    grey = np.flatnonzero(rng.random(n) < 0.04)
    if len(grey):
        x[grey] = (x[grey] * torch.tensor([0.299, 0.587, 0.114]).reshape(1, 3, 1, 1)).sum(1, keepdim=True)
    spread = (x.amax(1) - x.amin(1)).mean((1, 2))
    for i in range(n):
        if spread[i] < 0.012:
            truths[i].add("black and white")
        elif spread[i] > 0.08 and natural[i]:
            truths[i].add("in colour")
    blurred = np.flatnonzero(draw < 0.05)
    for i in blurred:
        x[i : i + 1] = _blur(x[i : i + 1], size * rng.uniform(0.018, 0.05), rng)
        truths[i].add("blurry")
    noisy = np.flatnonzero((draw >= 0.05) & (draw < 0.09))
    for i in noisy:
        strength = math.exp(rng.uniform(math.log(grain[0]), math.log(grain[1])))
        noise = torch.from_numpy(rng.normal(0, strength, (rng.choice((1, 3)), size, size)).astype(np.float32))
        x[i] = (x[i] + noise).clamp(0, 1)
        truths[i].add("noisy")
    for i in np.flatnonzero((draw >= 0.09) & crisp.numpy()):
        truths[i].add("sharp")
    x = x.clamp_(0, 1)  # a filter may leave 1.0000001, whose distance to white has no power
    light = rng.random(n)
    for i in np.flatnonzero((light < 0.04) & natural.numpy()):
        x[i] = x[i] ** rng.uniform(1.0, 1.4) * rng.uniform(0.06, 0.3)
        truths[i].add("dark")
    for i in np.flatnonzero((light > 0.965) & natural.numpy()):
        x[i] = (1 - (1 - x[i]) ** rng.uniform(1.2, 1.8) * rng.uniform(0.1, 0.5)).clamp(0, 1)
        truths[i].add("bright")
    return x, truths


def _blur(x: torch.Tensor, sigma: float, rng: np.random.Generator) -> torch.Tensor:
    if rng.random() < 0.25:  # the hand moved
        length = max(5, round(sigma * 4)) | 1
        kernel = torch.zeros(length, length)
        angle = rng.uniform(0, math.pi)
        for t in np.linspace(-1, 1, 4 * length):
            reach = (length - 1) / 2
            kernel[round(reach + t * reach * math.sin(angle)), round(reach + t * reach * math.cos(angle))] = 1
        kernel /= kernel.sum()
    else:
        reach = math.ceil(2.5 * sigma)
        line = torch.exp(-(torch.arange(-reach, reach + 1) ** 2) / (2 * sigma**2))
        line /= line.sum()
        kernel = line[:, None] * line[None]
    pad = len(kernel) // 2
    padded = functional.pad(x, (pad, pad, pad, pad), mode="reflect")
    return functional.conv2d(padded, kernel.expand(3, 1, *kernel.shape).contiguous(), groups=3)
