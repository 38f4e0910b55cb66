"""How many large pictures are decoded more than once while a job runs and a person scrolls ahead of it.

Each measurement opens the real window in a process of its own, off screen. The preview of the selected picture does not
count: it needs more pixels than anything else.
"""

from __future__ import annotations

import functools
import io
import os
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path
from typing import Any

from photos import draw_jpegs
from PIL import Image
from rows import Measured, Row
from rows_line import LARGE

PICTURES = 60
LONG_AGO = 1_700_000_000
_LARGEST_THUMBNAIL = 1_024


def decoded_twice(folder: Path, *, has_thumbnails: bool) -> Measured:
    """Count while nobody scrolls, and while somebody scrolls ahead of the job. The larger number counts."""
    pictures = folder / "pictures"
    for path in draw_jpegs(pictures, LARGE, PICTURES):
        if has_thumbnails:
            _add_thumbnail(path)
        os.utime(path, (LONG_AGO, LONG_AGO))
    counts = {name: _run(folder / name, pictures, name) for name in ("still", "scrolled")}
    return Measured(max(counts.values()), {"of": f"{PICTURES} pictures", **counts})


def _add_thumbnail(path: Path) -> None:
    """Put a thumbnail into a JPEG, as cameras do, without touching its pixels."""
    from camera_files import camera_exif

    image, stream = Image.open(path), io.BytesIO()
    image.draft("RGB", (160, 120))
    image.resize((160, 120)).save(stream, "JPEG")
    exif = camera_exif(stream.getvalue())
    data = path.read_bytes()
    path.write_bytes(data[:2] + b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif + data[2:])


def _run(folder: Path, pictures: Path, scrolls: str) -> int:
    from rows_window import environment_below

    command = [sys.executable, __file__, str(folder), str(pictures), scrolls]
    done = subprocess.run(command, env=environment_below(folder), stdout=subprocess.PIPE, text=True, check=True)
    return int(done.stdout.splitlines()[-1])


def _work(folder: str, pictures: str, scrolls: str) -> None:
    """Label the pictures in a window, and print how many were decoded more than once."""
    from window_work import LABELS, running_application, until

    from clipdesk.core.labels.label_set import Label, LabelSet

    Path(folder).mkdir(parents=True, exist_ok=True)
    counts = _count_decoding()
    with running_application(Path(folder), wait=False, image_size=224) as application:
        labelling, bar = application.labelling, application.window.table.verticalScrollBar()
        ended: list[object] = []
        labelling.job_ended.connect(ended.append)
        labelling.set_label_set(LabelSet(tuple(map(Label, LABELS))))
        labelling.add_paths([Path(pictures)])
        until(lambda: labelling.is_running and len(labelling.desk) == PICTURES)
        while scrolls == "scrolled" and not ended and bar.value() < bar.maximum():
            bar.setValue(bar.value() + bar.pageStep() // 2)
            until(lambda: False, 0.2)
        until(lambda: bool(ended))
        until(lambda: False, 1)
    print(sum(count > 1 for count in counts.values()))


def _count_decoding() -> Counter[Path]:
    """Count from now on how often each file is decoded to the size of a thumbnail or a model, and return the counts."""
    from clipdesk.core.pictures import decode as decoding
    from clipdesk.gui.loading import qimages

    counts: Counter[Path] = Counter()
    lock = threading.Lock()

    def count(path: Path) -> None:
        with lock:
            counts[path] += 1

    decode, read_jpeg = decoding.decode, qimages._read_plain_jpeg

    def decode_counted(path: Path, *given: Any, **options: Any) -> Any:
        if options.get("max_edge", 0) <= _LARGEST_THUMBNAIL:
            count(path)
        return decode(path, *given, **options)

    def read_jpeg_counted(path: Path, edge: int) -> Any:
        image = read_jpeg(path, edge)
        if not image.isNull() and edge <= _LARGEST_THUMBNAIL:
            count(path)
        return image

    decoding.decode, qimages._read_plain_jpeg = decode_counted, read_jpeg_counted
    return counts


ROWS = (
    Row(
        "decoded-twice",
        f"pictures of 12 megapixels with a camera's thumbnail that are decoded more than once, of {PICTURES}",
        "–",
        0,
        "pictures",
        functools.partial(decoded_twice, has_thumbnails=True),
    ),
    Row(
        "decoded-twice-plain",
        f"the same without a camera's thumbnail, of {PICTURES}",
        "–",
        2,
        "pictures",
        functools.partial(decoded_twice, has_thumbnails=False),
    ),
)

if __name__ == "__main__":
    _work(*sys.argv[1:])
