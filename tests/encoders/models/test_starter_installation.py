"""Installations of ClipDesk with and without the starter model, each a copy of the package with its own resources."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from encoders.conftest import HubServer

import clipdesk
from clipdesk.encoders.models.catalog import RECOMMENDED, download_model
from clipdesk.encoders.models.hub_cache import HubFile
from clipdesk.encoders.models.names import parse_model
from clipdesk.encoders.models.needed_files import needed_files

_PROGRAM = """
import json
from clipdesk.core.errors import ModelNotAvailableError
from clipdesk.encoders.models import catalog
from clipdesk.encoders.models.model_files import locate
from clipdesk.encoders.models.names import parse_model

try:
    source = locate(parse_model("starter"), download=False, progress=None, cancel=None)
    starter, error = str(source.place), ""
except ModelNotAvailableError as caught:
    starter, error = "", str(caught)
print(json.dumps({
    "offered": [entry.name for entry in catalog.entries()],
    "is_downloaded": catalog.is_downloaded("starter"),
    "default": catalog.default_model(),
    "starter": starter,
    "error": error,
}))
"""


@dataclass(frozen=True)
class Installation:
    """A copy of the package in `folder`, and the cache of downloaded models that it uses."""

    folder: Path
    cache: Path

    @property
    def starter(self) -> Path:
        return self.folder / "resources" / "models" / "starter"

    def run(self) -> dict[str, Any]:
        """Return what this installation, in a process of its own, says of its models."""
        done = subprocess.run(
            [sys.executable, "-c", _PROGRAM],
            capture_output=True,
            cwd=self.folder,
            env={**os.environ, "PYTHONPATH": str(self.folder), "HF_HUB_CACHE": str(self.cache)},
            check=True,
        )
        result: dict[str, Any] = json.loads(done.stdout)
        return result


@pytest.fixture
def installation(tmp_path: Path, own_cache: Path) -> Installation:
    package = Path(clipdesk.__file__).parent
    shutil.copytree(package, tmp_path / "app" / "clipdesk", ignore=shutil.ignore_patterns("__pycache__"))
    return Installation(tmp_path / "app", own_cache)


def test_without_the_starter_it_is_not_offered(installation: Installation) -> None:
    said = installation.run()

    assert said["offered"][0] == RECOMMENDED
    assert not said["is_downloaded"]
    assert said["default"] == RECOMMENDED
    assert "starter model is not part" in said["error"]
    assert f"Choose “{RECOMMENDED}”" in said["error"]


def test_the_starter_is_offered_and_found_where_it_is_installed(
    installation: Installation, tiny_model_dir: Path
) -> None:
    shutil.copytree(tiny_model_dir, installation.starter)

    said = installation.run()

    assert said["offered"][0] == "starter"
    assert said["is_downloaded"]
    assert said["default"] == "starter"
    assert said["starter"] == str(installation.starter)


def test_a_downloaded_model_is_a_better_default_than_the_starter(
    installation: Installation, tiny_model_dir: Path, hub: HubServer
) -> None:
    shutil.copytree(tiny_model_dir, installation.starter)
    weights = needed_files(parse_model(RECOMMENDED))[0]
    assert isinstance(weights, HubFile)
    hub.files[f"{weights.repo}/{weights.names[0]}"] = b"weights"
    download_model(RECOMMENDED)

    assert installation.run()["default"] == RECOMMENDED
