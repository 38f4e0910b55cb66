"""How the starter model is trained: its words, its drawings, its loss, and the whole way in miniature."""

from __future__ import annotations

import argparse
import io
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

SCRIPTS = Path(__file__).resolve().parents[2] / "packaging" / "starter_model"
TRAINING = Path(__file__).resolve().parents[3] / "shared" / "training"


@pytest.fixture(autouse=True)
def scripts_on_the_path(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(SCRIPTS))
    yield
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", "")).startswith(str(SCRIPTS)):
            del sys.modules[name]


@pytest.fixture
def words() -> Any:
    if not TRAINING.is_dir():
        pytest.skip("needs ../shared/training")
    import concepts

    return concepts.load_vocabulary(TRAINING / "tinyimagenet-classes.tsv")


def test_a_drawing_is_the_same_for_the_same_seed() -> None:
    import looks

    first, again, other = (looks.draw(seed) for seed in (7, 7, 8))

    assert first.image.tobytes() == again.image.tobytes()
    assert first.image.tobytes() != other.image.tobytes()
    assert first.shows == again.shows


def test_every_drawer_says_what_its_pictures_show() -> None:
    import concepts
    import looks

    known = {name for family in concepts.FAMILIES.values() for name in family}
    for kind in looks.DRAWERS:
        for seed in range(20):
            drawing = looks.draw(seed, (kind,))
            assert drawing.image.size == (looks.GIVEN, looks.GIVEN)
            assert drawing.shows
            assert set(drawing.shows) <= known
            assert not set(drawing.shows) & set(drawing.maybe)


def test_the_vocabulary_knows_what_is_above_a_word(words: Any) -> None:
    above = {words.names[i] for i in np.flatnonzero(words.ancestors[words.index("tabby")])}

    assert above == {"tabby", "cat", "animal"}
    assert len(words.wnids) == 202
    assert sum(len(said) for said in words.words) > 1_400


def test_a_look_has_the_same_words_everywhere(words: Any) -> None:
    import concepts

    for family in concepts.FAMILIES.values():
        for name in family:
            assert concepts.look_words(name) == words.words[words.index(name)]


def test_a_picture_that_is_named_right_costs_less_than_one_that_is_named_wrong(words: Any) -> None:
    import torch
    from loss import FamilyLoss

    concept = words.index("goldfish")
    shows = torch.from_numpy(words.ancestors[[concept]])
    maybe = torch.zeros_like(shows)
    right = 10.0 * shows.float()
    wrong = torch.zeros_like(right)
    wrong[0, words.index("school bus")] = 10.0
    loss = FamilyLoss(words, "cpu")

    assert loss(right, shows, maybe) < 0.1 < 5 < loss(wrong, shows, maybe)


def test_what_may_be_true_is_no_counter_example(words: Any) -> None:
    import torch
    from loss import FamilyLoss

    shows = torch.from_numpy(words.ancestors[[words.index("goldfish")]])
    logits = torch.zeros(shows.shape)
    logits[0, words.index("school bus")] = 10.0
    maybe = torch.zeros_like(shows)
    maybe[0, words.index("school bus")] = True
    loss = FamilyLoss(words, "cpu")

    assert loss(logits, shows, maybe) < loss(logits, shows, torch.zeros_like(shows)) - 1


def test_a_darkened_picture_is_called_dark_and_a_blurred_one_blurry() -> None:
    import augment
    import torch

    x = torch.rand(400, 3, 32, 32, generator=torch.Generator().manual_seed(0))
    yes = torch.ones(400, dtype=torch.bool)
    before = x.clone()

    after, truths = augment.make_looks(x, yes, yes, np.random.default_rng(0), (0.05, 0.05))

    dark = [i for i, names in enumerate(truths) if "dark" in names]
    blurry = [i for i, names in enumerate(truths) if "blurry" in names and not names & {"dark", "bright"}]
    assert dark and blurry
    assert all(after[i].mean() < 0.5 * before[i].mean() for i in dark)
    assert all(after[i].std() < 0.8 * before[i].std() for i in blurry)


def test_a_step_back_shows_the_whole_picture_smaller() -> None:
    import augment

    pixels = np.zeros((1, 32, 32, 3), np.uint8)
    pixels[:, 15:17] = 255  # a line through the middle, in both directions: wherever it lies, it is in the crop
    pixels[:, :, 15:17] = 255

    near, enlarged_near = augment.crops(pixels, 32, (1.0, 1.0), np.random.default_rng(0), 0)
    far, enlarged_far = augment.crops(pixels, 32, (2.25, 2.25), np.random.default_rng(0), 0)

    assert enlarged_near == pytest.approx(1.0) and enlarged_far == pytest.approx(1 / 1.5)
    assert far.mean() < near.mean()


def test_training_goes_on_where_it_stopped_and_ends_in_a_model_that_loads(words: Any, tmp_path: Path) -> None:
    import torch
    import train
    from export import clip_weights, forget_unseen_tokens, write_model
    from network import CONFIG
    from train import Trainer

    from clipdesk.encoders.open_clip import load_encoder

    train.STATISTICS_BATCHES = 3
    options = _miniature(tmp_path, words)
    options.steps = 2
    Trainer(options).run()
    options.steps = 3

    trainer = Trainer(options)
    resumed_at = trainer.step
    trainer.run()
    trainer.learn_texts()
    trainer.renew_statistics()

    assert resumed_at == 2
    first = next(m for m in trainer.average.modules() if isinstance(m, torch.nn.modules.batchnorm._BatchNorm))
    assert int(first.num_batches_tracked) == 3
    weights = clip_weights(trainer.average.state_dict())
    forget_unseen_tokens(weights, words)
    write_model(tmp_path / "model", weights)
    encoder = load_encoder(f"local-dir:{tmp_path / 'model'}", device="cpu")
    try:
        assert encoder.encode_texts(["a dog"]).shape == (1, 256)
        size = CONFIG["model_cfg"]["vision_cfg"]["image_size"]
        assert encoder.image_size == (size, size)
    finally:
        encoder.close()


def test_a_finished_model_is_trained_further_from_what_it_knows(words: Any, tmp_path: Path) -> None:
    import torch
    from export import clip_weights, write_model
    from network import SIDE
    from train import Trainer

    options = _miniature(tmp_path, words)
    first = Trainer(options)
    write_model(tmp_path / "model", clip_weights(first.average.state_dict()))
    options.start, options.name = tmp_path / "model", "further"

    further = Trainer(options)

    assert further.step == 0
    batch = further.sources.sample(SIDE, np.random.default_rng(5))
    with torch.no_grad():
        features = further._features(further.student.eval(), batch)
        found = further.student.embed_features(features)
        before = first.average.embed_features(first._features(first.average.eval(), batch))
        # What the heads say is what the texts say.
        direct = further.student.classifier(features)
        near = found @ further.student.embed_concepts().T
    assert (found * before).sum(1).min() > 0.999
    assert torch.equal(direct.argmax(1), near.argmax(1))


def test_the_card_is_renewed_from_the_figures() -> None:
    import json

    import card

    starter = SCRIPTS.parents[1] / "resources" / "models" / "starter"
    text = (starter / "README.md").read_text(encoding="utf-8")
    figures = json.loads((starter / "figures.json").read_text(encoding="utf-8"))
    assert card.renewed(text, figures) == text

    figures["figures"][0]["value"] = 0.1234
    old_misses = figures["everyday_misses"]
    figures["everyday_misses"] = ["new.jpg: cat (50%), a person says bird"]
    new = card.renewed(text, figures)

    assert new.count("| 12.3 % |") == 1
    assert "\n\n- new.jpg: cat (50 %), a person says bird\n\n" in new
    assert all(miss.partition(":")[0] not in new for miss in old_misses)


def _miniature(folder: Path, words: Any) -> argparse.Namespace:
    """Archives in the layout of the real ones, with a few pictures of noise."""
    import concepts

    archives = folder / "archives"
    archives.mkdir()
    (archives / "tinyimagenet-classes.tsv").write_bytes((TRAINING / "tinyimagenet-classes.tsv").read_bytes())
    rng = np.random.default_rng(0)
    for part in ("train", "val"):
        names = [f"{wnid}/{i}.jpg" for wnid in words.wnids[:3] for i in range(4)]
        _pack(archives / f"tinyimagenet-{part}.tar.xz", names, 64, rng)
    _pack(archives / "cifar10-train.tar.xz", [f"{name}/{i}.jpg" for name in concepts.CIFAR for i in range(4)], 32, rng)
    garments = [
        f"{name}/{part}-{i}.jpg" for name in concepts.GARMENTS for part in ("train", "validation") for i in "12"
    ]
    _pack(archives / "clothing-train.tar.xz", garments, 128, rng)
    return argparse.Namespace(
        archives=archives,
        work=folder / "work",
        teacher=None,
        start=None,
        steps=2,
        drawings=30,
        scenes=1,
        text_steps=5,
        rate=1e-3,
        device="cpu",
        name="run",
    )


def _pack(path: Path, names: list[str], side: int, rng: np.random.Generator) -> None:
    with tarfile.open(path, "w:xz") as tar:
        for name in names:
            file = io.BytesIO()
            Image.fromarray(rng.integers(0, 256, (side, side, 3), np.uint8)).save(file, "JPEG")
            entry = tarfile.TarInfo(f"{path.name.partition('.')[0]}/{name}")
            entry.size = file.tell()
            file.seek(0)
            tar.addfile(entry, file)
