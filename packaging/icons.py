"""Make the application's icon files from its two SVG drawings: png for Linux, .ico for Windows, .icns for macOS.

`python packaging/icons.py build/icons` writes clipdesk.ico, clipdesk.icns and 16.png to 1024.png. Needs PySide6.
The files are not in the repository, because they can be made again in a second.
"""

from __future__ import annotations

import argparse
import os
import struct
import sys
from collections.abc import Mapping
from pathlib import Path

DRAWINGS = Path(__file__).resolve().parent.parent / "resources" / "icons"
#: From this size on, the detailed drawing is used. Below, its check mark and second picture are only blurs.
DETAILED_FROM = 32
PNG_SIZES = (16, 20, 24, 32, 40, 48, 64, 96, 128, 256, 512, 1024)
#: What Windows shows at 100 to 400 %.
ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 96, 128, 256)
#: The types of a .icns file by size in pixels: https://en.wikipedia.org/wiki/Apple_Icon_Image_format
ICNS_TYPES = (("icp4", 16), ("icp5", 32), ("ic07", 128), ("ic08", 256), ("ic09", 512),
              ("ic11", 32), ("ic12", 64), ("ic13", 256), ("ic14", 512), ("ic10", 1024))  # fmt: skip
#: macOS draws icons with an edge around them: 824 of 1024 px in Apple's template.
MAC_SHARE = 824 / 1024


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, nargs="?", default=Path("build/icons"))
    folder: Path = parser.parse_args().folder
    write_icons(folder)
    print(f"Icons written to {folder}")
    return 0


def write_icons(folder: Path) -> None:
    """Write all icon files into `folder`, creating it if needed."""
    folder.mkdir(parents=True, exist_ok=True)
    pngs = render(PNG_SIZES)
    for size, data in pngs.items():
        (folder / f"{size}.png").write_bytes(data)
    (folder / "clipdesk.ico").write_bytes(ico({size: pngs[size] for size in ICO_SIZES}))
    mac_sizes = sorted({size for _, size in ICNS_TYPES})
    (folder / "clipdesk.icns").write_bytes(icns(render(mac_sizes, MAC_SHARE)))


def drawing(size: int) -> Path:
    """Return the SVG file for an icon that is `size` px wide."""
    return DRAWINGS / ("app.svg" if size >= DETAILED_FROM else "app-small.svg")


def render(sizes: tuple[int, ...] | list[int], share: float = 1.0) -> dict[int, bytes]:
    """Return the icon as PNG files by size in pixels. The drawing takes `share` of the width; the rest is its edge."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF
    from PySide6.QtGui import QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    app = QGuiApplication.instance() or QGuiApplication([])
    result = {}
    for size in sizes:
        renderer = QSvgRenderer(str(drawing(size)))
        # At 16 px every pixel of an edge is missed: only larger icons get one.
        edge = round(size * (1 - share) / 2) if size >= DETAILED_FROM else 0
        image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        renderer.render(painter, QRectF(edge, edge, size - 2 * edge, size - 2 * edge))
        painter.end()
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]
        result[size] = bytes(data.data())
    del app
    return result


def ico(pngs: Mapping[int, bytes]) -> bytes:
    """Return a Windows icon file with these PNG files, by size in pixels (at most 256).

    Windows reads PNG entries of all sizes since Vista: https://en.wikipedia.org/wiki/ICO_(file_format)
    """
    header = struct.pack("<HHH", 0, 1, len(pngs))
    offset = len(header) + 16 * len(pngs)
    directory = b""
    for size, data in sorted(pngs.items()):
        edge = size % 256  # 0 stands for 256
        directory += struct.pack("<BBBBHHII", edge, edge, 0, 0, 1, 32, len(data), offset)
        offset += len(data)
    return header + directory + b"".join(data for _, data in sorted(pngs.items()))


def icns(pngs: Mapping[int, bytes]) -> bytes:
    """Return a macOS icon file with these PNG files, by size in pixels."""
    entries = b""
    for kind, size in ICNS_TYPES:
        entries += kind.encode() + (len(pngs[size]) + 8).to_bytes(4, "big") + pngs[size]
    return b"icns" + (len(entries) + 8).to_bytes(4, "big") + entries


if __name__ == "__main__":
    sys.exit(main())
