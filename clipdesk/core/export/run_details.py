"""Write how scores were computed: model, preprocessing, labels and prompts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from clipdesk.core.encoder import EncoderIdentity, ScoreRule
from clipdesk.core.files import replace_atomically
from clipdesk.core.labels.label_set import LabelSet
from clipdesk.core.labels.word_scale import needs_word_scale


def write_run_details(
    path: Path,
    identity: EncoderIdentity,
    rule: ScoreRule,
    label_set: LabelSet,
    threshold: float,
    version: str,
    *,
    is_taught: bool = False,
) -> None:
    """Write what someone needs to reproduce the scores, as JSON. Raises ExportError.

    `is_taught` says whether probabilities were learned from corrections, which are not written.
    """
    details: dict[str, Any] = {
        "app": "ClipDesk",
        "app_version": version,
        "model": identity.model,
        "checkpoint_sha256": None if identity.server else identity.checkpoint,
        "preprocessing": identity.preprocessing,
        "server": identity.server or None,
        "logit_scale": rule.logit_scale,
        "logit_bias": rule.logit_bias,
        "probability": "sigmoid" if rule.is_sigmoid else "softmax",
        # Whether probabilities use the cosines of labels with references on the scale of the other labels.
        "references_on_word_scale": needs_word_scale(
            np.array([bool(label.references) for label in label_set.labels], np.bool_)
        ),
        "learned_from_corrections": is_taught,
        "threshold": threshold,
        "templates": list(label_set.templates),
        "labels": [
            {
                "name": label.name,
                "prompts": list(label_set.prompt_texts(label)),
                "references": [str(path) for path in label.references],
                **({} if label.threshold is None else {"threshold": label.threshold}),
            }
            for label in label_set.labels
        ],
    }
    with replace_atomically(path) as stream:
        json.dump(details, stream, ensure_ascii=False, indent=2)
        stream.write("\n")
