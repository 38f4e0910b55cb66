"""The local encoder compared with open_clip itself, on real models and real images."""

from __future__ import annotations

import json
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from image_files import as_nobody
from PIL import Image
from tiny_model import build_tiny_model

from clipdesk.core.encoder import Encoder
from clipdesk.core.errors import Cancelled, EncoderError, ModelBrokenError, ModelNotAvailableError
from clipdesk.encoders.devices import Place
from clipdesk.encoders.local.open_clip import LoadProgress, OpenClipEncoder, fingerprint, load_encoder
from clipdesk.encoders.models.model_files import locate
from clipdesk.encoders.models.names import parse_model


@pytest.fixture(scope="module")
def encoder(tiny_model_dir: Path) -> Encoder:
    return load_encoder(f"local-dir:{tiny_model_dir}")


@pytest.fixture
def own_encoder(tiny_model_dir: Path) -> OpenClipEncoder:
    """An encoder that the test may damage."""
    return load_encoder(f"local-dir:{tiny_model_dir}")


@pytest.fixture
def tiny_copy(tiny_model_dir: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny_model_dir, tmp_path / "model"))


def _images(count: int, size: tuple[int, int] = (60, 45)) -> list[Image.Image]:
    random = np.random.default_rng(3)
    return [Image.fromarray(random.integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)) for _ in range(count)]


def _embed(encoder: Encoder, images: list[Image.Image]) -> np.ndarray:
    return encoder.encode_images([encoder.prepare_image(image) for image in images])


def _reference(folder: Path, images: list[Image.Image], texts: list[str]) -> np.ndarray:
    """Cosine similarities by open_clip's own functions."""
    import open_clip
    import torch

    network, _, transform = open_clip.create_model_and_transforms(f"local-dir:{folder}")
    tokenizer = open_clip.get_tokenizer(f"local-dir:{folder}")
    network.eval()
    with torch.inference_mode():
        vectors = network.encode_image(torch.stack([transform(image) for image in images]), normalize=True)
        words = network.encode_text(tokenizer(texts), normalize=True)
    return (vectors @ words.T).numpy()


TEXTS = ["a photo of a cat", "a dog", "사진", ""]


# --- the same numbers as open_clip


@pytest.mark.parametrize("resize_mode", ["shortest", "longest", "squash"])
@pytest.mark.parametrize("interpolation", ["bicubic", "bilinear"])
def test_cosines_agree_with_open_clip(tmp_path: Path, resize_mode: str, interpolation: str) -> None:
    folder = build_tiny_model(
        tmp_path / "model", resize_mode=resize_mode, interpolation=interpolation, fill_color=9, mean=[0.5, 0.4, 0.3]
    )
    images = [*_images(3), *_images(2, (20, 100)), Image.new("L", (33, 31), 90)]
    encoder = load_encoder(f"local-dir:{folder}")

    cosines = _embed(encoder, images) @ encoder.encode_texts(TEXTS).T

    np.testing.assert_allclose(cosines, _reference(folder, images, TEXTS), atol=1e-5)


def test_an_image_of_other_height_than_width_is_prepared_as_open_clip_does(tmp_path: Path) -> None:
    folder = build_tiny_model(tmp_path / "model", image_size=(48, 32))
    encoder = load_encoder(f"local-dir:{folder}")

    prepared = encoder.prepare_image(_images(1)[0])

    assert encoder.image_size == (32, 48)
    assert prepared.shape == (48, 32, 3)
    cosines = _embed(encoder, _images(2)) @ encoder.encode_texts(TEXTS).T
    np.testing.assert_allclose(cosines, _reference(folder, _images(2), TEXTS), atol=1e-5)


@pytest.mark.shared
def test_photo_clip_agrees_with_open_clip_on_real_images(photo_clip: Path, shared_photos: Path) -> None:
    files = sorted(path for path in shared_photos.rglob("*") if path.suffix.lower() in (".png", ".bmp"))[:20]
    images = [Image.open(path).convert("RGB") for path in files]
    encoder = load_encoder(f"local-dir:{photo_clip}")

    cosines = _embed(encoder, images) @ encoder.encode_texts(TEXTS).T

    assert images
    np.testing.assert_allclose(cosines, _reference(photo_clip, images, TEXTS), atol=1e-4)


@pytest.mark.shared
def test_a_drafted_jpeg_has_nearly_the_same_embedding(photo_clip: Path, shared_photos: Path) -> None:
    from clipdesk.core.pictures.decode import decode

    encoder = load_encoder(f"local-dir:{photo_clip}")
    files = [path for path in sorted(shared_photos.rglob("*")) if path.suffix.lower() in (".jpg", ".jpeg")]
    large = [path for path in files if np.prod(_size(path)) >= 2_000_000]

    drafted = _embed(encoder, [decode(path, encoder.image_size) for path in large])
    whole = _embed(encoder, [decode(path, None) for path in large])

    assert large
    assert (drafted * whole).sum(axis=1).min() >= 0.999


def _size(path: Path) -> tuple[int, int]:
    try:
        with Image.open(path) as image:
            return image.size
    except OSError:
        return (0, 0)


def test_embeddings_are_normalised_float32(encoder: Encoder) -> None:
    vectors = _embed(encoder, _images(3))

    assert (3, encoder.dimension) == vectors.shape
    assert np.float32 == vectors.dtype
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    np.testing.assert_allclose(np.linalg.norm(encoder.encode_texts(TEXTS), axis=1), 1, atol=1e-6)


def test_embeddings_keep_the_model_s_own_length_on_request(tiny_model_dir: Path) -> None:
    encoder = load_encoder(f"local-dir:{tiny_model_dir}", device="cpu")
    images = [encoder.prepare_image(image) for image in _images(3)]

    for raw, unit in (
        (encoder.encode_images(images, normalized=False), encoder.encode_images(images)),
        (encoder.encode_texts(TEXTS, normalized=False), encoder.encode_texts(TEXTS)),
    ):
        lengths = np.linalg.norm(raw, axis=1, keepdims=True)
        assert np.abs(lengths - 1).min() > 0.01
        np.testing.assert_allclose(raw / lengths, unit, rtol=0, atol=1e-6)


def test_nothing_in_nothing_out(encoder: Encoder) -> None:
    assert encoder.encode_images([]).shape == (0, 64)
    assert encoder.encode_texts([]).shape == (0, 64)
    assert encoder.cut_texts([]) == []


def test_prepare_image_gives_the_same_from_many_threads(encoder: Encoder) -> None:
    images = _images(40)

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(encoder.prepare_image, images))

    for one, other in zip(together, map(encoder.prepare_image, images), strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("size", [(30_000, 1), (1, 30_000), (1, 1), (9000, 40)])
@pytest.mark.parametrize("resize_mode", ["shortest", "longest", "squash"])
def test_very_long_images_are_prepared_in_little_memory(
    tmp_path: Path, size: tuple[int, int], resize_mode: str
) -> None:
    encoder = load_encoder(f"local-dir:{build_tiny_model(tmp_path / 'model', resize_mode=resize_mode)}")

    assert encoder.prepare_image(Image.new("RGB", size, "red")).shape == (32, 32, 3)


# --- properties of the model


def test_a_softmax_model_has_a_scale_and_no_bias(encoder: Encoder) -> None:
    assert encoder.score_rule.logit_bias is None
    assert pytest.approx(1 / 0.07, rel=1e-3) == encoder.score_rule.logit_scale


def test_a_sigmoid_model_has_scale_and_bias(tmp_path: Path) -> None:
    encoder = load_encoder(f"local-dir:{build_tiny_model(tmp_path / 'model', sigmoid=True)}")

    assert encoder.score_rule.is_sigmoid
    assert pytest.approx(-10) == encoder.score_rule.logit_bias
    assert pytest.approx(np.exp(2.3), rel=1e-3) == encoder.score_rule.logit_scale


def test_embeddings_of_images_before_their_colours_were_converted_have_another_identity(tiny_model_dir: Path) -> None:
    assert load_encoder(f"local-dir:{tiny_model_dir}").identity.preprocessing.startswith("v2 ")


def test_identity_follows_weights_preprocessing_and_network(tiny_model_dir: Path, tmp_path: Path) -> None:
    key = load_encoder(f"local-dir:{tiny_model_dir}").identity.key
    same = Path(shutil.copytree(tiny_model_dir, tmp_path / "same"))
    squashed = build_tiny_model(tmp_path / "squashed", resize_mode="squash")
    other_weights = build_tiny_model(tmp_path / "weights", sigmoid=True)
    gelu = build_tiny_model(tmp_path / "gelu")
    config = json.loads((gelu / "open_clip_config.json").read_text())
    config["model_cfg"]["quick_gelu"] = True
    (gelu / "open_clip_config.json").write_text(json.dumps(config))

    keys = {
        folder: load_encoder(f"local-dir:{folder}").identity.key for folder in (same, squashed, other_weights, gelu)
    }

    assert key == keys.pop(same)
    assert len({key, *keys.values()}) == 4


def test_place_says_where_and_why(encoder: Encoder) -> None:
    assert encoder.place.startswith("this computer (")


def test_cut_texts_returns_texts_longer_than_the_model_reads(encoder: Encoder) -> None:
    fits, too_long = " ".join(["cat"] * 14), " ".join(["cat"] * 15)  # 14 and the start and end tokens: 16

    assert [too_long] == encoder.cut_texts(["a cat", fits, too_long, ""])


def test_cut_texts_counts_the_tokens_of_a_hugging_face_tokenizer(hf_text_model_dir: Path) -> None:
    encoder = load_encoder(f"local-dir:{hf_text_model_dir}")
    fits, too_long = " ".join(["cat"] * 6), " ".join(["cat"] * 7)

    assert [too_long] == encoder.cut_texts([fits, too_long])


# --- text towers of the Hugging Face kind


def test_a_hugging_face_text_tower_loads_offline_from_its_folder(hf_text_model_dir: Path) -> None:
    encoder = load_encoder(f"local-dir:{hf_text_model_dir}", download=False)

    cat, dog, again = encoder.encode_texts(["a cat", "a dog", "a  cat"])

    assert pytest.approx(1, abs=1e-6) == float(cat @ again)
    assert float(cat @ dog) < 0.99999


def test_missing_text_files_are_named_when_offline(hf_text_model_dir: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(hf_text_model_dir, tmp_path / "model"))
    (folder / "config.json").unlink()

    with pytest.raises(ModelNotAvailableError, match=r"config\.json of “acme/tiny-bert”"):
        load_encoder(f"local-dir:{folder}", download=False)


def test_a_text_tower_with_code_of_its_own_is_refused(hf_text_model_dir: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(hf_text_model_dir, tmp_path / "model"))
    config = json.loads((folder / "config.json").read_text())
    config["auto_map"] = {"AutoConfig": "evil.Config"}
    (folder / "config.json").write_text(json.dumps(config))
    (folder / "evil.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")

    with pytest.raises(ModelBrokenError, match="does not run"):
        load_encoder(f"local-dir:{folder}")
    assert not (tmp_path / "ran").exists()


# --- memory


def _runs_out_above(encoder: OpenClipEncoder, most: int, *, device: str = "") -> list[int]:
    """Make the image tower run out of memory above `most` images; return the batch sizes of calls that succeed."""
    import torch

    sizes: list[int] = []

    def hook(_module: Any, inputs: tuple[Any, ...]) -> None:
        if len(inputs[0]) > most and device in ("", encoder._place.device):
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 20 GiB")
        sizes.append(len(inputs[0]))

    encoder._network.visual.register_forward_pre_hook(hook)
    return sizes


def test_out_of_memory_halves_the_batch_and_remembers(own_encoder: OpenClipEncoder) -> None:
    images = _images(11)
    expected = _embed(own_encoder, images)
    sizes = _runs_out_above(own_encoder, 3)

    vectors = _embed(own_encoder, images)

    np.testing.assert_allclose(vectors, expected, atol=1e-6)
    assert sizes == [2, 2, 2, 2, 2, 1]
    assert own_encoder.batch_size == 2


def test_a_gpu_without_memory_for_one_image_falls_back_to_the_cpu(tiny_model_dir: Path) -> None:
    # torch knows the CPU by a second name, cpu:0, which stands for a GPU here.
    encoder = load_encoder(f"local-dir:{tiny_model_dir}", device=Place("cpu:0", "GPU: pretended"))
    _runs_out_above(encoder, 0, device="cpu:0")

    vectors = _embed(encoder, _images(5))

    assert vectors.shape == (5, 64)
    assert "CPU" in encoder.place
    assert "the GPU does not have enough memory" in encoder.place


def test_a_cpu_without_memory_ends_the_job_with_advice(own_encoder: OpenClipEncoder) -> None:
    _runs_out_above(own_encoder, 0)

    with pytest.raises(EncoderError, match="smaller model"):
        _embed(own_encoder, _images(2))


def test_numbers_that_are_not_finite_end_the_job(own_encoder: OpenClipEncoder) -> None:
    import torch

    with torch.no_grad():
        own_encoder._network.visual.conv1.weight[0, 0, 0, 0] = float("nan")

    with pytest.raises(EncoderError, match="not finite"):
        _embed(own_encoder, _images(2))


def test_a_closed_encoder_says_so(own_encoder: OpenClipEncoder) -> None:
    own_encoder.close()

    with pytest.raises(EncoderError, match="closed"):
        own_encoder.encode_texts(["a"])


def test_cuda_gives_the_same_embeddings(encoder: Encoder, tiny_model_dir: Path) -> None:
    import torch

    if not torch.cuda.is_available():
        pytest.skip("needs an NVIDIA GPU")
    on_gpu = load_encoder(f"local-dir:{tiny_model_dir}", device="cuda")
    _embed(on_gpu, _images(3))

    np.testing.assert_allclose(_embed(on_gpu, _images(3)), _embed(encoder, _images(3)), atol=1e-3)


# --- broken and dangerous folders


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(ModelNotAvailableError, match="no folder"):
        load_encoder(f"local-dir:{tmp_path / 'nothing'}")


def test_home_and_relative_folders(tiny_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tiny_copy.parent))
    monkeypatch.setenv("USERPROFILE", str(tiny_copy.parent))
    monkeypatch.chdir(tiny_copy.parent)

    expected = load_encoder(f"local-dir:{tiny_copy}").identity
    assert expected == load_encoder("local-dir:~/model").identity
    assert expected == load_encoder("local-dir:model").identity


@pytest.mark.parametrize("damage", ["no config", "bad json", "no model_cfg", "unknown setting", "no weights", "empty"])
def test_a_broken_folder_is_named_with_what_is_expected(tiny_copy: Path, damage: str) -> None:
    config, weights = tiny_copy / "open_clip_config.json", tiny_copy / "open_clip_model.safetensors"
    content = json.loads(config.read_text())
    if damage == "no config":
        config.unlink()
    elif damage == "bad json":
        config.write_text('{"model_cfg": ')
    elif damage == "no model_cfg":
        config.write_text('{"model_cfg": {"embed_dim": 64}}')
    elif damage == "unknown setting":
        content["model_cfg"]["warp_drive"] = 9
        config.write_text(json.dumps(content))
    elif damage == "no weights":
        weights.unlink()
    else:
        weights.write_bytes(b"")

    with pytest.raises(ModelBrokenError) as caught:
        load_encoder(f"local-dir:{tiny_copy}")

    assert str(tiny_copy) in str(caught.value)
    assert "open_clip_config.json" in str(caught.value)
    assert "open_clip_model.safetensors" in str(caught.value)


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no such rights")
@pytest.mark.parametrize("closed", ["model/open_clip_model.safetensors", "."])
def test_files_that_may_not_be_read_are_named(tiny_model_dir: Path, closed: str) -> None:
    with tempfile.TemporaryDirectory() as name:  # because tmp_path is closed to other users
        folder = Path(name)
        model = Path(shutil.copytree(tiny_model_dir, folder / "model", copy_function=shutil.copyfile))
        model.chmod(0o755)
        try:
            (folder / closed).chmod(0)
            with as_nobody(folder), pytest.raises(ModelNotAvailableError) as caught:
                load_encoder(f"local-dir:{model}", device=Place("cpu", "the processor"))
        finally:
            folder.chmod(0o700)

    assert "you have no permission for that" in str(caught.value)
    assert f"“{model if closed == '.' else folder / closed}”" in str(caught.value)


@pytest.mark.parametrize("damage", ["truncated", "other shape", "missing weight"])
def test_wrong_weights_are_a_broken_model(tiny_copy: Path, damage: str) -> None:
    from safetensors.torch import load_file, save_file

    weights = tiny_copy / "open_clip_model.safetensors"
    tensors = load_file(weights)
    if damage == "truncated":
        weights.write_bytes(weights.read_bytes()[:-1000])
    elif damage == "other shape":
        save_file({**tensors, "visual.proj": tensors["visual.proj"][:, :32].contiguous()}, weights)
    else:
        save_file({name: value for name, value in tensors.items() if name != "visual.proj"}, weights)

    with pytest.raises(ModelBrokenError, match=str(tiny_copy)) as caught:
        load_encoder(f"local-dir:{tiny_copy}")

    # In plain words; those of the library are for the details.
    expected = "is damaged or incomplete" if damage == "truncated" else "belong to another model"
    assert expected in str(caught.value)
    assert str(caught.value.__cause__).partition("\n")[0] not in str(caught.value)


@pytest.mark.parametrize("name", ["open_clip_pytorch_model.bin", "model.pth"])
def test_a_pickle_of_weights_alone_is_loaded(tiny_copy: Path, name: str) -> None:
    import torch
    from safetensors.torch import load_file

    expected = load_encoder(f"local-dir:{tiny_copy}").encode_texts(TEXTS)
    torch.save(load_file(tiny_copy / "open_clip_model.safetensors"), tiny_copy / name)
    (tiny_copy / "open_clip_model.safetensors").unlink()

    np.testing.assert_array_equal(expected, load_encoder(f"local-dir:{tiny_copy}").encode_texts(TEXTS))


def as_training_saves(weights: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    """Return the content of epoch_N.pt in open_clip's training (open_clip_train/main.py)."""
    state = {prefix + name: value for name, value in weights.items()}
    return {"epoch": 3, "name": "run", "state_dict": state, "optimizer": {"state": {}, "param_groups": [{"lr": 5e-4}]}}


@pytest.mark.parametrize("prefix", ["", "module."])
def test_a_training_checkpoint_is_loaded(tiny_copy: Path, prefix: str) -> None:
    import torch
    from safetensors.torch import load_file

    expected = load_encoder(f"local-dir:{tiny_copy}").encode_texts(TEXTS)
    weights = load_file(tiny_copy / "open_clip_model.safetensors")
    torch.save(as_training_saves(weights, prefix), tiny_copy / "epoch_3.pt")
    (tiny_copy / "open_clip_model.safetensors").unlink()

    np.testing.assert_array_equal(expected, load_encoder(f"local-dir:{tiny_copy}").encode_texts(TEXTS))


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        (["epoch_2.pt", "epoch_10.pt"], "epoch_10.pt"),
        (["epoch_2.pt", "epoch_latest.pt"], "epoch_latest.pt"),
        (["zoo.pt", "epoch_1.pt"], "epoch_1.pt"),
        (["zoo.pt"], "zoo.pt"),
        (["epoch_1.pt", "model.pth"], "model.pth"),
    ],
)
def test_the_latest_checkpoint_of_a_training_is_chosen(tiny_copy: Path, names: list[str], chosen: str) -> None:
    (tiny_copy / "open_clip_model.safetensors").unlink()
    for name in names:
        (tiny_copy / name).touch()

    source = locate(parse_model(f"local-dir:{tiny_copy}"), download=False, progress=None, cancel=None)

    assert source.weights.name == chosen


@pytest.mark.parametrize("content", [{}, {"state_dict": {}}])
def test_a_checkpoint_without_weights_is_broken(tiny_copy: Path, content: dict[str, Any]) -> None:
    import torch

    (tiny_copy / "open_clip_model.safetensors").unlink()
    torch.save(content, tiny_copy / "epoch_1.pt")

    with pytest.raises(ModelBrokenError, match=str(tiny_copy)):
        load_encoder(f"local-dir:{tiny_copy}")


class _Canary:
    """Unpickling it writes a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, ...]:
        return (Path.write_text, (self.path, "ran"))


@pytest.mark.parametrize("name", ["open_clip_pytorch_model.bin", "model.pth", "epoch_1.pt"])
@pytest.mark.parametrize("zipped", [True, False])
def test_a_pickle_that_carries_a_program_is_not_run(
    tiny_copy: Path, tmp_path: Path, name: str, zipped: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    monkeypatch.setenv("TORCH_FORCE_NO_WEIGHTS_ONLY_LOAD", "1")
    (tiny_copy / "open_clip_model.safetensors").unlink()
    content = {"state_dict": {"logit_scale": torch.ones(1)}, "more": _Canary(tmp_path / "ran")}
    if zipped:
        torch.save(content, tiny_copy / name)
    else:
        (tiny_copy / name).write_bytes(pickle.dumps(content, protocol=2))

    with pytest.raises(ModelBrokenError, match=r"was not opened|cannot be used"):
        load_encoder(f"local-dir:{tiny_copy}")
    assert not (tmp_path / "ran").exists()


def test_safetensors_are_preferred_to_a_pickle_beside_them(tiny_copy: Path, tmp_path: Path) -> None:
    (tiny_copy / "open_clip_pytorch_model.bin").write_bytes(pickle.dumps(_Canary(tmp_path / "ran")))

    load_encoder(f"local-dir:{tiny_copy}")

    assert not (tmp_path / "ran").exists()


# --- loading


def test_loading_reports_progress_and_heeds_cancel(tiny_model_dir: Path) -> None:
    said: list[LoadProgress] = []
    cancel = threading.Event()
    load_encoder(f"local-dir:{tiny_model_dir}", progress=said.append, cancel=cancel)
    cancel.set()

    with pytest.raises(Cancelled):
        load_encoder(f"local-dir:{tiny_model_dir}", cancel=cancel)
    assert [LoadProgress("Loading")] == said


def test_importing_the_encoders_imports_nothing_heavy() -> None:
    program = (
        "import sys; import clipdesk.encoders.local.open_clip, clipdesk.encoders.models.catalog as c; "
        "c.is_downloaded(c.RECOMMENDED); c.is_downloaded('RN50:openai'); assert len(c.all_models()) > 150; "
        "print([name for name in ('torch', 'open_clip', 'transformers', 'httpx2', 'PySide6') if name in sys.modules])"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


# --- the fingerprint


def test_a_fingerprint_is_stable_while_the_files_are(tiny_copy: Path) -> None:
    first = fingerprint(f"local-dir:{tiny_copy}")

    assert len(first) == 64
    assert fingerprint(f"local-dir:{tiny_copy}") == first
    assert fingerprint(f"local-dir:{tiny_copy}", "cpu") != first


@pytest.mark.parametrize("change", ["weights", "configuration", "the same bytes anew"])
def test_a_fingerprint_changes_with_any_file(tiny_copy: Path, change: str) -> None:
    before = fingerprint(f"local-dir:{tiny_copy}")
    path = tiny_copy / ("open_clip_config.json" if change == "configuration" else "open_clip_model.safetensors")
    content, status = path.read_bytes(), path.stat()

    if change == "configuration":
        path.write_bytes(content.replace(b"0.48145466", b"0.48145467"))
    elif change == "weights":
        path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    else:
        path.write_bytes(content)
    # As a program does that copies files with their times.
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    assert fingerprint(f"local-dir:{tiny_copy}") not in ("", before)


@pytest.mark.parametrize("name", ["local-dir:/gone", "ViT-B-32:openai", "no such model", "hf-hub:nobody/nothing"])
def test_what_is_not_on_this_computer_has_no_fingerprint(name: str) -> None:
    assert fingerprint(name) == ""


def test_a_fingerprint_needs_no_torch(tiny_model_dir: Path) -> None:
    code = "import sys; from clipdesk.encoders.opening import open_encoder; "
    code += "from clipdesk.encoders.local.open_clip import fingerprint; "
    code += f"assert fingerprint('local-dir:{tiny_model_dir}'); assert 'torch' not in sys.modules"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
