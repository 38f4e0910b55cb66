"""The model that comes with ClipDesk: the shipped file, and that it does what its card says."""

from __future__ import annotations

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from clipdesk.cli import main
from clipdesk.core.encoder import Encoder
from clipdesk.core.labels.label_set import load_label_set
from clipdesk.core.labels.prompts import distinct_prompts, label_prompts
from clipdesk.core.labels.scoring import cosine_similarity, label_vectors, score
from clipdesk.core.line.prompts import encode_prompts
from clipdesk.core.pictures.decode import decode
from clipdesk.core.pictures.scan import find_images
from clipdesk.encoders.local.open_clip import load_encoder
from clipdesk.encoders.models.catalog import has_starter
from clipdesk.resources import resource_path

SCRIPTS = Path(__file__).resolve().parents[1] / "packaging" / "starter_model"
SHARED = Path(__file__).resolve().parents[2] / "shared"
STARTER = resource_path("models/starter")

pytestmark = pytest.mark.skipif(not has_starter(), reason="the starter model is not in resources/ yet")

#: The label that a person would give each sample.
SAMPLES = {
    "landscape": ("beach", "desert", "green hills", "mountains", "night sky", "sunset at sea"),
    "flower": ("daisies", "rose", "sunflowers"),
    "fruit": ("apple", "banana", "lemons", "oranges"),
    "vehicle": ("red car", "sailing boat", "yellow bus"),
    "building": ("house", "lighthouse", "skyline at night"),
    "animal": ("butterfly", "cat", "fish", "owl"),
    "document": ("bar chart", "letter", "screenshot"),
}


@pytest.fixture(scope="module")
def starter() -> Iterator[Encoder]:
    encoder = load_encoder("starter", device="cpu")
    yield encoder
    encoder.close()


@pytest.fixture(scope="module")
def evaluate() -> Iterator[Any]:
    before = set(sys.modules)
    sys.path.insert(0, str(SCRIPTS))
    import evaluate

    yield evaluate
    sys.path.remove(str(SCRIPTS))
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(SCRIPTS)):
            del sys.modules[name]


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    content: dict[str, Any] = json.loads((STARTER / "figures.json").read_text(encoding="utf-8"))
    return content


def embed(encoder: Encoder, paths: list[Path]) -> np.ndarray[Any, np.dtype[np.float32]]:
    return encoder.encode_images([encoder.prepare_image(decode(path, encoder.image_size)) for path in paths])


def test_the_weights_are_those_that_the_figures_were_measured_with(figures: dict[str, Any]) -> None:
    weights = (STARTER / "open_clip_model.safetensors").read_bytes()

    assert figures["weights_sha256"] == hashlib.sha256(weights).hexdigest()


def test_every_figure_reaches_its_goal(figures: dict[str, Any]) -> None:
    missed = [figure for figure in figures["figures"] if figure["goal"] and figure["value"] < figure["goal"]]

    assert len(figures["figures"]) >= 15 and not missed


def test_it_fits_into_the_repository() -> None:
    assert sum(path.stat().st_size for path in STARTER.iterdir()) <= 24_000_000


def test_a_picture_costs_at_most_60_million_multiply_adds(starter: Encoder) -> None:
    from torch.utils.flop_counter import FlopCounterMode

    width, height = starter.image_size
    with FlopCounterMode(display=False) as counter:
        starter.encode_images([np.zeros((height, width, 3), np.uint8)])

    assert 10_000_000 < counter.get_total_flops() / 2 <= 60_000_000


def test_a_picture_is_computed_without_normalisations(starter: Encoder) -> None:
    """Folded into the convolutions, they make the model 1.6 times as fast."""
    from torch.profiler import ProfilerActivity, profile

    width, height = starter.image_size
    with profile(activities=[ProfilerActivity.CPU]) as seen:
        starter.encode_images([np.zeros((height, width, 3), np.uint8)])

    operations = {event.key for event in seen.key_averages()}
    assert "aten::conv2d" in operations
    assert not [name for name in operations if "batch_norm" in name]


def test_the_card_tells_the_figures(figures: dict[str, Any]) -> None:
    card = (STARTER / "README.md").read_text(encoding="utf-8")

    for figure in figures["figures"]:
        if figure["goal"] is not None:
            row = re.search(rf"^\| {re.escape(figure['name'])} \|.*$", card, re.MULTILINE)
            assert row is not None, figure["name"]
            assert f"{figure['value']:.1%}".replace("%", " %") in row.group(0)


def test_the_samples_get_the_label_that_anyone_would_give_them(starter: Encoder) -> None:
    labels = load_label_set(resource_path("samples/labels.json"))
    images = [image.path for image in find_images([resource_path("samples")])]
    prompts = label_prompts(labels)
    vectors, _ = encode_prompts(distinct_prompts(prompts), starter)

    scores = score(embed(starter, images), label_vectors(prompts, vectors), starter.score_rule)

    found = {path.stem: labels.names[best] for path, best in zip(images, scores.best.tolist(), strict=True)}
    assert {name: label for label, names in SAMPLES.items() for name in names} == found


@pytest.mark.parametrize("family", ["kind", "pattern", "shape", "colour"])
def test_it_tells_looks_apart_in_drawings_that_it_was_never_shown(starter: Encoder, evaluate: Any, family: str) -> None:
    trial = evaluate.drawn_trial(starter, family, count=150)

    assert trial.accuracy >= 0.9


def test_a_word_that_it_was_never_taught_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    main(["label", str(resource_path("samples")), "--model", "starter", "--label", "dog", "--label", "xylophonist"])

    said = capsys.readouterr().err
    assert "xylophonist" in said and "“dog" not in said


def test_singular_and_plural_are_near(starter: Encoder) -> None:
    for one, many in (("dog", "dogs"), ("car", "cars"), ("flower", "flowers"), ("bird", "birds")):
        vectors = starter.encode_texts([f"a photo of a {one}", f"a photo of {many}", "a photo of a bus stop"])
        cosine = cosine_similarity(vectors[:1], vectors[1:])[0]

        assert cosine[0] > 0.7


def test_the_card_lists_every_everyday_photo_that_it_gets_wrong(
    starter: Encoder, shared_photos: Path, evaluate: Any, figures: dict[str, Any]
) -> None:
    misses = evaluate.everyday(starter, shared_photos / "everyday")

    card = (STARTER / "README.md").read_text(encoding="utf-8")
    listed = {line.partition(":")[0] for line in figures["everyday_misses"]}
    assert {line.partition(":")[0] for line in misses} == listed
    assert all(f"- {name}:" in card for name in listed)


def test_it_knows_the_things_that_its_card_promises(starter: Encoder, evaluate: Any, tmp_path: Path) -> None:
    archive = SHARED / "training" / "tinyimagenet-val.tar.xz"
    if not archive.is_file():
        pytest.skip("needs ../shared/training")
    words = evaluate.load_vocabulary(archive.with_name("tinyimagenet-classes.tsv"))
    pictures = _some_of(archive, words.wnids, 5)
    vectors = evaluate.label_vectors(starter, [words.words[i] for i in range(len(words.wnids))])

    cosine = evaluate.embed_pixels(starter, np.stack([pixels for pixels, _ in pictures])) @ vectors.T

    assert float((cosine.argmax(1) == np.array([place for _, place in pictures])).mean()) >= 0.40


def _some_of(archive: Path, wnids: tuple[str, ...], each: int) -> list[tuple[Any, int]]:
    """Return `each` held-out images of each class, with the index of the class."""
    import tarfile

    found: list[tuple[Any, int]] = []
    counts = dict.fromkeys(wnids, 0)
    with tarfile.open(archive) as tar:
        for entry in tar:
            wnid = Path(entry.name).parent.name
            if not entry.isfile() or counts[wnid] == each:
                continue
            file = tar.extractfile(entry)
            assert file is not None
            with Image.open(file) as image:
                found.append((np.asarray(image.convert("RGB")), wnids.index(wnid)))
            counts[wnid] += 1
    return found


def test_an_example_picture_among_words_no_longer_takes_what_the_words_describe(starter: Encoder) -> None:
    words = ("flower", "fruit", "vehicle", "building", "document", "landscape")
    paths = [resource_path("samples") / f"{name}.jpg" for word in words for name in SAMPLES[word]]
    images, texts = embed(starter, paths), starter.encode_texts(words)
    has_references = np.array([False] * len(words) + [True])

    def wrongly_taken(mask: np.ndarray[Any, np.dtype[np.bool_]] | None) -> int:
        """Over all samples as the example: how many samples of other kinds the example takes."""
        taken = 0
        kinds = np.array([place for place, word in enumerate(words) for _ in SAMPLES[word]])
        for example in range(len(images)):
            vectors = np.concatenate([texts, images[[example]]])
            best = score(images, vectors, starter.score_rule, mask).best
            taken += int(((best == len(words)) & (kinds != kinds[example])).sum())
        return taken

    assert wrongly_taken(has_references) <= wrongly_taken(None) / 4
