"""The catalog's entries, the search, and which models are on this computer."""

from __future__ import annotations

from pathlib import Path

import pytest
from encoders.conftest import HubServer

from clipdesk.core.errors import EncoderError
from clipdesk.encoders.models import catalog
from clipdesk.encoders.models.catalog import CATALOG, RECOMMENDED
from clipdesk.encoders.models.names import parse_model
from clipdesk.encoders.models.pretrained import all_models, architecture_config


def test_search_requires_every_word_in_any_case() -> None:
    found = catalog.search_models("siglip2 384")

    assert "ViT-B-16-SigLIP2-384:webli" in found
    assert all("SigLIP2" in name and "384" in name for name in found)
    assert catalog.search_models("korean") == ("ViT-B-16-SigLIP-i18n-256:webli",)
    assert catalog.search_models("warp drive") == ()


def test_search_finds_titles_in_the_language_of_the_person_and_in_english() -> None:
    korean = {"Recommended": "추천"}

    for words in ("추천", "recommended", "vit 추천"):
        assert catalog.search_models(words, lambda text: korean.get(text, text)) == (catalog.RECOMMENDED,)


# --- the catalog


def test_every_entry_but_the_starter_is_a_model_of_open_clip() -> None:
    assert {entry.name for entry in CATALOG[1:]} <= set(all_models())


def test_sizes_are_those_of_the_weights() -> None:
    import torch

    from clipdesk.encoders.devices import import_open_clip

    open_clip = import_open_clip()
    for entry in CATALOG[1:]:
        config = architecture_config(parse_model(entry.name).architecture)
        family = open_clip.CustomTextCLIP if config.pop("custom_text", False) else open_clip.CLIP
        with torch.device("meta"):
            values = sum(value.numel() for value in family(**config).state_dict().values())
        assert 0 <= entry.size_bytes - 4 * values < 40_000_000 or abs(entry.size_bytes / (4 * values) - 1) < 0.01


def test_find_entry() -> None:
    assert catalog.find_entry(RECOMMENDED) == CATALOG[1]
    assert catalog.find_entry("ViT-L-14:openai") is None


# --- on this computer


@pytest.fixture
def siglips(hub: HubServer) -> HubServer:
    """Download two models of open_clip that share a tokenizer, which is in the first one's repository."""
    for repo in ("timm/ViT-B-16-SigLIP", "timm/ViT-B-16-SigLIP-256"):
        hub.files[f"{repo}/open_clip_model.safetensors"] = repo.encode() * 100
    for name in ("tokenizer.json", "tokenizer_config.json", "README.md"):
        hub.files[f"timm/ViT-B-16-SigLIP/{name}"] = name.encode()
    catalog.download_model("ViT-B-16-SigLIP:webli")
    catalog.download_model("ViT-B-16-SigLIP-256:webli")
    return hub


def test_sizes_of_downloads(siglips: HubServer) -> None:
    assert catalog.downloaded_size("ViT-B-16-SigLIP-256:webli") == len(b"timm/ViT-B-16-SigLIP-256") * 100
    assert catalog.downloaded_size("ViT-L-14:openai") == 0
    assert catalog.can_delete("ViT-B-16-SigLIP-256:webli")
    assert not catalog.can_delete("ViT-L-14:openai")
    assert not catalog.can_delete("nonsense")


def test_deleting_removes_the_model_and_nothing_else(siglips: HubServer, own_cache: Path) -> None:
    (own_cache / "models--someone--else").mkdir()
    expected = catalog.downloaded_size("ViT-B-16-SigLIP-256:webli")

    freed = catalog.delete_download("ViT-B-16-SigLIP-256:webli")

    assert freed == expected
    assert not catalog.is_downloaded("ViT-B-16-SigLIP-256:webli")
    assert catalog.is_downloaded("ViT-B-16-SigLIP:webli")
    assert not (own_cache / "models--timm--ViT-B-16-SigLIP-256").exists()
    assert (own_cache / "models--someone--else").exists()


def test_deleting_keeps_a_tokenizer_that_another_downloaded_model_needs(siglips: HubServer, own_cache: Path) -> None:
    catalog.delete_download("ViT-B-16-SigLIP:webli")

    assert not catalog.is_downloaded("ViT-B-16-SigLIP:webli")
    assert catalog.is_downloaded("ViT-B-16-SigLIP-256:webli")

    catalog.download_model("ViT-B-16-SigLIP:webli")
    catalog.delete_download("ViT-B-16-SigLIP-256:webli")
    catalog.delete_download("ViT-B-16-SigLIP:webli")
    assert not (own_cache / "models--timm--ViT-B-16-SigLIP").exists()


def test_deleting_leaves_content_that_another_snapshot_shares(siglips: HubServer, own_cache: Path) -> None:
    folder = own_cache / "models--timm--ViT-B-16-SigLIP-256"
    (weights,) = folder.glob("snapshots/*/open_clip_model.safetensors")
    other = folder / "snapshots" / "older" / "renamed.safetensors"
    other.parent.mkdir()
    other.symlink_to(weights.resolve())

    freed = catalog.delete_download("ViT-B-16-SigLIP-256:webli")

    assert freed == 0
    assert other.read_bytes() == siglips.files["timm/ViT-B-16-SigLIP-256/open_clip_model.safetensors"]


def test_the_starter_and_local_folders_are_not_deleted(tiny_model_dir: Path) -> None:
    for name in ("starter", f"local-dir:{tiny_model_dir}"):
        assert not catalog.can_delete(name)
        with pytest.raises(EncoderError, match="not downloaded by ClipDesk"):
            catalog.delete_download(name)
    assert any(tiny_model_dir.iterdir())


def test_an_hf_hub_model_is_deleted_completely(hub: HubServer, tiny_model_dir: Path, own_cache: Path) -> None:
    hub.publish("acme/tiny", tiny_model_dir)
    catalog.download_model("hf-hub:acme/tiny")

    freed = catalog.delete_download("hf-hub:acme/tiny")

    assert freed == sum(path.stat().st_size for path in tiny_model_dir.iterdir())
    assert not (own_cache / "models--acme--tiny").exists()


def test_a_model_without_its_tokenizer_does_not_count_as_downloaded(siglips: HubServer, own_cache: Path) -> None:
    (tokenizer,) = (own_cache / "models--timm--ViT-B-16-SigLIP").glob("snapshots/*/tokenizer.json")
    tokenizer.unlink()

    assert not catalog.is_downloaded("ViT-B-16-SigLIP-256:webli")
