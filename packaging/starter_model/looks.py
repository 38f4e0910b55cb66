"""Pictures that the trainer draws itself: what a person sees at a glance, whatever the picture is of.

Every drawing is seeded; none is copied from anywhere. `draw(seed)` gives the picture and what is true of it.
"""

from __future__ import annotations

import math
import random
import string
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

#: Pixels of a side, as it is drawn and as it is given.
DRAWN, GIVEN = 256, 112

Color = tuple[int, int, int]

#: Names as in `concepts.FAMILIES["colour"]` with ranges of hue (degrees), saturation and value (0…1).
_COLORS: dict[str, tuple[tuple[float, float], tuple[float, float], tuple[float, float]]] = {
    "red": ((-12, 8), (0.75, 1.0), (0.55, 1.0)),
    "orange colour": ((22, 36), (0.8, 1.0), (0.85, 1.0)),
    "yellow": ((48, 60), (0.65, 1.0), (0.85, 1.0)),
    "green": ((90, 150), (0.45, 1.0), (0.3, 0.85)),
    "blue": ((205, 240), (0.55, 1.0), (0.4, 1.0)),
    "purple": ((265, 290), (0.4, 1.0), (0.4, 0.85)),
    "pink": ((318, 345), (0.25, 0.6), (0.9, 1.0)),
    "brown": ((16, 32), (0.5, 0.85), (0.25, 0.5)),
    "black": ((0, 360), (0.0, 0.1), (0.0, 0.1)),
    "white": ((0, 360), (0.0, 0.03), (0.96, 1.0)),
    "grey": ((0, 360), (0.0, 0.06), (0.35, 0.7)),
}
COLOR_NAMES = tuple(_COLORS)
_SHAPES = ("circle", "square", "triangle", "star")


@dataclass(frozen=True)
class Drawing:
    """A picture of GIVEN × GIVEN pixels; `shows` are names of concepts that are true of it, at most one a family.

    `maybe` are concepts that must not be counted as wrong. A chart is no drawing there, and a screenshot no page: who
    asks for both wants them told apart.
    """

    image: Image.Image
    shows: tuple[str, ...]
    maybe: tuple[str, ...] = field(default=())


def draw(seed: int, kinds: tuple[str, ...] = ()) -> Drawing:
    """The drawing of a seed: of one of `kinds`, keys of DRAWERS; all of them when none is named."""
    rng = random.Random(seed)
    drawer = DRAWERS[rng.choice(kinds or WEIGHTED)]
    drawing = drawer(rng)
    image = drawing.image
    if image.size != (GIVEN, GIVEN):
        image = image.resize((GIVEN, GIVEN), Image.Resampling.LANCZOS)
    return Drawing(image, drawing.shows, drawing.maybe)


def color_named(rng: random.Random, name: str) -> Color:
    hue, saturation, value = (rng.uniform(*limits) for limits in _COLORS[name])
    return _hsv(hue, saturation, value)


def any_color(rng: random.Random) -> tuple[str, Color]:
    name = rng.choice(COLOR_NAMES)
    return name, color_named(rng, name)


def _hsv(hue: float, saturation: float, value: float) -> Color:
    def channel(n: float) -> int:
        k = (n + hue % 360 / 60) % 6
        return round(255 * value * (1 - saturation * max(0.0, min(k, 4 - k, 1.0))))

    return channel(5), channel(3), channel(1)


def _distance(a: Color, b: Color) -> float:
    return math.dist(a, b)


def _contrasting(rng: random.Random, other: Color, least: float = 120) -> tuple[str, Color]:
    while True:
        name, color = any_color(rng)
        if _distance(color, other) >= least:
            return name, color


def _background(rng: random.Random, avoid: Color) -> tuple[Image.Image, str]:
    """Plain, a gradient or cloudy; its colour is far from `avoid`."""
    name, color = _contrasting(rng, avoid)
    kind = rng.random()
    if kind < 0.6:
        return Image.new("RGB", (DRAWN, DRAWN), color), name
    if kind < 0.8:
        end = tuple(max(0, min(255, v + rng.randint(-30, 30))) for v in color)
        share = np.linspace(0, 1, DRAWN)[:, None, None]
        rows = np.broadcast_to(np.array(color) * (1 - share) + np.array(end) * share, (DRAWN, DRAWN, 3))
        if rng.random() < 0.5:
            rows = rows.transpose(1, 0, 2)
        return Image.fromarray(rows.astype(np.uint8)), name
    small = np.random.default_rng(rng.randrange(2**32)).normal(0, 14, (8, 8, 1)) + np.array(color)
    cloudy = Image.fromarray(np.clip(small, 0, 255).astype(np.uint8))
    return cloudy.resize((DRAWN, DRAWN), Image.Resampling.BICUBIC), name


# --- Patterns and shapes ----------------------------------------------------------------------------------------------


def _pattern(rng: random.Random) -> Drawing:
    name, ground = any_color(rng)
    kind = rng.choice(("plain", "striped", "dotted", "checked"))
    image = Image.new("RGB", (2 * DRAWN, 2 * DRAWN), ground)
    maybe: tuple[str, ...] = ()
    shows: tuple[str, ...] = (kind,)
    if kind == "plain":
        shows = (kind, name)
        if rng.random() < 0.35:
            image, other = _background(rng, _contrasting(rng, ground)[1])
            shows, maybe = (kind,), (other, name)
    else:
        ink_name, ink = _contrasting(rng, ground, 90)
        maybe = (name, ink_name, "many")
        canvas = ImageDraw.Draw(image)
        step = rng.randint(14, 90)
        side = 2 * DRAWN
        if kind == "striped":
            thick = max(3, round(step * rng.uniform(0.2, 0.7)))
            for x in range(0, side, step):
                canvas.rectangle((x, 0, x + thick - 1, side), ink)
        elif kind == "dotted":
            radius = step * rng.uniform(0.15, 0.4)
            shifted = rng.random() < 0.5
            for row, y in enumerate(range(0, side, step)):
                for x in range(0, side, step):
                    cx = x + (step / 2 if shifted and row % 2 else 0)
                    canvas.ellipse((cx - radius, y - radius, cx + radius, y + radius), ink)
        elif rng.random() < 0.65:
            for row, y in enumerate(range(0, side, step)):
                for x in range(row % 2 * step, side, 2 * step):
                    canvas.rectangle((x, y, x + step - 1, y + step - 1), ink)
        else:  # gingham
            veil = Image.new("L", image.size)
            lines = ImageDraw.Draw(veil)
            for at in range(0, side, 2 * step):
                lines.rectangle((at, 0, at + step - 1, side), 128)
            both = Image.fromarray(np.clip(np.asarray(veil).astype(int) + np.asarray(veil).T, 0, 255).astype(np.uint8))
            image.paste(ink, mask=both)
        image = image.rotate(rng.choice((0, 0, 90, 45, rng.uniform(0, 180))), Image.Resampling.BICUBIC)
    w = image.size[0]
    if w > DRAWN:
        image = image.crop((w // 4, w // 4, w // 4 + DRAWN, w // 4 + DRAWN))
    return Drawing(image, shows, maybe)


def _outline(rng: random.Random, shape: str, x: float, y: float, r: float) -> list[tuple[float, float]]:
    turn = rng.uniform(-0.35, 0.35)
    if shape == "circle":
        angles = [2 * math.pi * i / 48 for i in range(48)]
        radii = [r] * 48
    elif shape == "square":
        angles = [math.pi / 4 + math.pi / 2 * i for i in range(4)]
        radii = [r] * 4
    elif shape == "triangle":
        angles = [-math.pi / 2 + 2 * math.pi / 3 * i for i in range(3)]
        radii = [r, r * rng.uniform(0.85, 1.1), r * rng.uniform(0.85, 1.1)]
    else:
        angles = [-math.pi / 2 + math.pi / 5 * i for i in range(10)]
        radii = [r if i % 2 == 0 else r * rng.uniform(0.38, 0.48) for i in range(10)]
    return [(x + d * math.cos(a + turn), y + d * math.sin(a + turn)) for a, d in zip(angles, radii, strict=True)]


def _put_shape(
    rng: random.Random, image: Image.Image, shape: str, color: Color, place: tuple[float, float, float], hollow: bool
) -> None:
    outline = _outline(rng, shape, *place)
    canvas = ImageDraw.Draw(image)
    if hollow:
        canvas.line([*outline, outline[0], outline[1]], color, max(4, round(place[2] * 0.16)), joint="curve")
    else:
        canvas.polygon(outline, color)


def _shapes(rng: random.Random) -> Drawing:
    """One, two, three or many of one shape: shape, colour and number are known."""
    name, color = any_color(rng)
    image, ground = _background(rng, color)
    shape = rng.choice(_SHAPES)
    count = rng.choice(("one", "one", "two", "three", "many"))
    number = {"one": 1, "two": 2, "three": 3, "many": rng.randint(6, 22)}[count]
    hollow = rng.random() < 0.2
    for x, y, r in _places(rng, number):
        _put_shape(rng, image, shape, color, (x, y, r), hollow)
    if hollow:
        return Drawing(image, (shape, count), (name, ground, "plain", "dotted", "drawing"))
    return Drawing(image, (shape, count, name), (ground, "plain", "dotted", "drawing"))


def _places(rng: random.Random, number: int) -> list[tuple[float, float, float]]:
    """Centres and radii of so many things that do not touch."""
    large = {1: (40, 100), 2: (28, 58), 3: (22, 50)}.get(number, (10, 26))
    while True:
        places: list[tuple[float, float, float]] = []
        base = rng.uniform(*large)
        for _ in range(400):
            r = base * rng.uniform(0.85, 1.15)
            x, y = rng.uniform(r + 4, DRAWN - r - 4), rng.uniform(r + 4, DRAWN - r - 4)
            if all(math.dist((x, y), other[:2]) > 1.08 * (r + other[2]) for other in places):
                places.append((x, y, r))
                if len(places) == number:
                    return places


def _things(rng: random.Random) -> Drawing:
    """Shaded balls, boxes and blobs on a table or a plain ground: so many of them."""
    _, color = any_color(rng)
    image, _ = _background(rng, color)
    if rng.random() < 0.4:
        ImageDraw.Draw(image).rectangle((0, rng.randint(120, 200), DRAWN, DRAWN), any_color(rng)[1])
    count = rng.choice(("one", "two", "three", "many"))
    number = {"one": 1, "two": 2, "three": 3, "many": rng.randint(6, 16)}[count]
    for x, y, r in _places(rng, number):
        if rng.random() < 0.5:
            size = round(2 * r)
            v, u = np.mgrid[-1 : 1 : size * 1j, -1 : 1 : size * 1j]
            light = np.clip(1.15 - 0.5 * np.hypot(u + 0.35, v + 0.4), 0.35, 1.15)[..., None]
            ball = Image.fromarray(np.clip(np.array(color) * light + 12, 0, 255).astype(np.uint8))
            mask = Image.fromarray(((np.hypot(u, v) <= 1) * 255).astype(np.uint8))
            image.paste(ball, (round(x - r), round(y - r)), mask)
        else:
            points = [
                (x + r * rng.uniform(0.7, 1) * math.cos(a), y + r * rng.uniform(0.7, 1) * math.sin(a))
                for a in np.linspace(0, 2 * math.pi, 9)[:-1]
            ]
            ImageDraw.Draw(image).polygon(points, tuple(max(0, v - rng.randint(0, 40)) for v in color))
    return Drawing(image, (count,), (*COLOR_NAMES, *_SHAPES, "plain", "dotted", "drawing"))


# --- Kinds of picture -------------------------------------------------------------------------------------------------


def _word(rng: random.Random) -> str:
    return "".join(rng.choices(string.ascii_lowercase, k=rng.randint(2, 9)))


def _font(rng: random.Random, low: int, high: int) -> ImageFont.ImageFont | ImageFont.FreeTypeFont:
    return _fonts(rng.randint(low, high))


_font_cache: dict[int, ImageFont.ImageFont | ImageFont.FreeTypeFont] = {}


def _fonts(size: int) -> ImageFont.ImageFont | ImageFont.FreeTypeFont:
    if size not in _font_cache:
        _font_cache[size] = ImageFont.load_default(size)
    return _font_cache[size]


def _lines_of_text(
    rng: random.Random, canvas: ImageDraw.ImageDraw, box: tuple[int, int, int, int], color: Color, size: int
) -> None:
    left, top, right, bottom = box
    font = _fonts(size)
    y = top
    while y + size < bottom:
        x = left
        end = right if rng.random() < 0.8 else left + (right - left) * rng.uniform(0.3, 0.9)
        words = []
        while x < end:
            word = _word(rng)
            words.append(word)
            x += (len(word) + 1) * size * 0.55
        text = " ".join(words)
        if rng.random() < 0.15:
            text = text.capitalize()
        canvas.text((left, y), text[: max(1, round((end - left) / (size * 0.52)))], color, font)
        y += round(size * 1.4)
        if rng.random() < 0.12:
            y += size


def _large_letters(rng: random.Random) -> Drawing:
    """One to four letters or figures that fill the picture."""
    text = "".join(rng.choices(string.ascii_letters + 3 * string.digits, k=rng.choice((1, 1, 2, 3, 4))))
    dark, light = (rng.randint(0, 60),) * 3, (rng.randint(215, 255),) * 3
    ink, ground = (light, dark) if rng.random() < 0.5 else (dark, light)
    image = Image.new("RGB", (DRAWN, DRAWN), ground)
    size = rng.randint(110, 230) if len(text) == 1 else round(rng.uniform(260, 380) / len(text))
    middle = [DRAWN / 2 + rng.gauss(0, 12) for _ in range(2)]
    ImageDraw.Draw(image).text(middle, text, ink, _fonts(size), anchor="mm", stroke_width=rng.randint(0, 6))
    image = image.rotate(rng.gauss(0, 8), Image.Resampling.BICUBIC, fillcolor=ground)
    return Drawing(image, ("document",), ("white", "black", "black and white", "bright", "dark", "grey"))


def _document(rng: random.Random) -> Drawing:
    if rng.random() < 0.12:
        return _large_letters(rng)
    paper = tuple(rng.randint(232, 255) for _ in range(3)) if rng.random() < 0.5 else (rng.randint(244, 255),) * 3
    narrow = rng.random() < 0.2
    width, height = (rng.randint(100, 150), DRAWN) if narrow else (rng.randint(190, 256), rng.randint(230, 256))
    page = Image.new("RGB", (width, height), paper)
    canvas = ImageDraw.Draw(page)
    ink = (rng.randint(0, 70),) * 3
    margin = rng.randint(8, 26)
    y = margin
    if rng.random() < 0.6:
        font = _font(rng, 13, 24)
        canvas.text((margin, y), " ".join(_word(rng) for _ in range(2)).title(), ink, font)
        y += 32
    size = rng.randint(6, 12)
    layout = rng.random()
    if layout < 0.6:
        _lines_of_text(rng, canvas, (margin, y, width - margin, height - margin), ink, size)
    elif layout < 0.75:
        middle = width // 2
        _lines_of_text(rng, canvas, (margin, y, middle - 5, height - margin), ink, size)
        _lines_of_text(rng, canvas, (middle + 5, y, width - margin, height - margin), ink, size)
    elif layout < 0.9:  # a form or a bill
        for row in range(y, height - margin, size * 2):
            canvas.text((margin, row), _word(rng), ink, _fonts(size))
            canvas.text((width - margin - 5 * size, row), f"{rng.uniform(1, 999):.2f}", ink, _fonts(size))
            if rng.random() < 0.5:
                canvas.line((margin, row + size + 4, width - margin, row + size + 4), (150,) * 3)
    else:  # handwriting
        for row in range(y + 8, height - margin, size * 2):
            points = [(x, row + rng.uniform(-1, 1) * size * 0.6) for x in range(margin, width - margin, 3)]
            canvas.line(points, (rng.randint(0, 60), rng.randint(0, 60), rng.randint(60, 140)), 1)
    ground = tuple(rng.randint(30, 215) for _ in range(3)) if rng.random() < 0.6 else paper
    image = Image.new("RGB", (DRAWN, DRAWN), ground)
    image.paste(page, ((DRAWN - width) // 2, (DRAWN - height) // 2))
    if ground != paper:
        scale = rng.uniform(1.0, 1.35)
        inner = image.resize((round(DRAWN / scale),) * 2, Image.Resampling.BICUBIC)
        image = Image.new("RGB", (DRAWN, DRAWN), ground)
        offset = (DRAWN - inner.size[0]) // 2
        image.paste(inner, (offset, offset))
        image = image.rotate(rng.gauss(0, 5), Image.Resampling.BICUBIC, fillcolor=ground)
    return Drawing(image, ("document",), ("white", "black and white", "bright", "grey"))


def _screenshot(rng: random.Random) -> Drawing:
    dark = rng.random() < 0.4
    base = rng.randint(18, 52) if dark else rng.randint(236, 255)
    ground, ink = (base,) * 3, ((rng.randint(190, 245),) * 3 if dark else (rng.randint(20, 90),) * 3)
    soft = tuple(v + (16 if dark else -18) for v in ground)
    accent = color_named(rng, rng.choice(("blue", "green", "purple", "red", "orange colour")))
    image = Image.new("RGB", (DRAWN, DRAWN), ground)
    canvas = ImageDraw.Draw(image)
    x0, y0, x1, y1 = 0, 0, DRAWN, DRAWN
    style = rng.random()
    if style < 0.35:  # a window on a desktop
        any_color(rng)
        image, _ = _background(rng, ground)
        canvas = ImageDraw.Draw(image)
        x0, y0 = rng.randint(6, 30), rng.randint(6, 30)
        x1, y1 = DRAWN - rng.randint(6, 30), DRAWN - rng.randint(10, 34)
        canvas.rounded_rectangle((x0, y0, x1, y1), rng.randint(0, 8), ground, outline=soft)
        canvas.rectangle((0, DRAWN - 9, DRAWN, DRAWN), soft)
    bar = rng.randint(12, 22)
    canvas.rectangle((x0, y0, x1, y0 + bar), accent if rng.random() < 0.35 else soft)
    for i in range(3):
        at = x0 + 6 + i * 9
        canvas.ellipse((at, y0 + 4, at + 6, y0 + 10), rng.choice((accent, ink, (230, 90, 80))))
    canvas.text((x0 + 44, y0 + 3), _word(rng).title(), ink, _fonts(9))
    y = y0 + bar
    side = x0
    if rng.random() < 0.65:
        side = x0 + rng.randint(36, 74)
        canvas.rectangle((x0, y, side, y1), soft)
        for row in range(y + 8, y1 - 12, 16):
            if rng.random() < 0.15:
                canvas.rounded_rectangle((x0 + 3, row - 3, side - 3, row + 11), 3, accent)
            canvas.rectangle((x0 + 6, row, x0 + 13, row + 7), ink if rng.random() < 0.5 else accent)
            canvas.text((x0 + 17, row - 2), _word(rng), ink, _fonts(8))
    content = rng.random()
    if content < 0.35:
        _lines_of_text(rng, canvas, (side + 8, y + 8, x1 - 8, y1 - 24), ink, rng.randint(7, 10))
    elif content < 0.65:  # cards
        step = rng.randint(38, 70)
        for cy in range(y + 8, y1 - step // 2, step):
            for cx in range(side + 8, x1 - step // 2, step):
                box = (cx, cy, min(cx + step - 8, x1 - 4), min(cy + step - 8, y1 - 4))
                canvas.rounded_rectangle(box, 4, soft, outline=tuple(v - 10 if v > 20 else v + 30 for v in soft))
                if rng.random() < 0.6:
                    canvas.rectangle((box[0] + 3, box[1] + 3, box[2] - 3, (box[1] + box[3]) / 2), any_color(rng)[1])
                canvas.text((box[0] + 3, box[3] - 11), _word(rng)[:6], ink, _fonts(8))
    elif content < 0.85:  # a table
        for row in range(y + 6, y1 - 10, 13):
            canvas.line((side + 4, row + 11, x1 - 4, row + 11), soft)
            for cx in range(side + 8, x1 - 20, rng.choice((36, 48, 60))):
                canvas.text((cx, row), _word(rng)[:6], ink, _fonts(8))
    else:  # code or chat
        for row in range(y + 8, y1 - 18, 20):
            left = side + 8 + rng.choice((0, 10, 20, 60))
            box = (left, row, min(x1 - 6, left + rng.randint(40, 110)), row + 14)
            canvas.rounded_rectangle(box, 6, rng.choice((soft, accent)))
            canvas.text((left + 5, row + 2), _word(rng), ink, _fonts(8))
    for _ in range(rng.randint(0, 3)):
        bx = rng.randint(side + 4, max(side + 5, x1 - 50))
        canvas.rounded_rectangle((bx, y1 - 20, bx + 38, y1 - 7), 4, accent)
        canvas.text((bx + 6, y1 - 19), _word(rng)[:5].title(), (250, 250, 250), _fonts(8))
    return Drawing(image, ("screenshot",), ("dark" if dark else "bright", "white", "black", "grey"))


def _chart(rng: random.Random) -> Drawing:
    dark = rng.random() < 0.15
    ground = (rng.randint(20, 45),) * 3 if dark else (rng.randint(242, 255),) * 3
    ink = (210,) * 3 if dark else (rng.randint(20, 110),) * 3
    image = Image.new("RGB", (DRAWN, DRAWN), ground)
    canvas = ImageDraw.Draw(image)
    left, top, right, bottom = rng.randint(18, 44), rng.randint(16, 46), DRAWN - 16, DRAWN - rng.randint(20, 44)
    colors = [_contrasting(rng, ground, 90)[1] for _ in range(6)]
    if rng.random() < 0.6:
        canvas.text((left, 4), " ".join(_word(rng) for _ in range(2)).title(), ink, _font(rng, 9, 15))
    kind = rng.choice(("bars", "bars", "lines", "pie", "scatter", "area"))
    if kind == "pie":
        r = rng.randint(60, 96)
        cx, cy = DRAWN // 2 + rng.randint(-16, 16), DRAWN // 2 + 8
        start = rng.uniform(0, 360)
        shares = [rng.uniform(0.3, 1) for _ in range(rng.randint(3, 6))]
        for color, share in zip(colors, shares, strict=False):
            end = start + 360 * share / sum(shares)
            canvas.pieslice((cx - r, cy - r, cx + r, cy + r), start, end, color, outline=ground)
            start = end
        if rng.random() < 0.3:
            canvas.ellipse((cx - r / 2, cy - r / 2, cx + r / 2, cy + r / 2), ground)
        for i, color in enumerate(colors[: len(shares)]):
            if rng.random() < 0.7:
                canvas.rectangle((6, 30 + i * 13, 13, 37 + i * 13), color)
                canvas.text((17, 28 + i * 13), _word(rng)[:5], ink, _fonts(9))
        return Drawing(image, ("chart",), ("circle", "white", "bright"))
    if rng.random() < 0.7:
        for i in range(1, 6):
            y = bottom - (bottom - top) * i / 6
            canvas.line((left, y, right, y), tuple((a + 3 * b) // 4 for a, b in zip(ink, ground, strict=True)))
            canvas.text((4, y - 6), str(i * 20), ink, _fonts(8))
    canvas.line((left, top, left, bottom), ink, 2)
    canvas.line((left, bottom, right, bottom), ink, 2)
    if kind == "bars":
        n = rng.randint(3, 12)
        step = (right - left - 6) / n
        for i in range(n):
            color = colors[0] if rng.random() < 0.8 else colors[i % 6]
            h = (bottom - top) * rng.uniform(0.08, 0.98)
            x = left + 5 + i * step
            canvas.rectangle((x, bottom - h, x + step * rng.uniform(0.55, 0.8), bottom - 2), color)
            canvas.text((x, bottom + 3), _word(rng)[:3], ink, _fonts(8))
    elif kind == "scatter":
        for _ in range(rng.randint(20, 70)):
            x, y = rng.uniform(left + 4, right), rng.uniform(top, bottom - 4)
            r = rng.uniform(2, 4)
            canvas.ellipse((x - r, y - r, x + r, y + r), rng.choice(colors[:2]))
    else:
        for color in colors[: rng.randint(1, 4)]:
            y = rng.uniform(top + 20, bottom - 20)
            points = []
            for i in range(rng.randint(6, 30)):
                points.append((float(i), y))
                y = max(top + 4.0, min(bottom - 4.0, y + rng.gauss(0, 18)))
            last = points[-1][0]
            points = [(left + (right - left) * x / last, y) for x, y in points]
            if kind == "area":
                canvas.polygon([(left, bottom), *points, (right, bottom)], color)
            canvas.line(points, color, rng.randint(2, 4))
    return Drawing(image, ("chart",), ("white", "bright"))


def _drawing(rng: random.Random) -> Drawing:
    """Line art and flat colour: faces, figures, houses, trees, scribbles."""
    ground = (rng.randint(246, 255),) * 3 if rng.random() < 0.6 else tuple(rng.randint(190, 250) for _ in range(3))
    image = Image.new("RGB", (DRAWN, DRAWN), ground)
    canvas = ImageDraw.Draw(image)
    ink = (rng.randint(0, 60),) * 3
    filled = rng.random() < 0.55
    width = rng.randint(2, 6)
    if rng.random() < 0.3 and filled:
        canvas.rectangle((0, rng.randint(170, 215), DRAWN, DRAWN), color_named(rng, rng.choice(("green", "yellow"))))

    def fill() -> Color | None:
        return any_color(rng)[1] if filled else None

    for _ in range(rng.choice((1, 1, 2, 3))):
        x, y, r = rng.randint(60, 196), rng.randint(70, 186), rng.randint(30, 70)
        what = rng.choice(("face", "figure", "house", "tree", "flower", "animal", "scribble", "car"))
        if what == "face":
            canvas.ellipse((x - r, y - r, x + r, y + r), fill(), ink, width)
            for side in (-1, 1):
                ex = x + side * r * 0.38
                canvas.ellipse((ex - r * 0.1, y - r * 0.35, ex + r * 0.1, y - r * 0.1), ink)
            canvas.arc((x - r * 0.5, y - r * 0.2, x + r * 0.5, y + r * 0.6), 20, 160, ink, width)
        elif what == "figure":
            canvas.ellipse((x - r * 0.3, y - r, x + r * 0.3, y - r * 0.4), fill(), ink, width)
            canvas.line((x, y - r * 0.4, x, y + r * 0.4), ink, width)
            for dx in (-1, 1):
                canvas.line((x, y - r * 0.1, x + dx * r * 0.6, y + rng.uniform(-0.5, 0.3) * r), ink, width)
                canvas.line((x, y + r * 0.4, x + dx * r * 0.5, y + r), ink, width)
        elif what == "house":
            canvas.rectangle((x - r, y - r * 0.3, x + r, y + r), fill(), ink, width)
            roof = [(x - r * 1.15, y - r * 0.3), (x, y - r * 1.2), (x + r * 1.15, y - r * 0.3)]
            canvas.polygon(roof, fill(), ink, width)
            canvas.rectangle((x - r * 0.2, y + r * 0.3, x + r * 0.2, y + r), fill(), ink, width)
        elif what == "tree":
            canvas.rectangle((x - r * 0.15, y, x + r * 0.15, y + r), fill(), ink, width)
            canvas.ellipse((x - r * 0.7, y - r, x + r * 0.7, y + r * 0.2), fill(), ink, width)
        elif what == "flower":
            canvas.line((x, y, x, y + r * 1.3), ink, width)
            color = fill()
            for i in range(6):
                px, py = x + r * 0.5 * math.cos(i * 1.047), y + r * 0.5 * math.sin(i * 1.047)
                canvas.ellipse((px - r * 0.3, py - r * 0.3, px + r * 0.3, py + r * 0.3), color, ink, width)
            canvas.ellipse((x - r * 0.25, y - r * 0.25, x + r * 0.25, y + r * 0.25), fill(), ink, width)
        elif what == "animal":
            canvas.ellipse((x - r, y - r * 0.5, x + r, y + r * 0.5), fill(), ink, width)
            canvas.ellipse((x + r * 0.6, y - r, x + r * 1.3, y - r * 0.3), fill(), ink, width)
            for dx in (-0.6, -0.3, 0.3, 0.6):
                canvas.line((x + dx * r, y + r * 0.45, x + dx * r, y + r), ink, width)
        elif what == "car":
            canvas.rounded_rectangle((x - r, y, x + r, y + r * 0.5), 8, fill(), ink, width)
            canvas.rounded_rectangle((x - r * 0.5, y - r * 0.5, x + r * 0.5, y), 6, fill(), ink, width)
            for dx in (-0.5, 0.5):
                wx = x + dx * r
                canvas.ellipse((wx - r * 0.2, y + r * 0.3, wx + r * 0.2, y + r * 0.7), fill(), ink, width)
        else:
            points = [(x + rng.uniform(-r, r), y + rng.uniform(-r, r)) for _ in range(rng.randint(6, 20))]
            canvas.line(points, ink, width, joint="curve")
    # A child's house is a drawing first; whether it is “a house” is not asked.
    if rng.random() < 0.2:
        image = image.filter(ImageFilter.SMOOTH)
    return Drawing(image, ("drawing",), ("white", "black and white", "bright", *_SHAPES, "one", "two", "three"))


DRAWERS: dict[str, Callable[[random.Random], Drawing]] = {
    "pattern": _pattern,
    "shapes": _shapes,
    "things": _things,
    "document": _document,
    "screenshot": _screenshot,
    "chart": _chart,
    "drawing": _drawing,
}
#: How often each is drawn for training.
WEIGHTED = ("pattern",) * 4 + ("shapes",) * 6 + ("things",) * 2 + ("document",) * 2 + ("screenshot",) * 2 + (
    "chart", "chart", "drawing", "drawing",
)  # fmt: skip
