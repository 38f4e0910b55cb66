"""What to search for: terms, as they are typed and as prompts.

    beach at sunset, +dog -people

are three terms. A comma, a line break, or a sign at the beginning of a word starts a new term. `-` excludes, `+` counts
twice, `++` three times. Nothing in quotation marks is special.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from clipdesk.core.labels.label_set import PLAIN_TEMPLATE, Label, clean_name
from clipdesk.core.labels.prompts import ImagePrompt, Prompt, TextPrompt


@dataclass(frozen=True)
class Term:
    """One thing to search for: a text, or an image file.

    `weight` says how much it counts beside the other terms; negative terms exclude.
    """

    text: str = ""
    image: Path | None = None
    weight: float = 1.0

    @property
    def is_excluded(self) -> bool:
        return self.weight < 0

    @property
    def name(self) -> str:
        """The text, or the file's name."""
        return self.text if self.image is None else self.image.name


def parse_query(text: str) -> tuple[Term, ...]:
    """Return the terms in a text, in their order. Any text has a meaning; a blank one has no terms.

    >>> [(term.text, term.weight) for term in parse_query("beach at sunset, +dog -red car")]
    [('beach at sunset', 1.0), ('dog', 2.0), ('red car', -1.0)]
    """
    terms: list[Term] = []
    signs, words = "", list[str]()
    for match in _TOKEN.finditer(text):
        sign, quoted, comma, word = match.group("sign", "quoted", "comma", "word")
        if comma or sign:
            terms += _term(signs, words)
            signs, words = sign or "", []
        elif quoted is not None:
            words.append(quoted)
        else:
            words.append(word)
    return (*terms, *_term(signs, words))


def query_text(terms: Iterable[Term]) -> str:
    """Return a text that `parse_query` reads as the texts among these terms. Pictures are left out."""
    return ", ".join(_signs(term.weight) + _quoted(term.text) for term in terms if term.image is None)


def term_prompts(terms: Sequence[Term], templates: Sequence[str] = (PLAIN_TEMPLATE,)) -> list[list[Prompt]]:
    """Return the prompts of each term: its text in every template, or its image.

    `labels.scoring.label_vectors` makes the vectors of the terms of them, and `have_references` tells the images.
    """
    return [
        [ImagePrompt(term.image)]
        if term.image is not None
        else [TextPrompt(template.replace("{}", term.text)) for template in templates]
        for term in terms
    ]


def label_of_query(terms: Sequence[Term]) -> Label | None:
    """Return a label that stands for what is searched for, or None if everything is excluded.

    Its prompts are the texts, its references the images. A label knows neither excluded terms nor weights.
    """
    wanted = [term for term in terms if not term.is_excluded]
    texts = tuple(term.text for term in wanted if term.image is None)
    references = tuple(term.image for term in wanted if term.image is not None)
    names = texts or tuple(path.stem for path in references)
    name = clean_name(", ".join(names))
    return Label(name, prompts=texts, references=references) if name else None


#: With the hyphen at the end, as it stands in a set of characters.
_MINUS = "−–-"
_COMMAS = ",;，、\\n"
_QUOTES = '"“”„'
#: A sign counts at the beginning of a word only: “x-ray” is one, and “Berlin – Paris” one term.
_TOKEN = re.compile(
    rf"(?P<comma>[{_COMMAS}]+)|(?<!\S)(?P<sign>[+{_MINUS}]+)(?=[^\s+{_MINUS}])"
    rf"|[{_QUOTES}](?P<quoted>[^{_QUOTES}]*)[{_QUOTES}]?|(?P<word>[^\s{_COMMAS}{_QUOTES}]+)"
)
_NEEDS_QUOTES = re.compile(rf"(?:^|\s)[+{_MINUS}]|[{_COMMAS}]")
_MOST_WEIGHT = 5.0


def _term(signs: str, words: Sequence[str]) -> list[Term]:
    text = " ".join(" ".join(words).split())
    if not text.strip(f"+ {_MINUS}"):  # nothing, or a sign whose word is still being typed
        return []
    excludes = any(sign in _MINUS for sign in signs)
    weight = min(float(len(signs)) + (not excludes), _MOST_WEIGHT) if signs else 1.0
    return [Term(text, weight=-weight if excludes else weight)]


def _signs(weight: float) -> str:
    return "-" * max(round(-weight), 1) if weight < 0 else "+" * (round(weight) - 1)


def _quoted(text: str) -> str:
    return f'"{text}"' if _NEEDS_QUOTES.search(text) else text
