"""A folder that was labelled before opens with all its scores, without importing torch."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from kept_desk import keep_labels

from clipdesk.core.labels.label_set import Label, LabelSet


def open_window(folder: Path, model: Path, settings: Path, *labels: str) -> dict[str, Any]:
    script = Path(__file__).with_name("known_folder.py")
    keep_labels(LabelSet(tuple(map(Label, labels))))
    command = [sys.executable, str(script), str(folder), str(model), str(settings)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


@pytest.mark.skipif(os.name == "nt", reason="torch comes first there")
def test_a_known_folder_shows_its_scores_without_importing_torch(
    folder: Path, tiny_model_dir: Path, tmp_path: Path
) -> None:
    for path in folder.rglob("*.*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    settings = tmp_path / "settings.ini"
    first = open_window(folder, tiny_model_dir, settings, "dog", "cat")

    second = open_window(folder, tiny_model_dir, settings, "dog", "cat")
    renamed = folder.rename(folder.with_name("renamed"))
    third = open_window(renamed, tiny_model_dir, settings, "cat", "dog")

    assert first["torch"] and not second["torch"] and not third["torch"]
    assert len(first["scores"]) == 8 and first["errors"] == 1
    assert second["scores"].keys() == first["scores"].keys() == third["scores"].keys()
    for name, (label, probability) in first["scores"].items():
        for other in (second, third):
            assert other["scores"][name][0] == label
            assert other["scores"][name][1] == pytest.approx(probability, abs=1e-5)
    assert "not loaded" in second["place"]
