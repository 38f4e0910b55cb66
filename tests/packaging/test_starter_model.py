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
TEACHER = TRAINING.parent / "models" / "photo-clip"


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
    kinds = {"document", "screenshot", "chart", "drawing"}
    for kind in looks.DRAWERS:
        for seed in range(20):
            drawing = looks.draw(seed, (kind,))
            assert drawing.image.size == (looks.GIVEN, looks.GIVEN)
            assert drawing.shows
            assert set(drawing.shows) <= known
            assert not set(drawing.shows) & set(drawing.maybe)
            if kinds & set(drawing.shows):
                assert not kinds & set(drawing.maybe)  # each is told from the others


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

    after, truths = augment.make_looks(x, yes, yes, augment.Chance(0), (0.05, 0.05))

    dark, bright, blurry = truths["dark"], truths["bright"], truths["blurry"] & ~truths["dark"] & ~truths["bright"]
    assert dark.any() and bright.any() and blurry.any()
    assert (after[dark].mean((1, 2, 3)) < 0.5 * before[dark].mean((1, 2, 3))).all()
    assert (after[bright].mean((1, 2, 3)) > before[bright].mean((1, 2, 3))).all()
    assert (after[blurry].std((1, 2, 3)) < 0.8 * before[blurry].std((1, 2, 3))).all()


def test_looks_do_not_contradict_each_other() -> None:
    import augment
    import torch

    yes = torch.ones(300, dtype=torch.bool)
    x = torch.rand(300, 3, 32, 32, generator=torch.Generator().manual_seed(0))
    is_crisp = torch.arange(300) % 2 == 0

    after, truths = augment.make_looks(x, is_crisp, yes, augment.Chance(1), (0.05, 0.1))

    assert not (truths["blurry"] & truths["noisy"]).any() and not (truths["dark"] & truths["bright"]).any()
    assert not (truths["black and white"] & truths["in colour"]).any()
    is_grey = (after.amax(1) - after.amin(1)).amax((1, 2)) < 1e-5
    assert is_grey.any() and not (is_grey & truths["in colour"]).any()
    assert torch.equal(truths["sharp"], is_crisp & ~truths["blurry"] & ~truths["noisy"])


def test_a_step_back_shows_the_whole_picture_smaller() -> None:
    import augment
    import torch

    pixels = torch.zeros((1, 32, 32, 3), dtype=torch.uint8)
    pixels[:, 15:17] = 255  # a line through the middle, in both directions: wherever it lies, it is in the crop
    pixels[:, :, 15:17] = 255

    near, enlarged_near = augment.crops(pixels, 32, (1.0, 1.0), augment.Chance(0), 0)
    far, enlarged_far = augment.crops(pixels, 32, (2.25, 2.25), augment.Chance(0), 0)

    assert enlarged_near.item() == pytest.approx(1.0) and enlarged_far.item() == pytest.approx(1 / 1.5)
    assert far.mean() < near.mean()


def test_softened_pictures_have_no_details_sharpened_ones_more_and_both_are_named() -> None:
    import augment
    import torch

    x = torch.rand(60, 3, 32, 32, generator=torch.Generator().manual_seed(0)) * 0.5 + 0.25
    before = x.clone()

    soft, is_soft = augment.soften(x.clone(), augment.Chance(0), 0.5)
    sharp, is_sharpened = augment.sharpen(x.clone(), augment.Chance(1), 0.4)

    assert is_soft.sum() == 30 and is_sharpened.sum() == 24
    assert torch.equal(soft[~is_soft], before[~is_soft]) and torch.equal(sharp[~is_sharpened], before[~is_sharpened])
    assert (soft[is_soft].std((1, 2, 3)) < 0.8 * before[is_soft].std((1, 2, 3))).all()
    assert (sharp[is_sharpened].std((1, 2, 3)) > 1.05 * before[is_sharpened].std((1, 2, 3))).all()
    assert not augment.soften(x.clone(), augment.Chance(0), 0.0)[1].any()


def test_a_batch_is_the_same_for_the_same_seed_and_of_all_sources(words: Any, tmp_path: Path) -> None:
    import batches
    import torch

    options = _miniature(tmp_path, words)
    options.work.mkdir()
    sources = batches.Sources(options.archives, options.work, words, options.drawings, options.scenes)

    first, again, other = (sources.sample(96, 32, seed) for seed in (5, 5, 6))

    assert first.x.shape == (96, 3, 32, 32) and first.x.min() >= 0 and first.x.max() <= 1
    assert torch.equal(first.x, again.x) and torch.equal(first.shows, again.shows)
    assert not torch.equal(first.x, other.x)
    assert not (first.shows & first.maybe).any()
    counts = batches.counts(96)
    assert {name: len(rows) for name, rows in first.rows.items()} == dict(counts) and sum(counts.values()) == 96
    photos = sum(counts[name] for name in batches.PHOTOS)
    is_photo = first.shows[:, words.index("photo")]
    assert is_photo[:photos].all() and not is_photo[photos : photos + counts["drawn"]].any()


def test_what_the_teacher_calls_a_flower_shows_one_and_comes_more_often(words: Any, tmp_path: Path) -> None:
    import batches

    options = _miniature(tmp_path, words)
    options.work.mkdir()
    sources = batches.Sources(options.archives, options.work, words, options.drawings, options.scenes)
    flower = words.index("flower")
    plain = [sources.sample(192, 32, seed) for seed in range(3)]

    sources.set_flowers(np.array([1]))

    batch = sources.sample(192, 32, 0)
    rows = batch.rows["tiny"]
    assert not any(of.shows[: len(of.rows["tiny"]), flower].any() for of in plain)
    assert batch.shows[: len(rows), flower].tolist() == (rows == 1).tolist()
    assert (rows == 1).sum() > 2 * (rows == 0).sum()


def test_the_teacher_finds_what_is_closest_to_words() -> None:
    if not TEACHER.is_dir():
        pytest.skip("needs ../shared/models")
    import open_clip
    import teacher
    import torch

    model, _ = open_clip.create_model_from_pretrained(f"local-dir:{TEACHER}")
    tokenize = open_clip.get_tokenizer(f"local-dir:{TEACHER}")
    with torch.inference_mode():
        texts = tokenize(["a photo of a car", "a photo of a daisy", "a photo of a house"])
        vectors = model.eval().encode_text(texts, normalize=True).float().numpy()

    assert teacher.closest(TEACHER, vectors, ["a flower", "a daisy"], 1).tolist() == [1]


def test_the_teacher_learns_the_concepts_and_keeps_its_statistics(words: Any, tmp_path: Path) -> None:
    import torch
    from teacher import Expert

    trainer = _taught_by_a_teacher(tmp_path, words)
    fresh = Expert(TEACHER, len(words.names))
    batch = trainer.sources.sample(24, 32, 0)

    trainer.options.expert_steps = 10
    before = trainer.family_loss(fresh(batch.x), batch.shows, batch.maybe)
    trainer._teach(fresh)
    with torch.no_grad():
        after = trainer.family_loss(fresh.eval()(batch.x), batch.shows, batch.maybe)

    # With those of the batch, which are not what this network learned with, it would begin from nothing.
    kept, given = fresh.visual.state_dict(), Expert(TEACHER, 1).visual.state_dict()
    statistics = [name for name in kept if name.endswith(("running_mean", "running_var"))]
    assert statistics and all(torch.equal(kept[name], given[name]) for name in statistics)
    assert not torch.equal(kept["trunk.classifier.weight"], given["trunk.classifier.weight"])
    assert after < before - 0.5

    # What it learned is kept: it is not taught again.
    again = trainer._make_expert()
    assert not again.training
    torch.testing.assert_close(again.classifier.weight, trainer.expert.classifier.weight)


def test_who_answers_as_the_taught_teacher_does_costs_less(words: Any, tmp_path: Path) -> None:
    import torch
    from batches import PHOTOS
    from network import SIDE

    trainer = _taught_by_a_teacher(tmp_path, words)
    batch = trainer.sources.sample(24, SIDE, 0)
    photos = sum(len(batch.rows[source]) for source in PHOTOS)
    features = torch.randn(24, trainer.student.classifier.in_features, generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        same = trainer.expert(batch.x)
        asked = trainer.ask_expert(batch.x)
        same[photos:] = 1_000.0  # drawings are not asked about

    torch.testing.assert_close(asked[:photos], same[:photos], rtol=0, atol=0.02 * float(same[:photos].abs().max()))

    def soft(*guesses: torch.Tensor) -> float:
        return float(trainer._teacher_losses(trainer.expert, batch, features, list(guesses))["soft"].detach())

    assert soft(same) < soft(torch.zeros_like(same)) < soft(-same)
    assert soft(same, same) == pytest.approx(2 * soft(same), rel=1e-5)


def test_training_goes_on_where_it_stopped_and_ends_in_a_model_that_loads(
    words: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch
    import train
    from export import clip_weights, forget_unseen_tokens, write_model
    from network import CONFIG
    from train import Trainer

    from clipdesk.encoders.local.open_clip import load_encoder

    monkeypatch.setattr(train, "STATISTICS_BATCHES", 3)
    monkeypatch.setattr(train, "STATISTICS_BATCH", 24)
    monkeypatch.setattr(train, "TEXT_PICTURES", 48)
    options = _miniature(tmp_path, words)
    options.text_steps = 2
    options.steps = 2
    Trainer(options).run()
    options.steps = 3

    trainer = Trainer(options)
    resumed_at = trainer.step
    trainer.run()
    unfinished = trainer.checkpoint.read_bytes()
    finished = trainer.finish()

    assert resumed_at == 2
    assert finished.is_file() and trainer.checkpoint.read_bytes() == unfinished
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
    batch = further.sources.sample(48, SIDE, 5)
    with torch.no_grad():
        features = further._features(further.student.eval(), batch.x)
        found = further.student.embed_features(features)
        before = first.average.embed_features(first._features(first.average.eval(), batch.x))
        # What the heads say is what the texts say.
        direct = further.student.classifier(features)
        near = found @ further.student.embed_concepts().T
    assert (found * before).sum(1).min() > 0.999
    assert torch.equal(direct.argmax(1), near.argmax(1))

    # In the end it is averaged with what it began with.
    learned = further.average.clip.visual.trunk.get_classifier().weight
    begun = learned.detach().clone()
    with torch.no_grad():
        learned += 1.0
    options.keep = 0.25
    further.keep_some_of_start()
    torch.testing.assert_close(learned.detach(), begun + 0.75, atol=2e-3, rtol=0)


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


def _taught_by_a_teacher(folder: Path, words: Any) -> Any:
    """A trainer whose teacher has been taught the concepts for a few steps."""
    if not TEACHER.is_dir():
        pytest.skip("needs ../shared/models")
    from train import Trainer

    options = _miniature(folder, words)
    options.teacher, options.batch = TEACHER, 24
    return Trainer(options)


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
        keep=0.0,
        steps=2,
        batch=48,
        drawings=30,
        scenes=1,
        text_steps=5,
        expert_steps=1,
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
