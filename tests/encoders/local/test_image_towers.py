"""What computes the pictures on the processor, on a real model that is large enough to be worth it."""

from __future__ import annotations

import importlib.util
import os
import platform
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from tiny_model import save_model

from clipdesk.core.labels.scoring import normalise
from clipdesk.encoders.devices import Place, on_cpu
from clipdesk.encoders.local.image_towers import MEASURED, choose_tower
from clipdesk.encoders.local.open_clip import OpenClipEncoder, fingerprint, load_encoder

on_a_pc = pytest.mark.skipif(platform.machine() not in MEASURED, reason="measured on PCs only")
needs_openvino = pytest.mark.skipif(importlib.util.find_spec("openvino") is None, reason="needs the extra cpu")

CONFIG: dict[str, Any] = {
    "embed_dim": 64,
    "vision_cfg": {"image_size": 224, "layers": 3, "width": 256, "head_width": 64, "patch_size": 16},
    "text_cfg": {"context_length": 16, "vocab_size": 49408, "width": 16, "heads": 2, "layers": 2},
}
#: A network of another kind than the one above: oneDNN's blocks do not know it.
RESNET: dict[str, Any] = CONFIG | {"vision_cfg": {"image_size": 224, "layers": [1, 1, 1, 1], "width": 32}}


def _network(config: dict[str, Any] = CONFIG) -> Any:
    import torch

    from clipdesk.encoders.devices import import_open_clip

    open_clip = import_open_clip()
    with torch.random.fork_rng():
        torch.manual_seed(7)
        return open_clip.CLIP(**config)


def _delicate_network() -> Any:
    """Its embeddings are what is left when something large has cancelled out: half precision has no digits for that."""
    import torch

    network = _network()
    with torch.no_grad():
        network.visual.ln_post.bias += 30
        network.visual.proj -= network.visual.proj.mean(dim=0)
    return network


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder: Path = tmp_path_factory.mktemp("model")
    save_model(folder, _network(), CONFIG)
    return f"local-dir:{folder}"


@pytest.fixture(scope="module")
def resnet(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder: Path = tmp_path_factory.mktemp("resnet")
    save_model(folder, _network(RESNET), RESNET)
    return f"local-dir:{folder}"


@pytest.fixture(scope="module")
def delicate_model(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder: Path = tmp_path_factory.mktemp("delicate")
    save_model(folder, _delicate_network(), CONFIG)
    return f"local-dir:{folder}"


@pytest.fixture
def no_openvino(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openvino", None)


def _pictures(count: int) -> list[NDArray[np.uint8]]:
    random = np.random.default_rng(5)
    return [np.repeat(random.integers(0, 256, (224, 28, 3), np.uint8), 8, axis=1) for _ in range(count)]


def _plain(model: str, pictures: list[NDArray[np.uint8]]) -> NDArray[np.float32]:
    """Embeddings by open_clip's own functions."""
    import open_clip
    import torch
    from PIL import Image

    network, _, transform = open_clip.create_model_and_transforms(model)
    with torch.inference_mode():
        batch = torch.stack([transform(Image.fromarray(picture)) for picture in pictures])
        found: NDArray[np.float32] = network.eval().encode_image(batch, normalize=True).numpy()
    return found


def _least_cosine(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    return float((one * other).sum(axis=1).min())


@pytest.mark.parametrize(
    ("name", "runtime"),
    [
        pytest.param("model", "oneDNN", marks=on_a_pc),
        pytest.param("resnet", "OpenVINO", marks=needs_openvino),
    ],
)
def test_fp32_gives_what_open_clip_gives_for_any_number_of_pictures(
    name: str, runtime: str, request: pytest.FixtureRequest
) -> None:
    model = request.getfixturevalue(name)
    encoder = load_encoder(model, device="cpu:fp32")
    pictures = _pictures(9)

    together = encoder.encode_images(pictures)
    apart = np.concatenate([encoder.encode_images(part) for part in (pictures[:1], pictures[1:4], pictures[4:])])

    assert f"{runtime}, fp32" in encoder.place
    np.testing.assert_allclose(together, _plain(model, pictures), atol=2e-6)
    np.testing.assert_allclose(apart, together, atol=2e-6)


@on_a_pc
def test_a_vision_transformer_takes_onednn_without_openvino_too(model: str, no_openvino: None) -> None:
    assert "oneDNN, fp32" in load_encoder(model, device="cpu:fp32").place


@on_a_pc
@needs_openvino
def test_nothing_is_converted_that_is_not_computed_then(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from clipdesk.encoders.local import image_towers

    converted = []
    convert = image_towers._converted
    monkeypatch.setattr(image_towers, "_converted", lambda *given: converted.append(1) or convert(*given))

    place = load_encoder(model, device="cpu").place

    assert ("oneDNN, fp32" in place and not converted) or "bf16" in place


@needs_openvino
def test_fp32_has_one_identity_whatever_computes_it(resnet: str, monkeypatch: pytest.MonkeyPatch) -> None:
    by_openvino = load_encoder(resnet, device="cpu:fp32")
    monkeypatch.setitem(sys.modules, "openvino", None)
    by_torch = load_encoder(resnet, device="cpu:fp32")

    assert "PyTorch, fp32" in by_torch.place
    assert by_openvino.place != by_torch.place
    assert by_openvino.identity == by_torch.identity
    np.testing.assert_allclose(by_openvino.encode_images(_pictures(2)), by_torch.encode_images(_pictures(2)), atol=2e-6)


@needs_openvino
def test_what_cannot_be_folded_is_computed_as_it_is(resnet: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("Not this one.")

    monkeypatch.setattr("clipdesk.encoders.local.folded_norms.with_folded_norms", fail)

    assert "OpenVINO, fp32" in load_encoder(resnet, device="cpu:fp32").place


def test_onednn_has_the_identity_of_fp32(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    by_onednn = load_encoder(model, device="cpu:fp32")
    monkeypatch.setattr("clipdesk.encoders.local.image_towers.MEASURED", ())
    by_torch = load_encoder(model, device="cpu:fp32")

    assert "PyTorch, fp32" in by_torch.place
    assert by_onednn.identity == by_torch.identity


@pytest.mark.parametrize("name", ["model", pytest.param("resnet", marks=needs_openvino)])
def test_embeddings_keep_the_model_s_own_length_on_request(name: str, request: pytest.FixtureRequest) -> None:
    encoder = load_encoder(request.getfixturevalue(name), device="cpu:fp32")

    raw = encoder.encode_images(_pictures(3), normalized=False)

    lengths = np.linalg.norm(raw, axis=1, keepdims=True)
    assert np.abs(lengths - 1).min() > 0.01
    np.testing.assert_allclose(raw / lengths, encoder.encode_images(_pictures(3)), atol=1e-6)


def test_what_is_taken_by_itself_agrees_with_fp32(model: str) -> None:
    encoder = load_encoder(model, device="cpu")

    assert _least_cosine(encoder.encode_images(_pictures(16)), _plain(model, _pictures(16))) >= 0.9999


def test_bf16_is_not_taken_for_a_model_that_it_spoils(delicate_model: str) -> None:
    expected = _plain(delicate_model, _pictures(4))

    asked_for = load_encoder(delicate_model, device="cpu:bf16").encode_images(_pictures(4))
    by_itself = load_encoder(delicate_model, device="cpu")

    assert _least_cosine(asked_for, expected) < 0.999
    assert "fp32" in by_itself.place
    assert _least_cosine(by_itself.encode_images(_pictures(4)), expected) >= 0.999999


@pytest.mark.shared
def test_photo_clip_stays_in_fp32(photo_clip: Path) -> None:
    assert "fp32" in load_encoder(f"local-dir:{photo_clip}", device="cpu").place


@pytest.mark.parametrize("runtime", [pytest.param("OpenVINO", marks=needs_openvino), "PyTorch"])
def test_bf16_has_embeddings_of_its_own(model: str, runtime: str, monkeypatch: pytest.MonkeyPatch) -> None:
    exact = load_encoder(model, device="cpu:fp32")
    if runtime == "PyTorch":
        monkeypatch.setitem(sys.modules, "openvino", None)

    rough = load_encoder(model, device="cpu:bf16")

    assert "bf16" in rough.place
    assert rough.identity.key != exact.identity.key
    assert 0.99 < _least_cosine(rough.encode_images(_pictures(3)), exact.encode_images(_pictures(3))) < 0.9999999
    np.testing.assert_allclose(rough.encode_texts(["a cat"]), exact.encode_texts(["a cat"]), atol=1e-6)


def test_the_fingerprint_tells_precisions_apart(model: str) -> None:
    prints = {device: fingerprint(model, device) for device in ("cpu", "cpu:fp32", "cpu:bf16")}

    assert "" not in prints.values()
    assert len(set(prints.values())) == 3


def test_a_small_model_stays_with_torch(tiny_model_dir: Path) -> None:
    assert "PyTorch, fp32" in load_encoder(f"local-dir:{tiny_model_dir}", device="cpu").place


def test_a_network_that_cannot_be_converted_stays_with_torch() -> None:
    import torch

    def forward(network: Any, pictures: Any, dtype: Any) -> Any:
        if torch.jit.is_tracing() or dtype != torch.float32:
            raise RuntimeError("This has to be computed as it is written.")
        return network.encode_image(pictures.permute(0, 3, 1, 2).float().div(255))

    tower = choose_tower(_network(RESNET).eval().requires_grad_(False), forward, (224, 224), on_cpu("as chosen"))

    assert tower is not None and tower.words == "PyTorch, fp32"


# --- A GPU: torch knows the processor under a second name, which stands for it here.

GPU = Place("cpu:0", "GPU: pretended")


def _forward(network: Any, pictures: Any, dtype: Any) -> Any:
    return network.encode_image(pictures.permute(0, 3, 1, 2).float().div(255).to(dtype))


def test_a_gpu_computes_in_half_precision_what_keeps_its_embeddings() -> None:
    import torch

    network = _network().eval().requires_grad_(False)
    pictures = np.stack(_pictures(3))

    tower = choose_tower(network, _forward, (224, 224), GPU)

    assert tower is not None and tower.words == "PyTorch, fp16" and "fp16" in tower.mark
    expected = normalise(_forward(network, torch.from_numpy(pictures), torch.float32).numpy())
    assert (normalise(tower.features(pictures)) * expected).sum(axis=1).min() > 0.9999
    assert network.visual.proj.dtype == torch.float32  # what it was made of is as it was


def test_a_gpu_keeps_fp32_for_what_half_precision_would_spoil() -> None:
    network = _delicate_network().eval().requires_grad_(False)

    assert choose_tower(network, _forward, (224, 224), GPU) is None


def test_a_gpu_that_is_told_to_be_exact_computes_in_fp32() -> None:
    exact = replace(GPU, precision="fp32")

    assert choose_tower(_network().eval().requires_grad_(False), _forward, (224, 224), exact) is None


def test_a_gpu_says_its_precision_and_without_memory_gives_way_to_the_processor(
    model: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    pictures = _pictures(4)
    monkeypatch.setattr("clipdesk.encoders.devices.choose_device", lambda _wanted: GPU)
    encoder = load_encoder(model)
    assert encoder.place == "this computer (GPU: pretended, PyTorch, fp16)" and "fp16" in encoder.identity.preprocessing
    before = encoder.encode_images(pictures)

    def no_memory(_pictures: Any) -> Any:
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20 GiB")

    assert encoder._tower is not None
    encoder._tower = replace(encoder._tower, features=no_memory)
    after = encoder.encode_images(pictures)

    assert "CPU" in encoder.place and "the GPU does not have enough memory" in encoder.place
    assert (before * after).sum(axis=1).min() > 0.9999
    assert encoder.encode_texts(["a cat"]).shape == (1, 64)
    encoder.close()


@needs_openvino
def test_openvino_tells_nobody_that_it_is_used(resnet: str, tmp_path: Path) -> None:
    code = (
        "import sys; from clipdesk.encoders.local.open_clip import load_encoder; "
        f"assert 'OpenVINO' in load_encoder({resnet!r}, device='cpu:fp32').place; "
        "import openvino.tools.ovc as ovc; sys.exit(type(ovc.telemetry).__module__)"
    )
    environment = {name: value for name, value in os.environ.items() if name != "CI"}
    environment |= {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}

    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)

    assert done.stderr.splitlines()[-1] == "openvino.tools.ovc.telemetry_stub"
    assert not list(tmp_path.glob("*ntel*"))


def test_a_closed_encoder_with_a_tower_says_so(model: str) -> None:
    encoder: OpenClipEncoder = load_encoder(model, device="cpu")
    encoder.close()

    with pytest.raises(Exception, match="closed"):
        encoder.encode_images(_pictures(1))
