from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from pathlib import Path

import pytest

from clipdesk.core.desk.decisions import Status
from clipdesk.core.errors import Cancelled
from clipdesk.core.labels.label_set import NO_LABEL
from clipdesk.core.sorting.folder_names import clash_key
from clipdesk.core.sorting.plan import make_plan, plan_by_hand
from clipdesk.core.sorting.rules import SameContent, SortingRules
from clipdesk.core.sorting.steps import Action, Candidate, Plan, Reason

IDS = {"": NO_LABEL, "cat": 1, "dog": 2, "car": 3}


def write(path: Path, content: str = "") -> Path:
    """Write a file, by default with its own path as the content, so that no two are the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content or str(path))
    return path


def candidate(
    path: Path,
    label: str = "cat",
    status: Status = Status.OK,
    probability: float = 0.9,
    margin: float = 0.5,
    *,
    is_corrected: bool = False,
) -> Candidate:
    state = path.stat()
    label_id = IDS.setdefault(label, len(IDS) + 1)
    return Candidate(path, state.st_size, state.st_mtime_ns, label_id, label, status, probability, margin, is_corrected)


def targets(plan: Plan) -> dict[str, str]:
    """Return the target of each source, relative to the root's parent."""
    top = plan.root.parent
    return {str(step.source.relative_to(top)): str(step.target.relative_to(top)) for step in plan.steps}


def stays(plan: Plan) -> Mapping[str, Reason]:
    return {stay.path.name: stay.reason for stay in plan.stays}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "out"


# --- which folder


def test_images_go_into_folders_with_the_names_of_their_labels(source: Path, root: Path) -> None:
    one, two = write(source / "1.jpg"), write(source / "deep" / "2.jpg")

    plan = make_plan([candidate(one), candidate(two, "dog")], SortingRules(root))

    assert targets(plan) == {"in/1.jpg": "out/cat/1.jpg", "in/deep/2.jpg": "out/dog/2.jpg"}
    assert not plan.stays and not plan.problems
    assert [(step.reason, step.label, step.image, step.action) for step in plan.steps] == [
        (Reason.LABEL, "cat", 0, Action.COPY),
        (Reason.LABEL, "dog", 1, Action.COPY),
    ]
    assert not root.exists()


def test_a_label_can_go_to_any_folder_several_to_one_and_a_label_to_none(
    source: Path, root: Path, tmp_path: Path
) -> None:
    images = [write(source / f"{label}.jpg") for label in ("cat", "dog", "car")]
    folder_of = {IDS["cat"]: Path("Animals/Pets"), IDS["dog"]: tmp_path / "elsewhere", IDS["car"]: None}

    plan = make_plan([candidate(image, image.stem) for image in images], SortingRules(root, folder_of=folder_of))

    assert targets(plan) == {"in/cat.jpg": "out/Animals/Pets/cat.jpg", "in/dog.jpg": "elsewhere/dog.jpg"}
    assert stays(plan) == {"car.jpg": Reason.NO_FOLDER}
    both = dict.fromkeys((IDS["cat"], IDS["dog"], IDS["car"]), Path("all"))
    plan = make_plan([candidate(image, image.stem) for image in images], SortingRules(root, folder_of=both))
    assert {step.target.parent.name for step in plan.steps} == {"all"} and not plan.problems


def test_typed_folders_never_lead_out_of_the_root(source: Path, root: Path) -> None:
    image = write(source / "1.jpg")
    rules = SortingRules(root, folder_of={IDS["cat"]: Path("../../up/./CON")})

    assert targets(make_plan([candidate(image)], rules)) == {"in/1.jpg": "out/up/CON_/1.jpg"}


def test_unsure_images_stay_or_go_to_a_folder_of_their_own(source: Path, root: Path) -> None:
    names = ("unsure", "none", "low", "narrow", "waiting", "error", "corrected")
    paths = {name: write(source / f"{name}.jpg") for name in names}
    candidates = [
        candidate(paths["unsure"], status=Status.UNSURE),
        candidate(paths["none"], "", Status.NONE),
        candidate(paths["low"], probability=0.5),
        candidate(paths["narrow"], margin=0.1),
        candidate(paths["waiting"], "", Status.WAITING, float("nan"), float("nan")),
        candidate(paths["error"], "", Status.ERROR, float("nan"), float("nan")),
        candidate(paths["corrected"], probability=0.01, margin=float("nan"), is_corrected=True),
    ]

    plan = make_plan(candidates, SortingRules(root, min_probability=0.6, min_margin=0.2))

    assert targets(plan) == {"in/corrected.jpg": "out/cat/corrected.jpg"}
    assert stays(plan) == {
        "unsure.jpg": Reason.UNSURE,
        "none.jpg": Reason.NONE,
        "low.jpg": Reason.LOW_PROBABILITY,
        "narrow.jpg": Reason.LOW_MARGIN,
        "waiting.jpg": Reason.NOT_LABELLED,
        "error.jpg": Reason.UNREADABLE,
    }
    rules = SortingRules(root, min_probability=0.6, min_margin=0.2, unsure=Path("check"), none=Path("other"))
    plan = make_plan(candidates, rules)
    assert targets(plan) == {
        "in/unsure.jpg": "out/check/unsure.jpg",
        "in/none.jpg": "out/other/none.jpg",
        "in/low.jpg": "out/check/low.jpg",
        "in/narrow.jpg": "out/check/narrow.jpg",
        "in/corrected.jpg": "out/cat/corrected.jpg",
    }
    assert set(stays(plan)) == {"waiting.jpg", "error.jpg"}


def test_the_tree_below_the_base_is_kept(source: Path, root: Path) -> None:
    images = [write(source / "1.jpg"), write(source / "a" / "b" / "1.jpg"), write(root.parent / "other" / "1.jpg")]
    rules = SortingRules(root, keep_tree=True, bases=(source.parent / "nowhere", source))

    plan = make_plan([candidate(image) for image in images], rules)

    assert targets(plan) == {
        "in/1.jpg": "out/cat/1.jpg",
        "in/a/b/1.jpg": "out/cat/a/b/1.jpg",
        "other/1.jpg": "out/cat/1 (2).jpg",
    }


def test_images_and_companions_that_are_unticked_stay(source: Path, root: Path) -> None:
    one, two, sidecar = (write(source / name) for name in ("1.jpg", "2.jpg", "1.xmp"))
    rules = SortingRules(root, unticked=frozenset({two, sidecar}))

    plan = make_plan([candidate(one), candidate(two)], rules)

    assert targets(plan) == {"in/1.jpg": "out/cat/1.jpg"}
    assert stays(plan) == {"2.jpg": Reason.UNTICKED, "1.xmp": Reason.UNTICKED}


def test_a_renamed_folder_takes_the_place_of_the_planned_one(source: Path, root: Path) -> None:
    images = [candidate(write(source / "1.jpg")), candidate(write(source / "2.jpg"), status=Status.UNSURE)]
    renamed = {Path("cat"): Path("Cats/all"), Path("check"): Path("look again")}

    plan = make_plan(images, SortingRules(root, unsure=Path("check"), renamed=renamed))

    assert targets(plan) == {"in/1.jpg": "out/Cats/all/1.jpg", "in/2.jpg": "out/look again/2.jpg"}


def test_labels_that_would_share_a_folder_silently_are_a_problem(source: Path, root: Path) -> None:
    one, two, three = (write(source / name) for name in ("1.jpg", "2.jpg", "3.jpg"))
    images = [candidate(one, "a:b"), candidate(two, "A_b."), candidate(three, "cat")]

    plan = make_plan(images, SortingRules(root))

    assert len(plan.problems) == 1
    assert plan.problems[0].startswith("The labels “A_b.” and “a:b” would share the folder “")
    on_purpose = SortingRules(root, folder_of={IDS["A_b."]: Path("a_b")})
    assert not make_plan(images, on_purpose).problems


def test_a_folder_that_is_there_in_another_case_or_unicode_form_is_used(source: Path, root: Path) -> None:
    (root / "CAT").mkdir(parents=True)
    (root / "cafe\u0301").mkdir()
    (root / "dog").mkdir()
    (root / "Dog").mkdir(exist_ok=True)
    images = [candidate(write(source / f"{n}.jpg"), label) for n, label in enumerate(("cat", "café", "dog"))]

    plan = make_plan(images, SortingRules(root))

    assert [step.target.parent.name for step in plan.steps] == ["CAT", "cafe\u0301", "dog"]


def test_folders_that_differ_in_case_only_are_one(source: Path, root: Path) -> None:
    images = [candidate(write(source / "1" / "1.jpg")), candidate(write(source / "2" / "1.jpg"), "dog")]

    plan = make_plan(images, SortingRules(root, folder_of={IDS["cat"]: Path("Pets"), IDS["dog"]: Path("pets")}))

    assert targets(plan) == {"in/1/1.jpg": "out/Pets/1.jpg", "in/2/1.jpg": "out/Pets/1 (2).jpg"}


# --- names that are taken


def test_taken_names_are_numbered_on_disk_and_within_the_plan(source: Path, root: Path) -> None:
    write(root / "cat" / "IMG.JPG", "other")
    (root / "cat" / "img (2).jpg").mkdir()
    images = [write(source / name / "img.jpg", name) for name in ("a", "b", "c")]

    plan = make_plan([candidate(image) for image in images], SortingRules(root))

    assert [step.target.name for step in plan.steps] == ["img (3).jpg", "img (4).jpg", "img (5).jpg"]
    assert all(step.is_numbered for step in plan.steps)


def test_the_same_bytes_are_skipped_also_behind_a_number(source: Path, root: Path) -> None:
    write(root / "cat" / "img.jpg", "aa")
    write(root / "cat" / "img (2).jpg", "bb")
    images = [write(source / name / "img.jpg", text) for name, text in (("1", "bb"), ("2", "cc"), ("3", "cc"))]
    candidates = [candidate(image) for image in images]

    plan = make_plan(candidates, SortingRules(root))

    assert targets(plan) == {"in/2/img.jpg": "out/cat/img (3).jpg"}
    assert [(str(stay.path), stay.reason, stay.detail) for stay in plan.stays] == [
        (str(images[0]), Reason.SAME_CONTENT, str(root / "cat" / "img (2).jpg")),
        (str(images[2]), Reason.SAME_CONTENT, str(images[1])),
    ]
    plan = make_plan(candidates, SortingRules(root, same_content=SameContent.NUMBER))
    assert [step.target.name for step in plan.steps] == ["img (3).jpg", "img (4).jpg", "img (5).jpg"]


def test_a_file_that_the_plan_moves_away_does_not_count_as_the_same(root: Path) -> None:
    leaves = write(root / "cat" / "img.jpg", "aa")
    comes = write(root / "in" / "img.jpg", "aa")

    plan = make_plan([candidate(leaves, "dog"), candidate(comes, "cat")], SortingRules(root, Action.MOVE))

    assert [step.target.relative_to(root) for step in plan.steps] == [Path("dog/img.jpg"), Path("cat/img (2).jpg")]
    assert not plan.stays


def test_an_image_that_is_there_already_counts_as_the_same(root: Path) -> None:
    there, comes = write(root / "cat" / "img.jpg", "aa"), write(root / "in" / "img.jpg", "aa")

    plan = make_plan([candidate(there), candidate(comes)], SortingRules(root, Action.MOVE))

    assert not plan.steps
    assert [stay.reason for stay in plan.stays] == [Reason.ALREADY_THERE, Reason.SAME_CONTENT]


def test_long_names_are_cut_to_make_room_for_the_number(source: Path, root: Path) -> None:
    name = "ä" * 123 + ".jpg"  # 250 bytes
    for folder in ("a", "b"):
        write(source / folder / name, folder)
    write(source / "b" / ("ä" * 123 + ".xmp"))

    plan = make_plan([candidate(source / folder / name) for folder in ("a", "b")], SortingRules(root))

    names = [step.target.name for step in plan.steps]
    assert names[0] == name
    assert all(len(os.fsencode(one)) <= 255 for one in names)
    assert names[1].removesuffix(".jpg") == names[2].removesuffix(".xmp") and names[1].endswith(" (2).jpg")


def test_companions_take_the_number_of_their_image_also_if_only_theirs_was_taken(source: Path, root: Path) -> None:
    write(root / "cat" / "1.XMP", "of another picture")
    image = write(source / "1.jpg")
    for name in ("1.xmp", "1.jpg.xmp", "1.CR2", "1.CR2.xmp"):
        write(source / name)

    plan = make_plan([candidate(image)], SortingRules(root))

    assert targets(plan) == {
        "in/1.jpg": "out/cat/1 (2).jpg",
        "in/1.CR2": "out/cat/1 (2).CR2",
        "in/1.CR2.xmp": "out/cat/1 (2).CR2.xmp",
        "in/1.jpg.xmp": "out/cat/1 (2).jpg.xmp",
        "in/1.xmp": "out/cat/1 (2).xmp",
    }
    assert {(step.reason, step.image) for step in plan.steps[1:]} == {(Reason.COMPANION, 0)}


def test_ambiguous_companions_stay_and_are_listed(source: Path, root: Path) -> None:
    images = [write(source / "1.jpg"), write(source / "1.png")]
    write(source / "1.xmp")

    plan = make_plan([candidate(images[0])], SortingRules(root))

    assert targets(plan) == {"in/1.jpg": "out/cat/1.jpg"}
    assert [(stay.path.name, stay.reason, stay.detail) for stay in plan.stays] == [
        ("1.xmp", Reason.AMBIGUOUS_COMPANION, "1.jpg, 1.png")
    ]
    assert not make_plan([candidate(images[0])], SortingRules(root, with_companions=False)).stays


def test_a_raw_twin_that_is_on_the_desk_goes_its_own_way(source: Path, root: Path) -> None:
    image, raw = write(source / "1.jpg"), write(source / "1.nef")

    plan = make_plan([candidate(image, "cat"), candidate(raw, "dog")], SortingRules(root))
    assert targets(plan) == {"in/1.jpg": "out/cat/1.jpg", "in/1.nef": "out/dog/1.nef"}

    stays_here = make_plan([candidate(image), candidate(raw, status=Status.UNSURE)], SortingRules(root))
    assert targets(stays_here) == {"in/1.jpg": "out/cat/1.jpg"}


def test_a_sidecar_of_an_image_and_its_raw_twin_goes_where_both_go(source: Path, root: Path) -> None:
    image, raw = write(source / "1.jpg"), write(source / "1.nef")
    sidecar = write(source / "1.xmp")
    write(root / "cat" / "1.jpg", "another")
    write(root / "cat" / "1.nef", "another")
    both = [candidate(image), candidate(raw)]

    plan = make_plan(both, SortingRules(root))
    assert targets(plan) == {
        "in/1.jpg": "out/cat/1 (2).jpg",
        "in/1.nef": "out/cat/1 (2).nef",
        "in/1.xmp": "out/cat/1 (2).xmp",
    }
    assert (plan.steps[2].image, plan.steps[2].reason, plan.steps[2].is_numbered) == (0, Reason.COMPANION, True)

    apart = make_plan([candidate(image), candidate(raw, "dog")], SortingRules(root))
    assert stays(apart) == {"1.xmp": Reason.AMBIGUOUS_COMPANION}
    unticked = make_plan(both, SortingRules(root, unticked=frozenset({sidecar})))
    assert Reason.UNTICKED in stays(unticked).values() and len(unticked.steps) == 2


def test_a_sidecar_never_comes_beside_another_image_of_its_name(source: Path, root: Path) -> None:
    with_sidecar, plain = write(source / "a" / "1.jpg"), write(source / "b" / "1.png")
    write(source / "a" / "1.xmp")

    for order in ((with_sidecar, plain), (plain, with_sidecar)):
        plan = make_plan([candidate(image) for image in order], SortingRules(root))
        suffix = order[1].suffix
        assert {step.target.name for step in plan.steps if step.is_numbered} >= {f"1 (2){suffix}"}
        assert len({step.target.stem for step in plan.steps}) == 2
    write(root / "cat" / "1.webp")
    write(root / "cat" / "1.txt")
    plan = make_plan([candidate(plain)], SortingRules(root))
    assert targets(plan) == {"in/b/1.png": "out/cat/1 (2).png"}
    # Without sidecars they may lie side by side, as they did before.
    (source / "a" / "1.xmp").unlink()
    (root / "cat" / "1.txt").unlink()
    assert not any(step.is_numbered for step in make_plan([candidate(plain)], SortingRules(root)).steps)


@pytest.mark.skipif(os.path.normcase("A") == "a", reason="needs two names that differ in case only")
def test_no_two_files_get_targets_that_some_disk_takes_for_the_same(source: Path, root: Path) -> None:
    names = ("1.jpg", "1.JPG", "1.xmp", "1.XMP", "1(1).jpg", "1(1).jpg.json", "1.jpg(1).json")
    for name in names:
        write(source / name)
        write(source / "again" / name)
    images = [source / name for name in names[:2]] + [source / "1(1).jpg"]
    images += [source / "again" / image.name for image in images]

    plan = make_plan([candidate(image) for image in images], SortingRules(root))

    keys = [clash_key(str(step.target)) for step in plan.steps]
    assert len(set(keys)) == len(keys) == 10
    assert len({step.source for step in plan.steps}) == 10


# --- what stays


def test_images_that_are_there_already_stay(root: Path) -> None:
    there, deep = write(root / "cat" / "1.jpg"), write(root / "cat" / "deep" / "2.jpg")

    plan = make_plan([candidate(there), candidate(deep)], SortingRules(root, Action.MOVE))

    assert stays(plan) == {"1.jpg": Reason.ALREADY_THERE}
    assert targets(plan) == {"out/cat/deep/2.jpg": "out/cat/2.jpg"}
    kept = SortingRules(root, Action.MOVE, keep_tree=True, bases=(root,))
    assert set(stays(make_plan([candidate(there), candidate(deep)], kept)).values()) == {Reason.ALREADY_THERE}


def test_an_image_reached_through_a_link_to_its_target_folder_is_there_already(tmp_path: Path, root: Path) -> None:
    write(root / "cat" / "1.jpg")
    (tmp_path / "link").symlink_to(root / "cat")

    plan = make_plan([candidate(tmp_path / "link" / "1.jpg")], SortingRules(root, Action.MOVE))

    assert stays(plan) == {"1.jpg": Reason.ALREADY_THERE}


def test_files_that_changed_or_vanished_stay(source: Path, root: Path) -> None:
    longer, newer, gone, folder = (write(source / f"{n}.jpg") for n in ("longer", "newer", "gone", "folder"))
    candidates = [candidate(path) for path in (longer, newer, gone, folder)]
    longer.write_text("longer than before " * 20)
    os.utime(newer, ns=(1, 1))
    gone.unlink()
    folder.unlink()
    folder.mkdir()

    plan = make_plan(candidates, SortingRules(root))

    assert not plan.steps
    assert stays(plan) == {
        "longer.jpg": Reason.CHANGED,
        "newer.jpg": Reason.CHANGED,
        "gone.jpg": Reason.GONE,
        "folder.jpg": Reason.GONE,
    }


def test_a_hard_link_to_the_file_at_the_target_stays(source: Path, root: Path) -> None:
    image = write(source / "1.jpg")
    (root / "cat").mkdir(parents=True)
    os.link(image, root / "cat" / "1.jpg")

    for action in Action:
        plan = make_plan([candidate(image)], SortingRules(root, action, same_content=SameContent.NUMBER))
        assert stays(plan) == {"1.jpg": Reason.SAME_CONTENT} and not plan.steps


def test_links_are_copied_but_neither_moved_nor_hard_linked(source: Path, root: Path, tmp_path: Path) -> None:
    real = write(tmp_path / "real.jpg")
    (source / "link.jpg").symlink_to(real)
    (source / "loop.jpg").symlink_to("loop.jpg")
    loop = Candidate(source / "loop.jpg", 0, 0, 1, "cat", Status.OK, 0.9, 0.9)
    images = [candidate(source / "link.jpg"), loop]

    assert targets(make_plan(images, SortingRules(root))) == {"in/link.jpg": "out/cat/link.jpg"}
    for action in (Action.MOVE, Action.HARD_LINK):
        plan = make_plan(images, SortingRules(root, action))
        assert not plan.steps
        assert stays(plan) == {"link.jpg": Reason.NOT_ALLOWED, "loop.jpg": Reason.NOT_ALLOWED}


def test_a_file_on_the_desk_twice_goes_once(source: Path, root: Path, tmp_path: Path) -> None:
    image = write(source / "1.jpg")
    (tmp_path / "link").symlink_to(source)
    twice = [candidate(image), candidate(tmp_path / "link" / "1.jpg"), candidate(image)]

    plan = make_plan(twice, SortingRules(root, Action.MOVE))

    assert [step.source for step in plan.steps] == [image]
    assert [(stay.path, stay.reason) for stay in plan.stays] == [(tmp_path / "link" / "1.jpg", Reason.SAME_CONTENT)]


# --- by hand


def test_images_dropped_on_a_folder_go_there_with_their_companions(source: Path, root: Path) -> None:
    image, _ = write(source / "1.jpg"), write(source / "1.jpg.xmp")
    write(root / "1.jpg", "another")

    plan = plan_by_hand([image], root, Action.MOVE)

    assert targets(plan) == {"in/1.jpg": "out/1 (2).jpg", "in/1.jpg.xmp": "out/1 (2).jpg.xmp"}
    assert [(step.reason, step.image, step.is_numbered) for step in plan.steps] == [
        (Reason.BY_HAND, 0, True),
        (Reason.COMPANION, 0, True),
    ]


def test_images_dropped_on_their_own_folder_stay(source: Path) -> None:
    plan = plan_by_hand([write(source / "1.jpg")], source, Action.MOVE)

    assert not plan.steps and stays(plan) == {"1.jpg": Reason.ALREADY_THERE}


def test_planning_changes_nothing_and_can_be_cancelled(source: Path, root: Path) -> None:
    image = candidate(write(source / "1.jpg"))
    cancel = threading.Event()
    cancel.set()

    with pytest.raises(Cancelled):
        make_plan([image], SortingRules(root), cancel=cancel)
    assert not root.exists()
