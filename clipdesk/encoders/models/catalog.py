"""The models that a person may choose, in plain words, and what each needs on this computer."""

from __future__ import annotations

import builtins
import difflib
import functools
import importlib
import importlib.machinery
import importlib.util
import json
import re
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal

from clipdesk.core.errors import EncoderError, UnknownModelError
from clipdesk.encoders.models.download import HubFile, Progress, UrlFile, cached_folder, delete_files, download_files

Kind = Literal["starter", "pretrained", "local-dir", "hf-hub"]

CONFIG_NAME = "open_clip_config.json"
#: In the order of preference: safetensors first, as open_clip itself looks for them.
WEIGHTS_NAMES = ("open_clip_model.safetensors", "open_clip_pytorch_model.bin")


@dataclass(frozen=True)
class ModelName:
    """What a model's name says. `architecture` and `tag`, `folder` or `repo` are set as the kind asks for."""

    kind: Kind
    architecture: str = ""
    tag: str = ""
    folder: Path = Path()
    repo: str = ""

    def __str__(self) -> str:
        if self.kind == "pretrained":
            return f"{self.architecture}:{self.tag}"
        if self.kind == "local-dir":
            return f"local-dir:{self.folder}"
        return f"hf-hub:{self.repo}" if self.kind == "hf-hub" else "starter"


@dataclass(frozen=True)
class CatalogEntry:
    """A model in the words of somebody who does not know what CLIP is. `size_bytes` is about what it downloads.

    `repo` and `tokenizer` are the Hub repositories of its weights and of its tokenizer (empty: open_clip's own).
    """

    name: str
    title: str
    summary: str
    size_bytes: int
    licence: str
    languages: str
    kind: Kind = "pretrained"
    repo: str = ""
    tokenizer: str = ""


# Sizes: 4 bytes for each value in the state dict of the architecture built on torch's meta device (open_clip 3.3), plus
# 34 MB for SigLIP 2's tokenizer.json. ImageNet: open_clip's docs/openclip_classification_results.csv.
CATALOG: tuple[CatalogEntry, ...] = (
    CatalogEntry(
        name="starter",
        title="Starter",
        summary="Built in: works at once, without internet, and knows simple things only. For real work, take another.",
        size_bytes=0,
        licence="MIT; see its card",
        languages="English",
        kind="starter",
    ),
    CatalogEntry(
        name="ViT-B-32-256:datacomp_s34b_b86k",
        title="Recommended",
        summary="Fast on any computer and right most of the time (72.8 % of ImageNet without training).",
        size_bytes=605_000_000,
        licence="MIT",
        languages="English",
        repo="laion/CLIP-ViT-B-32-256x256-DataComp-s34B-b86K",
    ),
    CatalogEntry(
        name="ViT-B-16-SigLIP2-256:webli",
        title="More accurate",
        summary="Sees finer differences; takes about four times as long for each picture.",
        size_bytes=1_535_000_000,
        licence="Apache-2.0",
        languages="English, and many others fairly well",
        repo="timm/ViT-B-16-SigLIP2-256",
        tokenizer="timm/ViT-B-16-SigLIP2-256",
    ),
    CatalogEntry(
        name="ViT-L-14:datacomp_xl_s13b_b90k",
        title="More accurate, large",
        summary="The classic large CLIP (79.2 % of ImageNet without training); wants a graphics card.",
        size_bytes=1_710_000_000,
        licence="MIT",
        languages="English",
        repo="laion/CLIP-ViT-L-14-DataComp.XL-s13B-b90K",
    ),
    CatalogEntry(
        name="ViT-B-16-SigLIP-i18n-256:webli",
        title="Any language",
        summary="Understands labels in more than a hundred languages, Korean among them (75.1 % of ImageNet).",
        size_bytes=1_500_000_000,
        licence="Apache-2.0",
        languages="more than 100, Korean, Japanese and Chinese among them",
        repo="timm/ViT-B-16-SigLIP-i18n-256",
        tokenizer="timm/ViT-B-16-SigLIP-i18n-256",
    ),
    CatalogEntry(
        name="ViT-B-16-quickgelu:openai",
        title="Same scores as Roboflow's API",
        summary="OpenAI's first CLIP, which Roboflow's API answers with: for scores that must agree with it.",
        size_bytes=598_000_000,
        licence="MIT",
        languages="English",
        repo="timm/vit_base_patch16_clip_224.openai",
    ),
)

RECOMMENDED = CATALOG[1].name


def entries() -> tuple[CatalogEntry, ...]:
    """CATALOG as it is to be shown: the starter only where it is installed."""
    return tuple(entry for entry in CATALOG if entry.kind != "starter" or has_starter())


def find_entry(name: str) -> CatalogEntry | None:
    """The catalog's entry of a model, if it has one."""
    return next((entry for entry in CATALOG if entry.name == name), None)


def default_model() -> str:
    """The name to begin with: the recommended model when it is downloaded, else the starter when there is one."""
    if is_downloaded(RECOMMENDED) or not has_starter():
        return RECOMMENDED
    return "starter"


#: The name of the model that comes with ClipDesk.
STARTER = "starter"


def starter_folder() -> Path:
    """Where the model that comes with ClipDesk lies, or would."""
    from clipdesk.resources import resource_path

    return resource_path("models/starter")


def has_starter() -> bool:
    """Whether a model comes with this ClipDesk."""
    return (starter_folder() / CONFIG_NAME).is_file()


# --- Names ------------------------------------------------------------------------------------------------------------


def parse_model(name: str) -> ModelName:
    """The model that a name stands for: `starter`, `MODEL:TAG`, `local-dir:DIR` or `hf-hub:ORG/REPO`.

    Raises UnknownModelError with the nearest names. Does not look whether files are there.
    """
    name = name.strip()
    if name == "starter":
        return ModelName("starter")
    prefix, _, rest = name.partition(":")
    if prefix == "local-dir" and rest:
        return ModelName("local-dir", folder=Path(rest).expanduser().absolute())
    if prefix == "hf-hub" and re.fullmatch(r"\w[\w.-]*/\w[\w.-]*", rest):
        return ModelName("hf-hub", repo=rest)
    if prefix in ("local-dir", "hf-hub"):
        example = "local-dir:/path/to/folder" if prefix == "local-dir" else "hf-hub:ORG/REPO"
        raise UnknownModelError(f"“{name}” is not a model's name: write it as “{example}”.")
    architecture, tag = prefix.replace("/", "-"), rest
    if tag and _open_clip_table().get_pretrained_cfg(architecture, tag):
        return ModelName("pretrained", architecture, tag.lower().replace("-", "_"))
    raise UnknownModelError(f"“{name}” is not the name of a model. {_suggest(architecture, tag)}")


def _suggest(architecture: str, tag: str) -> str:
    names = all_models()
    tags = [name for name in names if name.partition(":")[0].lower() == architecture.lower()]
    wanted = f"{architecture}:{tag}".lower()
    by_lower = {name.lower(): name for name in tags or names}
    near = [by_lower[match] for match in difflib.get_close_matches(wanted, by_lower, n=3, cutoff=0.5)]
    near = near or tags[:3]
    if difflib.get_close_matches(wanted, ["starter:"], cutoff=0.8):
        near = ["starter"]
    if near:
        return f"Did you mean {' or '.join(f'“{name}”' for name in near)}?"
    return "Write it as MODEL:TAG (“clipdesk models list” shows them), local-dir:DIR or hf-hub:ORG/REPO."


def all_models() -> tuple[str, ...]:
    """Every `model:tag` that open_clip lists. Takes milliseconds: torch is not imported for it."""
    return tuple(_open_clip_table().list_pretrained(as_str=True))


def search_models(text: str) -> tuple[str, ...]:
    """The names that contain every word of `text`, those of the catalog first; its titles count as well."""
    words = text.lower().replace("-", "_").split()
    described = {entry.name: f"{entry.name} {entry.title} {entry.languages} {entry.licence}" for entry in entries()}
    described |= {name: name for name in all_models() if name not in described}
    return tuple(
        name for name, said in described.items() if all(word in said.lower().replace("-", "_") for word in words)
    )


# --- On this computer -------------------------------------------------------------------------------------------------


def is_downloaded(name: str) -> bool:
    """Whether a model can be loaded without network. Looks for a handful of files; torch is not imported."""
    try:
        model = _parsed(name)
    except UnknownModelError:
        return False
    if model.kind in ("starter", "local-dir"):
        return (_folder(model) / CONFIG_NAME).is_file()
    return all(file.cached() is not None for file in needed_files(model) if file.required)


def downloaded_size(name: str) -> int:
    """Bytes that `delete_download` would free, about; 0 when nothing is there."""
    try:
        model = _parsed(name)
    except UnknownModelError:
        return 0
    by_url = [file.path for file in _files(model) if isinstance(file, UrlFile) and file.path.is_file()]
    return sum(path.stat().st_size for path in [*by_url, *(path for _, path in _own_files(model))])


def can_delete(name: str) -> bool:
    """Whether `delete_download` has something to delete: not the starter, not a person's own folder."""
    return downloaded_size(name) > 0


def delete_download(name: str) -> int:
    """Delete a downloaded model from the cache; bytes freed.

    Only files that this model needs, in its own repository; not what another downloaded model also needs. Raises
    EncoderError for the starter and for a person's own folder, which are no downloads.
    """
    model = _parsed(name)
    if model.kind in ("starter", "local-dir"):
        raise EncoderError(f"“{name}” was not downloaded by ClipDesk, so it is not deleted.")
    freed = 0
    for file in _files(model):
        if isinstance(file, UrlFile) and file.path.is_file():
            freed += file.path.stat().st_size
            file.path.unlink()
    repo = _repo_of(model)
    return freed + delete_files(repo, [file for file, _ in _own_files(model)]) if repo else freed


def download_model(name: str, progress: Progress | None = None, cancel: threading.Event | None = None) -> None:
    """Fetch everything that a model needs, so that it then loads without network.

    Goes on where an earlier download stopped. Raises ModelNotAvailableError and Cancelled.
    """
    model = _parsed(name)
    if model.kind in ("starter", "local-dir"):
        return
    if model.kind == "hf-hub":
        # The configuration says which tokenizer it needs.
        download_files([HubFile(model.repo, (CONFIG_NAME,))], what=name, progress=None, cancel=cancel)
    download_files(needed_files(model), what=name, progress=progress, cancel=cancel)


def needed_files(model: ModelName) -> tuple[HubFile | UrlFile, ...]:
    """The files that a downloadable model is loaded from: its weights first, then what is not open_clip's own.

    For hf-hub the latter are known once its configuration is on this computer.
    """
    entry = find_entry(str(model))
    if entry is not None and entry.repo:
        tokenizer = tokenizer_files(entry.tokenizer) if entry.tokenizer else ()
        return (HubFile(entry.repo, WEIGHTS_NAMES), *tokenizer)
    if model.kind == "hf-hub":
        folder = cached_folder(model.repo)
        config = read_json(folder / CONFIG_NAME) if folder else {}
        own = (HubFile(model.repo, WEIGHTS_NAMES), HubFile(model.repo, (CONFIG_NAME,)))
        return (*own, *text_files(config.get("model_cfg", {})))
    pretrained = pretrained_config(model)
    repo, _, file = str(pretrained["hf_hub"]).rpartition("/")
    if repo:
        safe = file.rpartition(".")[0] + ".safetensors"
        weights: HubFile | UrlFile = HubFile(repo, (safe, file) if file else WEIGHTS_NAMES)
    else:
        weights = UrlFile(str(pretrained["url"]), _checksum_in(str(pretrained["url"])))
    return (weights, *text_files(architecture_config(model.architecture)))


def text_files(model_config: Mapping[str, Any]) -> tuple[HubFile, ...]:
    """What the text tower and the tokenizer of a model configuration need from the Hub."""
    text = model_config.get("text_cfg", {})
    tower = (HubFile(text["hf_model_name"], ("config.json",)),) if text.get("hf_model_name") else ()
    tokenizer = tokenizer_files(text["hf_tokenizer_name"]) if text.get("hf_tokenizer_name") else ()
    return (*tower, *tokenizer)


#: One of these holds a tokenizer's vocabulary; transformers reads the first that it finds.
VOCABULARY_NAMES = ("tokenizer.json", "sentencepiece.bpe.model", "spiece.model", "vocab.json", "vocab.txt")


def tokenizer_files(repo: str) -> tuple[HubFile, ...]:
    optional = ("tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "merges.txt", "config.json")
    return (HubFile(repo, VOCABULARY_NAMES), *(HubFile(repo, (name,), required=False) for name in optional))


def read_json(path: Path) -> dict[str, Any]:
    """A JSON object from a file; empty when there is none that can be read."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _parsed(name: str) -> ModelName:
    """`parse_model`, which needs no look into open_clip for the names of the catalog."""
    entry = find_entry(name)
    if entry is not None and entry.kind == "pretrained":
        architecture, _, tag = name.partition(":")
        return ModelName("pretrained", architecture, tag)
    return parse_model(name)


def _folder(model: ModelName) -> Path:
    return starter_folder() if model.kind == "starter" else model.folder


def _files(model: ModelName) -> tuple[HubFile | UrlFile, ...]:
    return () if model.kind in ("starter", "local-dir") else needed_files(model)


def _repo_of(model: ModelName) -> str:
    """The repository that the weights come from; empty when they come from an address of their own."""
    first = next(iter(_files(model)), None)
    return first.repo if isinstance(first, HubFile) else ""


def _own_files(model: ModelName) -> list[tuple[str, Path]]:
    """Names and paths of the files in the model's own repository that no other downloaded model needs."""
    repo = _repo_of(model)
    folder = cached_folder(repo) if repo else None
    if folder is None:
        return []
    names = _names_in(repo, _files(model)) - _needed_by_others(_files(model), repo)
    return [(name, folder / name) for name in sorted(names) if (folder / name).is_file()]


def _needed_by_others(own: tuple[HubFile | UrlFile, ...], repo: str) -> set[str]:
    """Files of `repo` that a downloaded model with other weights needs: ViT-B-16-SigLIP's tokenizer serves nine."""
    needed: set[str] = set()
    for files in (_files(_parsed(name)) for name in all_models()):
        if files[0] != own[0] and _names_in(repo, files[1:]) and files[0].cached() is not None:
            needed |= _names_in(repo, files)
    return needed


def _names_in(repo: str, files: tuple[HubFile | UrlFile, ...]) -> set[str]:
    return {name for file in files if isinstance(file, HubFile) and file.repo == repo for name in file.names}


# --- What open_clip knows ---------------------------------------------------------------------------------------------


def pretrained_config(model: ModelName) -> dict[str, Any]:
    """open_clip's entry for a `model:tag`: `hf_hub`, `url`, mean, std, interpolation, resize_mode, quick_gelu."""
    return dict(_open_clip_table().get_pretrained_cfg(model.architecture, model.tag))


def architecture_config(architecture: str) -> dict[str, Any]:
    """open_clip's configuration of an architecture, from the file in its package."""
    return read_json(_open_clip_package() / "model_configs" / f"{architecture}.json")


def _checksum_in(url: str) -> str:
    """The checksum, or its beginning, that the makers put into the address, as open_clip reads it."""
    if "openaipublic" in url:
        return url.split("/")[-2]
    if "mlfoundations" in url:
        return Path(url.rpartition("/")[2]).stem.rpartition("-")[2]
    return ""


@functools.cache
def _open_clip_package() -> Path:
    spec = importlib.util.find_spec("open_clip")
    if spec is None or not spec.submodule_search_locations:
        raise EncoderError("open_clip is not installed. Install ClipDesk again.")
    return Path(spec.submodule_search_locations[0])


def _open_clip_table() -> Any:
    """open_clip.pretrained: `list_pretrained` and `get_pretrained_cfg`."""
    loaded = sys.modules.get("open_clip.pretrained")
    # Its last function: another thread may be in the middle of importing it.
    return loaded if hasattr(loaded, "download_pretrained") else _table_without_torch()


@functools.cache
def _table_without_torch() -> Any:
    """The module's own code, run apart from its package, whose import takes torch's 3 to 25 seconds with it."""

    def import_for_table(name: str, *args: Any) -> Any:
        level = args[3] if len(args) > 3 else 0
        if level:
            return run(name)
        if name.partition(".")[0] in ("safetensors", "huggingface_hub", "torch"):
            raise ImportError(name)
        return builtins.__import__(name, *args)

    def run(name: str) -> SimpleNamespace:
        full = f"open_clip.{name}"
        spec = importlib.machinery.PathFinder.find_spec(full, [str(_open_clip_package())])
        if spec is None or spec.loader is None or not hasattr(spec.loader, "get_code"):
            raise ImportError(full)
        space = {"__name__": full, "__builtins__": {**vars(builtins), "__import__": import_for_table}}
        exec(spec.loader.get_code(full), space)
        return SimpleNamespace(**space)

    try:
        return run("pretrained")
    except (ImportError, AttributeError, KeyError, NameError, TypeError):
        # Written in another way than open_clip 3.2 and 3.3, or packed where its code is not found.
        from clipdesk.encoders.devices import import_open_clip

        import_open_clip()
        return importlib.import_module("open_clip.pretrained")
