from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from running_server import RunningServer, Serve, running_server

from clipdesk.encoders.local.open_clip import OpenClipEncoder, load_encoder
from clipdesk.server.settings import ServerSettings


@pytest.fixture
def serve(tiny_model_dir: Path) -> Iterator[Serve]:
    """Return a function that starts a server with the given settings, by default with the tiny model."""
    with ExitStack() as stack:

        def start(*, loaded: bool = True, **settings: Any) -> RunningServer:
            settings.setdefault("models", {"ViT-B-16": f"local-dir:{tiny_model_dir}"})
            settings.setdefault("device", "cpu")
            return stack.enter_context(running_server(ServerSettings(**settings), loaded=loaded))

        yield start


@pytest.fixture(scope="module")
def server(tiny_model_dir: Path) -> Iterator[RunningServer]:
    """One server with the tiny model, shared by all tests of a module that do not change it."""
    settings = ServerSettings(models={"ViT-B-16": f"local-dir:{tiny_model_dir}"}, device="cpu")
    with running_server(settings, pools_started=True) as server:
        yield server


@pytest.fixture(scope="session")
def tiny_encoder(tiny_model_dir: Path) -> OpenClipEncoder:
    """The tiny model, without a server."""
    return load_encoder(f"local-dir:{tiny_model_dir}", device="cpu")
