from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from running_server import RunningServer, Serve, picture, text_of, unit, wire

from clipdesk.core.pictures.decode import decode
from clipdesk.encoders.local.open_clip import load_encoder


def cosine(server: RunningServer, image: Image.Image, texts: list[str]) -> np.ndarray:
    subject = server.post("/clip/embed_image", {"image": wire(image)}).embeddings
    prompts = server.post("/clip/embed_text", {"text": texts}).embeddings
    return (unit(prompts) @ unit(subject).T)[:, 0]


def test_the_similarity_is_the_raw_cosine_in_the_order_of_the_prompts(server: RunningServer) -> None:
    texts = ["dog", "cat", "car"]

    answer = server.post("/clip/compare", {"subject": wire(picture(1)), "prompt": texts})

    np.testing.assert_allclose(answer.json["similarity"], cosine(server, picture(1), texts), rtol=0, atol=1e-6)


def test_one_prompt_gives_a_list_of_one(server: RunningServer) -> None:
    answer = server.post("/clip/compare", {"subject": wire(picture(1)), "prompt": "dog"})

    assert len(answer.json["similarity"]) == 1


def test_named_prompts_give_named_similarities(server: RunningServer) -> None:
    named = {"a": "dog", "type": "cat", "b": "car"}

    answer = server.post("/clip/compare", {"subject": wire(picture(1)), "prompt": named})

    found = answer.json["similarity"]
    assert list(found) == ["a", "type", "b"]
    np.testing.assert_allclose(
        list(found.values()), cosine(server, picture(1), list(named.values())), rtol=0, atol=1e-6
    )


def test_prompts_may_be_pictures(server: RunningServer) -> None:
    body = {"subject": wire(picture(1)), "prompt_type": "image"}

    one = server.post("/clip/compare", {**body, "prompt": wire(picture(1))}).json["similarity"]
    several = server.post("/clip/compare", {**body, "prompt": [wire(picture(2)), wire(picture(1))]}).json["similarity"]
    named = server.post("/clip/compare", {**body, "prompt": {"same": wire(picture(1))}}).json["similarity"]

    assert one == pytest.approx([1.0], abs=1e-6)
    assert several[0] < 0.999
    assert several[1] == pytest.approx(1.0, abs=1e-6)
    assert named == {"same": pytest.approx(1.0, abs=1e-6)}


def test_the_subject_may_be_a_text_or_bare_base64(server: RunningServer) -> None:
    text = server.post("/clip/compare", {"subject": "dog", "subject_type": "text", "prompt": ["dog", "cat"]})
    bare = server.post("/clip/compare", {"subject": text_of(picture(1)), "prompt": ["dog"]})

    assert text.json["similarity"][0] == pytest.approx(1.0, abs=1e-6)
    np.testing.assert_allclose(bare.json["similarity"], cosine(server, picture(1), ["dog"]), rtol=0, atol=1e-6)


def test_real_photos_score_the_same_as_without_a_server(serve: Serve, photo_clip: Path, shared_photos: Path) -> None:
    model = f"local-dir:{photo_clip}"
    paths = [shared_photos / "everyday" / name for name in ("pets.jpg", "owl.jpg", "sunflower.bmp", "cat_720p.jpg")]
    texts = ["dog", "cat", "owl", "flower"]
    encoder = load_encoder(model, device="cpu")
    prepared = [encoder.prepare_image(decode(path, encoder.image_size)) for path in paths]
    here = encoder.encode_images(prepared) @ encoder.encode_texts(texts).T
    server = serve(models={"ViT-B-16": model})

    whole = [server.post("/clip/compare", {"subject": wire(path.read_bytes()), "prompt": texts}) for path in paths]
    small = [
        server.post("/clip/compare", {"subject": wire(Image.fromarray(pixels)), "prompt": texts}) for pixels in prepared
    ]

    for there in (whole, small):
        np.testing.assert_allclose([answer.json["similarity"] for answer in there], here, rtol=0, atol=1e-5)
    assert [texts[row] for row in here.argmax(axis=1)] == ["dog", "owl", "flower", "cat"]
