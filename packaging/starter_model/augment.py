"""Batches as the student sees them: crops, flips, colours; and the looks that are made on the way.

A picture that is darkened here is labelled “dark”, one that is blurred “blurry”: looks are learned on every picture.
Everything is computed on the device where the pictures are.
"""

from __future__ import annotations

import math

import torch
from torch.nn import functional

#: CLIP's own, by which pictures are normalised.
MEAN, STD = (0.48145466, 0.4578275, 0.40821073), (0.26862954, 0.26130258, 0.27577711)
#: The most that a blur reaches, as a share of a picture's side.
_REACH = 0.125


class Chance:
    """Random numbers on a device, the same for the same seed."""

    def __init__(self, seed: int, device: torch.device | str = "cpu") -> None:
        self.device = torch.device(device)
        self._generator = torch.Generator(self.device).manual_seed(seed)

    def uniform(self, low: float, high: float, *shape: int) -> torch.Tensor:
        return torch.rand(shape, generator=self._generator, device=self.device) * (high - low) + low

    def normal(self, deviation: float, *shape: int) -> torch.Tensor:
        return torch.randn(shape, generator=self._generator, device=self.device) * deviation

    def below(self, end: int, *shape: int) -> torch.Tensor:
        """Whole numbers 0…end - 1."""
        return torch.randint(end, shape, generator=self._generator, device=self.device)

    def some(self, share: float, n: int) -> torch.Tensor:
        """Places of that share of n things, in order; as many of them every time, so that no device has to be asked."""
        order = torch.rand(n, generator=self._generator, device=self.device).argsort()
        return order[: round(share * n)].sort().values


def crops(
    pixels: torch.Tensor, size: int, area: tuple[float, float], chance: Chance, turn_deg: float
) -> tuple[torch.Tensor, torch.Tensor]:
    """Random resized crops (n, 3, size, size) in 0…1 of pixels (n, side, side, 3), flipped half of the time; and how
    much each was enlarged (n,).

    An area above 1 is a step back: the picture is smaller, and its reflection is around it.
    """
    n, side = pixels.shape[:2]
    x = pixels.permute(0, 3, 1, 2).float().div_(255)
    if side > 1.3 * size:  # the crops below do not filter: first the reduction, with one that does
        x = functional.interpolate(x, (size, size), mode="bilinear", antialias=True)
    share = chance.uniform(*area, n).sqrt()
    aspect = (chance.uniform(-0.34, 0.34, n) * (area[0] < 0.8)).exp()
    most = max(1.0, area[1] ** 0.5)
    sx, sy = (share * aspect).clamp(max=most), (share / aspect).clamp(max=most)
    tx, ty = chance.uniform(-1, 1, n) * (1 - sx), chance.uniform(-1, 1, n) * (1 - sy)
    flip = 1.0 - 2.0 * chance.below(2, n)
    angle = chance.normal(math.radians(turn_deg), n)
    theta = torch.stack(
        [
            torch.stack([sx * flip * angle.cos(), -sx * angle.sin(), tx], 1),
            torch.stack([sy * flip * angle.sin(), sy * angle.cos(), ty], 1),
        ],
        1,
    )
    grid = functional.affine_grid(theta, [n, 3, size, size], align_corners=False)
    x = functional.grid_sample(x, grid, mode="bilinear", padding_mode="reflection", align_corners=False)
    return x, size / ((sx * sy).sqrt() * side)


def jitter(x: torch.Tensor, chance: Chance, strength: float) -> torch.Tensor:
    """Brightness, contrast, saturation and the balance of the channels, each picture by its own amount."""
    n = len(x)
    brightness, balance, contrast, saturation = (
        chance.normal(width * strength, n, channels, 1, 1).exp()
        for width, channels in ((0.12, 1), (0.06, 3), (0.18, 1), (0.25, 1))
    )
    x = x * (brightness * balance)
    mean = x.mean((1, 2, 3), keepdim=True)
    x = (x - mean) * contrast + mean
    grey = x.mean(1, keepdim=True)
    return ((x - grey) * saturation + grey).clamp(0, 1)


def sharpen(
    x: torch.Tensor, chance: Chance, some: float = 0.33, most: float = 1.5
) -> tuple[torch.Tensor, torch.Tensor]:
    """Sharpen some of the pictures (that share of them), and say which (n,): large photos, reduced to this size, are
    sharper than small ones."""
    rows = chance.some(some, len(x))
    if not len(rows):
        return x, _mask(rows, len(x))
    amount = chance.uniform(0.2, most, len(rows), 1, 1, 1)
    smooth = functional.avg_pool2d(functional.pad(x[rows], (1, 1, 1, 1), mode="replicate"), 3, 1)
    x[rows] = (x[rows] + amount * (x[rows] - smooth)).clamp(0, 1)
    return x, _mask(rows, len(x))


def soften(x: torch.Tensor, chance: Chance, some: float) -> tuple[torch.Tensor, torch.Tensor]:
    """Reduce some of the pictures to half their size or so, and enlarge them again; and which (n,) they were.

    What is known of small, soft pictures (CIFAR-10's birds) shall hold for sharp ones, and the other way around.
    """
    n, size = len(x), x.shape[-1]
    rows = chance.some(some, n)
    for part, share in zip(rows.chunk(3), (0.42, 0.55, 0.7), strict=False):
        if not len(part):  # CUDA cannot reduce nothing
            continue
        reduced = functional.interpolate(x[part], (round(size * share),) * 2, mode="bilinear", antialias=True)
        x[part] = functional.interpolate(reduced, (size, size), mode="bicubic").clamp(0, 1)
    return x, _mask(rows, n)


def turn_hue(x: torch.Tensor, chance: Chance) -> torch.Tensor:
    """Channels in another order for half of the pictures: a red car becomes a blue one."""
    rows = chance.some(0.5, len(x))
    order = chance.uniform(0, 1, len(rows), 3).argsort(1)
    x[rows] = x[rows].gather(1, order[:, :, None, None].expand(-1, -1, *x.shape[2:]))
    return x


def make_looks(
    x: torch.Tensor,
    crisp: torch.Tensor,
    natural: torch.Tensor,
    chance: Chance,
    grain: tuple[float, float],
) -> tuple[torch.Tensor, dict[str, torch.Tensor]]:
    """Darken, brighten, grey, blur and add noise to some of the pictures, in place; which (n,) each look is true of.

    `crisp` (n,): not enlarged, so that it may be called sharp. `natural` (n,): a photo, whose tone and light count.
    `grain`: limits of the noise's standard deviation, at the size of these pictures.
    """
    n = len(x)
    grey = chance.some(0.08, n)
    weights = torch.tensor([0.299, 0.587, 0.114], device=x.device).reshape(1, 3, 1, 1)
    x[grey] = (x[grey] * weights).sum(1, keepdim=True).expand(-1, 3, -1, -1)
    spread = (x.amax(1) - x.amin(1)).mean((1, 2))
    marred = chance.some(0.14, n)  # in order, and so are the sources
    order = chance.uniform(0, 1, len(marred)).argsort()
    blurred, noisy = marred[order].tensor_split([round(0.36 * len(marred))])
    x[blurred] = _blur(x[blurred], chance)
    strength = chance.uniform(math.log(grain[0]), math.log(grain[1]), len(noisy), 1, 1, 1).exp()
    noise = chance.normal(1.0, len(noisy), 3, *x.shape[2:])
    is_coloured = chance.below(2, len(noisy), 1, 1, 1).bool()
    x[noisy] = x[noisy] + strength * torch.where(is_coloured, noise, noise[:, :1])
    x = x.clamp_(0, 1)  # a filter may leave 1.0000001, whose distance to white has no power
    light = chance.uniform(0, 1, n)
    is_dark, is_bright = (light < 0.04) & natural, (light > 0.965) & natural
    for mask, is_light in ((is_dark, False), (is_bright, True)):
        power, least = ((1.2, 1.8), (0.1, 0.5)) if is_light else ((1.0, 1.4), (0.06, 0.3))
        distance = 1 - x if is_light else x
        less = distance.pow(chance.uniform(*power, n, 1, 1, 1)) * chance.uniform(*least, n, 1, 1, 1)
        x = torch.where(mask[:, None, None, None], 1 - less if is_light else less, x)
    is_blurry, is_noisy = _mask(blurred, n), _mask(noisy, n)
    return x, {
        "black and white": spread < 0.012,
        "in colour": (spread > 0.08) & natural,
        "blurry": is_blurry,
        "noisy": is_noisy,
        "sharp": crisp & ~is_blurry & ~is_noisy,
        "dark": is_dark,
        "bright": is_bright,
    }


def _blur(x: torch.Tensor, chance: Chance) -> torch.Tensor:
    """Out of focus (a Gaussian) or, a quarter of them, moved (a line)."""
    n, size = len(x), x.shape[-1]
    sigma = size * chance.uniform(0.018, 0.05, n, 1, 1)
    reach = math.ceil(_REACH * size)
    at = torch.arange(-reach, reach + 1, device=x.device, dtype=torch.float32)
    down, right = at[None, :, None], at[None, None, :]
    gaussian = torch.exp(-(down**2 + right**2) / (2 * sigma**2))
    angle = chance.uniform(0, math.pi, n, 1, 1)
    along, across = right * angle.cos() + down * angle.sin(), down * angle.cos() - right * angle.sin()
    line = torch.exp(-2 * across**2) * (along.abs() <= (2 * sigma).clamp(min=2.0, max=reach))
    kernel = torch.where(chance.uniform(0, 1, n, 1, 1) < 0.25, line, gaussian)
    kernel = (kernel / kernel.sum((1, 2), keepdim=True)).repeat_interleave(3, 0)[:, None]
    padded = functional.pad(x, (reach,) * 4, mode="reflect").reshape(1, 3 * n, *(size + 2 * reach,) * 2)
    return functional.conv2d(padded, kernel, groups=3 * n).reshape(x.shape)


def _mask(rows: torch.Tensor, n: int) -> torch.Tensor:
    mask = torch.zeros(n, dtype=torch.bool, device=rows.device)
    mask[rows] = True
    return mask
