"""The settings of a server. Imports nothing heavy, because the command line reads them."""

from __future__ import annotations

import hashlib
import ipaddress
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from clipdesk.core.errors import ServeError
from clipdesk.server.web.tls import Certificate

#: The version used for requests without a `clip_version_id`, as in Roboflow's API.
DEFAULT_VERSION = "ViT-B-16"

#: The model for each of the API's nine versions: OpenAI's weights, which were trained with QuickGELU.
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
    """How a server runs.

    `models` maps each `clip_version_id` to a model name. `key_digests` are the SHA-256 digests of the API keys, so
    that no repr, pickle or core dump of the settings contains a key; empty: requests need no key.
    """

    models: Mapping[str, str] = field(default_factory=lambda: dict(VERSIONS))
    device: str = "auto"
    key_digests: tuple[bytes, ...] = field(default=(), repr=False)
    allow_urls: bool = False
    max_body_bytes: int = 20_000_000
    #: The total size of the bodies of all requests that are being read or answered.
    max_waiting_bytes: int = 400_000_000
    #: Pixels of a picture; `images.ImageReader` says what follows for a request.
    max_pixels: int = 100_000_000
    #: Requests that have been read and are being answered.
    max_requests: int = 256
    max_connections: int = 4096
    batch_wait_s: float = 0.005
    keep_models: int = 2
    head_timeout_s: float = 20.0
    #: Origins whose web pages may call the API, such as `https://example.com`, or `*`.
    cors_origins: tuple[str, ...] = ()
    certificate: Certificate | None = None
    #: Versions that are loaded at the start and stay in memory, besides the default one.
    preload: tuple[str, ...] = ()
    #: How long a request waits for a model that is being loaded.
    load_wait_s: float = 60.0
    body_timeout_s: float = 30.0
    stop_within_s: float = 30.0


@dataclass(frozen=True)
class RayOptions:
    """How Ray Serve distributes a server. With `max_replicas` above `replicas` their number follows the load.

    `address` is the cluster to join; empty: start Ray on this computer.
    """

    replicas: int = 1
    max_replicas: int = 1
    cpus_per_replica: float = 1.0
    gpus_per_replica: float = 0.0
    address: str = ""


def model_map(model: str | None, pairs: Sequence[str]) -> dict[str, str]:
    """Return VERSIONS, overridden by `model` for the default version, then by `VERSION=MODEL` pairs.

    Raises ServeError for a pair in another form.

    >>> model_map(None, ["my-clip=local-dir:/models/my-clip"])["my-clip"]
    'local-dir:/models/my-clip'
    """
    models = dict(VERSIONS)
    if model:
        models[DEFAULT_VERSION] = model
    for pair in pairs:
        version, _, name = pair.partition("=")
        if not version.strip() or not name.strip():
            raise ServeError(f"“{pair}” is not VERSION=MODEL. Example: “my-clip=local-dir:/models/my-clip”.")
        models[version.strip()] = name.strip()
    return models


def read_key_file(path: Path) -> tuple[bytes, ...]:
    """Return the SHA-256 digests of the keys in a file with one key per line.

    Ignores empty lines and lines that start with #. Raises ServeError if the file cannot be read or has no key.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not a text file"
        raise ServeError(f"The key file “{path}” cannot be read: {reason}.") from None
    keys = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    if not keys:
        raise ServeError(f"The key file “{path}” contains no key. Write one key per line into it.")
    return tuple(key_digest(key) for key in keys)


def key_digest(key: str) -> bytes:
    """Return the SHA-256 digest of a key."""
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()


def is_loopback(host: str) -> bool:
    """Return whether a server on `host` can be reached only from this computer. Raises ServeError."""
    try:
        found = socket.getaddrinfo(host or "0.0.0.0", None, type=socket.SOCK_STREAM)
    except OSError as error:
        raise ServeError(f"“{host}” is not an address of this computer: {error.strerror}.") from None
    return all(ipaddress.ip_address(str(address[4][0]).partition("%")[0]).is_loopback for address in found)
