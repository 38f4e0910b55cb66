"""Measure which share of the encoder's own speed reaches the clients of `clipdesk serve`.

    python packaging/bench/serve_throughput.py --model local-dir:DIR
    python packaging/bench/serve_throughput.py --architecture ViT-B-32 --pictures 64     # random weights, same speed

It encodes the same images directly (as `clipdesk label` does: decode, prepare, encode in batches) and through a server
in a process of its own with 1, 4 and 16 client threads. Both run in turns. It prints images a second and the ratios of
all turns. Clients prepare their images beforehand, as they would on another computer.

On Linux it also prints the CPU time of an image, by the server and directly. On a busy computer that is more
reliable than the clock.
"""

from __future__ import annotations

import argparse
import base64
import http.client
import io
import json
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PIL import Image

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY))
sys.path.insert(0, str(REPOSITORY / "tests"))

from clipdesk.core.line.embed import embed_images  # noqa: E402
from clipdesk.encoders.local.open_clip import OpenClipEncoder, load_encoder  # noqa: E402

CLIENTS = (1, 4, 16)


def main() -> None:
    parser = argparse.ArgumentParser(description="Throughput of clipdesk serve against direct encoding.")
    model = parser.add_mutually_exclusive_group(required=True)
    model.add_argument("--model", help="as clipdesk takes it")
    model.add_argument("--architecture", help="an open_clip architecture, with random weights")
    parser.add_argument("--pictures", type=int, default=256, help="in each turn")
    parser.add_argument("--turns", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        name = options.model or f"local-dir:{untrained(options.architecture, Path(folder) / 'model')}"
        encoder = load_encoder(name)
        paths = draw_pictures(Path(folder), options.pictures, encoder.image_size)
        measure(name, encoder, paths, options.turns)


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


def measure(name: str, encoder: OpenClipEncoder, paths: list[Path], turns: int) -> None:
    bodies = [body_of(path) for path in paths]
    sizes = statistics.mean(map(len, bodies))
    print(f"{name} on {encoder.place}; {len(paths)} pictures, {sizes / 1000:.0f} kB each as JSON")
    ratios: dict[int, list[float]] = {clients: [] for clients in CLIENTS}
    spent: dict[int, list[float]] = {clients: [] for clients in (0, *CLIENTS)}  # 0: direct
    with serving(name) as port:
        direct(encoder, paths[:32])  # warm
        through(port, bodies[:32], 4)
        for _ in range(turns):
            with cpu_time(time.process_time, spent[0], len(paths)):
                before = direct(encoder, paths)
            served = {}
            for clients in CLIENTS:
                with cpu_time(lambda: server_time(port), spent[clients], len(paths)):
                    served[clients] = through(port, bodies, clients)
            alone = (before + direct(encoder, paths)) / 2
            for clients, speed in served.items():
                ratios[clients].append(speed / alone)
            shown = ", ".join(f"{clients} clients {speed:.1f}/s" for clients, speed in served.items())
            print(f"direct {alone:.1f}/s; {shown}", flush=True)
    if any(spent[CLIENTS[0]]):
        served_ms = ", ".join(f"{clients} clients {statistics.median(spent[clients]):.1f}" for clients in CLIENTS)
        print(f"CPU time in ms a picture: direct {statistics.median(spent[0]):.1f}; {served_ms}")
    for clients, found in ratios.items():
        print(f"{clients:2d} clients: {statistics.median(found):.2f} of direct ({min(found):.2f} to {max(found):.2f})")


@contextmanager
def cpu_time(clock: Callable[[], float], into: list[float], pictures: int) -> Iterator[None]:
    """Append the CPU time of the block to `into`, in milliseconds for each image."""
    started = clock()
    yield
    into.append(1000 * (clock() - started) / pictures)


def server_time(port: int) -> float:
    """Return the CPU seconds of the server's process, from its metrics; 0 where they lack it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", "/metrics")
    lines = connection.getresponse().read().decode().splitlines()
    connection.close()
    return next((float(line.split()[1]) for line in lines if line.startswith("process_cpu_seconds_total")), 0.0)


def body_of(path: Path) -> bytes:
    value = base64.b64encode(path.read_bytes()).decode()
    return json.dumps({"clip_version_id": "ViT-B-16", "image": {"type": "base64", "value": value}}).encode()


def direct(encoder: OpenClipEncoder, paths: list[Path]) -> float:
    started = time.perf_counter()
    done = sum(len(batch) for batch in embed_images(enumerate(paths), encoder, cancel=threading.Event()))
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
