"""What the student sees in one step: pictures from every source, and what is true of each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import augment
import data
import numpy as np
import torch
from concepts import Vocabulary
from numpy.typing import NDArray
from torch.nn import functional

#: Pictures of each source in a batch.
SHARES = {"tiny": 132, "cifar": 26, "clothing": 8, "drawn": 24, "scenes": 2}
BATCH_SIZE = sum(SHARES.values())
#: Those that are photos, and that the teacher knows. The first in a batch.
PHOTOS = ("tiny", "cifar", "clothing")

#: The least and the greatest share of a picture's area in a crop: above 1, what it shows is smaller than it was.
_AREA = {"tiny": (0.3, 1.35), "cifar": (0.35, 1.2), "clothing": (0.35, 1.2), "drawn": (0.94, 1.0), "scenes": (0.5, 1.0)}
#: A picture that was enlarged by more than this is not called sharp.
_SHARP_UP_TO = 1.55
#: Of the others, so many are: most photos are sharp, and “sharp” is to mean no more than “blurry” and “noisy”.
_CALLED_SHARP = 0.1
#: Noise, at the student's size. A large photo's is much weaker once the photo is reduced.
_GRAIN = (0.025, 0.2)


@dataclass(frozen=True)
class Batch:
    """`x` (n, 3, size, size) in 0…1; `shows` and `maybe` (n, concepts): is true of it, may be true of it.

    `rows`: the places of the pictures in their source.
    """

    x: torch.Tensor
    shows: torch.Tensor
    maybe: torch.Tensor
    rows: dict[str, NDArray[np.int64]]


class Sources:
    """All pictures to train on."""

    def __init__(self, archives: Path, work: Path, words: Vocabulary, drawings: int, scenes: int) -> None:
        self._words = words
        self.photos: dict[str, data.Pictures] = {
            "tiny": data.tiny_imagenet(archives, work, "train", words),
            "cifar": data.cifar10(archives, work, "train"),
            "clothing": data.clothing(archives, work, "train"),
        }
        self._drawings = {"drawn": data.drawings(work, words, drawings), "scenes": data.scenes(work, words, scenes)}
        self._concepts = {
            source: np.array([words.index(name) for name in pictures.names]) for source, pictures in self.photos.items()
        }

    def whole(self, size: int, rng: np.random.Generator) -> torch.Tensor:
        """A batch of pictures (n, 3, size, size) in 0…1 as they are, reduced as the finished model does it."""
        parts = []
        for source, count in SHARES.items():
            pixels = (self.photos[source] if source in PHOTOS else self._drawings[source]).pixels
            picked = np.ascontiguousarray(pixels[np.sort(rng.integers(len(pixels), size=count))])
            x = torch.from_numpy(picked).permute(0, 3, 1, 2).float() / 255
            parts.append(functional.interpolate(x, (size, size), mode="bicubic", antialias=True).clamp(0, 1))
        return torch.cat(parts)

    def sample(self, size: int, rng: np.random.Generator) -> Batch:
        """A batch of pictures of `size` pixels a side."""
        words = self._words
        parts, shows, maybe, crisp, natural, rows = [], [], [], [], [], {}
        for source, count in SHARES.items():
            pictures = self.photos[source] if source in PHOTOS else self._drawings[source]
            picked = rows[source] = np.sort(rng.integers(len(pictures.pixels), size=count))
            is_drawn = source == "drawn"
            x, enlarged = augment.crops(pictures.pixels[picked], size, _AREA[source], rng, 1.5 if is_drawn else 6)
            x = augment.jitter(x, rng, 0.25 if is_drawn else 1.0)
            x = x if is_drawn else augment.sharpen(x, rng)
            parts.append(augment.turn_hue(x, rng) if source == "scenes" else x)
            if isinstance(pictures, data.Pictures):
                concept = self._concepts[source][pictures.classes[picked]]
                shown = words.ancestors[concept].copy()
                shown[:, words.index("photo")] = True
                shows.append(shown)
                maybe.append(words.unsure[concept])
            else:
                direct = pictures.shows[picked]
                shows.append(_follow(direct, words.ancestors))
                maybe.append(_follow(pictures.maybe[picked], words.ancestors) | _follow(direct, words.unsure))
            may_be_sharp = source != "cifar" and rng.random(count) < _CALLED_SHARP
            crisp.append((enlarged < _SHARP_UP_TO) & torch.as_tensor(may_be_sharp))
            natural.append(torch.full((count,), not is_drawn))
        x, truths = augment.make_looks(torch.cat(parts), torch.cat(crisp), torch.cat(natural), rng, _GRAIN)
        shown = np.concatenate(shows)
        for row, names in enumerate(truths):
            shown[row, [words.index(name) for name in names]] = True
        return Batch(x, torch.from_numpy(shown), torch.from_numpy(np.concatenate(maybe) & ~shown), rows)


def _follow(flags: NDArray[np.bool_], relation: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The concepts (n, c) that some concept of the row stands in this relation to."""
    return np.stack([relation[row].any(axis=0) for row in flags])
