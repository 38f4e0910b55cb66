"""The recommended models, described for people new to CLIP, and which models are on this computer."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from clipdesk.core.errors import EncoderError, UnknownModelError
from clipdesk.core.messages import message
from clipdesk.encoders.models.hub_cache import HubFile, UrlFile, cached_folder, delete_files
from clipdesk.encoders.models.names import STARTER, Kind, ModelName, parse_model
from clipdesk.encoders.models.needed_files import CONFIG_NAME, needed_files
from clipdesk.encoders.models.pretrained import all_models
from clipdesk.encoders.models.progress import Progress
from clipdesk.resources import resource_path


@dataclass(frozen=True)
class CatalogEntry:
    """A model described in plain words. `size_bytes` is the approximate size of its download."""

    name: str
    title: str
    summary: str
    size_bytes: int
    licence: str
    languages: str
    kind: Kind = "pretrained"


# Sizes: 4 bytes per parameter of the architecture, built on torch's meta device (open_clip 3.3), plus 34 MB for the
# tokenizer.json of SigLIP 2. ImageNet accuracies: open_clip's docs/openclip_classification_results.csv.
CATALOG: tuple[CatalogEntry, ...] = (
    CatalogEntry(
        name=STARTER,
        title=message("core", "Starter"),
        summary=message(
            "core", "Built in: works at once and offline, but knows only simple things. For real work, choose another."
        ),
        size_bytes=0,
        licence=message("core", "MIT; see its card"),
        languages=message("core", "English"),
        kind="starter",
    ),
    CatalogEntry(
        name="ViT-B-32-256:datacomp_s34b_b86k",
        title=message("core", "Recommended"),
        summary=message(
            "core", "Fast on any computer and right most of the time (72.8 % of ImageNet without training)."
        ),
        size_bytes=605_000_000,
        licence="MIT",
        languages=message("core", "English"),
    ),
    CatalogEntry(
        name="ViT-B-16-SigLIP2-256:webli",
        title=message("core", "More accurate"),
        summary=message("core", "Sees finer differences; takes about four times as long per picture."),
        size_bytes=1_535_000_000,
        licence="Apache-2.0",
        languages=message("core", "English, and many others fairly well"),
    ),
    CatalogEntry(
        name="ViT-L-14:datacomp_xl_s13b_b90k",
        title=message("core", "More accurate, large"),
        summary=message(
            "core", "The classic large CLIP (79.2 % of ImageNet without training); best with a graphics card."
        ),
        size_bytes=1_710_000_000,
        licence="MIT",
        languages=message("core", "English"),
    ),
    CatalogEntry(
        name="ViT-B-16-SigLIP-i18n-256:webli",
        title=message("core", "Any language"),
        summary=message(
            "core", "Understands labels in more than 100 languages, including Korean (75.1 % of ImageNet)."
        ),
        size_bytes=1_500_000_000,
        licence="Apache-2.0",
        languages=message("core", "more than 100, including Korean, Japanese and Chinese"),
    ),
    CatalogEntry(
        name="ViT-B-16-quickgelu:openai",
        title=message("core", "Same scores as Roboflow's API"),
        summary=message("core", "OpenAI's original CLIP, which Roboflow's API uses: for scores that must match it."),
        size_bytes=598_000_000,
        licence="MIT",
        languages=message("core", "English"),
    ),
)

RECOMMENDED = CATALOG[1].name
#: For labels in other languages than English.
ANY_LANGUAGE = CATALOG[4]


def entries() -> tuple[CatalogEntry, ...]:
    """Return CATALOG as people see it: without the starter where that is not installed."""
    return tuple(entry for entry in CATALOG if entry.kind != "starter" or has_starter())


def find_entry(name: str) -> CatalogEntry | None:
    """Return the catalog's entry for a model, or None."""
    return next((entry for entry in CATALOG if entry.name == name), None)


def search_models(text: str, shown: Callable[[str], str] = str) -> tuple[str, ...]:
    """Return the names of all models that match every word of `text`, those in the catalog first.

    Models in the catalog also match by title, languages and licence. Case does not matter, and `-` equals `_`.
    `shown` returns these texts in the language of the person, in which they are searched as well.
    """
    words = text.lower().replace("-", "_").split()
    described: dict[str, str] = {}
    for entry in entries():
        texts = (entry.title, entry.languages, entry.licence)
        described[entry.name] = " ".join((entry.name, *texts, *map(shown, texts)))
    described |= {name: name for name in all_models() if name not in described}
    return tuple(
        name
        for name, description in described.items()
        if all(word in description.lower().replace("-", "_") for word in words)
    )


def default_model() -> str:
    """Return the model to start with: the recommended one if it is downloaded or there is no starter."""
    if is_downloaded(RECOMMENDED) or not has_starter():
        return RECOMMENDED
    return STARTER


def starter_folder() -> Path:
    """Return the folder of the model that comes with ClipDesk. It may be missing."""
    return resource_path("models/starter")


def has_starter() -> bool:
    """Return whether this installation has the starter model."""
    return (starter_folder() / CONFIG_NAME).is_file()


# --- On this computer -------------------------------------------------------------------------------------------------


def is_downloaded(name: str) -> bool:
    """Return whether a model can be loaded offline. Checks for a few files, without importing torch."""
    try:
        model = parse_model(name)
    except UnknownModelError:
        return False
    if model.kind == "starter":
        return has_starter()
    if model.kind == "local-dir":
        return (model.folder / CONFIG_NAME).is_file()
    return all(file.cached() is not None for file in needed_files(model) if file.required)


def download_model(name: str, progress: Progress | None = None, cancel: threading.Event | None = None) -> None:
    """Download everything a model needs, resuming an earlier download, so that it then loads offline.

    Does nothing for the starter and local folders. Raises UnknownModelError, ModelNotAvailableError and Cancelled.
    """
    from clipdesk.encoders.models.download import download_files

    model = parse_model(name)
    if model.kind == "hf-hub":
        # Only its configuration says which tokenizer the model needs.
        download_files([HubFile(model.repo, (CONFIG_NAME,))], title=name, progress=None, cancel=cancel)
    download_files(needed_files(model), title=name, progress=progress, cancel=cancel)


def downloaded_size(name: str) -> int:
    """Return about how many bytes `delete_download` would free: 0 if there is nothing to delete."""
    try:
        model = parse_model(name)
    except UnknownModelError:
        return 0
    by_url = [file.path for file in needed_files(model) if isinstance(file, UrlFile) and file.path.is_file()]
    return sum(path.stat().st_size for path in [*by_url, *(path for _, path in _own_files(model))])


def can_delete(name: str) -> bool:
    """Return whether `delete_download` would delete anything: never for the starter or a local folder."""
    return downloaded_size(name) > 0


def delete_download(name: str) -> int:
    """Delete a downloaded model from the cache and return the bytes freed.

    Deletes only files from the model's own repository, and keeps those that another downloaded model needs too. Raises
    UnknownModelError, and EncoderError for the starter and local folders, which ClipDesk did not download.
    """
    model = parse_model(name)
    if model.kind in ("starter", "local-dir"):
        words = message("core", "“{model}” was not downloaded by ClipDesk, so it is not deleted.")
        raise EncoderError(words.of(model=name))
    freed = 0
    for file in needed_files(model):
        if isinstance(file, UrlFile) and file.path.is_file():
            freed += file.path.stat().st_size
            file.path.unlink()
    repo = _repo_of(model)
    return freed + delete_files(repo, [file for file, _ in _own_files(model)]) if repo else freed


def _repo_of(model: ModelName) -> str:
    """Return the repository that holds the weights, or an empty string if they have a URL of their own."""
    first = next(iter(needed_files(model)), None)
    return first.repo if isinstance(first, HubFile) else ""


def _own_files(model: ModelName) -> list[tuple[str, Path]]:
    """Return names and paths of cached files in the model's own repository that no other downloaded model needs."""
    repo = _repo_of(model)
    folder = cached_folder(repo) if repo else None
    if folder is None:
        return []
    files = needed_files(model)
    names = _names_in(repo, files) - _needed_by_others(files, repo)
    return [(name, folder / name) for name in sorted(names) if (folder / name).is_file()]


def _needed_by_others(own: tuple[HubFile | UrlFile, ...], repo: str) -> set[str]:
    """Return the files of `repo` that a downloaded model with other weights needs.

    Nine models share the tokenizer in the repository of ViT-B-16-SigLIP.
    """
    needed: set[str] = set()
    for files in (needed_files(parse_model(name)) for name in all_models()):
        if files[0] != own[0] and _names_in(repo, files[1:]) and files[0].cached() is not None:
            needed |= _names_in(repo, files)
    return needed


def _names_in(repo: str, files: tuple[HubFile | UrlFile, ...]) -> set[str]:
    return {name for file in files if isinstance(file, HubFile) and file.repo == repo for name in file.names}
