"""Find the words in labels that a model cannot know: those outside its vocabulary, or in another script."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable

from clipdesk.core.errors import UnknownModelError
from clipdesk.encoders.models.names import STARTER, parse_model
from clipdesk.encoders.models.pretrained import architecture_config
from clipdesk.encoders.models.starter_words import unknown_words, words_of

FindUnknownWords = Callable[[Iterable[str]], tuple[str, ...]]

#: Tokenizers of open_clip's architectures that were trained on English. None is CLIP's own.
_ENGLISH_TOKENIZERS = (None, "bert-base-uncased", "roberta-base", "timm/ViT-B-16-SigLIP")


def unknown_words_finder(model: str) -> FindUnknownWords | None:
    """Return the function that finds the words in prompts that a model does not know, or None if nobody can tell.

    The starter model's vocabulary is known. open_clip's English models were taught no other script than Latin.
    Models from a folder, from the Hub or on a server may have been trained in any language.
    """
    if model == STARTER:
        return unknown_words
    try:
        name = parse_model(model)
    except UnknownModelError:
        return None
    text = architecture_config(name.architecture).get("text_cfg") if name.kind == "pretrained" else None
    if text is None or text.get("hf_tokenizer_name") not in _ENGLISH_TOKENIZERS:
        return None
    return words_in_other_scripts


def words_in_other_scripts(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the words that are not in Latin script, each once.

    >>> words_in_other_scripts(["a photo of a 강아지", "café"])
    ('강아지',)
    """
    return tuple(dict.fromkeys(word for text in texts for word in words_of(text) if not _is_latin(word)))


def _is_latin(word: str) -> bool:
    letters = (char for char in word if unicodedata.category(char).startswith("L"))
    return all("LATIN" in unicodedata.name(char, "") for char in letters)
