"""Check what the built app contains: everything it needs, nothing else, and not too much.

    python packaging/audit_bundle.py dist/clipdesk [--archive dist/clipdesk-0.1.0-linux-x86_64.tar.xz]

Prints what is wrong, a line each, and exits with 1 if anything is.
"""

from __future__ import annotations

import argparse
import fnmatch
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from bundle_contents import METADATA, UNWANTED

REPOSITORY = Path(__file__).resolve().parent.parent
MAX_UNPACKED_MB, MAX_ARCHIVE_MB = 800, 260
#: Debian 12's. A newer one in the app would exclude the system that it is built on.
NEWEST_GLIBC = (2, 36)

#: Each pattern must match at least so many files below the folder of the app's files.
REQUIRED = {
    "open_clip/bpe_simple_vocab_16e6.txt.gz": 1,
    "open_clip/model_configs/*.json": 100,
    "clipdesk/encoders/models/pretrained_models.json": 1,
    "clipdesk/resources/models/starter/open_clip_model.safetensors": 1,
    "clipdesk/resources/models/starter/open_clip_config.json": 1,
    "clipdesk/resources/samples/*": 20,
    "clipdesk/resources/icons/app.svg": 1,
    "clipdesk/resources/licences/third-party.txt": 1,
    "clipdesk/resources/translations/clipdesk_en.qm": 1,
    "clipdesk/resources/translations/clipdesk_ko.qm": 1,
    "clipdesk/resources/vocabulary.txt": 1,
    "transformers/models/auto/*.py": 1,
    "*openvino_intel_cpu_plugin*": 1,
    "PySide6/*translations/qtbase_en.qm": 1,
    "PySide6/*translations/qtbase_ko.qm": 1,
}
LINUX_PLUGINS = (
    "platforms/libqxcb.so",
    "platforms/libqwayland*.so",
    "platforms/libqoffscreen.so",
    "wayland-shell-integration/libxdg-shell.so",
    "xcbglintegrations/libqxcb-glx-integration.so",
    "platforminputcontexts/libibusplatforminputcontextplugin.so",
    "platforminputcontexts/libcomposeplatforminputcontextplugin.so",
    "platformthemes/libqxdgdesktopportal.so",
    "iconengines/libqsvgicon.so",
    "imageformats/libqsvg.so",
    "imageformats/libqjpeg.so",
)
WINDOWS_PLUGINS = (
    "platforms/qwindows.dll",
    "styles/*.dll",
    "iconengines/qsvgicon.dll",
    "imageformats/qsvg.dll",
    "imageformats/qjpeg.dll",
)
MAC_PLUGINS = (
    "platforms/libqcocoa.dylib",
    "styles/*.dylib",
    "iconengines/libqsvgicon.dylib",
    "imageformats/libqsvg.dylib",
    "imageformats/libqjpeg.dylib",
)
PLUGINS = {"linux": LINUX_PLUGINS, "win32": WINDOWS_PLUGINS, "darwin": MAC_PLUGINS}

#: What must not be there, with the reason.
FORBIDDEN = {
    "CUDA": (
        "*libtorch_cuda*",
        "*libcu[a-z]*.so*",
        "*libnv*.so*",
        "nvidia/*",
        "triton/*",
        "*cudart*",
        "*torch_cuda.dll",
    ),
    "a test": ("*/tests/*", "*/test/*", "*/pytest/*", "pytest/*"),
    "another Qt": ("PyQt[56]/*", "PySide2/*", "*libQt5*", "*Qt5*.dll"),
    "a library under the GPL": ("*x265*", "*libx264*", "*libreadline*"),
    "a build tool": ("PyInstaller/*", "pip/*", "setuptools/*"),
}
#: Packages that may have sources beside their compiled modules, because they read these.
WITH_SOURCES = ("transformers", "torch")
_GLIBC = re.compile(rb"GLIBC_(\d+)\.(\d+)")


def main() -> int:
    """Print what is wrong, and return 1 if anything is."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("app", type=Path, nargs="?", default=REPOSITORY / "dist" / "clipdesk")
    parser.add_argument("--archive", type=Path, help="check the size of this file, too")
    options = parser.parse_args()
    files = sizes(contents(options.app))
    problems = audit(options.app, sys.platform, REPOSITORY / "resources")
    if options.archive is not None:
        megabytes = options.archive.stat().st_size / 1e6
        print(f"{options.archive.name}: {megabytes:.0f} MB of at most {MAX_ARCHIVE_MB}")
        if megabytes > MAX_ARCHIVE_MB:
            problems.append(f"{options.archive.name} has {megabytes:.0f} MB, more than {MAX_ARCHIVE_MB}")
    print(f"{options.app.name}: {unpacked_mb(options.app):.0f} MB of at most {MAX_UNPACKED_MB}, {len(files)} files")
    for top, size in largest(files):
        print(f"  {size / 1e6:6.1f} MB  {top}")
    for problem in problems:
        print(f"WRONG: {problem}")
    print("The app is not as it should be." if problems else "The app has what it needs, and nothing else.")
    return 1 if problems else 0


def audit(app: Path, platform: str, resources: Path) -> list[str]:
    """Return what is wrong with the app in folder `app`. `resources` is the checkout's folder of that name."""
    inside = contents(app)
    files = sizes(inside)
    return [
        *missing(files, platform),
        *missing_resources(files, resources),
        *forbidden(files),
        *several_qt(files),
        *uncompiled(files),
        *bad_links(app),
        *bad_licences(inside),
        *bad_size(app),
        *(bad_glibc(inside) if platform == "linux" else ()),
    ]


def contents(app: Path) -> Path:
    """Return the folder of the app's files, beside the program or in the macOS bundle."""
    bundle = app / "Contents" / "Frameworks"
    return bundle if bundle.is_dir() else app / "_internal"


def sizes(folder: Path) -> dict[str, int]:
    """Return the path of every file below `folder`, with `/`, and its size in bytes. Links have none."""
    return {
        path.relative_to(folder).as_posix(): 0 if path.is_symlink() else path.stat().st_size
        for path in sorted(folder.rglob("*"))
        if path.is_symlink() or path.is_file()
    }


def unpacked_mb(app: Path) -> float:
    """Return the size of the whole app in MB."""
    return sum(path.stat().st_size for path in app.rglob("*") if path.is_file() and not path.is_symlink()) / 1e6


def largest(files: Mapping[str, int], count: int = 12) -> list[tuple[str, int]]:
    """Return the folders and files at the top that take the most space."""
    tops: dict[str, int] = {}
    for path, size in files.items():
        top = path.partition("/")[0]
        tops[top] = tops.get(top, 0) + size
    return sorted(tops.items(), key=lambda item: -item[1])[:count]


def missing(files: Iterable[str], platform: str) -> list[str]:
    """Return which files are missing that the app needs."""
    files = tuple(files)
    plugins = {f"*/plugins/{plugin}": 1 for plugin in PLUGINS.get(platform, ())}
    wrong = [
        f"{pattern}: {found} files instead of at least {least}"
        for pattern, least in (REQUIRED | plugins).items()
        if (found := len(fnmatch.filter(files, pattern))) < least
    ]
    folders = {re.sub(r"[-_.]+", "-", path.partition("/")[0]).lower() for path in files if ".dist-info/" in path}
    for name in METADATA:
        if not any(folder.startswith(re.sub(r"[-_.]+", "-", name).lower() + "-") for folder in folders):
            wrong.append(f"{name}: its metadata is missing")
    return wrong


def missing_resources(files: Mapping[str, int], resources: Path) -> list[str]:
    """Return which files of `resources` are missing or differ in size: icons, samples, models, translations."""
    return [
        f"clipdesk/resources/{name} is missing or another file"
        for name, size in sizes(resources).items()
        if files.get(f"clipdesk/resources/{name}") != size
    ]


def forbidden(files: Iterable[str]) -> list[str]:
    """Return which files must not be there."""
    reasons = {**FORBIDDEN, "unwanted": UNWANTED}
    return [
        f"{path} is {reason}"
        for path in files
        if ".dist-info/" not in path  # texts of licences keep the folders of the sources
        for reason, patterns in reasons.items()
        if any(fnmatch.fnmatchcase(path, pattern) for pattern in patterns)
    ]


def several_qt(files: Mapping[str, int]) -> list[str]:
    """Return where a second Qt is: two of them in one process crash."""
    cores = [path for path, size in files.items() if size and re.search(r"(lib)?Qt6Core\.(so\.6|dll|dylib)$", path)]
    return [f"Qt is there {len(cores)} times: {', '.join(cores)}"] if len(cores) > 1 else []


def uncompiled(files: Iterable[str]) -> list[str]:
    """Return the packages with sources, which Python would compile at each start where it cannot keep the result."""
    tops = {path.partition("/")[0] for path in files if path.endswith(".py")} - set(WITH_SOURCES)
    return [f"{top} is there as sources" for top in sorted(tops)]


def bad_links(app: Path) -> list[str]:
    """Return the links that are broken, or leave the app."""
    root = app.resolve()
    return [
        f"{path.relative_to(app)} links to {path.readlink()}"
        for path in app.rglob("*")
        if path.is_symlink() and not (path.exists() and path.resolve().is_relative_to(root))
    ]


def bad_licences(inside: Path) -> list[str]:
    """Return what the text with the licences of others lacks."""
    path = inside / "clipdesk" / "resources" / "licences" / "third-party.txt"
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    wanted = ("PySide6", "GNU LESSER GENERAL PUBLIC LICENSE", "torch", "numpy", "pillow", "Python Software Foundation")
    return [f"the licences do not mention “{word}”" for word in wanted if word.lower() not in text.lower()]


def bad_size(app: Path) -> list[str]:
    size = unpacked_mb(app)
    return [f"the app has {size:.0f} MB, more than {MAX_UNPACKED_MB}"] if size > MAX_UNPACKED_MB else []


def bad_glibc(inside: Path) -> list[str]:
    """Return the files that need a newer C library than the oldest system that we support has."""
    wrong = []
    for path in (inside.parent / "clipdesk", *inside.rglob("*.so*")):
        if path.is_file() and not path.is_symlink():
            found = max(((int(a), int(b)) for a, b in _GLIBC.findall(path.read_bytes())), default=(0, 0))
            if found > NEWEST_GLIBC:
                wrong.append(f"{path.name} needs glibc {found[0]}.{found[1]}")
    return wrong


if __name__ == "__main__":
    sys.exit(main())
