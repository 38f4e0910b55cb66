"""The loss over labels: within each family of labels that exclude each other, a picture asks for all that it shows."""

from __future__ import annotations

import numpy as np
import torch
from concepts import Vocabulary
from torch.nn import functional

#: What a family counts; the others count _USUAL.
_WEIGHTS = {"thing": 1.0, "colour": 0.5, "marks": 0.2, "sharpness": 1.6}
_USUAL = 0.4
#: What a word above others counts (“animal”), beside the most exact one (“tabby”).
_PARENT = 0.4


class FamilyLoss:
    """InfoNCE (van den Oord et al. 2018) with several right answers, summed over families of labels."""

    def __init__(self, words: Vocabulary, device: str) -> None:
        universes = words.universes
        families = {name: (places, places) for name, places in universes.items()}
        # A pattern or a shape is also told from all things: a picture of stripes shows no zebra.
        marks = np.concatenate([universes["pattern"], universes["shape"]])
        families["marks"] = (marks, np.concatenate([marks, universes["thing"]]))
        is_leaf = words.ancestors.sum(0) == 1
        self._families = {
            name: tuple(
                torch.as_tensor(part, device=device) for part in (among, np.isin(among, wanted), is_leaf[among])
            )
            for name, (wanted, among) in families.items()
        }

    def __call__(self, logits: torch.Tensor, shows: torch.Tensor, maybe: torch.Tensor) -> torch.Tensor:
        """Of logits (n, concepts); `shows` and `maybe` as in a Batch. A family counts by its share of the
        pictures."""
        total = torch.zeros((), device=logits.device)
        for family, (places, is_wanted, is_leaf) in self._families.items():
            scores, shown = logits[:, places], shows[:, places]
            positive = shown & is_wanted
            # What it also shows, or may show, is no counter-example.
            negative = ~(shown | maybe[:, places])
            rest = scores.masked_fill(~negative, -1e4).logsumexp(1, keepdim=True)
            importance = torch.where(is_leaf, 1.0, _PARENT) * positive
            asked = functional.softplus(rest - scores) * importance
            is_asked = positive.any(1)
            each = asked.sum(1) / importance.sum(1).clamp(min=1e-6)
            part = each.sum() / is_asked.sum().clamp(min=1)  # no device is asked how many there are
            share = is_asked.float().mean() ** 0.5 if family != "thing" else 1.0
            total = total + _WEIGHTS.get(family, _USUAL) * part * share
        return total
