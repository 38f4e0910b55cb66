from __future__ import annotations

import pytest

from clipdesk.encoders.models.languages import unknown_words_finder

TEXTS = ("a photo of a 강아지", "a dog", "собака", "a café", "कुत्ता")


@pytest.mark.parametrize(
    "model", ["ViT-B-32-256:datacomp_s34b_b86k", "ViT-B-16-quickgelu:openai", "ViT-B-16-SigLIP:webli"]
)
def test_an_english_model_knows_no_other_script(model: str) -> None:
    find = unknown_words_finder(model)

    assert find is not None
    assert find(TEXTS) == ("강아지", "собака", "कुत्ता")


@pytest.mark.parametrize(
    "model",
    [
        "ViT-B-16-SigLIP-i18n-256:webli",
        "ViT-B-16-SigLIP2-256:webli",
        "xlm-roberta-base-ViT-B-32:laion5b_s13b_b90k",
        "local-dir:/models/mine",
        "hf-hub:acme/model",
        "ViT-B-16",
        "clip",
    ],
)
def test_of_other_models_nobody_can_tell(model: str) -> None:
    assert unknown_words_finder(model) is None


@pytest.mark.parametrize("text", ["강아지", "고양이", "犬", "собака", "🐶", "कुत्ता", "Hündin"])
def test_the_starter_model_knows_english_words_only(text: str) -> None:
    find = unknown_words_finder("starter")

    assert find is not None
    assert find([f"a photo of a {text}"]) == (text.casefold(),)
