"""The decisions of the setup script, with real files and a real server. `make test` itself runs the slow steps."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.append(str(REPOSITORY / "packaging"))

import setup_env  # noqa: E402
import system_packages  # noqa: E402
import torch_index  # noqa: E402


@contextmanager
def _index(status: int) -> Iterator[str]:
    """Run a package index on this computer that answers every request with `status`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.end_headers()

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/whl/cpu"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_linux_without_a_gpu_takes_pytorchs_own_index() -> None:
    with _index(200) as url:
        assert torch_index.choose_torch_index("linux", has_gpu=False, cpu_index=url) == url


@pytest.mark.parametrize(("platform", "has_gpu"), [("linux", True), ("darwin", False), ("win32", False)])
def test_the_usual_index_serves_a_gpu_and_other_systems(platform: str, has_gpu: bool) -> None:
    with _index(200) as url:
        assert torch_index.choose_torch_index(platform, has_gpu, cpu_index=url) is None


@pytest.mark.parametrize("status", [403, 404, 503])
def test_an_index_that_answers_with_an_error_is_not_used(status: int) -> None:
    with _index(status) as url:
        assert torch_index.choose_torch_index("linux", has_gpu=False, cpu_index=url) is None


def test_an_unreachable_index_is_not_used() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    assert torch_index.choose_torch_index("linux", has_gpu=False, cpu_index=f"http://127.0.0.1:{port}") is None


def test_an_index_that_hangs_is_given_up_after_the_timeout() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
        started_s = time.monotonic()

        chosen = torch_index.choose_torch_index("linux", has_gpu=False, cpu_index=url, timeout_s=0.3)

    assert chosen is None
    assert time.monotonic() - started_s < 2


def test_an_invalid_url_does_not_answer() -> None:
    assert not torch_index.answers("http://no such host/", timeout_s=2)


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 20), (4, 0)])
def test_python_is_new_enough(version: tuple[int, int]) -> None:
    assert setup_env.python_problem(version) is None


@pytest.mark.parametrize("version", [(2, 7), (3, 9), (3, 10)])
def test_an_older_python_is_refused_with_its_version(version: tuple[int, int]) -> None:
    problem = setup_env.python_problem(version)

    assert problem is not None
    assert "3.11 or newer" in problem
    assert f"{version[0]}.{version[1]}" in problem


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="loads Linux libraries")
def test_only_packages_whose_library_cannot_be_loaded_are_missing() -> None:
    libraries = {"libc.so.6": "libc6", "libclipdesk-has-no-such.so.1": "libnone1"}

    assert system_packages.missing_packages(libraries) == ["libnone1"]


@pytest.mark.parametrize(
    ("environment", "expected"),
    [({}, []), ({"DISPLAY": ":0"}, ["libxcb-cursor0"]), ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, [])],
)
def test_x11_libraries_are_needed_only_on_an_x11_display(environment: dict[str, str], expected: list[str]) -> None:
    packages = system_packages.window_libraries(environment).values()

    assert [package for package in packages if package == "libxcb-cursor0"] == expected


@pytest.mark.skipif(shutil.which("apt-get") is None, reason="needs Debian")
def test_the_person_gets_one_command_for_all_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000, raising=False)

    problem = system_packages.ensure_libraries({"libnowhere.so.9": "libnowhere9"}, besides=["python3.11-venv"])

    assert problem is not None
    assert len(re.findall(r"libnowhere9.* python3\.11-venv", problem)) == 1


def test_a_font_is_found_at_any_depth(tmp_path: Path) -> None:
    (tmp_path / "truetype" / "dejavu").mkdir(parents=True)
    (tmp_path / "fonts.conf").touch()
    folders = [tmp_path / "absent", tmp_path]

    assert not system_packages.has_fonts(folders)
    (tmp_path / "truetype" / "dejavu" / "DejaVuSans.ttf").touch()
    assert system_packages.has_fonts(folders)


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("darwin", {}, True),
        ("win32", {}, True),
    ],
)
def test_only_linux_can_be_without_a_display(platform: str, environment: dict[str, str], expected: bool) -> None:
    assert setup_env.has_display(platform, environment) is expected


def test_dependency_groups_come_from_pyproject() -> None:
    assert any(requirement.startswith("pytest-qt") for requirement in setup_env.dependency_group("test"))
    assert setup_env.dependency_group("run") == []


@pytest.mark.parametrize(
    ("machine", "expected"), [("x86_64", ["install", "openvino"]), ("AMD64", ["install", "openvino"]), ("arm64", [])]
)
def test_openvino_is_installed_where_it_helps_and_its_absence_is_no_failure(
    machine: str, expected: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    # What pip says on a Python that OpenVINO has no build for.
    monkeypatch.setattr(setup_env, "pip", lambda *arguments: asked.extend(arguments) or 1)

    setup_env.ensure_openvino(machine)

    assert [argument.partition(">")[0] for argument in asked] == expected


def test_a_stamp_is_valid_only_for_the_same_requirements_in_the_same_folder(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    project = tmp_path / "here" / "pyproject.toml"
    project.write_text("[project]\n")
    key = setup_env.stamp_key(tmp_path / "here")
    stamp = tmp_path / "stamp"

    assert not setup_env.is_current(stamp, key)
    stamp.write_text(key)
    assert setup_env.is_current(stamp, setup_env.stamp_key(tmp_path / "here"))
    shutil.copytree(tmp_path / "here", tmp_path / "there")
    assert not setup_env.is_current(stamp, setup_env.stamp_key(tmp_path / "there"))
    project.write_text("[project]\nname = 'clipdesk'\n")
    assert not setup_env.is_current(stamp, setup_env.stamp_key(tmp_path / "here"))


@pytest.mark.parametrize("packages", ["lib/python3.11/site-packages", "Lib/site-packages"])
def test_metadata_of_half_installed_packages_is_removed(tmp_path: Path, packages: str) -> None:
    whole = tmp_path / packages / "whole-1.0.dist-info"
    half = tmp_path / packages / "half-1.0.dist-info"
    for record in (whole, half):
        record.mkdir(parents=True)
        (record / "METADATA").write_text("Name: some\n")
    (whole / "INSTALLER").write_text("pip\n")

    setup_env.forget_half_installed(tmp_path)

    assert whole.is_dir()
    assert not half.exists()


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_make_without_python_says_which_version_it_needs() -> None:
    result = subprocess.run(
        ["make", "test", "PYTHON=there-is-no-such-python"], cwd=REPOSITORY, capture_output=True, text=True
    )

    assert result.returncode != 0
    assert "Python 3.11 or newer" in result.stderr


@pytest.mark.skipif(shutil.which("make") is None, reason="needs make")
def test_make_without_a_target_lists_all_targets() -> None:
    result = subprocess.run(["make"], cwd=REPOSITORY, capture_output=True, text=True)

    assert result.returncode == 0
    for command in ("make run", "make test", "make lint", "make bench", "make clean"):
        assert command in result.stdout
