"""Prompts: the texts and images that stand for a label."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from clipdesk.core.labels.label_set import LabelSet


@dataclass(frozen=True)
class TextPrompt:
    """A text, already put into its template, as the text tower reads it."""

    text: str


@dataclass(frozen=True)
class ImagePrompt:
    """An image file that stands for a label (a reference)."""

    path: Path


Prompt = TextPrompt | ImagePrompt


def label_prompts(label_set: LabelSet) -> list[list[Prompt]]:
    """Return the prompts of each label, texts before references.

    >>> label_prompts(LabelSet((Label("dog"),), ("a photo of a {}",)))
    [[TextPrompt(text='a photo of a dog')]]
    """
    return [
        [
            *(TextPrompt(text) for text in label_set.prompt_texts(label)),
            *(ImagePrompt(path) for path in label.references),
        ]
        for label in label_set.labels
    ]


def distinct_prompts(prompts: Iterable[Iterable[Prompt]]) -> tuple[Prompt, ...]:
    """Return the prompts of all labels, each once, in the order of their first use."""
    return tuple(dict.fromkeys(prompt for of_label in prompts for prompt in of_label))


def prompt_texts(prompts: Iterable[Prompt]) -> list[str]:
    """Return the texts among these prompts."""
    return [prompt.text for prompt in prompts if isinstance(prompt, TextPrompt)]


def prompt_paths(prompts: Iterable[Prompt]) -> list[Path]:
    """Return the image files among these prompts."""
    return [prompt.path for prompt in prompts if isinstance(prompt, ImagePrompt)]
