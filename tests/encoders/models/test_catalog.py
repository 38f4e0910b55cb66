"""Names, the catalog's entries, and what is on this computer."""

from __future__ import annotations

from pathlib import Path

import pytest
from encoders.conftest import HubServer

from clipdesk.core.errors import EncoderError, ModelNotAvailableError, UnknownModelError
from clipdesk.encoders.local.open_clip import load_encoder
from clipdesk.encoders.models import catalog
from clipdesk.encoders.models.catalog import CATALOG, RECOMMENDED, ModelName, parse_model

# --- names


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("starter", ModelName("starter")),
        ("ViT-B-32:openai", ModelName("pretrained", "ViT-B-32", "openai")),
        (" ViT-B/32:OpenAI ", ModelName("pretrained", "ViT-B-32", "openai")),
        ("hf-hub:timm/ViT-B-16-SigLIP", ModelName("hf-hub", repo="timm/ViT-B-16-SigLIP")),
        ("local-dir:~/m", ModelName("local-dir", folder=Path.home() / "m")),
        ("local-dir:m", ModelName("local-dir", folder=Path.cwd() / "m")),
    ],
)
def test_names_are_read(name: str, expected: ModelName) -> None:
    assert parse_model(name) == expected
    assert parse_model(str(expected)) == expected


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        ("ViT-B-23:openai", "“ViT-B-32:openai”"),
        ("vit-b-16-siglip2-256:webli", "“ViT-B-16-SigLIP2-256:webli”"),
        ("ViT-L-14:datacomp_xl", "“ViT-L-14:datacomp_xl_s13b_b90k”"),
        ("ViT-L-14", "“ViT-L-14:openai”"),
        ("hf-hub:timm", "hf-hub:ORG/REPO"),
        ("hf-hub:../..", "hf-hub:ORG/REPO"),
        ("local-dir:", "local-dir:/path/to/folder"),
        ("", "MODEL:TAG"),
        ("strater", "“starter”"),
    ],
)
def test_a_typo_gets_the_nearest_names(name: str, suggestion: str) -> None:
    with pytest.raises(UnknownModelError) as caught:
        parse_model(name)
    assert suggestion in str(caught.value)


def test_every_model_of_open_clip_is_listed_and_read() -> None:
    import open_clip

    assert catalog.all_models() == tuple(open_clip.list_pretrained(as_str=True))
    assert catalog._table_without_torch().list_pretrained() == open_clip.list_pretrained()
    for name in catalog.all_models():
        model = parse_model(name)
        assert str(model) == name
        assert catalog.pretrained_config(model) == open_clip.get_pretrained_cfg(model.architecture, model.tag)
        assert catalog.architecture_config(model.architecture) == open_clip.get_model_config(model.architecture)
        assert catalog.needed_files(model)


def test_search_finds_every_word_in_any_case() -> None:
    found = catalog.search_models("siglip2 384")

    assert "ViT-B-16-SigLIP2-384:webli" in found
    assert all("SigLIP2" in name and "384" in name for name in found)
    assert catalog.search_models("korean") == ("ViT-B-16-SigLIP-i18n-256:webli",)
    assert catalog.search_models("warp drive") == ()


# --- the catalog


@pytest.mark.parametrize("entry", CATALOG[1:], ids=lambda entry: str(entry.title))
def test_entries_say_where_open_clip_finds_their_files(
    entry: catalog.CatalogEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = parse_model(entry.name)
    by_entry = catalog.needed_files(model)
    monkeypatch.setattr(catalog, "CATALOG", ())

    assert catalog.needed_files(model) == by_entry


def test_sizes_are_those_of_the_weights() -> None:
    import torch

    from clipdesk.encoders.devices import import_open_clip

    open_clip = import_open_clip()
    for entry in CATALOG[1:]:
        config = catalog.architecture_config(parse_model(entry.name).architecture)
        family = open_clip.CustomTextCLIP if config.pop("custom_text", False) else open_clip.CLIP
        with torch.device("meta"):
            values = sum(value.numel() for value in family(**config).state_dict().values())
        assert 0 <= entry.size_bytes - 4 * values < 40_000_000 or abs(entry.size_bytes / (4 * values) - 1) < 0.01


def test_the_starter_is_listed_only_where_it_is_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(catalog, "starter_folder", lambda: tmp_path / "starter")
    assert "starter" not in [entry.name for entry in catalog.entries()]
    assert not catalog.is_downloaded("starter")
    with pytest.raises(ModelNotAvailableError, match=f"starter model is not part .* Choose “{RECOMMENDED}”"):
        load_encoder("starter")

    (tmp_path / "starter").mkdir()
    (tmp_path / "starter" / "open_clip_config.json").write_text("{}", encoding="utf-8")
    assert catalog.entries()[0].name == "starter"
    assert catalog.is_downloaded("starter")


def test_the_starter_is_loaded_from_its_folder(monkeypatch: pytest.MonkeyPatch, tiny_model_dir: Path) -> None:
    monkeypatch.setattr(catalog, "starter_folder", lambda: tiny_model_dir)

    assert load_encoder("starter").identity.model == "starter"


def test_the_default_is_the_best_that_is_there(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, hub: HubServer) -> None:
    monkeypatch.setattr(catalog, "starter_folder", lambda: tmp_path / "starter")
    assert catalog.default_model() == RECOMMENDED

    (tmp_path / "starter").mkdir()
    (tmp_path / "starter" / "open_clip_config.json").write_text("{}", encoding="utf-8")
    assert catalog.default_model() == "starter"

    hub.files[f"{CATALOG[1].repo}/open_clip_model.safetensors"] = b"weights"
    catalog.download_model(RECOMMENDED)
    assert catalog.default_model() == RECOMMENDED


def test_find_entry() -> None:
    assert catalog.find_entry(RECOMMENDED) == CATALOG[1]
    assert catalog.find_entry("ViT-L-14:openai") is None


# --- on this computer


@pytest.fixture
def siglips(hub: HubServer) -> HubServer:
    """Two models that share the first one's tokenizer, as open_clip lists them."""
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


def test_deleting_frees_the_disk_and_leaves_the_rest(siglips: HubServer, own_cache: Path) -> None:
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


def test_the_starter_and_own_folders_are_not_deleted(tiny_model_dir: Path) -> None:
    for name in ("starter", f"local-dir:{tiny_model_dir}"):
        assert not catalog.can_delete(name)
        with pytest.raises(EncoderError, match="not downloaded by ClipDesk"):
            catalog.delete_download(name)
    assert any(tiny_model_dir.iterdir())


def test_an_hf_hub_model_is_deleted_whole(hub: HubServer, tiny_model_dir: Path, own_cache: Path) -> None:
    hub.publish("acme/tiny", tiny_model_dir)
    catalog.download_model("hf-hub:acme/tiny")

    freed = catalog.delete_download("hf-hub:acme/tiny")

    assert freed == sum(path.stat().st_size for path in tiny_model_dir.iterdir())
    assert not (own_cache / "models--acme--tiny").exists()


def test_a_model_without_its_tokenizer_does_not_count(siglips: HubServer, own_cache: Path) -> None:
    (tokenizer,) = (own_cache / "models--timm--ViT-B-16-SigLIP").glob("snapshots/*/tokenizer.json")
    tokenizer.unlink()

    assert not catalog.is_downloaded("ViT-B-16-SigLIP-256:webli")
