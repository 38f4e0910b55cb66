"""What all tests share: a real small model, real pictures, and a watch over threads."""

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
# No test may see the person's keys, or ask their keyring.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
os.environ["ROBOFLOW_API_KEY"] = os.environ["API_KEY"] = ""
# No test may touch what the person's own ClipDesk keeps: each has a store of its own (`own_store`).
os.environ["CLIPDESK_CACHE_DIR"] = os.devnull
# No test may reach the network.
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
    """The folder that embeddings are kept in; made by the first that needs it."""
    folder = Path(tmp_path_factory.getbasetemp()) / f"store-{next(_numbers)}"
    monkeypatch.setenv("CLIPDESK_CACHE_DIR", str(folder))
    return folder


_numbers = count()


@pytest.fixture(autouse=True)
def garbage_is_collected_here() -> Iterator[None]:
    """Cyclic garbage of a test is collected at its end: not in a thread of a later test, which would destroy widgets.

    What a test left open is told of that test, then.
    """
    gc.disable()
    yield
    gc.collect()


def pytest_runtest_logfinish() -> None:
    """Now the test's arguments are gone, too. What lives on is not looked at again: collecting stays quick."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def shared_photos() -> Path:
    """The real photos beside the checkout; the test is skipped where they are not."""
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
    """A checkpoint with meaningful scores beside the checkout; skipped where it is not."""
    folder = SHARED / "models" / "photo-clip"
    if not folder.is_dir():
        pytest.skip("needs ../shared/models/photo-clip")
    return folder


@pytest.fixture
def memory_keyring() -> Iterator[MemoryKeyring]:
    """A keyring that works, in place of none."""
    before, memory = keyring.get_keyring(), MemoryKeyring()
    keyring.set_keyring(memory)
    yield memory
    keyring.set_keyring(before)


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    """A thread that a test started must have ended when it ends."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + 5
    while left := [t for t in threading.enumerate() if t not in before and not _is_library_thread(t)]:
        if time.monotonic() > deadline:
            pytest.fail(f"still running: {[thread.name for thread in left]}")
        left[0].join(0.05)


def _is_library_thread(thread: threading.Thread) -> bool:
    """Threads that a library starts once for the whole process, and the stand-ins for Qt's own pool threads."""
    return thread.daemon and (thread.name.startswith(("Dummy-", "tqdm", "Thread-auto")) or "tqdm" in repr(thread))
