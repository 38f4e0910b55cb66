"""Fixtures of all tests: a small real model, real photos, a separate store, and a check for threads left running."""

from __future__ import annotations

import gc
import os
import threading
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
# Tests must not see the user's API keys, or access the keyring.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
os.environ["ROBOFLOW_API_KEY"] = os.environ["API_KEY"] = ""
# Tests must not touch the user's store: each has its own (see `own_store`).
os.environ["CLIPDESK_CACHE_DIR"] = os.environ["CLIPDESK_DATA_DIR"] = os.devnull
# Tests must not access the network.
os.environ["HF_HUB_OFFLINE"] = os.environ.get("HF_HUB_OFFLINE", "1")

import keyring
import pytest
from memory_keyring import MemoryKeyring
from tiny_model import build_tiny_model

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def tiny_model_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real open_clip model of a few hundred kilobytes, with seeded random weights."""
    return build_tiny_model(tmp_path_factory.mktemp("tiny-model"))


@pytest.fixture(autouse=True)
def own_store(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of this test's store and desks. It is created when it is first used."""
    folder = Path(tmp_path_factory.getbasetemp()) / f"store-{next(_numbers)}"
    monkeypatch.setenv("CLIPDESK_CACHE_DIR", str(folder))
    monkeypatch.setenv("CLIPDESK_DATA_DIR", str(folder / "data"))
    return folder


_numbers = count()


@pytest.fixture(autouse=True)
def garbage_is_collected_here() -> Iterator[None]:
    """Collect the cyclic garbage of each test at its end.

    Otherwise a thread of a later test might collect it, and destroy widgets outside the GUI thread. It also makes
    warnings about unclosed resources appear in the test that left them open.
    """
    gc.disable()
    yield
    gc.collect()


def pytest_runtest_logfinish() -> None:
    """Collect again, now that the test's arguments are gone, and freeze the rest to keep later collections fast."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def shared_photos() -> Path:
    """Return the folder of real photos beside the checkout; skip the test if it is missing."""
    folder = SHARED / "photos"
    if not folder.is_dir():
        pytest.skip("needs ../shared/photos")
    return folder


@pytest.fixture
def shared_failing() -> Path:
    """The inputs that went wrong once, beside the checkout; the test is skipped where they are not."""
    folder = SHARED / "failing"
    if not folder.is_dir():
        pytest.skip("needs ../shared/failing")
    return folder


@pytest.fixture
def photo_clip() -> Path:
    """Return the folder of a checkpoint with meaningful scores beside the checkout; skip the test if it is missing."""
    folder = SHARED / "models" / "photo-clip"
    if not folder.is_dir():
        pytest.skip("needs ../shared/models/photo-clip")
    return folder


@pytest.fixture
def memory_keyring() -> Iterator[MemoryKeyring]:
    """Install a keyring that stores passwords in memory."""
    before, memory = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(memory)
    yield memory
    keyring.set_keyring(before)


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    """Fail the test if a thread that it started is still running 5 s after its end."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 5
    while left := [t for t in threading.enumerate() if t not in before and not _is_library_thread(t)]:
        if time.monotonic() > deadline:
            pytest.fail(f"still running: {[thread.name for thread in left]}")
        left[0].join(0.05)


def _is_library_thread(thread: threading.Thread) -> bool:
    """Return whether a library started the thread for the whole process, or it stands for a thread of Qt's pool."""
    return thread.daemon and (thread.name.startswith(("Dummy-", "tqdm", "Thread-auto")) or "tqdm" in repr(thread))
