"""What the built app tells Windows and macOS about itself."""

from __future__ import annotations

import ast
import plistlib
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.append(str(REPOSITORY / "packaging"))

import app_metadata  # noqa: E402

from clipdesk import __version__  # noqa: E402
from clipdesk.core.desk.document import APPLICATION_ID, SUFFIX  # noqa: E402


@pytest.mark.parametrize(
    ("number", "quad"), [("0.1.0", (0, 1, 0, 0)), ("1.2.3rc4", (1, 2, 3, 4)), ("2.0", (2, 0, 0, 0))]
)
def test_the_version_resource_has_four_numbers_and_our_names(number: str, quad: tuple[int, ...]) -> None:
    tree = ast.parse(app_metadata.version_resource(number), mode="eval")

    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    (fixed,) = [call for call in calls if ast.unparse(call.func) == "FixedFileInfo"]
    assert {ast.unparse(word.value) for word in fixed.keywords if word.arg in ("filevers", "prodvers")} == {str(quad)}
    strings = dict(
        [ast.literal_eval(part) for part in call.args] for call in calls if ast.unparse(call.func) == "StringStruct"
    )
    assert strings["FileVersion"] == number
    assert strings["FileDescription"] == "ClipDesk"


def test_windows_gets_icon_version_and_long_paths(qapp: object, tmp_path: Path) -> None:
    options = app_metadata.exe_options("win32", tmp_path)

    assert Path(options["icon"]).read_bytes().startswith(b"\0\0\1\0")
    assert Path(options["version"]).is_file()
    manifest = ElementTree.fromstring(options["manifest"])
    settings = {element.tag.rpartition("}")[2]: element.text for element in manifest.iter()}
    assert settings["longPathAware"] == "true"
    assert settings["dpiAwareness"] == "PerMonitorV2"


def test_macos_opens_desks_and_offers_itself_for_folders(qapp: object, tmp_path: Path) -> None:
    options = app_metadata.bundle_options(tmp_path)

    assert Path(options["icon"]).read_bytes().startswith(b"icns")
    plist = plistlib.loads(plistlib.dumps(options["info_plist"]))
    assert plist["CFBundleShortVersionString"] == __version__ == app_metadata.version()
    desks, others = plist["CFBundleDocumentTypes"]
    (declared,) = plist["UTExportedTypeDeclarations"]
    assert desks["LSItemContentTypes"] == [declared["UTTypeIdentifier"]]
    assert declared["UTTypeTagSpecification"]["public.filename-extension"] == [SUFFIX.removeprefix(".")]
    assert "public.folder" in others["LSItemContentTypes"]
    assert others["LSHandlerRank"] == "Alternate"  # Finder stays the default


def test_the_signature_of_macos_is_chosen_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLIPDESK_SIGN_IDENTITY", "Developer ID Application: Somebody")
    options = app_metadata.exe_options("darwin", tmp_path)

    assert options["codesign_identity"] == "Developer ID Application: Somebody"
    assert options["target_arch"] == "arm64"
    assert plistlib.loads(Path(options["entitlements_file"]).read_bytes())

    monkeypatch.delenv("CLIPDESK_SIGN_IDENTITY")
    assert app_metadata.exe_options("darwin", tmp_path)["codesign_identity"] is None


def test_all_systems_know_the_type_of_desks() -> None:
    mime = (REPOSITORY / "packaging/linux/clipdesk-mime.xml").read_text(encoding="utf-8")
    setup = (REPOSITORY / "packaging/windows/clipdesk.iss").read_text(encoding="utf-8")

    assert f'pattern="*{SUFFIX}"' in mime
    assert f'value="0x{APPLICATION_ID:08X}"' in mime
    assert f"Software\\Classes\\{SUFFIX}" in setup
