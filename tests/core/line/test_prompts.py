from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from color_encoder import ColorEncoder
from PIL import Image

from clipdesk.core.errors import EncoderError, ImageError
from clipdesk.core.labels.label_set import Label, LabelSet
from clipdesk.core.labels.prompts import ImagePrompt, Prompt, TextPrompt, distinct_prompts, label_prompts
from clipdesk.core.line.prompts import PromptRequest, answer_prompts, encode_prompts, recall_prompts
from clipdesk.core.store.embedding_store import EmbeddingStore, StoredText


def vector_of(prompt: Prompt, encoder: ColorEncoder | None = None) -> np.ndarray:
    return encode_prompts([prompt], encoder or ColorEncoder())[0][prompt]


def references(paths: list[Path]) -> list[Prompt]:
    return [ImagePrompt(path) for path in paths]


def request(*prompts: Prompt, only_recall: bool = False) -> PromptRequest:
    return PromptRequest(ColorEncoder.identity.key, prompts, only_recall)


def test_prompts_of_labels_are_texts_in_every_template_and_references() -> None:
    labels = LabelSet((Label("dog", ("a", "b")), Label("logo", references=(Path("/l.png"),))), ("{}", "photo of {}"))

    prompts = label_prompts(labels)

    assert prompts[0] == [TextPrompt("a"), TextPrompt("photo of a"), TextPrompt("b"), TextPrompt("photo of b")]
    assert prompts[1] == [ImagePrompt(Path("/l.png"))]


def test_a_prompt_that_two_labels_share_is_asked_for_once() -> None:
    labels = LabelSet((Label("dog", ("animal", "pet")), Label("cat", ("pet", "animal"))))

    assert distinct_prompts(label_prompts(labels)) == (TextPrompt("animal"), TextPrompt("pet"))


def test_prompts_are_encoded_by_kind(tmp_path: Path) -> None:
    picture = ImagePrompt(tmp_path / "red.png")
    Image.new("RGB", (4, 4), (255, 0, 0)).save(picture.path)

    vectors, problems = encode_prompts([picture, TextPrompt("a red car"), TextPrompt("blue")], ColorEncoder())

    assert vectors[TextPrompt("a red car")] == pytest.approx([1, 0, 0])
    assert vectors[picture] == pytest.approx([1, 0, 0])
    assert vectors[TextPrompt("blue")] == pytest.approx([0, 0, 1])
    assert problems == {}


def test_references_have_the_vectors_that_they_have_alone(pictures: list[Path]) -> None:
    prompts = references(pictures[:3])

    vectors, _ = encode_prompts(prompts, ColorEncoder())

    assert [vectors[prompt].shape for prompt in prompts] == [(3,)] * 3
    for prompt in prompts:
        assert vectors[prompt] == pytest.approx(vector_of(prompt))


def test_a_missing_reference_is_named(tmp_path: Path) -> None:
    with pytest.raises(ImageError, match=r"gone\.png"):
        encode_prompts([ImagePrompt(tmp_path / "gone.png")], ColorEncoder())


def test_an_unreadable_reference_is_named(pictures: list[Path]) -> None:
    with pytest.raises(ImageError, match=r"7\.png"):
        encode_prompts(references(pictures), ColorEncoder())


def test_an_unreadable_reference_fails_alone(pictures: list[Path]) -> None:
    prompts = [*references(pictures[5:9]), TextPrompt("red")]

    answer = answer_prompts(request(*prompts), ColorEncoder(), None, str)

    assert answer.problems.keys() == {ImagePrompt(pictures[7])}
    assert "7.png" in answer.problems[ImagePrompt(pictures[7])]
    assert answer.vectors.keys() == set(prompts) - answer.problems.keys()


def test_a_broken_encoder_is_the_problem_of_every_unfinished_reference(pictures: list[Path]) -> None:
    encoder = ColorEncoder()
    encoder.fails_after = 1
    prompts = references(pictures[:5])

    answer = answer_prompts(request(*prompts), encoder, None, str)

    assert answer.vectors.keys() == set(prompts[:1])
    assert answer.problems == dict.fromkeys(prompts[1:], "The device went away. Start again.")


def test_prompts_whose_error_has_no_description_are_left_unanswered(pictures: list[Path]) -> None:
    encoder = ColorEncoder()
    encoder.fails_after = 0

    answer = answer_prompts(request(*references(pictures[:2])), encoder, None, lambda _: "")

    assert (answer.vectors, answer.problems) == ({}, {})


def test_by_default_the_first_error_is_raised(pictures: list[Path]) -> None:
    encoder = ColorEncoder()
    encoder.fails_after = 0

    with pytest.raises(EncoderError, match="went away"):
        answer_prompts(request(*references(pictures[:2])), encoder, None)


def test_texts_that_the_model_cuts_are_named() -> None:
    long = TextPrompt("one two three four five six seven eight nine")

    answer = answer_prompts(request(TextPrompt("red"), long), ColorEncoder(), None)

    assert answer.cut_texts == (long.text,)


def test_references_are_kept(settled: list[Path], store: EmbeddingStore) -> None:
    prompts = references(settled[:3])
    before, _ = encode_prompts(prompts, ColorEncoder(), store)
    again = ColorEncoder()

    after, _ = encode_prompts(prompts, again, store)

    assert again.batches == []
    for prompt in prompts:
        assert np.array_equal(before[prompt], after[prompt])


def test_only_what_is_kept_is_recalled(settled: list[Path], store: EmbeddingStore) -> None:
    kept, new = references(settled[:2])
    encode_prompts([kept], ColorEncoder(), store)
    store.put_texts(ColorEncoder.identity, {"red": StoredText(vector_of(TextPrompt("red")), is_cut=False)})
    encoder = ColorEncoder()
    prompts = (TextPrompt("red"), TextPrompt("blue"), kept, new)

    recalled = recall_prompts(prompts, encoder.identity, store)
    answer = answer_prompts(request(*prompts, only_recall=True), encoder, store)

    assert recalled.keys() == answer.vectors.keys() == {TextPrompt("red"), kept}
    assert encoder.batches == []
