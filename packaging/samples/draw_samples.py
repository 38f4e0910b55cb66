"""Draw the sample pictures: `python packaging/samples/draw_samples.py resources/samples`.

Every picture is drawn here, from shapes, gradients and seeded noise; none is copied from anywhere.
"""

from __future__ import annotations

import itertools
import math
import random
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

SCALE = 2  # everything is drawn twice as large and then reduced: smooth edges without a drawing library
Color = tuple[int, int, int]


class Canvas:
    """A picture that is drawn in the pixels of its final size."""

    def __init__(self, seed: int, size: tuple[int, int], top: Color, bottom: Color | None = None) -> None:
        self.random = random.Random(seed)
        self.noise = np.random.default_rng(seed)
        self.size = size
        self.image = gradient((size[0] * SCALE, size[1] * SCALE), top, bottom or top)

    def polygon(self, points: list[tuple[float, float]], color: Color) -> None:
        ImageDraw.Draw(self.image).polygon([(x * SCALE, y * SCALE) for x, y in points], fill=color)

    def ellipse(self, x: float, y: float, rx: float, ry: float, color: Color, angle: float = 0) -> None:
        if angle:
            steps = [2 * math.pi * i / 64 for i in range(64)]
            c, s = math.cos(angle), math.sin(angle)
            outline = [(rx * math.cos(t), ry * math.sin(t)) for t in steps]
            self.polygon([(x + a * c - b * s, y + a * s + b * c) for a, b in outline], color)
        else:
            box = [(x - rx) * SCALE, (y - ry) * SCALE, (x + rx) * SCALE, (y + ry) * SCALE]
            ImageDraw.Draw(self.image).ellipse(box, fill=color)

    def box(self, x: float, y: float, w: float, h: float, color: Color, radius: float = 0) -> None:
        area = [x * SCALE, y * SCALE, (x + w) * SCALE, (y + h) * SCALE]
        ImageDraw.Draw(self.image).rounded_rectangle(area, radius * SCALE, fill=color)

    def line(self, points: list[tuple[float, float]], color: Color, width: float) -> None:
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        ImageDraw.Draw(self.image).line(scaled, fill=color, width=round(width * SCALE), joint="curve")

    def ball(self, x: float, y: float, rx: float, ry: float, color: Color) -> None:
        """An ellipse with light from the upper left and a soft shadow under it."""
        self.shadow(x, y + ry * 0.95, rx * 1.05, ry * 0.18)
        w, h = round(2 * rx * SCALE), round(2 * ry * SCALE)
        v, u = np.mgrid[-1 : 1 : h * 1j, -1 : 1 : w * 1j]
        light = np.clip(1.14 - 0.46 * np.hypot(u + 0.35, v + 0.4) ** 1.4, 0.4, 1.15)[..., None]
        shine = np.exp(-((u + 0.38) ** 2 + (v + 0.42) ** 2) / 0.03)[..., None] * 130
        ball = Image.fromarray(np.clip(np.array(color) * light + shine, 0, 255).astype(np.uint8))
        mask = Image.fromarray(((np.hypot(u, v) <= 1) * 255).astype(np.uint8))
        self.image.paste(ball, (round((x - rx) * SCALE), round((y - ry) * SCALE)), mask)

    def shadow(self, x: float, y: float, rx: float, ry: float, strength: int = 110) -> None:
        mask = Image.new("L", self.image.size)
        box = [(x - rx) * SCALE, (y - ry) * SCALE, (x + rx) * SCALE, (y + ry) * SCALE]
        ImageDraw.Draw(mask).ellipse(box, fill=strength)
        mask = mask.filter(ImageFilter.GaussianBlur(8 * SCALE))
        self.image.paste((20, 20, 30), mask=mask)

    def ridge(self, base: float, height: float, rough: float, color: Color, seed: int) -> list[tuple[float, float]]:
        """A range of hills, filled down to the lower edge; its outline is returned."""
        generator = np.random.default_rng(seed)
        x = np.linspace(0, 1, 160)
        waves = [(generator.uniform(0.4, 1) / n**rough, n, generator.uniform(0, 7)) for n in (1, 2, 3, 5, 9, 17, 33)]
        y = sum(a * np.sin(2 * np.pi * n * x + p) for a, n, p in waves)
        y = base - height * (y - y.min()) / (np.ptp(y) or 1)
        outline = list(zip((x * self.size[0]).tolist(), y.tolist(), strict=True))
        self.polygon([(0, self.size[1]), *outline, (self.size[0], self.size[1])], color)
        return outline

    def soften(self, radius: float) -> None:
        self.image = self.image.filter(ImageFilter.GaussianBlur(radius * SCALE))

    def texture(self, top: float, amount: float, stretch: int = 1) -> None:
        """Noise from `top` downwards: grass, water, sand."""
        start = round(top * SCALE)
        pixels = np.asarray(self.image).astype(np.float32)
        h, w = pixels.shape[0] - start, pixels.shape[1]
        grain = self.noise.normal(0, amount, (h, -(-w // stretch), 1)).repeat(stretch, axis=1)[:, :w]
        pixels[start:] += grain
        self.image = Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))

    def finished(self) -> Image.Image:
        """The picture in its final size, with the grain and the darker corners of a camera."""
        pixels = np.asarray(self.image.resize(self.size, Image.Resampling.LANCZOS)).astype(np.float32)
        v, u = np.mgrid[-1 : 1 : self.size[1] * 1j, -1 : 1 : self.size[0] * 1j]
        pixels *= (1 - 0.10 * (u**2 + v**2))[..., None]
        pixels += self.noise.normal(0, 2.2, pixels.shape[:2])[..., None]
        return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def gradient(size: tuple[int, int], top: Color, bottom: Color) -> Image.Image:
    share = np.linspace(0, 1, size[1])[:, None, None]
    rows = np.array(top) * (1 - share) + np.array(bottom) * share
    return Image.fromarray(np.broadcast_to(rows, (size[1], size[0], 3)).astype(np.uint8))


def clouds(c: Canvas, count: int, color: Color = (250, 250, 252)) -> None:
    layer = Image.new("L", c.image.size)
    draw = ImageDraw.Draw(layer)
    for _ in range(count):
        x, y = c.random.uniform(0, c.size[0]), c.random.uniform(20, c.size[1] * 0.3)
        for _ in range(9):
            dx, dy, r = c.random.uniform(-60, 60), c.random.uniform(-10, 10), c.random.uniform(12, 28)
            box = [(x + dx - r * 1.5) * SCALE, (y + dy - r) * SCALE, (x + dx + r * 1.5) * SCALE, (y + dy + r) * SCALE]
            draw.ellipse(box, fill=150)
    c.image.paste(color, mask=layer.filter(ImageFilter.GaussianBlur(9 * SCALE)))


def sea(c: Canvas, horizon: float, near: Color, far: Color, glitter: Color | None = None, sun_x: float = 0) -> None:
    w, h = c.size
    water = gradient((w * SCALE, round((h - horizon) * SCALE)), far, near)
    c.image.paste(water, (0, round(horizon * SCALE)))
    for _ in range(500):
        y = horizon + (h - horizon) * c.random.random() ** 1.6
        depth = (y - horizon) / (h - horizon)
        x = c.random.gauss(sun_x, 20 + 120 * depth) if glitter and c.random.random() < 0.6 else c.random.uniform(0, w)
        shade = glitter if glitter and abs(x - sun_x) < 30 + 110 * depth else tuple(min(v + 18, 255) for v in near)
        length = 6 + 46 * depth
        c.line([(x - length / 2, y), (x + length / 2, y)], shade, 0.6 + 1.6 * depth)  # type: ignore[arg-type]


def sunset(c: Canvas) -> None:
    c.image = gradient(c.image.size, (74, 58, 120), (255, 168, 92))
    clouds(c, 4, (255, 150, 120))
    c.ellipse(360, 262, 90, 90, (255, 190, 110))
    c.soften(14)
    c.ellipse(360, 262, 52, 52, (255, 236, 170))
    sea(c, 272, (38, 44, 88), (240, 150, 100), (255, 220, 150), 360)


def mountains(c: Canvas) -> None:
    clouds(c, 3)
    for base, height, color, seed in ((330, 210, (128, 146, 176), 3), (390, 190, (92, 108, 138), 8)):
        outline = c.ridge(base, height, 1.05, color, seed)
        limit = min(y for _, y in outline) + (96 if seed == 8 else 44)
        snow = [(x, y, min(y + 26 + 14 * math.sin(x / 9) + 8 * math.sin(x / 4), limit)) for x, y in outline]
        for (x0, y0, low0), (x1, y1, low1) in itertools.pairwise(snow):
            if max(y0, y1) < limit - 8:
                c.polygon([(x0, y0), (x1 + 0.5, y1), (x1 + 0.5, low1), (x0, low0)], (244, 247, 252))
    c.ridge(450, 60, 1.4, (44, 82, 62), 5)
    for i in range(90):
        x, y = c.random.uniform(0, 640), 420 + 60 * c.random.random()
        h = 26 + 20 * (y - 420) / 60
        c.polygon([(x - h / 4, y), (x, y - h), (x + h / 4, y)], (24 + i % 20, 62 + i % 14, 46))


def hills(c: Canvas) -> None:
    clouds(c, 5)
    for i, (base, seed) in enumerate(((300, 4), (350, 9), (420, 6))):
        c.ridge(base, 70, 1.8, (122 - 26 * i, 172 - 18 * i, 84 - 12 * i), seed)
    c.texture(330, 5)
    for x, y, r in ((150, 300, 34), (520, 330, 44), (560, 345, 30)):
        c.box(x - 4, y, 8, r, (92, 66, 44))
        for _ in range(18):
            dx, dy = c.random.uniform(-r * 0.7, r * 0.7), c.random.uniform(-r * 0.7, r * 0.4)
            shade = c.random.randint(-14, 18)
            c.ellipse(x + dx, y - r * 0.4 + dy, r * 0.42, r * 0.4, (54 + shade, 112 + shade, 52 + shade))


def desert(c: Canvas) -> None:
    c.ellipse(500, 110, 34, 34, (255, 250, 220))
    for i, (base, seed) in enumerate(((330, 12), (390, 14), (470, 15))):
        c.ridge(base, 100 - 10 * i, 2.2, (222 - 22 * i, 172 - 22 * i, 110 - 20 * i), seed)
    c.texture(260, 5, 3)


def night(c: Canvas) -> None:
    for _ in range(320):
        r = c.random.choice((0.6, 0.8, 1.0, 1.6))
        c.ellipse(c.random.uniform(0, 640), c.random.uniform(0, 380), r, r, (235, 238, 255))
    c.ellipse(470, 110, 46, 46, (250, 246, 222))
    for dx, dy, r in ((-14, -8, 9), (10, 12, 12), (14, -16, 6), (-6, 20, 5)):
        c.ellipse(470 + dx, 110 + dy, r, r, (226, 220, 194))
    c.ridge(420, 110, 1.3, (12, 16, 30), 21)


def beach(c: Canvas) -> None:
    clouds(c, 3)
    sea(c, 210, (40, 150, 176), (96, 186, 214))
    edge = [(x, 350 + 16 * math.sin(x / 70) + 5 * math.sin(x / 21)) for x in range(0, 661, 10)]
    c.polygon([(0, 480), *[(x, y - 9) for x, y in edge], (640, 480)], (244, 250, 250))
    c.polygon([(0, 480), *edge, (640, 480)], (236, 212, 164))
    c.texture(366, 6)
    c.shadow(190, 440, 70, 10)
    c.line([(190, 440), (206, 310)], (240, 240, 240), 5)
    for i in range(6):
        a, b = math.pi * (1 + i / 6), math.pi * (1 + (i + 1) / 6)
        color = (214, 64, 60) if i % 2 else (250, 250, 246)
        c.polygon(
            [(206, 306), *[(206 + 88 * math.cos(t), 318 + 62 * math.sin(t)) for t in np.linspace(a, b, 8)]], color
        )


def flower(c: Canvas, x: float, y: float, r: float, petals: int, petal: Color, heart: Color, stem: bool = True) -> None:
    if stem:
        c.line([(x, y), (x + r * 0.1, y + r * 1.6), (x - r * 0.1, y + r * 4)], (58, 120, 52), r * 0.11)
        c.ellipse(x + r * 0.55, y + r * 1.9, r * 0.55, r * 0.16, (66, 134, 58), -0.5)
    for ring, size in ((0.5, 1.0), (0.0, 0.94)):
        for i in range(petals):
            t = 2 * math.pi * (i + ring) / petals
            shade = 0.82 if ring else 1.0
            color = tuple(round(v * shade) for v in petal)
            c.ellipse(
                x + 0.6 * r * size * math.cos(t), y + 0.6 * r * size * math.sin(t),
                0.44 * r, 1.5 * r / petals + r * 0.04, color, t,  # type: ignore[arg-type]
            )  # fmt: skip
    c.ellipse(x, y, r * 0.33, r * 0.33, heart)
    for _ in range(round(r * 1.5)):
        a, d = c.random.uniform(0, 7), r * 0.3 * math.sqrt(c.random.random())
        shade = c.random.randint(-34, 24)
        dot = tuple(max(0, min(255, v + shade)) for v in heart)
        c.ellipse(x + d * math.cos(a), y + d * math.sin(a), r * 0.022 + 0.5, r * 0.022 + 0.5, dot)  # type: ignore[arg-type]


def meadow(c: Canvas) -> None:
    for _ in range(60):
        x, y, r = c.random.uniform(0, 640), c.random.uniform(0, 480), c.random.uniform(30, 90)
        c.ellipse(x, y, r, r, c.random.choice(((82, 140, 66), (60, 112, 56), (112, 164, 84))))
    c.soften(22)


def daisy(c: Canvas) -> None:
    meadow(c)
    flower(c, 420, 320, 52, 15, (246, 246, 240), (238, 190, 50))
    flower(c, 260, 200, 128, 17, (252, 252, 248), (240, 186, 40))


def sunflowers(c: Canvas) -> None:
    clouds(c, 3)
    c.box(0, 190, 640, 290, (86, 128, 54))
    for row in range(7):
        y, r = 200 + row * row * 5.5, 10 + row * 6.5
        for i in range(round(760 / (r * 2.4))):
            flower(
                c,
                i * r * 2.4 + c.random.uniform(-r, r),
                y + c.random.uniform(-4, 4),
                r,
                16,
                (248, 190, 30),
                (92, 58, 26),
            )


def rose(c: Canvas) -> None:
    meadow(c)
    c.line([(320, 260), (326, 380), (316, 480)], (52, 104, 48), 10)
    c.ellipse(372, 400, 56, 20, (56, 116, 52), -0.4)
    c.ellipse(268, 424, 52, 18, (50, 104, 48), 0.5)
    for i in range(46):
        t, d = i * 2.4, 112 * math.sqrt(1 - i / 46)
        shade = 0.62 + 0.38 * ((i * 7) % 11) / 11
        color = (round(206 * shade), round(28 * shade), round(52 * shade))
        c.ellipse(320 + 0.42 * d * math.cos(t), 220 + 0.38 * d * math.sin(t), 0.62 * d + 10, 0.5 * d + 9, color, t)


def apple(c: Canvas) -> None:
    table(c)
    c.ball(320, 268, 122, 114, (204, 34, 36))
    c.ellipse(320, 172, 34, 13, (126, 20, 22))
    c.line([(320, 176), (326, 146), (338, 124)], (92, 62, 36), 8)
    c.ellipse(376, 132, 42, 16, (82, 148, 58), -0.35)


def table(c: Canvas) -> None:
    c.box(0, 330, 640, 150, (206, 176, 138))
    c.texture(330, 5, 40)
    c.soften(3)


def oranges(c: Canvas) -> None:
    table(c)
    for x, y, r in ((210, 300, 82), (420, 292, 90), (318, 350, 84)):
        c.ball(x, y, r, r * 0.97, (240, 138, 22))
        c.ellipse(x + 6, y - r * 0.62, 6, 5, (96, 120, 48))


def banana(c: Canvas) -> None:
    table(c)
    c.shadow(330, 386, 190, 16)
    for offset, color in ((26, (216, 178, 40)), (0, (246, 212, 70))):
        outer = [
            (330 + 215 * math.cos(t), 130 + offset + 235 * math.sin(t)) for t in np.linspace(0.25, math.pi - 0.35, 40)
        ]
        inner = [
            (326 + 205 * math.cos(t), 108 + offset + 180 * math.sin(t)) for t in np.linspace(math.pi - 0.35, 0.25, 40)
        ]
        c.polygon(outer + inner, color)
        c.line(
            [(330 + 209 * math.cos(t), 122 + offset + 212 * math.sin(t)) for t in np.linspace(0.35, 2.7, 40)],
            (206, 166, 40),
            3,
        )
    c.ellipse(130, 198, 12, 10, (92, 74, 40))
    c.box(528, 168, 15, 30, (112, 110, 48), 4)


def lemons(c: Canvas) -> None:
    table(c)
    for x, y, r in ((250, 290, 90), (420, 310, 84)):
        c.ellipse(x + r * 1.18, y, r * 0.22, r * 0.16, (222, 196, 40))
        c.ball(x, y, r * 1.2, r * 0.86, (246, 220, 60))
    c.shadow(330, 420, 80, 10)
    c.ellipse(330, 392, 76, 44, (246, 224, 90))
    c.ellipse(330, 388, 66, 36, (252, 246, 206))
    for i in range(9):
        t = 2 * math.pi * i / 9
        c.ellipse(
            330 + 36 * math.cos(t),
            388 + 19 * math.sin(t),
            22,
            8,
            (248, 230, 110),
            math.atan2(0.55 * math.sin(t), math.cos(t)),
        )


def street(c: Canvas) -> None:
    for i in range(9):
        h = 90 + c.random.random() * 130
        c.box(i * 78 - 20, 330 - h, 76, h, (150 + 6 * i, 156 + 4 * i, 166))
    c.soften(5)
    c.box(0, 326, 640, 24, (176, 174, 168))
    c.box(0, 346, 640, 134, (84, 86, 92))
    c.texture(346, 5)
    for x in range(-20, 640, 130):
        c.box(x, 436, 70, 7, (228, 226, 214))


def wheel(c: Canvas, x: float, y: float, r: float) -> None:
    c.ellipse(x, y, r, r, (26, 26, 30))
    c.ellipse(x, y, r * 0.6, r * 0.6, (186, 190, 198))
    for i in range(5):
        t = 2 * math.pi * i / 5
        c.line([(x, y), (x + r * 0.52 * math.cos(t), y + r * 0.52 * math.sin(t))], (92, 96, 104), r * 0.14)
    c.ellipse(x, y, r * 0.15, r * 0.15, (70, 72, 78))


def car(c: Canvas) -> None:
    street(c)
    c.shadow(320, 410, 230, 16, 160)
    c.polygon([(190, 292), (236, 222), (250, 214), (392, 214), (410, 222), (462, 292)], (196, 28, 34))
    c.polygon([(214, 288), (248, 230), (316, 230), (316, 288)], (140, 176, 198))
    c.polygon([(328, 288), (328, 230), (388, 230), (436, 288)], (158, 192, 212))
    c.polygon(
        [(96, 388), (98, 326), (116, 300), (190, 286), (470, 286), (528, 304), (546, 340), (546, 388)], (212, 34, 40)
    )
    c.polygon([(98, 352), (546, 352), (546, 388), (96, 388)], (166, 22, 30))
    c.line([(322, 290), (322, 382)], (140, 16, 22), 2)
    c.box(342, 308, 26, 6, (120, 14, 20), 3)
    c.box(526, 318, 20, 16, (255, 244, 200), 5)
    c.box(96, 322, 12, 18, (130, 10, 16), 4)
    wheel(c, 186, 386, 42)
    wheel(c, 454, 386, 42)


def bus(c: Canvas) -> None:
    street(c)
    c.shadow(320, 414, 270, 14, 160)
    c.box(60, 170, 520, 226, (246, 186, 28), 18)
    c.box(60, 330, 520, 12, (40, 40, 44))
    for i in range(6):
        c.box(78 + i * 80, 194, 66, 74, (64, 84, 100), 6)
        c.polygon([(84 + i * 80, 262), (114 + i * 80, 198), (130 + i * 80, 198), (100 + i * 80, 262)], (92, 116, 134))
    c.box(548, 194, 28, 92, (92, 116, 134), 6)
    c.box(562, 350, 18, 16, (255, 246, 210), 4)
    wheel(c, 160, 396, 38)
    wheel(c, 470, 396, 38)


def sailboat(c: Canvas) -> None:
    clouds(c, 4)
    sea(c, 300, (28, 92, 146), (120, 178, 214))
    c.line([(322, 84), (322, 366)], (110, 84, 58), 6)
    c.polygon([(330, 92), (330, 334), (482, 334)], (250, 250, 246))
    c.polygon([(314, 120), (314, 334), (212, 334)], (232, 236, 240))
    c.polygon([(188, 352), (498, 352), (450, 400), (236, 400)], (168, 46, 44))
    c.polygon([(188, 352), (498, 352), (492, 360), (194, 360)], (250, 250, 246))
    c.box(180, 398, 330, 5, (190, 216, 232), 2)


def house(c: Canvas) -> None:
    clouds(c, 4)
    c.box(0, 350, 640, 130, (104, 150, 76))
    c.texture(350, 7)
    c.box(170, 210, 300, 180, (238, 224, 198))
    c.polygon([(140, 216), (320, 96), (500, 216)], (166, 72, 54))
    for i in range(7):
        c.line([(140 + i * 26, 216 - i * 17), (500 - i * 26, 216 - i * 17)], (142, 58, 44), 1.5)
    c.box(404, 110, 34, 66, (146, 82, 64))
    c.box(292, 290, 58, 100, (112, 74, 50), 3)
    c.ellipse(340, 344, 4, 4, (224, 190, 90))
    for x in (200, 380):
        c.box(x, 250, 66, 60, (255, 255, 250))
        c.box(x + 5, 255, 56, 50, (128, 172, 200))
        c.line([(x + 33, 252), (x + 33, 308)], (255, 255, 250), 4)
        c.line([(x + 3, 280), (x + 63, 280)], (255, 255, 250), 4)
    c.polygon([(296, 390), (346, 390), (400, 480), (240, 480)], (196, 186, 170))


def skyline(c: Canvas) -> None:
    for i in range(15):
        w, h = c.random.uniform(40, 74), c.random.uniform(120, 340)
        x = i * 46 - 20
        shade = c.random.randint(0, 16)
        c.box(x, 480 - h, w, h, (22 + shade, 26 + shade, 46 + shade))
        for wy in np.arange(480 - h + 10, 476, 15):
            for wx in np.arange(x + 6, x + w - 8, 11):
                if c.random.random() < 0.55:
                    c.box(
                        float(wx), float(wy), 6, 8, c.random.choice(((255, 220, 130), (255, 236, 180), (190, 206, 236)))
                    )


def lighthouse(c: Canvas) -> None:
    clouds(c, 4)
    sea(c, 320, (44, 110, 160), (130, 184, 216))
    c.polygon([(150, 480), (200, 400), (270, 380), (380, 384), (450, 420), (520, 480)], (112, 104, 96))
    c.texture(385, 4)
    c.polygon([(280, 392), (296, 150), (352, 150), (368, 392)], (246, 244, 240))
    for i in (0, 2, 4):
        a, b = 150 + i * 48, 150 + (i + 1) * 48
        c.polygon(
            [
                (296 - (a - 150) / 15, a),
                (352 + (a - 150) / 15, a),
                (352 + (b - 150) / 15, b),
                (296 - (b - 150) / 15, b),
            ],
            (200, 46, 44),
        )
    c.box(286, 142, 76, 10, (60, 62, 70))
    c.box(302, 104, 44, 40, (255, 240, 170))
    c.polygon([(294, 106), (324, 78), (354, 106)], (176, 40, 40))


def fish(c: Canvas) -> None:
    for _ in range(40):
        x, y, r = c.random.uniform(0, 640), c.random.uniform(0, 480), c.random.uniform(3, 9)
        c.ellipse(x, y, r, r, (92, 176, 210))
    c.soften(2)
    for x in (60, 110, 560, 600):
        c.line([(x, 480), (x + 14, 420), (x - 8, 370), (x + 10, 320)], (36, 128, 92), 10)
    c.polygon([(420, 240), (540, 160), (516, 240), (540, 322)], (236, 110, 26))
    c.polygon([(250, 170), (330, 96), (390, 180)], (230, 100, 24))
    c.polygon([(280, 310), (330, 366), (370, 304)], (230, 100, 24))
    c.ellipse(300, 240, 152, 88, (246, 134, 34))
    for x in (232, 322, 402):
        half = 88 * math.sqrt(max(0, 1 - ((x - 300) / 152) ** 2))
        c.ellipse(x, 240, 15, half * 0.97, (250, 248, 242))
    c.ellipse(192, 222, 15, 15, (255, 255, 255))
    c.ellipse(189, 222, 8, 8, (16, 16, 20))


def butterfly(c: Canvas) -> None:
    meadow(c)
    for side in (-1, 1):
        for rx, ry, dx, dy, a in ((120, 76, 104, -66, -0.55), (84, 60, 80, 66, 0.6)):
            for grow, color in ((1.0, (26, 22, 26)), (0.84, (232, 118, 26)), (0.5, (248, 160, 50))):
                c.ellipse(320 + side * dx, 230 + dy, rx * grow, ry * grow, color, side * a)
            for i in range(5):
                t = (i - 2) * 0.35 + a
                c.ellipse(
                    320 + side * (dx + rx * 0.86 * math.cos(t)),
                    230 + dy + rx * 0.86 * math.sin(t),
                    5,
                    5,
                    (250, 250, 250),
                )
        c.line([(320, 150), (320 + side * 22, 110), (320 + side * 44, 92)], (26, 22, 26), 3)
    c.ellipse(320, 232, 11, 84, (30, 26, 30))


def cat(c: Canvas) -> None:
    c.soften(1)
    c.shadow(320, 470, 190, 20)
    c.ellipse(320, 470, 170, 130, (204, 136, 72))
    for side in (-1, 1):
        c.polygon([(320 + side * 136, 74), (320 + side * 44, 142), (320 + side * 132, 222)], (208, 138, 74))
        c.polygon([(320 + side * 124, 102), (320 + side * 70, 144), (320 + side * 120, 194)], (240, 176, 160))
    c.ellipse(320, 236, 146, 124, (220, 150, 84))
    for dx in (-44, 0, 44):
        c.polygon(
            [(320 + dx - 9, 120 + abs(dx) * 0.2), (320 + dx + 9, 120 + abs(dx) * 0.2), (320 + dx * 0.8, 182)],
            (170, 102, 48),
        )
    for side in (-1, 1):
        for k in (0, 1):
            c.polygon(
                [(320 + side * 142, 240 + k * 30), (320 + side * 146, 252 + k * 30), (320 + side * 92, 254 + k * 22)],
                (170, 102, 48),
            )
        c.ellipse(320 + side * 58, 220, 30, 27, (196, 206, 84))
        c.ellipse(320 + side * 58, 220, 10, 25, (16, 18, 16))
        c.ellipse(320 + side * 58 - 6, 210, 5, 5, (255, 255, 255))
        c.ellipse(320 + side * 24, 292, 36, 27, (250, 238, 222))
    c.ellipse(320, 320, 26, 17, (250, 238, 222))
    c.polygon([(300, 262), (340, 262), (320, 284)], (222, 120, 116))
    c.line([(320, 284), (320, 304)], (120, 70, 60), 3)
    for side in (-1, 1):
        c.line([(320, 304), (320 + side * 14, 314), (320 + side * 28, 306)], (120, 70, 60), 3)
        for k in (-12, 4, 20):
            c.line([(320 + side * 50, 290 + k * 0.4), (320 + side * 178, 280 + k * 1.6)], (250, 250, 250), 2)


def owl(c: Canvas) -> None:
    for x in (60, 560):
        c.box(x, 0, 44, 480, (34, 40, 48))
    c.soften(6)
    c.box(0, 420, 640, 26, (92, 66, 46), 10)
    c.ellipse(320, 290, 128, 156, (138, 100, 66))
    c.ellipse(320, 320, 88, 116, (214, 186, 146))
    for row in range(6):
        for i in range(5):
            c.ellipse(256 + i * 32 + (row % 2) * 14, 264 + row * 28, 8, 11, (150, 110, 74))
    c.ellipse(320, 172, 124, 96, (150, 110, 74))
    for side in (-1, 1):
        c.polygon([(320 + side * 112, 60), (320 + side * 36, 100), (320 + side * 108, 144)], (130, 92, 60))
        c.ellipse(320 + side * 52, 174, 58, 58, (226, 204, 170))
        c.ellipse(320 + side * 50, 174, 38, 38, (244, 176, 30))
        c.ellipse(320 + side * 50, 174, 20, 20, (14, 14, 16))
        c.ellipse(320 + side * 50 - 8, 164, 7, 7, (255, 255, 255))
        c.ellipse(320 + side * 116, 300, 34, 118, (112, 80, 52), side * 0.14)
        for k in (-16, 0, 16):
            c.ellipse(320 + side * 46 + k, 428, 8, 15, (226, 170, 60))
    c.polygon([(302, 192), (338, 192), (320, 234)], (226, 164, 50))


def page(c: Canvas) -> None:
    c.shadow(240, 330, 196, 292, 90)
    c.box(40, 30, 400, 580, (253, 253, 251))
    c.box(76, 70, 240, 20, (38, 38, 42))
    y = 124.0
    while y < 570:
        words, x = c.random.randint(4, 9), 76.0
        for _ in range(words):
            w = c.random.uniform(18, 62)
            if x + w > 404:
                break
            c.box(x, y, w, 6, (92, 92, 98), 1)
            x += w + 8
        y += 16 if c.random.random() > 0.16 else 32


def bar_chart(c: Canvas) -> None:
    c.box(90, 60, 3, 350, (70, 72, 80))
    c.box(90, 408, 500, 3, (70, 72, 80))
    for i in range(5):
        c.box(93, 340 - i * 68, 497, 1, (222, 224, 230))
        c.box(56, 336 - i * 68, 24, 7, (150, 152, 160), 1)
    for i, h in enumerate((120, 190, 150, 260, 300, 230)):
        c.box(
            120 + i * 78,
            408 - h,
            48,
            h,
            ((0, 114, 178), (230, 159, 0), (0, 158, 115), (204, 121, 167), (213, 94, 0), (86, 180, 233))[i],
        )
        c.box(124 + i * 78, 424, 40, 7, (150, 152, 160), 1)
    c.box(210, 24, 220, 14, (60, 62, 70), 2)


def screenshot(c: Canvas) -> None:
    c.box(40, 40, 720, 420, (250, 250, 252), 10)
    c.box(40, 40, 720, 34, (226, 228, 234), 10)
    for i, color in enumerate(((236, 98, 92), (244, 190, 80), (98, 196, 98))):
        c.ellipse(62 + i * 20, 57, 6, 6, color)
    c.box(40, 74, 170, 386, (240, 241, 245))
    for i in range(8):
        c.box(60, 96 + i * 32, c.random.uniform(70, 126), 9, (120, 124, 134) if i != 2 else (47, 111, 222), 3)
    for i in range(6):
        c.box(
            234 + (i % 3) * 172,
            100 + (i // 3) * 150,
            156,
            104,
            ((198, 216, 244), (246, 226, 190), (200, 232, 214))[i % 3],
            8,
        )
        c.box(234 + (i % 3) * 172, 212 + (i // 3) * 150, c.random.uniform(70, 140), 8, (110, 114, 124), 3)
    c.box(620, 416, 118, 28, (47, 111, 222), 8)


Drawing = tuple[str, Callable[[Canvas], None], tuple[int, int], Color, Color]
WIDE, TALL = (640, 480), (480, 640)
SKY: tuple[Color, Color] = ((92, 156, 222), (206, 228, 244))
WALL: tuple[Color, Color] = ((236, 232, 224), (220, 212, 200))

DRAWINGS: tuple[Drawing, ...] = (
    ("apple", apple, WIDE, *WALL),
    ("banana", banana, WIDE, *WALL),
    ("bar chart", bar_chart, WIDE, (252, 252, 253), (252, 252, 253)),
    ("beach", beach, WIDE, *SKY),
    ("butterfly", butterfly, WIDE, (90, 140, 80), (60, 110, 60)),
    ("cat", cat, WIDE, (150, 172, 176), (112, 132, 138)),
    ("daisies", daisy, WIDE, (90, 140, 80), (60, 110, 60)),
    ("desert", desert, WIDE, (236, 190, 140), (250, 226, 184)),
    ("fish", fish, WIDE, (70, 164, 206), (16, 78, 128)),
    ("green hills", hills, WIDE, *SKY),
    ("house", house, WIDE, *SKY),
    ("lemons", lemons, WIDE, *WALL),
    ("letter", page, TALL, (140, 122, 104), (120, 102, 86)),
    ("lighthouse", lighthouse, WIDE, *SKY),
    ("mountains", mountains, WIDE, *SKY),
    ("night sky", night, WIDE, (10, 14, 38), (44, 52, 96)),
    ("oranges", oranges, WIDE, *WALL),
    ("owl", owl, WIDE, (62, 76, 92), (40, 50, 60)),
    ("red car", car, WIDE, *SKY),
    ("rose", rose, WIDE, (90, 140, 80), (60, 110, 60)),
    ("sailing boat", sailboat, WIDE, *SKY),
    ("screenshot", screenshot, (800, 500), (86, 120, 170), (120, 90, 150)),
    ("skyline at night", skyline, WIDE, (18, 18, 48), (120, 70, 110)),
    ("sunflowers", sunflowers, WIDE, *SKY),
    ("sunset at sea", sunset, WIDE, (74, 58, 120), (255, 168, 92)),
    ("yellow bus", bus, WIDE, *SKY),
)


def draw(place: int) -> Image.Image:
    """The picture at this place of DRAWINGS."""
    _, paint, size, top, bottom = DRAWINGS[place]
    canvas = Canvas(place + 1, size, top, bottom)
    paint(canvas)
    return canvas.finished()


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for place, (name, *_) in enumerate(DRAWINGS):
        draw(place).save(folder / f"{name}.jpg", quality=88, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
