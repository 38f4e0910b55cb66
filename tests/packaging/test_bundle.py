"""The rules of the built app, on small made-up folders. `make package` builds and tests the real one."""

from __future__ import annotations

import importlib
import re
import shutil
import sys
import tomllib
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.append(str(REPOSITORY / "packaging"))

import audit_bundle  # noqa: E402
import bundle_contents  # noqa: E402
import licences  # noqa: E402
import lock  # noqa: E402
import wheel_test  # noqa: E402

#: By name, because a checkout has a folder build/ too.
build = importlib.import_module("build")
LOCK = REPOSITORY / "packaging" / "lock"


def requirements(name: str) -> list[tuple[Requirement, int]]:
    """Return the requirements of a lock file, each with its number of hashes."""
    text = (LOCK / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith(("#", " "))]
    return [
        (Requirement(line.partition("--hash")[0]), len(re.findall(r"--hash=sha256:[0-9a-f]{64}\b", line)))
        for line in lines
    ]


@pytest.fixture
def resources(tmp_path: Path) -> Path:
    folder = tmp_path / "resources"
    (folder / "icons").mkdir(parents=True)
    (folder / "icons" / "app.svg").write_text("<svg/>")
    return folder


@pytest.fixture
def app(tmp_path: Path, resources: Path) -> Path:
    """A made-up app with everything that a real one must have."""
    app = tmp_path / "app"
    licence_words = "PySide6 torch numpy pillow Python Software Foundation GNU LESSER GENERAL PUBLIC LICENSE"
    patterns = audit_bundle.REQUIRED | {f"PySide6/Qt/plugins/{name}": 1 for name in audit_bundle.LINUX_PLUGINS}
    for pattern, count in patterns.items():
        for number in range(count):
            path = app / "_internal" / pattern.replace("*", f"x{number}")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(licence_words)
    (app / "_internal" / "clipdesk/resources/icons/app.svg").write_text("<svg/>")
    for name in bundle_contents.METADATA:
        folder = app / "_internal" / f"{name}-1.0.dist-info"
        folder.mkdir()
        (folder / "METADATA").touch()
    return app


def add(app: Path, path: str, text: str = "x") -> Path:
    target = app / "_internal" / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text)
    return target


def test_a_complete_app_passes(app: Path, resources: Path) -> None:
    assert audit_bundle.audit(app, "linux", resources) == []


@pytest.mark.parametrize(
    "path",
    [
        "open_clip/bpe_simple_vocab_16e6.txt.gz",
        "clipdesk/resources/models/starter/open_clip_model.safetensors",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "torch-1.0.dist-info/METADATA",
        "clipdesk/resources/licences/third-party.txt",
    ],
)
def test_a_missing_part_is_found(app: Path, resources: Path, path: str) -> None:
    (app / "_internal" / path).unlink()

    assert audit_bundle.audit(app, "linux", resources)


def test_a_resource_of_the_checkout_that_is_missing_or_old_is_found(app: Path, resources: Path) -> None:
    (resources / "translations").mkdir()
    (resources / "translations" / "clipdesk_ko.qm").write_text("new")

    assert audit_bundle.audit(app, "linux", resources) == [
        "clipdesk/resources/translations/clipdesk_ko.qm is missing or another file"
    ]


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("torch/lib/libtorch_cuda.so", "CUDA"),
        ("nvidia/cublas/lib/libcublas.so.13", "CUDA"),
        ("numpy/tests/data.bin", "a test"),
        ("pillow_heif.libs/libx265-1.so", "GPL"),
        ("libreadline.so.8", "GPL"),
        ("PyQt6/QtCore.abi3.so", "another Qt"),
        ("torch/bin/test_api", "unwanted"),
        ("timm/layers/norm.py", "sources"),
    ],
)
def test_what_must_not_be_there_is_found(app: Path, resources: Path, path: str, reason: str) -> None:
    add(app, path)

    problems = audit_bundle.audit(app, "linux", resources)

    assert problems
    assert all(reason in problem for problem in problems)


def test_two_qts_are_found_but_not_a_link_to_one(app: Path, resources: Path) -> None:
    add(app, "PySide6/Qt/lib/libQt6Core.so.6")
    (app / "_internal" / "libQt6Core.so.6").symlink_to("PySide6/Qt/lib/libQt6Core.so.6")
    assert audit_bundle.audit(app, "linux", resources) == []

    add(app, "other/libQt6Core.so.6")
    assert "2 times" in audit_bundle.audit(app, "linux", resources)[0]


def test_links_that_leave_the_app_or_lead_nowhere_are_found(app: Path, resources: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").touch()
    (app / "_internal" / "a").symlink_to(tmp_path / "outside")
    (app / "_internal" / "b").symlink_to("gone")

    assert len(audit_bundle.audit(app, "linux", resources)) == 2


def test_an_app_that_is_too_large_is_found(app: Path, resources: Path) -> None:
    with add(app, "large.bin").open("r+b") as stream:
        stream.truncate(801_000_000)  # a hole, which takes no space

    assert audit_bundle.audit(app, "linux", resources) == ["the app has 801 MB, more than 800"]


def test_a_file_that_needs_a_newer_system_is_found(app: Path, resources: Path) -> None:
    add(app, "libnew.so.1", "GLIBC_2.36 GLIBC_2.41")
    add(app, "libold.so.1", "GLIBC_2.36 GLIBC_2.9")

    assert audit_bundle.audit(app, "linux", resources) == ["libnew.so.1 needs glibc 2.41"]


def test_libraries_of_plugins_that_were_left_out_go_with_them() -> None:
    needs = {"plugin.so": {"libgtk.so.3"}, "libgtk.so.3": {"libgdk.so.3"}, "window.so": {"libxkb.so.0"}}
    names = ("libgtk.so.3", "libgdk.so.3", "libxkb.so.0", "libpython3.11.so.1.0")
    files = [("PySide6/window.so", "window.so", "BINARY"), *((name, name, "BINARY") for name in names)]

    kept = bundle_contents.without_orphans(files, lambda source: needs.get(source, set()))

    assert [name for name, _, _ in kept] == ["PySide6/window.so", "libxkb.so.0", "libpython3.11.so.1.0"]


def test_links_to_files_that_were_left_out_go_with_them() -> None:
    files = [
        ("libQt6Core.so.6", "PySide6/Qt/lib/libQt6Core.so.6", "SYMLINK"),
        ("liba.so", "/usr/lib/liba.so", "BINARY"),
    ]

    assert bundle_contents.without_broken_links(files) == files[1:]


@pytest.mark.parametrize("folder", ["PySide6/Qt/translations", "PySide6/translations"])
def test_of_qts_own_texts_those_of_our_languages_are_in_the_app(folder: str) -> None:
    names = ["qt_ko", "qtbase_de", "qtbase_en", "qtbase_eo", "qtbase_ka", "qtbase_ko", "qt_help_ko"]

    assert [name for name in names if bundle_contents.belongs(f"{folder}/{name}.qm")] == ["qtbase_en", "qtbase_ko"]


@pytest.mark.skipif(sys.platform != "linux" or shutil.which("objdump") is None, reason="needs objdump, on Linux")
def test_libraries_that_were_patched_after_linking_keep_their_symbols(tmp_path: Path) -> None:
    def library(name: str, pattern: str) -> Path:
        return next(Path(str(distribution(name).locate_file(""))).glob(pattern))

    (tmp_path / "text.so").write_text("INPUT(libc.so)")

    assert build.may_be_stripped(library("safetensors", "safetensors/*.so"))
    assert not build.may_be_stripped(library("pillow", "PIL/_imaging.*.so"))
    assert not build.may_be_stripped(library("numpy", "numpy.libs/*.so"))
    assert not build.may_be_stripped(tmp_path / "text.so")


@pytest.mark.parametrize("name", ["app.txt", "build.txt", "sbom.txt"])
def test_every_locked_version_has_a_hash(name: str) -> None:
    found = requirements(name)

    assert len(found) > 10
    assert [str(one) for one, hashes in found if not hashes or "==" not in str(one.specifier)] == []


def test_the_lock_agrees_with_the_project() -> None:
    locked = {licences.normalised(one.name): [] for one, _ in requirements("app.txt")}
    for one, _ in requirements("app.txt"):
        locked[licences.normalised(one.name)].append(str(one.specifier).removeprefix("=="))
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [Requirement(line) for line in [*project["project"]["dependencies"], *lock.app_requirements(project)]]

    wrong = [
        str(one)
        for one in wanted
        if not any(one.specifier.contains(version) for version in locked.get(licences.normalised(one.name), ()))
    ]

    assert wrong == [], "run packaging/lock.py"


def test_linux_gets_pytorch_without_cuda() -> None:
    text = (LOCK / "app.txt").read_text(encoding="utf-8")

    assert "+cpu ; sys_platform == 'linux'" in text
    assert "nvidia-" not in text


def test_versions_without_hashes_keep_their_conditions() -> None:
    text = (
        "torch==2.13.0+cpu ; sys_platform == 'linux' \\\n    --hash=sha256:00\nnumpy==2.4.6 \\\n    --hash=sha256:11\n"
    )

    assert wheel_test.constraints(text) == "torch==2.13.0+cpu ; sys_platform == 'linux'\nnumpy==2.4.6\n"


def test_the_app_is_built_with_one_python_only() -> None:
    assert build.python_problem((3, 11), shared=True) is None
    assert "3.12" in str(build.python_problem((3, 12), shared=True))
    assert "shared library" in str(build.python_problem((3, 11), shared=False))


def test_the_list_of_parts_leaves_out_the_build_tools() -> None:
    parts = [{"name": "NumPy", "bom-ref": "n"}, {"name": "pyinstaller", "bom-ref": "p"}]
    bill = {
        "metadata": {"component": {"bom-ref": "root"}},
        "components": parts,
        "dependencies": [{"ref": "root", "dependsOn": ["n", "p"]}, {"ref": "p"}],
    }

    found = build.parts_of_app(bill, {"numpy"}, "3.11.2")

    assert [part["name"] for part in found["components"]] == ["NumPy", "Python"]
    assert found["dependencies"] == [{"ref": "root", "dependsOn": ["n"]}]


def test_a_licence_comes_with_its_texts() -> None:
    text = licences.section(distribution("pillow"))

    assert "pillow" in text.lower().splitlines()[1]
    assert "Permission to use, copy, modify" in text


def test_qt_comes_with_the_text_of_its_licence() -> None:
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in licences.section(distribution("PySide6-Essentials"))
