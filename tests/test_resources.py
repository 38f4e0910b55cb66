from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from clipdesk import resources

Lookup = Callable[[str], Path]


def _installed_in(folder: Path) -> Lookup:
    """Return `resource_path` from a copy of its module in `folder`/clipdesk."""
    package = folder / "clipdesk"
    package.mkdir(parents=True)
    module_path = shutil.copy(str(resources.__file__), package)
    spec = importlib.util.spec_from_file_location("installed_resources", module_path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    lookup: Lookup = module.resource_path
    return lookup


def test_a_checkout_keeps_its_resources_beside_the_package() -> None:
    repository = Path(__file__).resolve().parents[1]

    icon = resources.resource_path("icons/app.svg")

    assert icon == repository / "resources" / "icons" / "app.svg"
    assert icon.is_file()


@pytest.mark.parametrize("folder", ["lib/python3.11/site-packages", "ClipDesk/_internal"], ids=["wheel", "frozen"])
def test_an_installed_package_has_its_resources_inside(tmp_path: Path, folder: str) -> None:
    resource_path = _installed_in(tmp_path / folder)
    icon = tmp_path / folder / "clipdesk" / "resources" / "icons" / "app.svg"
    icon.parent.mkdir(parents=True)
    icon.touch()

    assert resource_path("icons/app.svg") == icon


def test_resources_inside_the_package_come_before_others_beside_it(tmp_path: Path) -> None:
    resource_path = _installed_in(tmp_path)
    (tmp_path / "resources").mkdir()
    (tmp_path / "clipdesk" / "resources").mkdir()

    assert resource_path("samples") == tmp_path / "clipdesk" / "resources" / "samples"


def test_the_path_of_a_missing_resource_is_returned(tmp_path: Path) -> None:
    resource_path = _installed_in(tmp_path)

    assert resource_path("icons/missing.svg") == tmp_path / "resources" / "icons" / "missing.svg"
