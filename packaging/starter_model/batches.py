"""What the student sees in one step: pictures from every source, and what is true of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import augment
import data
import numpy as np
import torch
from augment import Chance
from concepts import Vocabulary
from numpy.typing import NDArray
from torch.nn import functional

#: Pictures of each source among 192.
SHARES = {"tiny": 112, "cifar": 42, "clothing": 8, "drawn": 28, "scenes": 2}
#: The same where texts learn what the image tower sees: the samples are the first that anybody tries.
TEXT_SHARES = {**SHARES, "tiny": 106, "scenes": 8}
#: Those that are photos, and that the teacher knows. The first in a batch.
PHOTOS = ("tiny", "cifar", "clothing")

#: The least and the greatest share of a picture's area in a crop: above 1, what it shows is smaller than it was.
_AREA = {"tiny": (0.3, 1.35), "cifar": (0.35, 1.2), "clothing": (0.35, 1.2), "drawn": (0.94, 1.0), "scenes": (0.5, 1.0)}
#: A picture that was enlarged by more than this is not called sharp.
_SHARP_UP_TO = 1.55
#: Of the others, so many are: most photos are sharp, and “sharp” is to mean no more than “blurry” and “noisy”.
_CALLED_SHARP = 0.14
#: How many of the photos are sharpened and how much at most; CIFAR-10's are blurred by their enlargement.
_SHARPENED = {"cifar": (0.6, 4.0)}
#: How many of the photos are softened: so that softness does not tell CIFAR-10 from the others.
_SOFTENED = {"tiny": 0.3, "clothing": 0.3, "scenes": 0.3}
#: How often a photo that shows a flower, too, counts.
_FLOWERS_COUNT = 6
#: Noise, at the student's size. A large photo's is much weaker once the photo is reduced.
_GRAIN = (0.02, 0.15)


@dataclass(frozen=True)
class Batch:
    """`x` (n, 3, size, size) in 0…1; `shows` and `maybe` (n, concepts): is true of it, may be true of it.

    `rows`: the places of the pictures in their source.
    """

    x: torch.Tensor
    shows: torch.Tensor
    maybe: torch.Tensor
    rows: dict[str, torch.Tensor]


@dataclass(frozen=True)
class _Source:
    """Pixels (n, side, side, 3) on the device, and what every picture shows and may show (n, concepts)."""

    pixels: torch.Tensor
    shows: torch.Tensor
    maybe: torch.Tensor
    places: torch.Tensor


class Sources:
    """All pictures to train on, on one device: 3 GB."""

    def __init__(
        self, archives: Path, work: Path, words: Vocabulary, drawings: int, scenes: int, device: str = "cpu"
    ) -> None:
        self._words = words
        self._device = device
        self.photos: dict[str, data.Pictures] = {
            "tiny": data.tiny_imagenet(archives, work, "train", words),
            "cifar": data.cifar10(archives, work, "train"),
            "clothing": data.clothing(archives, work, "train"),
        }
        drawn = {"drawn": data.drawings(work, words, drawings), "scenes": data.scenes(work, words, scenes)}
        self._sources: dict[str, _Source] = {}
        for name, pictures in self.photos.items():
            concept = np.array([words.index(known) for known in pictures.names])[pictures.classes]
            shows = words.ancestors[concept] | words.positives("photo")
            self._add(name, pictures.pixels, shows, words.unsure[concept])
        for name, found in drawn.items():
            maybe = _follow(found.maybe, words.ancestors) | _follow(found.shows, words.unsure)
            self._add(name, found.pixels, _follow(found.shows, words.ancestors), maybe)

    def _add(self, name: str, pixels: NDArray[np.uint8], shows: NDArray[np.bool_], maybe: NDArray[np.bool_]) -> None:
        tensors = (torch.from_numpy(np.array(part)).to(self._device) for part in (pixels, shows, maybe & ~shows))
        self._sources[name] = _Source(*tensors, torch.arange(len(pixels), device=self._device))

    def set_flowers(self, rows: NDArray[np.int64]) -> None:
        """Say which of Tiny ImageNet's pictures show a flower: no class of it is one, but bees sit on them."""
        tiny = self._sources["tiny"]
        found = torch.from_numpy(rows).to(self._device)
        flower = torch.from_numpy(self._words.positives("flower")).to(self._device)
        tiny.shows[found] |= flower
        tiny.maybe[found] &= ~flower
        places = torch.cat([tiny.places, found.repeat(_FLOWERS_COUNT - 1)])
        self._sources["tiny"] = _Source(tiny.pixels, tiny.shows, tiny.maybe, places)

    def whole(self, count: int, size: int, seed: int) -> torch.Tensor:
        """A batch of so many pictures (n, 3, size, size) in 0…1 as they are, reduced as the finished model does it."""
        chance = Chance(seed, self._device)
        parts = []
        for name, n in counts(count).items():
            pixels = self._sources[name].pixels
            x = pixels[chance.below(len(pixels), n)].permute(0, 3, 1, 2).float() / 255
            parts.append(functional.interpolate(x, (size, size), mode="bicubic", antialias=True).clamp(0, 1))
        return torch.cat(parts)

    def sample(self, count: int, size: int, seed: int, shares: Mapping[str, int] = SHARES) -> Batch:
        """A batch of so many pictures of `size` pixels a side."""
        chance = Chance(seed, self._device)
        parts, shows, maybe, crisp, natural, places = [], [], [], [], [], {}
        for name, n in counts(count, shares).items():
            source = self._sources[name]
            rows = places[name] = source.places[chance.below(len(source.places), n)]
            is_drawn = name == "drawn"
            x, enlarged = augment.crops(source.pixels[rows], size, _AREA[name], chance, 1.5 if is_drawn else 6)
            x = augment.jitter(x, chance, 0.25 if is_drawn else 1.0)
            is_crisp = (enlarged < _SHARP_UP_TO) & (chance.uniform(0, 1, n) < _CALLED_SHARP)
            if not is_drawn:
                x, is_soft = augment.soften(x, chance, _SOFTENED.get(name, 0.0))
                x, is_sharpened = augment.sharpen(x, chance, *_SHARPENED.get(name, ()))
                is_crisp &= ~(is_soft | is_sharpened)  # sharpened traces of JPEG look like noise
            parts.append(augment.turn_hue(x, chance) if name == "scenes" else x)
            shows.append(source.shows[rows])
            maybe.append(source.maybe[rows])
            crisp.append(is_crisp if name != "cifar" else torch.zeros_like(is_crisp))
            natural.append(torch.full_like(is_crisp, not is_drawn))
        x, truths = augment.make_looks(torch.cat(parts), torch.cat(crisp), torch.cat(natural), chance, _GRAIN)
        shown = torch.cat(shows)
        for look, is_true in truths.items():
            shown[:, self._words.index(look)] |= is_true
        return Batch(x, shown, torch.cat(maybe) & ~shown, places)


def counts(count: int, shares: Mapping[str, int] = SHARES) -> Mapping[str, int]:
    """How many of so many pictures are from which source."""
    found = {name: max(1, round(count * share / sum(shares.values()))) for name, share in shares.items()}
    return found | {"tiny": count - sum(n for name, n in found.items() if name != "tiny")}


def _follow(flags: NDArray[np.bool_], relation: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The concepts (n, c) that some concept of the row stands in this relation to."""
    return (flags.astype(np.float32) @ relation.astype(np.float32)) > 0
