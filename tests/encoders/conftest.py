"""A Hugging Face Hub on loopback, and an own download cache for each test."""

from __future__ import annotations

import contextlib
import hashlib
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

COMMIT = "c0ffee" * 6 + "c0ff"


class HubServer(ThreadingHTTPServer):
    """Answers as the Hub does: serves small files itself, redirects large ones to a storage host (localhost).

    `cut_after` lists, for one response after another, after how many bytes the connection breaks. After `stall_after`
    bytes the response sets `stalled` and waits for `release`. `requests` records (method, host, path, Range,
    Authorization).
    """

    daemon_threads = False
    block_on_close = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files: dict[str, bytes] = {}
        self.damaged: set[str] = set()
        self.portal = b""  # if set, the response to every request, like the login page of a hotel's network
        self.cut_after: list[int] = []
        self.stall_after: int | None = None
        self.stalled, self.release = threading.Event(), threading.Event()
        self.requests: list[tuple[str, str, str, str, str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def publish(self, repo: str, folder: Path) -> None:
        for path in folder.iterdir():
            self.files[f"{repo}/{path.name}"] = path.read_bytes()

    def gets(self, name: str) -> list[tuple[str, str, str, str, str]]:
        return [request for request in self.requests if request[0] == "GET" and request[2].endswith(name)]


class _Handler(BaseHTTPRequestHandler):
    server: HubServer
    protocol_version = "HTTP/1.0"

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def log_message(self, *_args: object) -> None:
        pass

    def _answer(self, *, body: bool) -> None:
        range_, authorization = self.headers.get("Range", ""), self.headers.get("Authorization", "")
        host = self.headers.get("Host", "").partition(":")[0]
        self.server.requests.append((self.command, host, self.path, range_, authorization))
        if self.server.portal:
            self.server.files["portal"] = self.server.portal
            self._send("portal", {"ETag": '"1"'}, body)
            return
        parts = self.path.strip("/").split("/")
        if parts[0] == "storage":
            self._send("/".join(parts[1:]), {}, body)
            return
        key = "/".join([*parts[:2], *parts[4:]])
        if not any(name.startswith("/".join(parts[:2]) + "/") for name in self.server.files):
            self._status(401, {"X-Error-Code": "RepoNotFound"})
        elif key not in self.server.files:
            self._status(404, {"X-Error-Code": "EntryNotFound", "X-Repo-Commit": COMMIT})
        elif key.endswith((".safetensors", ".bin")):
            content = self.server.files[key]
            headers = {
                "X-Repo-Commit": COMMIT,
                "X-Linked-Etag": f'"{hashlib.sha256(content).hexdigest()}"',
                "X-Linked-Size": str(len(content)),
                "ETag": '"of-the-redirect"',
                "Location": f"http://localhost:{self.server.server_port}/storage/{key}",
            }
            self._status(302, headers)
        else:
            content = self.server.files[key]
            etag = hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
            self._send(key, {"X-Repo-Commit": COMMIT, "ETag": f'"{etag}"'}, body)

    def _status(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": "0"}.items():
            self.send_header(name, value)
        self.end_headers()

    def _send(self, key: str, headers: dict[str, str], body: bool) -> None:
        content = self.server.files[key]
        if key in self.server.damaged:
            content = bytes(len(content))
        start = int(self.headers["Range"].removeprefix("bytes=").rstrip("-")) if self.headers.get("Range") else 0
        self.send_response(206 if start else 200)
        for name, value in {**headers, "Content-Length": str(len(content) - start)}.items():
            self.send_header(name, value)
        self.end_headers()
        if not body:
            return
        content = content[start:]
        large = key.endswith((".safetensors", ".bin"))
        if large and self.server.cut_after:
            content = content[: self.server.cut_after.pop(0)]
        if large and self.server.stall_after is not None:
            self.wfile.write(content[: self.server.stall_after])
            content = content[self.server.stall_after :]
            self.server.stall_after = None
            self.server.stalled.set()
            self.server.release.wait(10)
        with contextlib.suppress(OSError):  # the client has disconnected, as some tests intend
            self.wfile.write(content)


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[HubServer]:
    """Run the loopback Hub and use it instead of huggingface.co."""
    server = HubServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", server.url)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
    yield server
    server.release.set()
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(autouse=True)
def own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    cache = tmp_path / "cache" / "hub"
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(cache))
    monkeypatch.setattr("huggingface_hub.constants.HF_HOME", str(cache.parent))
    monkeypatch.delenv("HF_TOKEN", raising=False)
    return cache


@pytest.fixture(scope="session")
def hf_text_model_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a tiny model with a text tower and a tokenizer of the Hugging Face kind, all in one folder."""
    from tiny_model import save_model
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, PreTrainedTokenizerFast

    from clipdesk.encoders.devices import import_open_clip

    folder = tmp_path_factory.mktemp("hf-text")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "photo", "of", "cat", "dog", "고양이"]
    tokenizer = Tokenizer(models.WordLevel({word: at for at, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]"
    ).save_pretrained(folder)
    bert = BertConfig(
        vocab_size=len(words),
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=32,
        pad_token_id=0,
    )
    (folder / "config.json").write_text(json.dumps({**bert.to_dict(), "model_type": "bert"}), encoding="utf-8")
    config = {
        "embed_dim": 64,
        "vision_cfg": {"image_size": 32, "layers": 1, "width": 64, "head_width": 32, "patch_size": 8},
        "text_cfg": {
            "hf_model_name": "acme/tiny-bert",
            "hf_tokenizer_name": "acme/tiny-bert",
            "hf_pooler_type": "mean_pooler",
            "hf_proj_type": "linear",
            "context_length": 8,
        },
    }
    local = json.loads(json.dumps(config))
    local["text_cfg"] |= {"hf_model_name": str(folder), "hf_model_pretrained": False}
    import torch

    with torch.random.fork_rng():
        torch.manual_seed(7)
        network = import_open_clip().CustomTextCLIP(**local)
    save_model(folder, network, config)
    return folder
