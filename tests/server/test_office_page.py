"""What the documents and the files for a server's administrator say about options and metrics is true."""

from __future__ import annotations

import configparser
import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from running_server import RunningServer

from clipdesk.cli.arguments import build_parser
from clipdesk.server.guard import connections, parsing
from clipdesk.server.settings import ServerSettings

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "docs" / name for name in ("office.md", "scaling.md")]
UNIT = ROOT / "packaging" / "server" / "clipdesk-server.service"
DOCKERFILE = ROOT / "packaging" / "server" / "Dockerfile"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_options_in_the_documents_exist(page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = page.read_text(encoding="utf-8")
    with pytest.raises(SystemExit):
        build_parser().parse_args(["serve", "--help"])
    exist = set(re.findall(r"--[a-z][a-z-]+", capsys.readouterr().out))

    for command in re.findall(r"clipdesk serve (--[^\n`#]*)", text):
        build_parser().parse_args(["serve", *shlex.split(command)])
    named = set(re.findall(r"`(--[a-z][a-z-]+)", text))

    assert named - {"--gpus"} <= exist, "--gpus is Docker's"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_metrics_in_the_documents_exist(page: Path, server: RunningServer) -> None:
    server.post("/clip/embed_text", {"text": "dog"})
    served = server.get("/metrics").body.decode()
    names = set(re.findall(r"\b(?:clipdesk|process)_[a-z_]+\b", page.read_text(encoding="utf-8")))

    assert names
    assert {name for name in names if f"\n{name}" not in served and f"\n# TYPE {name} " not in served} == set()


@pytest.mark.parametrize("page", [*PAGES, ROOT / "README.md"], ids=lambda page: page.name)
def test_linked_files_exist_and_nothing_is_installed_by_a_name_that_is_not_ours(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#:]+)\)", text) if "://" not in link]

    assert not [link for link in links if not (page.parent / link).exists()]
    assert not re.findall(r"pip install \"?clipdesk\b", text)


def test_the_limits_in_the_documents_are_those_of_the_server() -> None:
    text = PAGES[0].read_text(encoding="utf-8")
    settings = ServerSettings()

    assert f"| {settings.max_body_bytes // 10**6} MB |" in text
    assert f"{settings.body_timeout_s:.0f} s for the body, {settings.head_timeout_s:.0f} s for the headers" in text
    assert f"| {connections.MAX_HEAD_BYTES // 1000} kB |" in text
    assert f"{parsing.MAX_ENTRIES:,} in a list, {parsing.MAX_SEPARATORS:,} altogether" in text
    assert f"| {settings.max_requests}, of which" in text
    assert f"| {settings.max_waiting_bytes // 10**6} MB, shared" in text
    assert f"| {settings.max_connections:,} ({connections.MOST_WITH_TLS:,} with" in text
    assert f"| {connections.MOST_UNREAD_BYTES // 10**6} MB, and {connections.READ_ANSWER_S:.0f} s for each" in text
    assert f"| {settings.max_pixels // 10**6} megapixels for JPEG" in text
    assert f"within {settings.stop_within_s:.0f} s" in text


def test_the_unit_and_the_container_start_the_server_with_options_that_exist() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None, comment_prefixes="#")
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(UNIT, encoding="utf-8")
    container = re.findall(r"^(?:ENTRYPOINT|CMD) (\[.*\])$", DOCKERFILE.read_text(encoding="utf-8"), re.MULTILINE)
    commands = [
        shlex.split(unit["Service"]["ExecStart"])[1:],
        [word for part in container for word in json.loads(part)][1:],
    ]

    parsed = [build_parser().parse_args(command) for command in commands]

    assert [options.host for options in parsed] == ["127.0.0.1", "0.0.0.0"]
    assert all(options.api_key_file for options in parsed)
    assert int(unit["Service"]["TimeoutStopSec"]) > ServerSettings().stop_within_s
    needed = ServerSettings().max_connections + connections.BACKLOG
    assert int(unit["Service"]["LimitNOFILE"]) > needed


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd-analyze")
def test_systemd_accepts_the_unit(tmp_path: Path) -> None:
    copy = tmp_path / UNIT.name
    copy.write_text(UNIT.read_text(encoding="utf-8").replace("/opt/clipdesk/bin/clipdesk", "/bin/true"))

    found = subprocess.run(["systemd-analyze", "verify", str(copy)], capture_output=True, text=True, timeout=60)

    assert UNIT.name not in found.stdout + found.stderr
