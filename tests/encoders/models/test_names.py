"""Parsing the names of models, and suggestions after a typo."""

from __future__ import annotations

from pathlib import Path

import pytest

from clipdesk.core.errors import UnknownModelError
from clipdesk.encoders.models.names import ModelName, parse_model


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("starter", ModelName("starter")),
        ("ViT-B-32:openai", ModelName("pretrained", "ViT-B-32", "openai")),
        (" ViT-B/32:OpenAI ", ModelName("pretrained", "ViT-B-32", "openai")),
        ("hf-hub:timm/ViT-B-16-SigLIP", ModelName("hf-hub", repo="timm/ViT-B-16-SigLIP")),
        ("local-dir:~/m", ModelName("local-dir", folder=Path.home() / "m")),
        ("local-dir:m", ModelName("local-dir", folder=Path.cwd() / "m")),
    ],
)
def test_names_are_read(name: str, expected: ModelName) -> None:
    assert parse_model(name) == expected
    assert parse_model(str(expected)) == expected


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("ViT-B-23:openai", "“ViT-B-32:openai”"),
        ("vit-b-16-siglip2-256:webli", "“ViT-B-16-SigLIP2-256:webli”"),
        ("ViT-L-14:datacomp_xl", "“ViT-L-14:datacomp_xl_s13b_b90k”"),
        ("ViT-L-14", "“ViT-L-14:openai”"),
        ("hf-hub:timm", "hf-hub:ORG/REPO"),
        ("hf-hub:../..", "hf-hub:ORG/REPO"),
        ("local-dir:", "local-dir:/path/to/folder"),
        ("", "MODEL:TAG"),
        ("strater", "“starter”"),
    ],
)
def test_a_typo_gets_the_nearest_names(name: str, suggestion: str) -> None:
    with pytest.raises(UnknownModelError) as caught:
        parse_model(name)
    assert suggestion in str(caught.value)
