from __future__ import annotations

import json
from pathlib import Path

from clipdesk.core.encoder import EncoderIdentity, ScoreRule
from clipdesk.core.export.run_details import write_run_details
from clipdesk.core.labels.label_set import Label, LabelSet


def test_the_details_say_how_the_scores_were_computed(tmp_path: Path) -> None:
    labels = LabelSet((Label("dog", ("a puppy",)),), ("a photo of {}",))
    identity = EncoderIdentity("ViT-B-32:tag", "ab" * 32, "224 bicubic")

    write_run_details(tmp_path / "run.json", identity, ScoreRule(100.0), labels, 0.5, "0.1.0")

    details = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert details["model"] == "ViT-B-32:tag"
    assert details["checkpoint_sha256"] == "ab" * 32
    assert details["logit_scale"] == 100.0
    assert details["app_version"] == "0.1.0"
    assert details["templates"] == ["a photo of {}"]
    assert details["labels"][0]["prompts"] == ["a photo of a puppy"]
    assert details["references_on_word_scale"] is False


def test_the_details_say_whether_references_are_put_on_the_scale_of_words(tmp_path: Path) -> None:
    labels = LabelSet((Label("dog"), Label("like this", references=(tmp_path / "a.jpg",))))

    write_run_details(tmp_path / "run.json", EncoderIdentity("m", "c", "p"), ScoreRule(100.0), labels, 0.0, "0.1.0")

    assert json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["references_on_word_scale"] is True
