"""Measure which share of the encoder's own speed reaches the clients of `clipdesk serve`.

    python packaging/bench/serve_throughput.py --model local-dir:DIR
    python packaging/bench/serve_throughput.py --architecture ViT-B-32 --pictures 64     # random weights, same speed
    python packaging/bench/serve_throughput.py --model local-dir:DIR --against http://127.0.0.1:9101 --process PID

It encodes the same images directly (as `clipdesk label` does: decode, prepare, encode in batches) and through a server
in a process of its own with 1, 4 and 16 client threads. Both run in turns, with batches of as many images as there are
clients: the server can encode no more at once. It prints images a second and the ratios of all turns. Clients prepare
their images beforehand, as they would on another computer. `make bench ARGS=serve` runs it as well.

With `--against` another server of the API takes part in the turns, which should have the same weights: `--version` says
under which name. `--process` is the process id of that server, for its CPU time. `--photos` sends JPEGs of 1600 × 1200
pixels instead, which the server has to scale down.

On Linux it also prints the CPU time of an image, by the server and directly. On a busy computer that is more
reliable than the clock.
"""

from __future__ import annotations

import argparse
import base64
import http.client
import io
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
from PIL import Image

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY))
sys.path.insert(0, str(REPOSITORY / "tests"))

from clipdesk.core.line.embed import embed_images  # noqa: E402
from clipdesk.encoders.local.open_clip import OpenClipEncoder, load_encoder  # noqa: E402

CLIENTS = (1, 4, 16)

BATCHES = 'clipdesk_batch_size_count{kind="image"'
CPU_SECONDS = "process_cpu_seconds_total"


def main() -> None:
    parser = argparse.ArgumentParser(description="Throughput of clipdesk serve against direct encoding.")
    model = parser.add_mutually_exclusive_group(required=True)
    model.add_argument("--model", help="as clipdesk takes it")
    model.add_argument("--architecture", help="an open_clip architecture, with random weights")
    parser.add_argument("--pictures", type=int, default=256, help="in each turn")
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--photos", action="store_true", help="send photos instead of images of the model's size")
    parser.add_argument("--against", metavar="URL", help="another server of the API, on this computer")
    parser.add_argument("--version", default="ViT-B-32", help="the clip_version_id for that server")
    parser.add_argument("--process", type=int, metavar="PID", help="that server's process")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        name = options.model or f"local-dir:{untrained(options.architecture, Path(folder) / 'model')}"
        encoder = load_encoder(name)
        draw = draw_photos if options.photos else draw_pictures
        paths = draw(Path(folder), options.pictures, encoder.image_size)
        print(f"{name} on {encoder.place}; {len(paths)} pictures, {statistics.mean(map(file_size, paths)):.0f} kB each")
        other = Other(options.against, options.version, options.process) if options.against else None
        report(measure(name, encoder, paths, options.turns, other))


def untrained(architecture: str, folder: Path) -> Path:
    """Save a model with random weights. Its scores mean nothing, but it takes as long as a trained one."""
    from tiny_model import save_model

    from clipdesk.encoders.devices import import_open_clip
    from clipdesk.encoders.models.pretrained import architecture_config

    config = architecture_config(architecture)
    save_model(folder, import_open_clip().CLIP(**config), config)
    return folder


def draw_pictures(folder: Path, count: int, size: tuple[int, int]) -> list[Path]:
    """Draw smooth noise of the model's image size as PNG, about as large as the photos that our client sends."""
    generator = np.random.default_rng(0)
    paths = [folder / f"{number}.png" for number in range(count)]
    for path in paths:
        coarse = Image.fromarray(generator.integers(0, 256, (28, 28, 3), np.uint8))
        coarse.resize(size, Image.Resampling.BICUBIC).save(path, compress_level=1)
    return paths


def draw_photos(folder: Path, count: int, size: tuple[int, int]) -> list[Path]:
    """Draw as many JPEGs as a camera or a phone would send. `size` is that of the model."""
    drawn = draw_pictures(folder, count, (1600, 1200))
    paths = [path.with_suffix(".jpg") for path in drawn]
    for png, jpeg in zip(drawn, paths, strict=True):
        Image.open(png).save(jpeg, quality=90)
        png.unlink()
    return paths


@dataclass
class Speed:
    """What one way to encode reached in each turn: images a second, milliseconds of CPU time per image, batch size."""

    per_s: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)
    batch: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        cpu = f", {statistics.median(self.cpu_ms):.1f} ms of CPU time each" if any(self.cpu_ms) else ""
        batch = f", batches of {statistics.mean(self.batch):.1f}" if self.batch else ""
        return f"{statistics.median(self.per_s):.1f}/s{cpu}{batch}"


@dataclass(frozen=True)
class Other:
    """Another server that speaks the API, with the version that it is asked for, and its process."""

    url: str
    version: str
    process: int | None

    @property
    def port(self) -> int:
        return urlsplit(self.url).port or 80

    def cpu_s(self) -> float:
        """Return the CPU time that its process has used; 0 if it is not known."""
        if self.process is None:
            return 0.0
        fields = Path(f"/proc/{self.process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass
class Comparison:
    """Serving against direct encoding, by number of clients, which is also the batch size of direct encoding.

    `other` is the other server, empty without one.
    """

    served: dict[int, Speed]
    direct: dict[int, Speed]
    other: dict[int, Speed] = field(default_factory=dict)

    def ratios(self, clients: int) -> list[float]:
        """Return the ratio of images a second of each turn, served to direct."""
        return _ratios(self.served[clients], self.direct[clients])

    def ratios_to_other(self, clients: int) -> list[float]:
        """Return the ratio of images a second of each turn, served to the other server."""
        return _ratios(self.served[clients], self.other[clients])


def _ratios(one: Speed, other: Speed) -> list[float]:
    return [first / second for first, second in zip(one.per_s, other.per_s, strict=True)]


def measure(
    name: str, encoder: OpenClipEncoder, paths: list[Path], turns: int, other: Other | None = None
) -> Comparison:
    bodies = [body_of(path) for path in paths]
    for_other = [body_of(path, other.version) for path in paths] if other else []
    found = Comparison(*({clients: Speed() for clients in CLIENTS} for _ in range(3 if other else 2)))
    with serving(name) as port:
        for clients in CLIENTS:  # warm: runtimes prepare themselves for each batch size
            direct(encoder, paths[: 2 * clients], clients)
            through(port, bodies[: 2 * clients], clients)
            if other:
                through(other.port, for_other[: 2 * clients], clients)
        for _ in range(turns):
            for clients in CLIENTS:
                speed = found.direct[clients]
                with cpu_time(time.process_time, speed.cpu_ms, len(paths)):
                    speed.per_s.append(direct(encoder, paths, clients))
                speed.batch.append(clients)
                speed, batches = found.served[clients], server_metric(port, BATCHES)
                with cpu_time(lambda: server_metric(port, CPU_SECONDS), speed.cpu_ms, len(paths)):
                    speed.per_s.append(through(port, bodies, clients))
                speed.batch.append(len(paths) / (server_metric(port, BATCHES) - batches))
                if other:
                    speed = found.other[clients]
                    with cpu_time(other.cpu_s, speed.cpu_ms, len(paths)):
                        speed.per_s.append(through(other.port, for_other, clients))
    return found


def report(found: Comparison) -> None:
    for clients in CLIENTS:
        ratios = found.ratios(clients)
        spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
        print(f"{clients:2d} clients: {statistics.median(ratios):.2f} of direct ({spread})")
        print(f"    served {found.served[clients]}; direct {found.direct[clients]}", flush=True)
        if found.other:
            ratios = found.ratios_to_other(clients)
            spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
            print(
                f"    {statistics.median(ratios):.2f} of the other server ({spread}): {found.other[clients]}",
                flush=True,
            )


@contextmanager
def cpu_time(clock: Callable[[], float], into: list[float], pictures: int) -> Iterator[None]:
    """Append the CPU time of the block to `into`, in milliseconds for each image."""
    started = clock()
    yield
    into.append(1000 * (clock() - started) / pictures)


def server_metric(port: int, name: str) -> float:
    """Return a number from the server's metrics; 0 where they lack it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", "/metrics")
    lines = connection.getresponse().read().decode().splitlines()
    connection.close()
    return next((float(line.split()[-1]) for line in lines if line.startswith(name)), 0.0)


def body_of(path: Path, version: str = "ViT-B-16") -> bytes:
    value = base64.b64encode(path.read_bytes()).decode()
    body = {"api_key": "none", "clip_version_id": version, "image": {"type": "base64", "value": value}}
    return json.dumps(body).encode()


def file_size(path: Path) -> float:
    return path.stat().st_size / 1000


def direct(encoder: OpenClipEncoder, paths: list[Path], batch_size: int) -> float:
    started = time.perf_counter()
    batches = embed_images(
        enumerate(paths), encoder, cancel=threading.Event(), batch_size=batch_size, longest_batch_s=math.inf
    )
    done = sum(len(batch) for batch in batches)
    assert done == len(paths)
    return done / (time.perf_counter() - started)


def through(port: int, bodies: list[bytes], clients: int) -> float:
    def one_client(number: int) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        for body in bodies[number::clients]:
            connection.request("POST", "/clip/embed_image", body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            content = json.loads(answer.read())
            assert answer.status == 200 and len(content["embeddings"]) == 1, content
        connection.close()
        return len(bodies[number::clients])

    started = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        assert sum(pool.map(one_client, range(clients))) == len(bodies)
    return len(bodies) / (time.perf_counter() - started)


@contextmanager
def serving(name: str) -> Iterator[int]:
    """Run a server in its own process; yield its port."""
    command = [sys.executable, "-m", "clipdesk", "serve", "--model", name, "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=REPOSITORY) as process:
        assert process.stderr is not None
        said = io.StringIO()
        try:
            port = 0
            for line in process.stderr:
                said.write(line)
                if "The CLIP API is at" in line:
                    port = int(line.split("127.0.0.1:")[1].split(",")[0])
                if "is ready after" in line:
                    break
            assert port, said.getvalue()
            yield port
        finally:
            process.terminate()


if __name__ == "__main__":
    main()
