from __future__ import annotations

import uuid
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from running_server import RunningServer, file_of, picture, text_of, unit, wire

from clipdesk.encoders.local.open_clip import OpenClipEncoder


def local(encoder: OpenClipEncoder, *images: Image.Image) -> np.ndarray:
    return encoder.encode_images([encoder.prepare_image(image) for image in images])


def test_a_picture_of_the_model_s_size_gets_the_same_embedding_as_without_a_server(
    server: RunningServer, tiny_encoder: OpenClipEncoder
) -> None:
    found = server.post("/clip/embed_image", {"image": wire(picture(1))}).embeddings

    assert found.shape == (1, 64)
    np.testing.assert_allclose(unit(found), local(tiny_encoder, picture(1)), rtol=0, atol=1e-6)


def test_other_pictures_are_prepared_as_without_a_server(server: RunningServer, tiny_encoder: OpenClipEncoder) -> None:
    wide = picture(2, (301, 97))

    found = server.post("/clip/embed_image", {"image": wire(wide)}).embeddings

    np.testing.assert_allclose(unit(found), local(tiny_encoder, wide), rtol=0, atol=1e-6)


def test_embeddings_are_not_normalised_and_are_whole_float32_numbers(server: RunningServer) -> None:
    pictures = server.post("/clip/embed_image", {"image": wire(picture(1))})
    texts = server.post("/clip/embed_text", {"text": "dog"})

    for answer in (pictures, texts):
        values = answer.json["embeddings"][0]
        assert abs(np.linalg.norm(values) - 1) > 0.01
        assert values == [float(np.float32(value)) for value in values]


def test_every_picture_of_a_list_gets_its_own_embedding(server: RunningServer, tiny_encoder: OpenClipEncoder) -> None:
    # Roboflow's server fails on images of different sizes, and returns one embedding for several of the same size.
    images = [picture(seed, size) for seed, size in enumerate([(32, 32), (60, 40), (32, 32), (90, 90)])]

    found = server.post("/clip/embed_image", {"image": [wire(image) for image in images]}).embeddings

    np.testing.assert_allclose(unit(found), local(tiny_encoder, *images), rtol=0, atol=1e-6)


@pytest.mark.parametrize("prefix", ["data:image/png;base64,", "data:image/jpeg;charset=x;base64,", "DATA:;BASE64,", ""])
def test_base64_may_be_a_data_uri(server: RunningServer, prefix: str) -> None:
    plain = server.post("/clip/embed_image", {"image": wire(picture(3))}).embeddings

    found = server.post("/clip/embed_image", {"image": {"type": "base64", "value": prefix + text_of(picture(3))}})

    np.testing.assert_array_equal(found.embeddings, plain)


def test_base64_may_be_broken_into_lines(server: RunningServer) -> None:
    text = text_of(picture(3))
    lines = "\n".join(text[start : start + 76] for start in range(0, len(text), 76))

    found = server.post("/clip/embed_image", {"image": {"type": "base64", "value": lines}})

    assert found.embeddings.shape == (1, 64)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_upright(server: RunningServer, tiny_encoder: OpenClipEncoder, orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    turned = file_of(picture(4, (48, 32)), exif=exif)
    turns = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}
    upright = picture(4, (48, 32))
    if orientation > 1:
        upright = upright.transpose(Image.Transpose(turns[orientation]))

    found = server.post("/clip/embed_image", {"image": wire(turned)}).embeddings

    np.testing.assert_allclose(unit(found), local(tiny_encoder, upright), rtol=0, atol=1e-6)


def test_transparency_is_dropped_not_put_on_white(server: RunningServer, tiny_encoder: OpenClipEncoder) -> None:
    with_alpha = picture(5, mode="RGBA")
    colours = Image.merge("RGB", with_alpha.split()[:3])

    found = server.post("/clip/embed_image", {"image": wire(with_alpha)}).embeddings

    np.testing.assert_allclose(unit(found), local(tiny_encoder, colours), rtol=0, atol=1e-6)


def test_a_palette_with_transparency_gives_its_colours(server: RunningServer, tiny_encoder: OpenClipEncoder) -> None:
    indexed = picture(6).convert("P", palette=Image.Palette.ADAPTIVE)
    data = file_of(indexed, transparency=bytes([0, 128] + [255] * 254))

    found = server.post("/clip/embed_image", {"image": wire(data)}).embeddings

    np.testing.assert_allclose(unit(found), local(tiny_encoder, indexed.convert("RGB")), rtol=0, atol=1e-6)


def test_one_text_or_a_hundred(server: RunningServer, tiny_encoder: OpenClipEncoder) -> None:
    texts = [f"number {count}" for count in range(100)]

    one = server.post("/clip/embed_text", {"text": texts[7]}).embeddings
    hundred = server.post("/clip/embed_text", {"text": texts}).embeddings

    assert hundred.shape == (100, 64)
    np.testing.assert_allclose(unit(hundred), tiny_encoder.encode_texts(texts), rtol=0, atol=1e-5)
    np.testing.assert_allclose(one[0], hundred[7], rtol=0, atol=1e-5)


def test_an_answer_has_the_fields_of_the_api(server: RunningServer, tiny_model_dir: Path) -> None:
    embed = server.post("/clip/embed_text", {"text": "dog"}).json
    compare = server.post("/clip/compare", {"subject": wire(picture(1)), "prompt": "dog"}).json

    head = {"inference_id", "frame_id", "time", "resolved_model"}
    assert embed.keys() == head | {"embeddings"}
    assert compare.keys() == head | {"similarity", "parent_id"}
    assert (embed["frame_id"], compare["parent_id"]) == (None, None)
    assert 0 < embed["time"] < 30
    uuid.UUID(embed["inference_id"])
    assert embed["resolved_model"]["model_id"] == "clip/ViT-B-16"
    assert embed["resolved_model"]["model"] == f"local-dir:{tiny_model_dir.name}"  # without the path
    assert len(embed["resolved_model"]["checkpoint"]) == 64


def test_the_id_is_returned_and_unknown_fields_are_ignored(server: RunningServer) -> None:
    extra = {"id": "mine", "api_key": "x", "source": "y", "model_id": "z", "start": 1.5, "usage_billable": False}

    answer = server.post("/clip/embed_text", {"text": "dog", "clip_version_id": "ViT-B-16", **extra})

    assert answer.json["inference_id"] == "mine"


def test_a_chunked_request_without_a_length_is_read(server: RunningServer) -> None:
    def pieces():
        yield b'{"text": '
        yield b'"dog"}'

    answer = server.request("POST", "/clip/embed_text", pieces(), {"Content-Type": "application/json"})

    assert answer.embeddings.shape == (1, 64)
