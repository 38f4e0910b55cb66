"""The core imports neither Qt nor torch, so that the window can paint before torch is loaded."""

from __future__ import annotations

import pkgutil
import subprocess
import sys

import pytest

import clipdesk.core

FORBIDDEN = ("PySide6", "torch", "torchvision", "open_clip", "transformers", "huggingface_hub")
MODULES = [
    "clipdesk.core",
    *(module.name for module in pkgutil.walk_packages(clipdesk.core.__path__, "clipdesk.core.")),
]


def test_the_core_loads_neither_qt_nor_torch() -> None:
    # One fresh interpreter imports one module after the other and names the one that loads something forbidden.
    program = f"""
import importlib, sys
for name in {MODULES!r}:
    importlib.import_module(name)
    loaded = [module for module in {FORBIDDEN!r} if module in sys.modules]
    if loaded:
        sys.exit(f"{{name}} loads {{loaded}}")
"""
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)

    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("module", ["pictures.scan", "line.embed"])
def test_modules_of_the_line_are_found_by_this_test(module: str) -> None:
    assert f"clipdesk.core.{module}" in MODULES
