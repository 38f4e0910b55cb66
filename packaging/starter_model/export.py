"""Write the trained model as open_clip reads it.

`python packaging/starter_model/export.py --archives DIR --work DIR --into DIR`

Half precision, safetensors. The logit scale is fitted on half of the held-back pictures (temperature scaling, Guo et
al. 2017), so that an answer of 90 % is right about 90 % of the time; `evaluate.py` reports on the other half.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Sequence
from pathlib import Path

import concepts
import data
import numpy as np
import open_clip
import torch
from concepts import Vocabulary, load_vocabulary
from evaluate import (
    Trial,
    calibration_error,
    calibration_trials,
    embed_pixels,
    label_vectors,
    right_between,
    trial_of,
)
from network import CONFIG
from safetensors.torch import save_file

from clipdesk.core.encoder import ScoreRule
from clipdesk.core.labels.scoring import probabilities
from clipdesk.encoders.local.open_clip import load_encoder
from clipdesk.encoders.models.starter_words import WORDS_NAME, words_of

#: Of a channel that says something. Half precision ends at 6e-8.
LEAST_VARIANCE = 1e-5
#: Limits of the search for the logit scale.
_SCALES = (3.0, 100.0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--archives", type=Path, required=True, help="folder with the .tar.xz of pictures")
    parser.add_argument("--work", type=Path, required=True, help="where the checkpoint is")
    parser.add_argument("--name", default="run-finished", help="the checkpoint's name")
    parser.add_argument("--into", type=Path, required=True, help="the folder of the finished model")
    options = parser.parse_args()
    export_model(options.archives, options.work, options.name, options.into)


def export_model(archives: Path, work: Path, name: str, into: Path) -> None:
    """Write the averaged weights of a checkpoint into the folder, with a fitted logit scale."""
    state = torch.load(work / f"{name}.pt", map_location="cpu", weights_only=True)
    words = load_vocabulary(archives / "tinyimagenet-classes.tsv")
    weights = clip_weights(state["average"])
    silence_dead_channels(weights)
    forget_unseen_tokens(weights, words)
    write_model(into, weights)
    trained_scale = float(weights["logit_scale"].exp())
    fitting, reporting = _trials(into, words, archives, work)
    scale = fitted_scale(fitting)
    for title, value in (("as trained", trained_scale), ("fitted", scale)):
        rule = ScoreRule(value)
        error, right = calibration_error(reporting, rule), right_between(reporting, rule, 0.85, 0.95)
        print(f"logit scale {title}: {value:.1f}; calibration error {error:.3f}; {right:.1%} right among 85 to 95 %")
    weights["logit_scale"] = torch.tensor(math.log(scale))
    write_model(into, weights)
    (into / WORDS_NAME).write_text("\n".join(taught_words(words)) + "\n", encoding="utf-8")


def clip_weights(weights: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """Those of the model itself, without what only the training needed."""
    return {key.removeprefix("clip."): value for key, value in weights.items() if key.startswith("clip.")}


def write_model(into: Path, weights: dict[str, torch.Tensor]) -> None:
    """open_clip's local-dir layout."""
    into.mkdir(parents=True, exist_ok=True)
    (into / "open_clip_config.json").write_text(json.dumps(CONFIG, indent=2) + "\n", encoding="utf-8")
    # The scale stays in full: half precision has steps of 0.002 there.
    halves = {
        key: value.half().contiguous() if value.is_floating_point() and key != "logit_scale" else value.contiguous()
        for key, value in weights.items()
        if not key.endswith("attn_mask")
    }
    path = into / "open_clip_model.safetensors"
    save_file(halves, path)
    path.chmod(0o644)  # safetensors writes it for its owner alone


def silence_dead_channels(weights: dict[str, torch.Tensor]) -> None:
    """Set the gain of a normalised channel that never varied in training to zero.

    A rare picture that wakes such a channel is divided by next to nothing: its embedding would be infinite.
    """
    for key, variance in weights.items():
        if key.endswith("running_var"):
            weights[key.replace("running_var", "weight")][variance < LEAST_VARIANCE] = 0


def forget_unseen_tokens(weights: dict[str, torch.Tensor], words: Vocabulary) -> None:
    """Set the embeddings of tokens that no text in training had to zero: they are noise from the start of training.

    A model then says no more of a word that it never met than of no word.
    """
    seen = torch.zeros(len(weights["text.token_embedding.weight"]), dtype=torch.bool)
    tokenizer = open_clip.SimpleTokenizer(context_length=32)
    for text in _taught_texts(words):
        seen[tokenizer(text)[0]] = True
    weights["text.token_embedding.weight"][~seen] = 0


def taught_words(words: Vocabulary) -> list[str]:
    """Every word that some text in training had, in order."""
    return sorted({word for text in _taught_texts(words) for word in words_of(text)})


def _taught_texts(words: Vocabulary) -> set[str]:
    """All that is said of concepts, and around them."""
    said = {word for of_concept in words.words for word in of_concept}
    around = {template.format("an") for template in (*concepts.TEMPLATES, *concepts.LOOK_TEMPLATES)}
    return said | {concepts.plural(word) for word in said} | around


def fitted_scale(trials: Sequence[Trial]) -> float:
    """The logit scale with the least negative log-likelihood over the trials, each trial counting the same."""
    candidates = np.geomspace(*_SCALES, 141)

    def loss(scale: float) -> float:
        def of(trial: Trial) -> float:
            right = np.take_along_axis(probabilities(trial.cosine, ScoreRule(scale)), trial.truth[:, None], 1)
            return float(-np.log(np.maximum(right, 1e-12)).mean())

        return float(np.mean([of(trial) for trial in trials]))

    return float(min(candidates, key=loss))


def _trials(model: Path, words: Vocabulary, archives: Path, work: Path) -> tuple[list[Trial], list[Trial]]:
    encoder = load_encoder(f"local-dir:{model.absolute()}", device="cpu")
    val = data.tiny_imagenet(archives, work, "val", words)
    said = [words.words[i] for i in range(len(words.wnids))]
    cosine = embed_pixels(encoder, val.pixels) @ label_vectors(encoder, said).T
    others = [trial_of(encoder, words, pictures(archives, work, "held")) for pictures in (data.cifar10, data.clothing)]
    pairs = list(calibration_trials(cosine, val.classes, others))
    return [fitting for fitting, _ in pairs], [reporting for _, reporting in pairs]


if __name__ == "__main__":
    main()
