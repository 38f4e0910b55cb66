"""The choice of what computes image embeddings, on real models large enough for more than plain PyTorch."""

from __future__ import annotations

import importlib.util
import logging
import os
import platform
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from tiny_model import save_model

from clipdesk.core.labels.scoring import normalise
from clipdesk.encoders.devices import Place, on_cpu
from clipdesk.encoders.local import image_towers
from clipdesk.encoders.local.candidate import MEASURED_MACHINES, Candidate, Features, ModelOnTrial
from clipdesk.encoders.local.image_towers import choose_tower, put_on_trial
from clipdesk.encoders.local.open_clip import OpenClipEncoder, fingerprint, load_encoder
from clipdesk.encoders.local.openvino_candidate import Conversion, OpenVino
from clipdesk.encoders.local.torch_candidates import HalfPrecisionTorch

needs_openvino = pytest.mark.skipif(
    importlib.util.find_spec("openvino") is None or platform.machine() not in MEASURED_MACHINES,
    reason="needs the extra cpu on an Intel or AMD CPU",
)

CONFIG: dict[str, Any] = {
    "embed_dim": 64,
    "vision_cfg": {"image_size": 224, "layers": 3, "width": 256, "head_width": 64, "patch_size": 16},
    "text_cfg": {"context_length": 16, "vocab_size": 49408, "width": 16, "heads": 2, "layers": 2},
}
#: A convolutional network, with batch norms that can be folded.
RESNET: dict[str, Any] = CONFIG | {"vision_cfg": {"image_size": 224, "layers": [1, 1, 1, 1], "width": 32}}


def _network(config: dict[str, Any] = CONFIG) -> Any:
    import torch

    from clipdesk.encoders.devices import import_open_clip

    open_clip = import_open_clip()
    with torch.random.fork_rng():
        torch.manual_seed(7)
        return open_clip.CLIP(**config)


def _delicate_network() -> Any:
    """A network whose embeddings are small differences of large numbers, which half precision cannot resolve."""
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


def _images(count: int) -> list[NDArray[np.uint8]]:
    random = np.random.default_rng(5)
    return [np.repeat(random.integers(0, 256, (224, 28, 3), np.uint8), 8, axis=1) for _ in range(count)]


def _plain(model: str, images: list[NDArray[np.uint8]]) -> NDArray[np.float32]:
    """Embeddings by open_clip's own functions."""
    import open_clip
    import torch
    from PIL import Image

    network, _, transform = open_clip.create_model_and_transforms(model)
    with torch.inference_mode():
        batch = torch.stack([transform(Image.fromarray(image)) for image in images])
        found: NDArray[np.float32] = network.eval().encode_image(batch, normalize=True).numpy()
    return found


def _least_cosine(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    return float((one * other).sum(axis=1).min())


@needs_openvino
@pytest.mark.parametrize("name", ["model", "resnet"])
def test_openvino_in_fp32_gives_what_open_clip_gives_for_any_batch_size(
    name: str, request: pytest.FixtureRequest
) -> None:
    model = request.getfixturevalue(name)
    encoder = load_encoder(model, device="cpu:fp32")
    images = _images(9)

    together = encoder.encode_images(images)
    apart = np.concatenate([encoder.encode_images(part) for part in (images[:1], images[1:4], images[4:])])

    assert "OpenVINO, fp32" in encoder.place
    np.testing.assert_allclose(together, _plain(model, images), atol=2e-6)
    np.testing.assert_allclose(apart, together, atol=2e-6)


def test_a_vision_transformer_without_openvino_stays_with_pytorch(model: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openvino", None)

    assert "PyTorch, fp32" in load_encoder(model, device="cpu:fp32").place


@needs_openvino
def test_no_model_is_converted_for_a_precision_that_the_cpu_lacks() -> None:
    import torch

    traced = []

    def forward(network: Any, images: Any, dtype: Any) -> Any:
        if torch.jit.is_tracing():
            traced.append(dtype)
        return _forward(network, images, dtype)

    network = _network().eval().requires_grad_(False)
    tower = choose_tower(network, forward, (224, 224), on_cpu("as chosen"), [OpenVino("bf16", Conversion())])

    assert (tower is not None) == bool(traced)


@needs_openvino
def test_a_model_is_converted_once_for_both_precisions() -> None:
    import torch

    traced = []

    def forward(network: Any, images: Any, dtype: Any) -> Any:
        if torch.jit.is_tracing():
            traced.append(dtype)
        return _forward(network, images, dtype)

    conversion = Conversion()
    network = _network().eval().requires_grad_(False)
    candidates = [OpenVino("fp32", conversion), OpenVino("fp32", conversion)]
    for candidate in candidates:
        tower = choose_tower(network, forward, (224, 224), on_cpu("as chosen"), [candidate])
        assert tower is not None and tower.description == "OpenVINO, fp32"

    assert len(traced) == 1


@needs_openvino
def test_a_conversion_leaves_the_weights_as_pytorch_needs_them() -> None:
    """Else MobileCLIP-S1 fails in PyTorch after a conversion, in batches of one image only."""
    network = _network(RESNET).eval().requires_grad_(False)
    model, _ = put_on_trial(network, _forward, (224, 224), on_cpu("as chosen"))

    Conversion().of(model)

    assert model.folded is not None
    # Weights that inference_mode has marked have no version any more.
    assert all(weights._version >= 0 for weights in model.folded.visual.parameters())


@needs_openvino
def test_fp32_has_one_identity_whatever_computes_it(resnet: str, monkeypatch: pytest.MonkeyPatch) -> None:
    by_openvino = load_encoder(resnet, device="cpu:fp32")
    monkeypatch.setitem(sys.modules, "openvino", None)
    by_torch = load_encoder(resnet, device="cpu:fp32")

    assert "PyTorch, fp32" in by_torch.place
    assert by_openvino.place != by_torch.place
    assert by_openvino.identity == by_torch.identity
    np.testing.assert_allclose(by_openvino.encode_images(_images(2)), by_torch.encode_images(_images(2)), atol=2e-6)


@needs_openvino
def test_a_network_that_cannot_be_folded_is_converted_as_it_is() -> None:
    network = _network(RESNET).eval().requires_grad_(False)
    network.visual.lock = threading.Lock()  # folding works on a copy, and a lock cannot be copied

    tower = choose_tower(network, _forward, (224, 224), replace(on_cpu("as chosen"), precision="fp32"))

    assert tower is not None and tower.description == "OpenVINO, fp32"


@pytest.mark.parametrize("name", ["model", pytest.param("resnet", marks=needs_openvino)])
def test_embeddings_keep_the_model_s_own_length_on_request(name: str, request: pytest.FixtureRequest) -> None:
    encoder = load_encoder(request.getfixturevalue(name), device="cpu:fp32")

    raw = encoder.encode_images(_images(3), normalized=False)

    lengths = np.linalg.norm(raw, axis=1, keepdims=True)
    assert np.abs(lengths - 1).min() > 0.01
    np.testing.assert_allclose(raw / lengths, encoder.encode_images(_images(3)), atol=1e-6)


def test_the_default_choice_agrees_with_fp32(model: str) -> None:
    encoder = load_encoder(model, device="cpu")

    assert _least_cosine(encoder.encode_images(_images(16)), _plain(model, _images(16))) >= 0.9999


def test_bf16_is_not_taken_for_a_model_that_loses_precision(delicate_model: str) -> None:
    expected = _plain(delicate_model, _images(4))

    requested = load_encoder(delicate_model, device="cpu:bf16").encode_images(_images(4))
    default = load_encoder(delicate_model, device="cpu")

    assert _least_cosine(requested, expected) < 0.999
    assert "fp32" in default.place
    assert _least_cosine(default.encode_images(_images(4)), expected) >= 0.999999


@pytest.mark.usefixtures("half_precision_is_fast")
def test_a_candidate_that_disagrees_with_fp32_is_not_taken() -> None:
    candidates = [HalfPrecisionTorch("fp16")]
    robust, delicate = (made.eval().requires_grad_(False) for made in (_network(), _delicate_network()))

    assert choose_tower(robust, _forward, (224, 224), on_cpu("as chosen"), candidates) is not None
    assert choose_tower(delicate, _forward, (224, 224), on_cpu("as chosen"), candidates) is None


@pytest.mark.shared
def test_photo_clip_stays_in_fp32(photo_clip: Path) -> None:
    assert "fp32" in load_encoder(f"local-dir:{photo_clip}", device="cpu").place


@pytest.mark.parametrize("runtime", [pytest.param("OpenVINO", marks=needs_openvino), "PyTorch"])
def test_bf16_has_an_identity_of_its_own(model: str, runtime: str, monkeypatch: pytest.MonkeyPatch) -> None:
    exact = load_encoder(model, device="cpu:fp32")
    if runtime == "PyTorch":
        monkeypatch.setitem(sys.modules, "openvino", None)

    rough = load_encoder(model, device="cpu:bf16")

    assert "bf16" in rough.place
    assert rough.identity.key != exact.identity.key
    assert 0.99 < _least_cosine(rough.encode_images(_images(3)), exact.encode_images(_images(3))) < 0.9999999
    np.testing.assert_allclose(rough.encode_texts(["a cat"]), exact.encode_texts(["a cat"]), atol=1e-6)


def test_the_fingerprint_tells_precisions_apart(model: str) -> None:
    prints = {device: fingerprint(model, device) for device in ("cpu", "cpu:fp32", "cpu:bf16", "cpu:int8")}

    assert "" not in prints.values()
    assert len(set(prints.values())) == 4


def test_a_small_model_stays_with_torch(tiny_model_dir: Path) -> None:
    assert "PyTorch, fp32" in load_encoder(f"local-dir:{tiny_model_dir}", device="cpu").place


def test_a_network_that_cannot_be_converted_stays_with_torch() -> None:
    import torch

    def forward(network: Any, images: Any, dtype: Any) -> Any:
        if torch.jit.is_tracing() or dtype != torch.float32:
            raise RuntimeError("This has to be computed as it is written.")
        return network.encode_image(images.permute(0, 3, 1, 2).float().div(255))

    tower = choose_tower(_network(RESNET).eval().requires_grad_(False), forward, (224, 224), on_cpu("as chosen"))

    assert tower is not None and tower.description == "PyTorch, fp32"


class _Broken(Candidate):
    runtime, precision, suits_small_models = "PyTorch", "fp32", True

    def why_not(self, model: ModelOnTrial) -> str:
        return ""

    def build(self, model: ModelOnTrial) -> Features:
        raise RuntimeError("This computer lacks what it needs.")


def test_a_candidate_that_fails_leaves_no_traceback_in_the_log_of_a_server(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "clipdesk")

    tower = choose_tower(_network().eval(), _forward, (224, 224), on_cpu("as chosen"), candidates=[_Broken()])

    assert tower is None
    # `clipdesk serve` logs from INFO on, where a traceback would look like a failure.
    assert [record.levelname for record in caplog.records if record.exc_info] == ["DEBUG"]
    assert "PyTorch, fp32 does not work for this model (RuntimeError)." in caplog.messages


# --- A GPU: torch knows the CPU by a second name, cpu:0, which stands for a GPU here.

GPU = Place("cpu:0", "GPU: pretended")


@pytest.fixture
def half_precision_is_fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pass over that a CPU computes fp16 more slowly than fp32, which no GPU does that we know."""
    monkeypatch.setattr(image_towers, "_is_slower_than_plain", lambda tower, model: False)


def _forward(network: Any, images: Any, dtype: Any) -> Any:
    return network.encode_image(images.permute(0, 3, 1, 2).float().div(255).to(dtype))


@pytest.mark.usefixtures("half_precision_is_fast")
def test_a_gpu_computes_in_fp16_where_embeddings_stay_the_same() -> None:
    import torch

    network = _network().eval().requires_grad_(False)
    images = np.stack(_images(3))

    tower = choose_tower(network, _forward, (224, 224), GPU)

    assert tower is not None and tower.description == "PyTorch, fp16" and "fp16" in tower.mark
    expected = normalise(_forward(network, torch.from_numpy(images), torch.float32).numpy())
    assert (normalise(tower.features(images)) * expected).sum(axis=1).min() > 0.9999
    assert network.visual.proj.dtype == torch.float32  # the network itself was not converted


def test_a_gpu_keeps_fp32_for_a_model_that_loses_precision() -> None:
    network = _delicate_network().eval().requires_grad_(False)

    assert choose_tower(network, _forward, (224, 224), GPU) is None


def test_a_gpu_computes_in_fp32_on_request() -> None:
    exact = replace(GPU, precision="fp32")

    assert choose_tower(_network().eval().requires_grad_(False), _forward, (224, 224), exact) is None


@pytest.mark.usefixtures("half_precision_is_fast")
def test_a_gpu_names_its_precision_and_falls_back_to_the_cpu_without_memory(model: str) -> None:
    import torch

    images = _images(4)
    encoder = load_encoder(model, device=GPU)
    assert encoder.place == "this computer (GPU: pretended, PyTorch, fp16)" and "fp16" in encoder.identity.preprocessing
    before = encoder.encode_images(images)

    def no_memory(_images: Any) -> Any:
        raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20 GiB")

    assert encoder._tower is not None
    encoder._tower = replace(encoder._tower, features=no_memory)
    after = encoder.encode_images(images)

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
        encoder.encode_images(_images(1))
