from __future__ import annotations

import pytest

from clipdesk.__main__ import main
from clipdesk.cli.arguments import build_parser
from clipdesk.cli.serve_options import serving_settings
from clipdesk.core.errors import ServeError


def test_options_become_settings() -> None:
    given = ["--preload", "RN50", "--load-wait", "5", "--cors-origin", "https://a.example:8", "--cors-origin", "*"]
    options = build_parser().parse_args(["serve", *given])

    found = serving_settings(options, {"ViT-B-16": "starter", "RN50": "starter"})

    assert found["preload"] == ("RN50",)
    assert found["load_wait_s"] == 5
    assert found["cors_origins"] == ("https://a.example:8", "*")
    assert found["certificate"] is None


@pytest.mark.parametrize("name", ["auto", "cpu:fp32", "cuda", "cuda:1", "cuda:12"])
def test_a_certain_gpu_can_be_chosen(name: str) -> None:
    assert build_parser().parse_args(["serve", "--device", name]).device == name


@pytest.mark.parametrize(
    "options",
    [
        ["--device", "cuda:x"],
        ["--device", "gpu"],
        ["--device", "cuda:1:fp32"],
        ["--cors-origin", "https://a.example/path"],
        ["--cors-origin", "a.example"],
        ["--load-wait", "-1"],
        ["--load-wait", "soon"],
    ],
)
def test_other_values_are_refused(options: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        build_parser().parse_args(["serve", *options])

    assert options[0] in capfd.readouterr().err


def test_an_unknown_version_cannot_be_preloaded(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--port", "0", "--preload", "ViT-Z"]) == 1
    assert "There is no “ViT-Z” to preload." in capfd.readouterr().err


def test_ray_serves_no_https() -> None:
    options = build_parser().parse_args(["serve", "--ray", "--tls-cert", "a", "--tls-key", "b"])

    with pytest.raises(ServeError, match="reverse proxy"):
        serving_settings(options, {})
