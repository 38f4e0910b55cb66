"""A small network, of which the choice of a runtime takes as little time as possible."""

from __future__ import annotations

from typing import Any

import pytest
from tiny_model import build_vision_transformer

from clipdesk.encoders.local import image_towers


@pytest.fixture(scope="session")
def network() -> Any:
    return build_vision_transformer()


@pytest.fixture
def no_model_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let tiny models be compared as large ones are."""
    monkeypatch.setattr(image_towers, "_SMALL_MODEL_MULTIPLY_ADDS", 0)
