"""The copy of open_clip's table: what it says, and whether it is up to date."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from clipdesk.encoders.models.names import parse_model
from clipdesk.encoders.models.needed_files import needed_files
from clipdesk.encoders.models.pretrained import TABLE_PATH, all_models, architecture_config, pretrained_config

sys.path.append(str(Path(__file__).resolve().parents[3] / "packaging"))

import generate_pretrained_table as generator

REMEDY = "Run “.venv/bin/python packaging/generate_pretrained_table.py” and commit the table."


def test_the_table_agrees_with_the_installed_open_clip() -> None:
    installed_version, installed = generator.installed_models()
    table = {key: pretrained_config(*key) for key in (_key(name) for name in all_models())}
    version = json.loads(TABLE_PATH.read_text(encoding="utf-8"))["open_clip"]

    wrong = generator.differences(table, version, installed, installed_version)

    assert not wrong, f"open_clip {installed_version}, table of {version}: {'; '.join(wrong)}. {REMEDY}"


def test_every_model_is_parsed_and_knows_its_files() -> None:
    import open_clip

    for name in all_models():
        model = parse_model(name)
        assert str(model) == name
        assert pretrained_config(model.architecture, model.tag)
        assert architecture_config(model.architecture) == open_clip.get_model_config(model.architecture)
        assert needed_files(model)


def test_tags_are_found_in_any_spelling() -> None:
    assert pretrained_config("ViT-B-32", "OpenAI") == pretrained_config("ViT-B-32", "openai") != {}
    assert pretrained_config("ViT-B-32", "nonsense") == {}


def test_listing_the_models_imports_nothing_heavy() -> None:
    program = (
        "import sys; from clipdesk.__main__ import main; "
        "assert main(['models', 'list']) == main(['models', 'list', 'siglip2']) == 0; "
        "print([name for name in ('torch', 'open_clip', 'transformers', 'httpx2', 'PySide6') if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8", check=True)

    assert "ViT-B-16-SigLIP2-384:webli" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"


# --- the generator

A, B = ("ViT-A", "one"), ("ViT-B", "two")
CLIP = {"url": "", "hf_hub": "org/clip/", "mean": (0.5,) * 3, "std": (0.5,) * 3, "interpolation": "bicubic"}
CLIP |= {"resize_mode": "squash"}


def test_the_table_holds_each_setting_once() -> None:
    quick = {**CLIP, "quick_gelu": True}

    content = json.loads(generator.table_text("9.9", {A: CLIP, B: quick}))

    assert content["open_clip"] == "9.9"
    assert len(content["preprocessing"]) == 1
    assert content["models"] == [
        {"architecture": "ViT-A", "tag": "one", "hf_hub": "org/clip/", "preprocessing": 0},
        {"architecture": "ViT-B", "tag": "two", "hf_hub": "org/clip/", "quick_gelu": True, "preprocessing": 0},
    ]


@pytest.mark.parametrize(
    ("installed", "same_version", "expected"),
    [
        ({A: CLIP}, True, []),
        ({A: CLIP, B: CLIP}, True, ["ViT-B:two is missing"]),
        ({A: CLIP, B: CLIP}, False, []),
        ({B: CLIP}, False, ["ViT-A:one is no longer in open_clip"]),
        ({A: {**CLIP, "hf_hub": "org/moved/"}}, False, ["ViT-A:one has changed"]),
        ({A: {**CLIP, "quick_gelu": True}}, True, ["ViT-A:one has changed"]),
    ],
)
def test_a_table_is_wrong_where_it_would_mislead(
    installed: dict[tuple[str, str], dict[str, Any]], same_version: bool, expected: list[str]
) -> None:
    assert generator.differences({A: CLIP}, "3.3.0", installed, "3.3.0" if same_version else "3.4.0") == expected


def _key(name: str) -> tuple[str, str]:
    architecture, _, tag = name.partition(":")
    return architecture, tag
