from __future__ import annotations

import contextlib
import os
import shutil
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from color_encoder import ColorEncoder
from desk_changes import changes_rows, replaces_scores
from numpy.typing import NDArray
from PIL import Image
from pytestqt.qtbot import QtBot

from clipdesk.core.encoder import EncoderIdentity
from clipdesk.core.errors import Cancelled, ModelNotAvailableError
from clipdesk.core.labels.label_set import Label, LabelSet, parse_label_list
from clipdesk.core.line.progress import Progress
from clipdesk.core.pictures.scan import ImageFile
from clipdesk.core.store.cached_encoder import open_cached
from clipdesk.core.store.embedding_store import EmbeddingStore
from clipdesk.gui.session.intake import ImageIntake
from clipdesk.gui.session.label_scorer import _SCORES_AT_ONCE
from clipdesk.gui.session.labelling import Labelling
from clipdesk.gui.session.problem import Problem

COLORS = {"red": (250, 5, 5), "green": (5, 250, 5), "blue": (5, 5, 250)}


class GatedEncoder(ColorEncoder):
    """Waits before each batch until the test lets it go on."""

    def __init__(self) -> None:
        super().__init__(batch_size=2)
        self.gate = threading.Semaphore(0)
        self.is_waiting = threading.Event()

    def encode_images(self, images: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        self.is_waiting.set()
        assert self.gate.acquire(timeout=20)
        return super().encode_images(images)


class Loader:
    """Stands where `load_encoder` stands, and remembers what it gave out."""

    def __init__(self) -> None:
        self.encoders: dict[str, ColorEncoder] = {}
        self.fails: set[str] = set()
        self.waits = False
        self.is_waiting = threading.Event()

    def __call__(self, model: str, *, cancel: threading.Event, **_: object) -> ColorEncoder:
        if model in self.fails:
            raise ModelNotAvailableError(f"{model} is not on this computer. Get it first.")
        if self.waits:
            self.is_waiting.set()
            assert cancel.wait(20)
            raise Cancelled
        encoder = self.encoders.setdefault(model, GatedEncoder() if model == "gated" else ColorEncoder())
        encoder.identity = EncoderIdentity(model, model, "4x4")
        return encoder


@pytest.fixture
def loader() -> Loader:
    return Loader()


@pytest.fixture
def labelling(qtbot: QtBot, loader: Loader) -> Iterator[Labelling]:
    labelling = Labelling(loader)
    yield labelling
    labelling.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Twelve pictures: four of each colour, and one file that only looks like one."""
    for number in range(12):
        name, color = list(COLORS.items())[number % 3]
        Image.new("RGB", (8, 8), color).save(tmp_path / f"{number:02} {name}.png")
    (tmp_path / "broken.jpg").write_bytes(b"\xff\xd8\xff")
    return tmp_path


def labels(*lines: str) -> LabelSet:
    return LabelSet(parse_label_list("\n".join(lines)))


def label_everything(qtbot: QtBot, labelling: Labelling, folder: Path, model: str = "color") -> None:
    labelling.set_label_set(labels("red", "green", "blue"))
    labelling.load_model(model)
    with qtbot.waitSignal(labelling.job_ended, timeout=20_000):
        labelling.add_paths([folder])


def best_labels(labelling: Labelling) -> dict[str, str]:
    desk = labelling.desk
    return {
        image.path.name: desk.scored_labels[desk.scores.best[row]]
        for row, image in enumerate(desk.images)
        if desk.scores.best[row] >= 0
    }


def test_labelling_starts_by_itself_and_is_right(qtbot: QtBot, labelling: Labelling, folder: Path) -> None:
    label_everything(qtbot, labelling, folder)

    assert len(labelling.desk) == 13
    assert all(label in name for name, label in best_labels(labelling).items())
    assert len(best_labels(labelling)) == 12
    assert list(labelling.desk.errors) == [12]


@pytest.mark.parametrize("order", ["labels last", "model last", "pictures last"])
def test_the_order_of_the_first_steps_does_not_matter(
    qtbot: QtBot, labelling: Labelling, folder: Path, order: str
) -> None:
    steps = {
        "labels last": lambda: labelling.set_label_set(labels("red", "green", "blue")),
        "model last": lambda: labelling.load_model("color"),
        "pictures last": lambda: labelling.add_paths([folder]),
    }
    last = steps.pop(order)
    for step in steps.values():
        step()
    with qtbot.waitSignal(labelling.job_ended, timeout=20_000):
        last()
        qtbot.waitUntil(lambda: not labelling.is_scanning)

    qtbot.waitUntil(lambda: len(best_labels(labelling)) == 12)


def test_a_new_label_rescores_without_embedding_again(
    qtbot: QtBot, labelling: Labelling, loader: Loader, folder: Path
) -> None:
    label_everything(qtbot, labelling, folder)
    batches = list(loader.encoders["color"].batches)

    with qtbot.waitSignal(labelling.desk_changed, check_params_cb=replaces_scores, timeout=5_000):
        labelling.set_label_set(labels("red", "something else=a green or a blue thing"))

    assert loader.encoders["color"].batches == batches
    assert set(best_labels(labelling).values()) == {"red", "something else"}


def test_when_the_job_ends_a_reference_is_on_the_scale_of_all_pictures(
    qtbot: QtBot, labelling: Labelling, loader: Loader, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    example = tmp_path_factory.mktemp("example") / "green.png"
    Image.new("RGB", (8, 8), COLORS["green"]).save(example)
    labelling.set_label_set(LabelSet((Label("red"), Label("green", references=(example,)), Label("blue"))))
    labelling.load_model("color")
    measured: list[int] = []

    def measure() -> None:
        scale = labelling.desk.scores.scale
        measured.append(scale.measured if scale is not None and not labelling.desk.scale_lag else 0)

    labelling.job_ended.connect(measure)
    with qtbot.waitSignal(labelling.job_ended, timeout=20_000):
        labelling.add_paths([folder])

    assert len(loader.encoders["color"].batches) > 2
    assert measured == [12]
    assert all(label in name for name, label in best_labels(labelling).items())
    assert len(best_labels(labelling)) == 12


def test_labels_can_change_while_the_job_runs(qtbot: QtBot, labelling: Labelling, loader: Loader, folder: Path) -> None:
    labelling.set_label_set(labels("red"))
    labelling.load_model("gated")
    with qtbot.waitSignal(labelling.job_started, timeout=5_000):
        labelling.add_paths([folder])
    encoder = loader.encoders["gated"]
    assert isinstance(encoder, GatedEncoder)
    labelling.set_label_set(labels("red", "blue"))

    with qtbot.waitSignal(labelling.desk_changed, check_params_cb=replaces_scores, timeout=5_000):
        encoder.gate.release()
    assert labelling.is_running
    with qtbot.waitSignal(labelling.job_ended, timeout=20_000):
        encoder.gate.release(100)

    assert labelling.desk.scored_labels == ("red", "blue")
    assert len(best_labels(labelling)) == 12


def test_pause_keeps_what_is_finished_and_goes_on_with_the_rest(
    qtbot: QtBot, labelling: Labelling, loader: Loader, folder: Path
) -> None:
    labelling.set_label_set(labels("red", "blue"))
    labelling.load_model("gated")
    with qtbot.waitSignal(labelling.job_started, timeout=5_000):
        labelling.add_paths([folder])
    encoder = loader.encoders["gated"]
    assert isinstance(encoder, GatedEncoder)

    with qtbot.waitSignal(labelling.desk_changed, check_params_cb=changes_rows, timeout=5_000):
        encoder.gate.release()
    labelling.set_paused(True)
    with qtbot.waitSignal(labelling.job_ended, timeout=5_000):
        encoder.gate.release()
    finished = len(best_labels(labelling))
    assert 1 <= finished <= 3
    assert not labelling.is_running

    total = len(labelling.desk)
    assert (labelling.progress().done, labelling.progress().total) == (finished, total)
    labelling.set_paused(False)
    assert (labelling.progress().done, labelling.progress().total) == (finished, total)
    with qtbot.waitSignal(labelling.job_ended, timeout=20_000):
        encoder.gate.release(100)
    assert sum(encoder.batches) <= 12 + 2


def test_cancel_keeps_what_is_finished_and_stays_cancelled(
    qtbot: QtBot, labelling: Labelling, loader: Loader, folder: Path
) -> None:
    labelling.set_label_set(labels("red", "blue"))
    labelling.load_model("gated")
    with qtbot.waitSignal(labelling.job_started, timeout=5_000):
        labelling.add_paths([folder])
    encoder = loader.encoders["gated"]
    assert isinstance(encoder, GatedEncoder)
    with qtbot.waitSignal(labelling.desk_changed, check_params_cb=changes_rows, timeout=5_000):
        encoder.gate.release()

    with qtbot.waitSignal(labelling.job_ended, timeout=5_000):
        labelling.cancel()
        encoder.gate.release(100)

    assert not labelling.is_running
    assert 1 <= len(best_labels(labelling)) <= 3
    assert labelling.can_start
    with qtbot.waitSignal(labelling.job_ended, timeout=20_000):
        labelling.start()
    assert len(best_labels(labelling)) == 12


def test_a_picture_is_due_while_a_job_has_yet_to_read_it(
    qtbot: QtBot, labelling: Labelling, loader: Loader, folder: Path
) -> None:
    with qtbot.waitSignal(labelling.scan_ended, timeout=5_000):
        labelling.add_paths([folder])
    paths = [image.path for image in labelling.desk.images]
    labelling.load_model("gated")
    assert not any(map(labelling.is_due, paths))  # nothing needs them yet

    labelling.set_label_set(labels("red", "blue"))
    assert all(map(labelling.is_due, paths))
    assert not labelling.is_due(folder / "elsewhere.png")
    qtbot.waitUntil(lambda: labelling.is_running, timeout=5_000)
    encoder = loader.encoders["gated"]
    assert isinstance(encoder, GatedEncoder)
    with qtbot.waitSignal(labelling.desk_changed, check_params_cb=changes_rows, timeout=5_000):
        encoder.gate.release()
    assert [labelling.is_due(path) for path in paths].count(False) >= 1

    with qtbot.waitSignal(labelling.job_ended, timeout=5_000):
        labelling.cancel()
        assert labelling.is_stopping
        assert not any(map(labelling.is_due, paths))
        encoder.gate.release(100)
    assert not labelling.is_stopping


def test_another_model_embeds_anew_and_the_first_is_kept(
    qtbot: QtBot, labelling: Labelling, loader: Loader, folder: Path
) -> None:
    label_everything(qtbot, labelling, folder)
    with qtbot.waitSignal(labelling.job_ended, timeout=20_000):
        labelling.load_model("other")
    assert sum(loader.encoders["other"].batches) == 12
    batches = list(loader.encoders["color"].batches)

    with qtbot.waitSignals(
        [labelling.encoder_changed, labelling.desk_changed], check_params_cbs=[None, replaces_scores], timeout=5_000
    ):
        labelling.load_model("color")
    qtbot.waitUntil(lambda: len(best_labels(labelling)) == 12)

    assert loader.encoders["color"].batches == batches
    assert loader.encoders["other"].closed


def test_a_model_that_cannot_be_loaded_leaves_the_one_in_use(
    qtbot: QtBot, labelling: Labelling, loader: Loader, folder: Path
) -> None:
    label_everything(qtbot, labelling, folder)
    loader.fails.add("gone")

    with qtbot.waitSignal(labelling.load_failed, timeout=5_000) as failed:
        labelling.load_model("gone")

    assert failed.args[0] == "gone"
    assert failed.args[1].message == "gone is not on this computer. Get it first."
    assert labelling.encoder is not None and labelling.encoder.model == "color"
    assert len(best_labels(labelling)) == 12


def test_loading_can_be_cancelled(qtbot: QtBot, labelling: Labelling, loader: Loader) -> None:
    loader.waits = True
    labelling.load_model("slow")

    with qtbot.waitSignal(labelling.load_failed, timeout=5_000) as failed:
        labelling.cancel()

    assert failed.args[1].message == ""
    assert not labelling.is_loading


def test_a_newer_choice_of_model_wins(qtbot: QtBot, labelling: Labelling, loader: Loader) -> None:
    loader.waits = True
    labelling.load_model("slow")
    assert loader.is_waiting.wait(20)
    loader.waits = False

    with qtbot.waitSignal(labelling.encoder_changed, timeout=5_000) as changed:
        labelling.load_model("color")

    assert changed.args[0].model == "color"


def test_a_broken_encoder_ends_the_job_with_one_message(
    qtbot: QtBot, labelling: Labelling, loader: Loader, folder: Path
) -> None:
    labelling.set_label_set(labels("red", "blue"))
    labelling.load_model("color")
    qtbot.waitUntil(lambda: labelling.encoder is not None)
    loader.encoders["color"].fails_after = 2

    with qtbot.waitSignal(labelling.job_ended, timeout=5_000) as ended:
        labelling.add_paths([folder])

    assert ended.args[0] == Problem("The device went away. Start again.")
    assert len(best_labels(labelling)) == 3
    loader.encoders["color"].fails_after = None
    with qtbot.waitSignal(labelling.job_ended, timeout=20_000):
        labelling.start()
    assert len(best_labels(labelling)) == 12


def test_removed_pictures_come_back_with_their_scores(qtbot: QtBot, labelling: Labelling, folder: Path) -> None:
    label_everything(qtbot, labelling, folder)
    before = best_labels(labelling)

    removed = labelling.remove_images([0, 5])
    assert len(best_labels(labelling)) == 10
    labelling.revert(removed)

    assert best_labels(labelling) == before


def test_a_missing_reference_picture_is_told_and_the_others_still_count(
    qtbot: QtBot, labelling: Labelling, folder: Path
) -> None:
    label_everything(qtbot, labelling, folder)
    reference = Label("like this", ("red",), (folder / "gone.png",))

    with qtbot.waitSignals(
        [labelling.prompts_failed, labelling.desk_changed], check_params_cbs=[None, replaces_scores], timeout=5_000
    ):
        labelling.set_label_set(LabelSet((reference, Label("blue"))))

    assert labelling.desk.scored_labels == ("like this", "blue")


def test_a_picture_can_be_a_label(qtbot: QtBot, labelling: Labelling, folder: Path) -> None:
    label_everything(qtbot, labelling, folder)

    with qtbot.waitSignal(labelling.desk_changed, check_params_cb=replaces_scores, timeout=5_000):
        labelling.set_label_set(
            LabelSet(
                (Label("a", references=(folder / "00 red.png",)), Label("b", references=(folder / "01 green.png",)))
            )
        )

    assert best_labels(labelling)["03 red.png"] == "a"
    assert best_labels(labelling)["04 green.png"] == "b"


def test_an_unreadable_picture_can_be_tried_again(qtbot: QtBot, labelling: Labelling, folder: Path) -> None:
    label_everything(qtbot, labelling, folder)
    Image.new("RGB", (8, 8), COLORS["red"]).save(folder / "broken.jpg")

    with qtbot.waitSignal(labelling.job_ended, timeout=5_000):
        labelling.retry_failed()

    assert best_labels(labelling)["broken.jpg"] == "red"


def test_many_scores_are_computed_elsewhere(qtbot: QtBot, labelling: Labelling, folder: Path) -> None:
    label_everything(qtbot, labelling, folder)
    many = labels("blue", "red", "green", *(f"nothing {number}" for number in range(_SCORES_AT_ONCE // 12)))

    labelling.set_label_set(many)
    qtbot.waitUntil(lambda: len(labelling.desk.scored_labels) == len(many.labels), timeout=20_000)

    assert len(best_labels(labelling)) == 12
    assert all(label in name for name, label in best_labels(labelling).items())


def test_progress_counts_to_the_end(qtbot: QtBot, labelling: Labelling, folder: Path) -> None:
    seen: list[Progress] = []
    labelling.job_progressed.connect(seen.append)

    label_everything(qtbot, labelling, folder)

    assert seen[-1].done == seen[-1].total == 13
    assert [progress.done for progress in seen] == sorted(progress.done for progress in seen)


def test_stop_ends_a_running_job(qtbot: QtBot, labelling: Labelling, loader: Loader, folder: Path) -> None:
    labelling.set_label_set(labels("red", "blue"))
    labelling.load_model("gated")
    with qtbot.waitSignal(labelling.job_started, timeout=5_000):
        labelling.add_paths([folder])
    encoder = loader.encoders["gated"]
    assert isinstance(encoder, GatedEncoder)
    encoder.gate.release()

    labelling.stop()

    assert len(encoder.batches) <= 2
    assert encoder.closed


# --- with a store


@pytest.fixture
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddingStore]:
    with contextlib.closing(EmbeddingStore(tmp_path_factory.mktemp("cache") / "s.sqlite3")) as store:
        yield store


def settle(folder: Path) -> None:
    for path in folder.iterdir():
        os.utime(path, (1_700_000_000, 1_700_000_000))


@contextlib.contextmanager
def window(store: EmbeddingStore, loader: Loader) -> Iterator[Labelling]:
    """A labelling whose encoders are kept, as the window's are."""
    labelling = Labelling(
        lambda model, **options: open_cached(lambda: loader(model, **options), store, lambda: model), store
    )
    try:
        yield labelling
    finally:
        labelling.stop()


def test_a_known_folder_is_scored_without_loading_the_model(
    qtbot: QtBot, store: EmbeddingStore, loader: Loader, folder: Path
) -> None:
    settle(folder)
    with window(store, loader) as first:
        label_everything(qtbot, first, folder)
        before = best_labels(first)
    speeds: list[float] = []
    again = Loader()

    with window(store, again) as second:
        second.job_measured.connect(speeds.append)
        label_everything(qtbot, second, folder)
        assert best_labels(second) == before
        assert list(second.desk.errors) == [12]
        assert second.encoder is not None and "not loaded" in second.encoder.place

    assert again.encoders == {}
    assert speeds == []


def test_a_new_label_for_a_known_folder_loads_the_model_and_says_where_it_runs(
    qtbot: QtBot, store: EmbeddingStore, loader: Loader, folder: Path
) -> None:
    settle(folder)
    with window(store, loader) as first:
        label_everything(qtbot, first, folder)

    with window(store, Loader()) as second:
        label_everything(qtbot, second, folder)
        second.set_label_set(labels("red", "green", "black"))
        qtbot.waitUntil(lambda: second.encoder is not None and second.encoder.place == ColorEncoder.place)


def test_a_new_picture_in_a_known_folder_loads_the_model_and_says_where_it_runs(
    qtbot: QtBot, store: EmbeddingStore, loader: Loader, folder: Path
) -> None:
    settle(folder)
    with window(store, loader) as first:
        label_everything(qtbot, first, folder)
    Image.new("RGB", (9, 9), COLORS["blue"]).save(folder / "new blue.png")
    again = Loader()

    with window(store, again) as second:
        places: list[str] = []
        second.encoder_changed.connect(lambda info: places.append(info.place))
        label_everything(qtbot, second, folder)
        assert best_labels(second)["new blue.png"] == "blue"
        qtbot.waitUntil(lambda: len(places) == 2)

    assert sum(again.encoders["color"].batches) == 1
    assert places[-1] == ColorEncoder.place


def test_kept_and_new_pictures_behind_others_get_their_own_scores(
    qtbot: QtBot, store: EmbeddingStore, loader: Loader, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    settle(folder)
    with window(store, loader) as first:
        label_everything(qtbot, first, folder)
    others = tmp_path_factory.mktemp("others")
    for number, (name, color) in enumerate(reversed(COLORS.items())):
        Image.new("RGB", (7, 7 + number), color).save(others / f"{number} {name}.png")
    Image.new("RGB", (9, 9), COLORS["blue"]).save(folder / "05a new blue.png")

    with window(store, Loader()) as second:
        label_everything(qtbot, second, others)
        with qtbot.waitSignal(second.job_ended, timeout=20_000):
            second.add_paths([folder])

        found = best_labels(second)
        assert len(found) == 16
        assert all(label in name for name, label in found.items())


def test_a_model_that_cannot_be_loaded_when_it_is_needed_ends_the_job_with_a_message(
    qtbot: QtBot, store: EmbeddingStore, loader: Loader, folder: Path
) -> None:
    settle(folder)
    with window(store, loader) as first:
        label_everything(qtbot, first, folder)
    Image.new("RGB", (9, 9), COLORS["blue"]).save(folder / "new blue.png")
    again = Loader()
    again.fails.add("color")

    with window(store, again) as second:
        second.set_label_set(labels("red", "green", "blue"))
        second.load_model("color")
        with qtbot.waitSignal(second.job_ended, timeout=20_000) as ended:
            second.add_paths([folder])
        assert ended.args[0] == Problem("color is not on this computer. Get it first.")
        assert len(best_labels(second)) == 12


def test_closing_while_the_model_is_loaded_late_does_not_wait_for_it(
    qtbot: QtBot, store: EmbeddingStore, loader: Loader, folder: Path
) -> None:
    settle(folder)
    with window(store, loader) as first:
        label_everything(qtbot, first, folder)
    Image.new("RGB", (9, 9), COLORS["blue"]).save(folder / "new blue.png")
    again = Loader()
    again.waits = True

    with window(store, again) as second:
        second.set_label_set(labels("red", "green", "blue"))
        second.load_model("color")
        second.add_paths([folder])
        qtbot.waitUntil(lambda: len(best_labels(second)) == 12)


@pytest.mark.parametrize("is_open", [False, True])
def test_pictures_of_one_size_and_date_that_exchange_their_names_keep_their_own_labels(
    qtbot: QtBot, store: EmbeddingStore, loader: Loader, tmp_path: Path, is_open: bool
) -> None:
    pictures = tmp_path / "pictures"
    pictures.mkdir()
    for name, color in (("1.bmp", "red"), ("2.bmp", "blue")):
        Image.new("RGB", (8, 8), COLORS[color]).save(pictures / name)
    settle(pictures)

    def exchange() -> None:
        (pictures / "1.bmp").rename(pictures / "aside")
        (pictures / "2.bmp").rename(pictures / "1.bmp")
        (pictures / "aside").rename(pictures / "2.bmp")

    with window(store, loader) as first:
        label_everything(qtbot, first, pictures)
        assert best_labels(first) == {"1.bmp": "red", "2.bmp": "blue"}
        exchange()
        if is_open:
            qtbot.waitUntil(lambda: best_labels(first) == {"1.bmp": "blue", "2.bmp": "red"}, timeout=20_000)
            return

    with window(store, loader) as second:
        label_everything(qtbot, second, pictures)
        assert best_labels(second) == {"1.bmp": "blue", "2.bmp": "red"}
        assert sum(loader.encoders["color"].batches) == 2  # known by content


# --- folders that change


def test_new_pictures_appear_gone_ones_are_marked_and_come_back(
    qtbot: QtBot, labelling: Labelling, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    label_everything(qtbot, labelling, folder)
    aside = tmp_path_factory.mktemp("aside")
    Image.new("RGB", (8, 8), COLORS["red"]).save(aside / "new red.png")
    os.utime(aside / "new red.png", (1_700_000_000, 1_700_000_000))

    with qtbot.waitSignal(labelling.changes_seen, timeout=10_000):
        shutil.copy2(aside / "new red.png", folder / "new red.png")
        shutil.move(folder / "00 red.png", aside / "00 red.png")
    qtbot.waitUntil(lambda: best_labels(labelling).get("new red.png") == "red", timeout=10_000)
    qtbot.waitUntil(lambda: labelling.desk.missing == {folder / "00 red.png"}, timeout=10_000)
    assert best_labels(labelling)["00 red.png"] == "red"  # its scores stay

    with qtbot.waitSignal(labelling.changes_seen, timeout=10_000):
        shutil.move(aside / "00 red.png", folder / "00 red.png")
    qtbot.waitUntil(lambda: not labelling.desk.missing, timeout=10_000)
    assert len(labelling.desk) == 14


def test_a_changed_picture_is_looked_at_again(
    qtbot: QtBot, labelling: Labelling, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    label_everything(qtbot, labelling, folder)
    other = tmp_path_factory.mktemp("aside") / "other.png"
    Image.new("RGB", (9, 9), COLORS["green"]).save(other)
    os.utime(other, (1_700_000_000, 1_700_000_000))

    # As programs save: a new file takes the place of the old one.
    shutil.copy2(other, folder / "00 red.png.tmp")
    (folder / "00 red.png.tmp").rename(folder / "00 red.png")

    qtbot.waitUntil(lambda: best_labels(labelling).get("00 red.png") == "green", timeout=10_000)
    assert labelling.desk.images[0].mtime_ns == 1_700_000_000_000_000_000


def test_a_picture_that_is_overwritten_in_place_gets_its_new_label(
    qtbot: QtBot, labelling: Labelling, folder: Path
) -> None:
    settle(folder)
    label_everything(qtbot, labelling, folder)

    (folder / "00 red.png").write_bytes((folder / "01 green.png").read_bytes())

    qtbot.waitUntil(lambda: best_labels(labelling).get("00 red.png") == "green", timeout=30_000)


def test_a_picture_that_changes_while_its_batch_is_computed_gets_its_new_label(
    qtbot: QtBot, labelling: Labelling, loader: Loader, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    settle(folder)
    other = tmp_path_factory.mktemp("aside") / "other.png"
    Image.new("RGB", (9, 9), COLORS["green"]).save(other)
    os.utime(other, (1_700_000_000, 1_700_000_000))
    labelling.set_label_set(labels("red", "green", "blue"))
    labelling.load_model("gated")
    with qtbot.waitSignal(labelling.job_started, timeout=5_000):
        labelling.add_paths([folder])
    encoder = loader.encoders["gated"]
    assert isinstance(encoder, GatedEncoder)
    assert encoder.is_waiting.wait(20)  # the first image was read, and stays red for this job

    shutil.copy2(other, folder / "00 red.png.tmp")
    with qtbot.waitSignal(labelling.changes_seen, timeout=10_000):
        (folder / "00 red.png.tmp").rename(folder / "00 red.png")
        labelling.look_again()
    encoder.gate.release(100)

    qtbot.waitUntil(lambda: len(best_labels(labelling)) == 12 and not labelling.is_running, timeout=20_000)
    assert best_labels(labelling)["00 red.png"] == "green"


def test_a_picture_that_was_dropped_by_itself_is_followed_without_its_neighbours(
    qtbot: QtBot, labelling: Labelling, folder: Path
) -> None:
    settle(folder)
    alone = folder / "00 red.png"
    label_everything(qtbot, labelling, alone)

    alone.write_bytes((folder / "01 green.png").read_bytes())
    qtbot.waitUntil(lambda: best_labels(labelling) == {"00 red.png": "green"}, timeout=30_000)
    away = alone.rename(folder / "away")
    qtbot.waitUntil(lambda: labelling.desk.missing == {alone}, timeout=30_000)
    away.rename(alone)
    qtbot.waitUntil(lambda: not labelling.desk.missing, timeout=30_000)

    assert [image.path for image in labelling.desk.images] == [alone]


def test_a_file_that_could_not_be_read_is_tried_again_when_it_is_complete(
    qtbot: QtBot, labelling: Labelling, folder: Path
) -> None:
    """As after a slow download: no entry of the folder changes when the rest is written."""
    content = (folder / "01 green.png").read_bytes()
    (folder / "broken.jpg").rename(folder / "00 red.png")
    (folder / "00 red.png").write_bytes(content[: len(content) // 2])
    settle(folder)
    label_everything(qtbot, labelling, folder)
    assert list(labelling.desk.errors) == [0]

    with (folder / "00 red.png").open("ab") as stream:
        stream.write(content[len(content) // 2 :])

    qtbot.waitUntil(lambda: best_labels(labelling).get("00 red.png") == "green", timeout=30_000)
    assert not labelling.desk.errors


@pytest.mark.parametrize("is_inside", [False, True])
def test_a_folder_that_was_moved_away_and_back_revives_its_rows(
    qtbot: QtBot, labelling: Labelling, folder: Path, is_inside: bool
) -> None:
    stick = folder / "stick"
    deep = stick / "deep"
    deep.mkdir(parents=True)
    for number in range(4):
        (folder / f"{number:02} {list(COLORS)[number % 3]}.png").rename(
            (deep if number % 2 else stick) / f"{number}.png"
        )
    settle(stick)
    settle(deep)
    label_everything(qtbot, labelling, folder if is_inside else stick)
    before = best_labels(labelling)
    everything = set(stick.rglob("*.png"))

    away = stick.rename(folder.with_name(f"{folder.name} away"))
    qtbot.waitUntil(lambda: labelling.desk.missing == everything, timeout=30_000)
    away.rename(stick)

    qtbot.waitUntil(lambda: not labelling.desk.missing and best_labels(labelling) == before, timeout=30_000)


def test_a_picture_that_was_taken_off_the_list_does_not_come_back_by_itself(
    qtbot: QtBot, labelling: Labelling, folder: Path
) -> None:
    settle(folder)
    label_everything(qtbot, labelling, folder)
    labelling.remove_images([0, 1])
    Image.new("RGB", (8, 8), COLORS["blue"]).save(folder / "new blue.png")
    os.utime(folder / "new blue.png", (1_700_000_000, 1_700_000_000))

    labelling.look_again()

    qtbot.waitUntil(lambda: len(labelling.desk) == 12, timeout=10_000)
    assert labelling.desk.row_of(folder / "00 red.png") is None
    assert labelling.desk.row_of(folder / "new blue.png") == 11


def look_to_the_end(qtbot: QtBot, labelling: Labelling, empty: Path) -> None:
    """Look again, and wait until nothing can come of it any more.

    The scanner works in order: the first scan ends after the folders were named that are to be looked at, the second
    after they were.
    """
    labelling.look_again()
    for _ in range(2):
        with qtbot.waitSignal(labelling.scan_ended, timeout=10_000):
            labelling.add_paths([empty])


def test_an_emptied_desk_watches_nothing(
    qtbot: QtBot, labelling: Labelling, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    label_everything(qtbot, labelling, folder)
    changes: list[object] = []
    labelling.changes_seen.connect(lambda seen, _: changes.append(seen))

    labelling.clear()
    (folder / "00 red.png").unlink()
    look_to_the_end(qtbot, labelling, tmp_path_factory.mktemp("empty"))

    assert changes == []
    assert len(labelling.desk) == 0


def test_pictures_of_a_list_that_was_emptied_do_not_come_into_the_next(
    qtbot: QtBot, labelling: Labelling, folder: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """As *Clear* does it, which can be taken back: by `remove_images`."""
    label_everything(qtbot, labelling, folder)
    labelling.remove_images(range(len(labelling.desk)))
    shutil.copy(folder / "00 red.png", folder / "new red.png")
    settle(folder)
    intake = labelling.findChild(ImageIntake)
    assert intake is not None
    with qtbot.waitSignal(intake.changes_found, timeout=10_000):
        labelling.look_again()
    assert len(labelling.desk) == 0

    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(folder / "00 red.png", other / "other red.png")
    with qtbot.waitSignal(labelling.scan_ended, timeout=10_000):
        labelling.add_paths([other])
    (folder / "01 green.png").unlink()
    look_to_the_end(qtbot, labelling, tmp_path_factory.mktemp("empty"))

    assert [image.path.name for image in labelling.desk.images] == ["other red.png"]


def test_reports_about_forgotten_folders_bring_nothing_back(
    qtbot: QtBot, labelling: Labelling, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    settle(folder)
    label_everything(qtbot, labelling, folder)
    other = tmp_path_factory.mktemp("other") / "other red.png"
    shutil.copy2(folder / "00 red.png", other)

    # All of this is under way before the scan thread has looked at the old folder again.
    labelling.look_again()
    labelling.clear()
    labelling.add_paths([other.parent])
    look_to_the_end(qtbot, labelling, tmp_path_factory.mktemp("empty"))

    assert [image.path for image in labelling.desk.images] == [other]


# --- files that the program itself moves


def move_reds(folder: Path, target: Path) -> dict[Path, ImageFile]:
    """Move the red pictures into `target`, and return the new file of each old path."""
    target.mkdir(exist_ok=True)
    moved = {path: path.rename(target / path.name) for path in sorted(folder.glob("* red.png"))}
    return {old: ImageFile.of(new, new.stat()) for old, new in moved.items()}


@pytest.mark.parametrize("inside", [True, False])
def test_moved_pictures_are_neither_gone_nor_new_and_are_watched_at_their_new_place(
    qtbot: QtBot,
    labelling: Labelling,
    loader: Loader,
    folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
    inside: bool,
) -> None:
    settle(folder)
    label_everything(qtbot, labelling, folder)
    target = folder / "red" if inside else tmp_path_factory.mktemp("elsewhere")
    seen: list[object] = []
    labelling.changes_seen.connect(lambda changes, _: seen.append(changes))
    batches = list(loader.encoders["color"].batches)
    labelling.desk.correct([1], labelling.desk.label_set.labels[0].id)

    labelling.hold_changes()
    moves = move_reds(folder, target)
    look_to_the_end(qtbot, labelling, tmp_path_factory.mktemp("empty"))
    change = labelling.move_images(moves)
    look_to_the_end(qtbot, labelling, tmp_path_factory.mktemp("empty"))

    assert change.relocated is not None and len(change.relocated.rows) == 4
    assert seen == [] and not labelling.desk.missing and len(labelling.desk) == 13
    assert {image.path.name for image in labelling.desk.images if image.path.parent == target} == {
        path.name for path in moves
    }
    assert best_labels(labelling)["00 red.png"] == "red"
    assert loader.encoders["color"].batches == batches

    (target / "00 red.png").unlink()
    qtbot.waitUntil(lambda: labelling.desk.missing == {target / "00 red.png"}, timeout=10_000)


def test_a_look_under_way_when_files_are_moved_reports_nothing(
    qtbot: QtBot, labelling: Labelling, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    settle(folder)
    label_everything(qtbot, labelling, folder)
    seen: list[object] = []
    labelling.changes_seen.connect(lambda changes, _: seen.append(changes))
    intake = labelling.findChild(ImageIntake)
    assert intake is not None
    moves = move_reds(folder, folder / "red")

    # The look has been requested when the move begins, and its result comes before the move ends.
    hold = intake._look_requested.connect(lambda _: labelling.hold_changes())
    labelling.look_again()
    look_to_the_end(qtbot, labelling, tmp_path_factory.mktemp("empty"))
    assert seen == [] and not labelling.desk.missing and len(labelling.desk) == 13
    intake.disconnect(hold)
    labelling.move_images(moves)
    look_to_the_end(qtbot, labelling, tmp_path_factory.mktemp("empty"))

    assert seen == [] and not labelling.desk.missing and len(labelling.desk) == 13


def test_pictures_that_are_moved_before_their_turn_are_labelled_at_their_new_place(
    qtbot: QtBot, labelling: Labelling, loader: Loader, folder: Path
) -> None:
    labelling.set_label_set(labels("red", "green", "blue"))
    labelling.load_model("gated")
    labelling.add_paths([folder])
    qtbot.waitUntil(lambda: "gated" in loader.encoders, timeout=10_000)
    encoder = loader.encoders["gated"]
    assert isinstance(encoder, GatedEncoder)
    qtbot.waitUntil(encoder.is_waiting.is_set, timeout=10_000)
    qtbot.waitUntil(lambda: len(labelling.desk) == 13 and not labelling.is_scanning, timeout=10_000)

    labelling.hold_changes()
    labelling.move_images(move_reds(folder, folder / "red"))
    encoder.gate.release(100)
    qtbot.waitUntil(lambda: not len(labelling.desk.waiting()) and not labelling.is_running, timeout=20_000)

    assert labelling.desk.errors.keys() == {labelling.desk.row_of(folder / "broken.jpg")}
    assert len(best_labels(labelling)) == 12
