"""What the built app tells Windows and macOS about itself. `packaging/clipdesk.spec` passes it on to PyInstaller.

EXE(..., **app_metadata.exe_options(sys.platform, Path("build")))
BUNDLE(..., **app_metadata.bundle_options(Path("build")))
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import icons

REPOSITORY = Path(__file__).resolve().parent.parent
PACKAGING = Path(__file__).resolve().parent
MANIFEST = PACKAGING / "windows" / "clipdesk.manifest"
ENTITLEMENTS = PACKAGING / "macos" / "entitlements.plist"
BUNDLE_IDENTIFIER = "org.clipdesk.clipdesk"
DESK_TYPE = "org.clipdesk.desk"
#: The oldest macOS that Qt 6.11 supports.
MACOS_MIN = "13.0"
COPYRIGHT = "© 2026 The ClipDesk team. MIT licence."
SENTENCE = "Sort pictures by typing words"


def version() -> str:
    """Return the version of ClipDesk, without importing it."""
    text = (REPOSITORY / "clipdesk" / "__init__.py").read_text(encoding="utf-8")
    match = re.search(r'^__version__ = "(.+)"$', text, re.MULTILINE)
    assert match is not None
    return match[1]


def exe_options(platform: str, build: Path) -> dict[str, Any]:
    """Return arguments for PyInstaller's `EXE`: icon, version and manifest on Windows, signature on macOS.

    Writes what they refer to into `build`.
    """
    if platform == "win32":
        icons.write_icons(build / "icons")
        resource = build / "version.txt"
        resource.write_text(version_resource(version()), encoding="utf-8")
        return {
            "icon": str(build / "icons" / "clipdesk.ico"),
            "version": str(resource),
            "manifest": MANIFEST.read_text(encoding="utf-8"),
        }
    if platform == "darwin":
        # Without an identity, PyInstaller signs ad hoc, which is enough for the computer that built the app.
        identity = os.environ.get("CLIPDESK_SIGN_IDENTITY") or None
        return {"target_arch": "arm64", "codesign_identity": identity, "entitlements_file": str(ENTITLEMENTS)}
    return {}


def bundle_options(build: Path) -> dict[str, Any]:
    """Return arguments for PyInstaller's `BUNDLE`, which makes the .app of macOS. Writes the icon into `build`."""
    icons.write_icons(build / "icons")
    return {
        "name": "ClipDesk.app",
        "icon": str(build / "icons" / "clipdesk.icns"),
        "bundle_identifier": BUNDLE_IDENTIFIER,
        "version": version(),
        "info_plist": info_plist(version()),
    }


def info_plist(number: str) -> dict[str, Any]:
    """Return the Info.plist for version `number`: which files ClipDesk opens, and why it reads folders."""
    reads = "ClipDesk reads the pictures that you open. Nothing is uploaded."
    folders = ("Desktop", "Documents", "Downloads")
    return {
        "CFBundleName": "ClipDesk",
        "CFBundleDisplayName": "ClipDesk",
        "CFBundleShortVersionString": number,
        "CFBundleVersion": number,
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": ["en", "ko"],
        "NSHumanReadableCopyright": COPYRIGHT,
        "LSMinimumSystemVersion": MACOS_MIN,
        "LSArchitecturePriority": ["arm64"],
        "LSApplicationCategoryType": "public.app-category.photography",
        "NSHighResolutionCapable": True,
        "NSRequiresAquaSystemAppearance": False,  # the window follows the dark appearance
        **{f"NS{folder}FolderUsageDescription": reads for folder in folders},
        "NSRemovableVolumesUsageDescription": reads,
        "NSNetworkVolumesUsageDescription": reads,
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "ClipDesk desk",
                "CFBundleTypeRole": "Editor",
                "LSHandlerRank": "Owner",
                "LSItemContentTypes": [DESK_TYPE],
            },
            {
                # *Open With*, without becoming the default of folders and pictures.
                "CFBundleTypeName": "Folder or picture",
                "CFBundleTypeRole": "Viewer",
                "LSHandlerRank": "Alternate",
                "LSItemContentTypes": ["public.folder", "public.image"],
            },
        ],
        "UTExportedTypeDeclarations": [
            {
                "UTTypeIdentifier": DESK_TYPE,
                "UTTypeDescription": "ClipDesk desk",
                "UTTypeConformsTo": ["public.data", "public.database"],
                "UTTypeTagSpecification": {"public.filename-extension": ["clipdesk"]},
            }
        ],
    }


def version_resource(number: str) -> str:
    """Return the version resource of the Windows programs, as PyInstaller reads it."""
    digits = [int(part) for part in re.findall(r"\d+", number)[:4]]
    quad = tuple(digits + [0] * (4 - len(digits)))
    strings = {
        "CompanyName": "The ClipDesk team",
        "FileDescription": "ClipDesk",  # what the task manager and Open with show
        "FileVersion": number,
        "InternalName": "clipdesk",
        "LegalCopyright": COPYRIGHT,
        "OriginalFilename": "clipdesk.exe",
        "ProductName": "ClipDesk",
        "ProductVersion": number,
        "Comments": SENTENCE,
    }
    lines = ",\n        ".join(f"StringStruct({name!r}, {value!r})" for name, value in strings.items())
    return f"""VSVersionInfo(
  ffi=FixedFileInfo(filevers={quad}, prodvers={quad}, mask=0x3F, flags=0, OS=0x40004, fileType=1, subtype=0),
  kids=[
    StringFileInfo([StringTable("040904B0", [
        {lines},
    ])]),
    VarFileInfo([VarStruct("Translation", [0x0409, 0x04B0])]),
  ],
)
"""
