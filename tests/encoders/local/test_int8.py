"""Image towers in int8, on small Vision Transformers with random weights."""

from __future__ import annotations

import importlib.util
import platform
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from tiny_model import build_tiny_model, build_vision_transformer

from clipdesk.core.errors import Int8RefusedError
from clipdesk.core.store.embedding_store import EmbeddingStore, StoredImage
from clipdesk.encoders.devices import choose_device, import_open_clip
from clipdesk.encoders.local.candidate import MEASURED_MACHINES, Features, ModelOnTrial, draw_test_images, least_cosine
from clipdesk.encoders.local.image_towers import choose_tower
from clipdesk.encoders.local.int8 import Int8Network, choose_int8, cpu_has_vnni, quantise
from clipdesk.encoders.local.open_clip import load_encoder

pytestmark = pytest.mark.skipif(platform.machine() not in MEASURED_MACHINES, reason="int8 is for Intel and AMD CPUs")

WAYS = [
    pytest.param(
        "OpenVINO",
        marks=pytest.mark.skipif(
            importlib.util.find_spec("openvino") is None or not cpu_has_vnni(), reason="needs OpenVINO and VNNI"
        ),
    ),
    "PyTorch",
]


def _forward(network: Any, images: Any, dtype: Any) -> Any:
    return network.encode_image(images.permute(0, 3, 1, 2).float().div(255).to(dtype))


def _model(network: Any, side: int = 32) -> ModelOnTrial:
    import torch

    images = draw_test_images((side, side))
    with torch.inference_mode():
        expected = _forward(network, torch.from_numpy(images), torch.float32).numpy()
    return ModelOnTrial(network, _forward, "cpu", "int8", images, expected)


def _way(name: str) -> Any:
    if name == "OpenVINO":
        from clipdesk.encoders.local.int8_openvino import OpenVinoInt8

        return OpenVinoInt8
    from clipdesk.encoders.local.int8_torch import TorchInt8

    return TorchInt8


def _other_images(count: int) -> NDArray[np.uint8]:
    return np.random.default_rng(4).integers(0, 256, (count, 32, 32, 3), np.uint8)


def _with_an_outlier(network: Any) -> Any:
    """Let one value of each token be so large in one layer that rounding by it erases all other values."""
    import torch

    block = network.visual.transformer.resblocks[0]
    with torch.no_grad():
        block.ln_2.weight[0] *= 1e5
        block.ln_2.bias[0] *= 1e5
        block.mlp.c_fc.weight[:, 0] /= 1e5
        block.mlp.c_proj.weight *= 30
    return network


def _delicate(network: Any) -> Any:
    """Remove what images have in common, so that embeddings are small differences, which int8 cannot resolve."""
    import torch

    proj, network.visual.proj = network.visual.proj, None
    with torch.no_grad():
        features = _forward(network, torch.from_numpy(draw_test_images((32, 32))), torch.float32)
        common = torch.linalg.svd(features, full_matrices=False).Vh[:2]
        proj -= common.t() @ (common @ proj)
    network.visual.proj = proj
    return network


@pytest.fixture(scope="module")
def plain() -> ModelOnTrial:
    return _model(build_vision_transformer())


@pytest.fixture(scope="module", params=WAYS)
def on_trial(request: pytest.FixtureRequest, plain: ModelOnTrial) -> Int8Network:
    network: Int8Network = _way(request.param)(plain)
    return network


def test_int8_is_close_to_fp32_on_other_images_too(plain: ModelOnTrial, on_trial: Int8Network) -> None:
    import torch

    choice = choose_int8(plain, [lambda _: on_trial])
    images = _other_images(6)
    with torch.inference_mode():
        expected = _forward(plain.network, torch.from_numpy(images), torch.float32).numpy()

    cosine = least_cosine(choice.features(images), expected)

    assert choice.runtime == on_trial.runtime and "fp32 layers" not in choice.variant
    assert 0.995 < cosine < 0.9999999  # it was really rounded


def test_an_embedding_does_not_depend_on_the_other_images_of_its_batch(on_trial: Int8Network) -> None:
    features = on_trial.features(frozenset())
    images = _other_images(6)
    images[3:] //= 8  # so that one scale for the whole batch would differ

    together, apart = features(images), np.concatenate([features(images[row : row + 1]) for row in range(6)])

    np.testing.assert_allclose(together, apart, atol=1e-5 * np.abs(apart).max())


def test_with_every_layer_in_fp32_nothing_is_lost(plain: ModelOnTrial, on_trial: Int8Network) -> None:
    features = on_trial.features(frozenset(range(len(on_trial.losses()))))

    # OpenVINO computes what is not in int8 in bf16 where that is native.
    least = 0.9998 if on_trial.variant == "bf16" else 0.999999
    assert least_cosine(features(plain.test_images), plain.expected) > least


@pytest.mark.parametrize("runtime", WAYS)
def test_a_layer_that_loses_too_much_stays_in_fp32(runtime: str) -> None:
    model = _model(_with_an_outlier(build_vision_transformer()))
    network = _way(runtime)(model)
    all_rounded = least_cosine(network.features(frozenset())(model.test_images), model.expected)

    choice = choose_int8(model, [lambda _: network])

    assert all_rounded < 0.995 <= choice.cosine
    worst = int(network.losses().argmax())
    assert f"fp32 layers {worst}" in choice.variant
    assert len(network.losses()) >= 9


@pytest.mark.parametrize("runtime", WAYS)
def test_int8_is_refused_with_the_figure_where_too_much_is_lost(runtime: str) -> None:
    words = r"the cosine to full precision is 0\.9\d\d, and 0\.995 is required"
    with pytest.raises(Int8RefusedError, match=words) as refused:
        choose_int8(_model(_delicate(build_vision_transformer())), [_way(runtime)])

    assert refused.value.cosine is not None and refused.value.cosine < 0.995


def _convolutional_network() -> Any:
    text = {"context_length": 8, "vocab_size": 64, "width": 16, "heads": 2, "layers": 1}
    vision = {"image_size": 32, "layers": [1, 1, 1, 1], "width": 8}
    network = import_open_clip().CLIP(embed_dim=16, vision_cfg=vision, text_cfg=text)
    return network.eval().requires_grad_(False)


def test_a_convolutional_model_is_refused_with_the_reason() -> None:
    place = choose_device("cpu:int8")
    assert place.precision == "int8"

    with pytest.raises(Int8RefusedError, match="int8 is not faster for this model, which computes mostly convolutions"):
        choose_tower(_convolutional_network(), _forward, (32, 32), place)


class _Unsteady(Int8Network):
    """A network whose layer 2 does all the harm, and whose losses say so."""

    runtime, variant = "PyTorch", "made up"

    def __init__(self, model: ModelOnTrial, harmless: frozenset[int]) -> None:
        self.model, self.harmless, self.tried = model, harmless, list[frozenset[int]]()

    def losses(self) -> NDArray[np.float64]:
        return np.array([0.1, 0.2, 0.9, 0.05, 0.3, 0.01, 0.02, 0.03])

    def features(self, kept: frozenset[int]) -> Features:
        self.tried.append(kept)
        sign = 1 if self.harmless <= kept else -1
        return lambda images: sign * self.model.expected[: len(images)]


def test_the_most_harmful_layers_are_kept_first_and_a_quarter_at_most(plain: ModelOnTrial) -> None:
    good, bad = _Unsteady(plain, frozenset({2, 4})), _Unsteady(plain, frozenset({2, 4, 1}))

    choice = choose_int8(plain, [lambda _: bad, lambda _: good])

    assert bad.tried == good.tried == [frozenset(), frozenset({2}), frozenset({2, 4})]
    assert choice.variant.endswith("made up,fp32 layers 2 4")


def test_a_way_that_fails_leaves_the_next_one(plain: ModelOnTrial, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openvino", None)

    assert choose_int8(plain).runtime == "PyTorch"
    with pytest.raises(Int8RefusedError, match="This computer cannot compute this model in int8"):
        choose_int8(plain, [_way("OpenVINO")])


@pytest.fixture
def overflowing_cpu(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The sums of a CPU without VNNI, which adds pairs of products in 16 bits; inputs have 128 added meanwhile."""
    import torch

    from clipdesk.encoders.local import int8_torch

    def int_mm(inputs: Any, weights: Any) -> Any:
        products = (inputs.int() + 128)[:, :, None] * weights.int()[None]
        pairs = products.unflatten(1, (-1, 2)).sum(dim=2).clamp(-32768, 32767)
        return (pairs.sum(dim=1) - 128 * weights.int().sum(dim=0)).int()

    monkeypatch.setattr(torch, "_int_mm", int_mm)
    int8_torch.largest_weight.cache_clear()
    yield
    monkeypatch.undo()
    int8_torch.largest_weight.cache_clear()


@pytest.mark.usefixtures("overflowing_cpu")
def test_weights_are_small_enough_for_a_cpu_whose_sums_overflow() -> None:
    import torch

    from clipdesk.encoders.local.int8_torch import Int8Linear

    weights, tokens = torch.ones(8, 64), torch.ones(5, 64)
    weights[:, ::5] = -0.1
    layer = Int8Linear(weights, None)

    assert layer.weight.max() == 63
    torch.testing.assert_close(layer(tokens), tokens @ weights.t(), rtol=0.01, atol=0.01)


def test_rounding_is_by_rows_and_keeps_zeros() -> None:
    rounded, scales = quantise(np.array([[1, -2, 0.5], [0, 0, 0], [127, 1, 0]], np.float32))

    assert rounded.tolist() == [[64, -127, 32], [0, 0, 0], [127, 1, 0]]
    assert scales.shape == (3, 1) and np.isfinite(scales).all()


def test_embeddings_in_int8_are_never_mixed_with_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"local-dir:{build_tiny_model(tmp_path / 'model')}"
    exact, fast = load_encoder(name, device="cpu:fp32"), load_encoder(name, device="cpu:int8")
    monkeypatch.setitem(sys.modules, "openvino", None)
    by_torch = load_encoder(name, device="cpu:int8")
    store = EmbeddingStore(tmp_path / "store.sqlite3")

    assert ", int8, " in fast.place and "PyTorch, int8" in by_torch.place
    keys = {encoder.identity.key for encoder in (exact, fast, by_torch)}
    assert len(keys) == (3 if "OpenVINO" in fast.place else 2)
    np.testing.assert_array_equal(exact.encode_texts(["a cat"]), fast.encode_texts(["a cat"]))
    image = list(_other_images(1))
    store.put_images(exact.identity, [StoredImage(b"one", exact.encode_images(image)[0], None)])
    assert store.find_content(fast.identity, b"one") is None
    store.put_images(fast.identity, [StoredImage(b"one", fast.encode_images(image)[0], None)])
    kept = [store.find_content(encoder.identity, b"one") for encoder in (exact, fast)]
    store.close()

    # Going back to fp32 finds what was there.
    assert kept[0] is not None and kept[1] is not None
    np.testing.assert_allclose(kept[0], exact.encode_images(image)[0], atol=1e-3)
    assert np.abs(kept[0] - kept[1]).max() > 1e-4
