"""Held-back pictures with labels in a person's own words, which the starter model was not trained on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from held_back import Labelled

#: Topics, each for the pictures of several Tiny ImageNet classes.
TOPICS = {
    "marine biology": (
        "jellyfish; brain coral; sea slug; American lobster; spiny lobster; dugong; sea cucumber; coral reef"
    ),
    "veterinary practice": (
        "Chihuahua; Yorkshire terrier; golden retriever; Labrador retriever; German shepherd; standard poodle; "
        "tabby; Persian cat; Egyptian cat; guinea pig; goldfish"
    ),
    "safari": ("cougar; lion; gazelle; African elephant; Arabian camel; orangutan; gorilla; chimpanzee; baboon; bison"),
    "creepy-crawlies": (
        "black widow; tarantula; centipede; scorpion; cockroach; ladybug; fly; bee; grasshopper; walking stick; "
        "mantis; dragonfly; monarch; sulphur butterfly; snail; slug"
    ),
    "household": (
        "frying pan; wok; teapot; wooden spoon; refrigerator; water jug; broom; bucket; sewing machine; space heater"
    ),
    "recipes": ("guacamole; ice cream; ice lolly; pretzel; mashed potato; meat loaf; pizza; potpie; espresso"),
    "greengrocer": ("cauliflower; bell pepper; mushroom; orange; lemon; banana; pomegranate"),
    "wardrobe": (
        "apron; cardigan; fur coat; kimono; miniskirt; poncho; sandal; sock; sombrero; swimming trunks; bikini; bow tie"
    ),
    "commute": (
        "beach wagon; convertible; limousine; sports car; moving van; police van; school bus; trolleybus; bullet train"
    ),
    "holiday": ("alp; cliff; lakeside; seashore"),
    "sightseeing": (
        "triumphal arch; obelisk; suspension bridge; steel arch bridge; viaduct; fountain; cliff dwelling; thatch; "
        "water tower; beacon"
    ),
    "gym class": ("basketball; rugby ball; volleyball; dumbbell; punching bag"),
}
#: German names of the classes.
GERMAN = {
    "cifar": ("Vogel", "Katze", "Hirsch", "Hund", "Frosch", "Pferd", "Lastwagen", "Flugzeug", "Auto", "Boot"),
    "garments": ("Kleid", "Hut", "Langarmshirt", "Jacke", "Hose", "Hemd", "Schuhe", "kurze Hose", "Rock", "T-Shirt"),
}


def in_own_words(sets: Iterable[Labelled], models: dict[str, str], work: Path) -> Iterator[Labelled]:
    """Yield the same pictures with labels in a person's own words."""
    for model, opened_as in models.items():
        path = work / f"{model}-own-words.npz"
        if not path.exists():
            _embed_words(opened_as, path)
        with np.load(path) as kept:
            texts = {name: kept[name] for name in kept.files}
        for labelled in (one for one in sets if one.name.startswith(f"{model},")):
            data_set = labelled.name.split(", ")[1]
            if data_set == "tiny":
                places = {name: place for place, names in enumerate(TOPICS.values()) for name in names.split("; ")}
                classes = np.array([places.get(name, -1) for name in labelled.names])[labelled.classes]
                images, classes = labelled.images[classes >= 0], classes[classes >= 0]
                yield replace(
                    labelled,
                    name=f"{model}, topics",
                    images=images,
                    classes=classes,
                    texts=texts["topics"],
                    names=tuple(TOPICS),
                )
            else:
                name = f"{model}, {data_set}, de"
                yield replace(labelled, name=name, texts=texts[data_set], names=GERMAN[data_set])


def _embed_words(model: str, path: Path) -> None:
    from clipdesk.encoders.local.open_clip import load_encoder

    encoder = load_encoder(model, device="cpu")
    words = {"topics": tuple(TOPICS), **GERMAN}
    np.savez(
        path, **{name: encoder.encode_texts([f"a photo of a {text}" for text in of]) for name, of in words.items()}
    )
    encoder.close()
