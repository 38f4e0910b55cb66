"""What a server is told when it starts, checked. Imports nothing heavy: the command line reads it."""

from __future__ import annotations

import hashlib
import ipaddress
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from clipdesk.core.errors import ServeError

#: What the API answers with when a request names no version.
DEFAULT_VERSION = "ViT-B-16"

#: The API's nine versions are OpenAI's weights, which want QuickGELU.
VERSIONS: Mapping[str, str] = {
    "RN50": "RN50-quickgelu:openai",
    "RN101": "RN101-quickgelu:openai",
    "RN50x4": "RN50x4-quickgelu:openai",
    "RN50x16": "RN50x16-quickgelu:openai",
    "RN50x64": "RN50x64-quickgelu:openai",
    "ViT-B-16": "ViT-B-16-quickgelu:openai",
    "ViT-B-32": "ViT-B-32-quickgelu:openai",
    "ViT-L-14": "ViT-L-14-quickgelu:openai",
    "ViT-L-14-336px": "ViT-L-14-336-quickgelu:openai",
}


@dataclass(frozen=True)
class ServerSettings:
    """How a server runs. `models` maps each `clip_version_id` to a model's name; `key_digests` empty: no key is asked.

    Keys are here as SHA-256 digests only, so that no repr, pickle or dump of the settings holds one.
    """

    models: Mapping[str, str] = field(default_factory=lambda: dict(VERSIONS))
    device: str = "auto"
    key_digests: tuple[bytes, ...] = field(default=(), repr=False)
    allow_urls: bool = False
    max_body_bytes: int = 20_000_000
    #: Of all requests together while they wait: the queue's limit in bytes, beside its limit in requests.
    max_waiting_bytes: int = 400_000_000
    max_pixels: int = 100_000_000
    max_requests: int = 256
    batch_wait_s: float = 0.005
    keep_models: int = 2
    body_timeout_s: float = 30.0
    stop_within_s: float = 30.0


@dataclass(frozen=True)
class RayOptions:
    """How Ray Serve spreads a server: `max_replicas` above `replicas` lets their number follow the load."""

    replicas: int = 1
    max_replicas: int = 1
    cpus_per_replica: float = 1.0
    gpus_per_replica: float = 0.0
    address: str = ""


def model_map(model: str | None, pairs: Sequence[str]) -> dict[str, str]:
    """VERSIONS with a person's own over them: `model` for the default version, then `VERSION=MODEL` pairs.

    Raises ServeError for a pair that is none.
    """
    models = dict(VERSIONS)
    if model:
        models[DEFAULT_VERSION] = model
    for pair in pairs:
        version, _, name = pair.partition("=")
        if not version.strip() or not name.strip():
            raise ServeError(f"“{pair}” is not VERSION=MODEL. Write it like “my-clip=local-dir:/models/my-clip”.")
        models[version.strip()] = name.strip()
    return models


def read_key_file(path: Path) -> tuple[bytes, ...]:
    """The SHA-256 digests of the keys in a file, one a line; empty lines and lines that begin with # do not count."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not a text file"
        raise ServeError(f"The key file “{path}” cannot be read: {reason}.") from None
    keys = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    if not keys:
        raise ServeError(f"The key file “{path}” holds no key. Write one key a line into it.")
    return tuple(key_digest(key) for key in keys)


def key_digest(key: str) -> bytes:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()


def is_loopback(host: str) -> bool:
    """Whether only programs on this computer can reach a server on `host`."""
    try:
        found = socket.getaddrinfo(host or "0.0.0.0", None, type=socket.SOCK_STREAM)
    except OSError as error:
        raise ServeError(f"“{host}” is not an address of this computer: {error.strerror}.") from None
    return all(ipaddress.ip_address(str(address[4][0]).partition("%")[0]).is_loopback for address in found)
