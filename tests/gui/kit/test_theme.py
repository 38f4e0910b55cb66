"""Contrast of the theme's colours, by the formula of WCAG 2: https://www.w3.org/TR/WCAG22/#contrast-minimum"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from clipdesk.gui.kit import theme
from clipdesk.gui.kit.theme import LABEL_COLORS, Tokens, mixed, tokens_for
from clipdesk.gui.results.delegates import CellStyle

SCHEMES: tuple[theme.Scheme, ...] = ("light", "dark")
TEXT, LARGE_OR_GRAPHIC, ENHANCED = 4.5, 3.0, 7.0


def luminance(color: QColor) -> float:
    parts = (color.redF(), color.greenF(), color.blueF())
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor | str, other: QColor | str) -> float:
    dark, light = sorted((luminance(QColor(one)), luminance(QColor(other))))
    return (light + 0.05) / (dark + 0.05)


def grounds(t: Tokens) -> dict[str, QColor]:
    """Everything that text is written on, as the stylesheet and the delegates mix it."""
    return {
        "window": QColor(t.window),
        "panel": QColor(t.panel),
        "raised": QColor(t.raised),
        "selection": mixed(t.accent, t.selection_alpha, t.panel),
        "hover": mixed(t.text, 0.06, t.panel),
        "hover on the window": mixed(t.text, 0.07, t.window),
        "pressed": mixed(t.text, 0.12, t.panel),
        "drop": mixed(t.accent, 0.08, t.window),
        "good news": mixed(t.good, 0.10, t.panel),
        "bad news": mixed(t.bad, 0.10, t.panel),
    }


def too_faint(t: Tokens, least: float) -> list[str]:
    """Describe every pair of text and ground whose contrast is less than `least`."""
    everywhere = grounds(t)
    plain = {name: everywhere[name] for name in ("window", "panel", "raised")}
    pairs = [(name, ground, everywhere[ground]) for name in ("text", "secondary") for ground in everywhere]
    # Rows in which they are written can be selected.
    pairs += [(name, ground, everywhere[ground]) for name in ("bad",) for ground in (*plain, "selection", "hover")]
    pairs += [(name, ground, plain[ground]) for name in ("accent", "good", "warn") for ground in plain]
    pairs += [("on_accent", "accent", QColor(t.accent))]
    pairs += [("on_accent", "accent, hovered", mixed(t.text, 0.12, t.accent))]
    return [
        f"{name} on {ground_name}: {contrast(getattr(t, name), ground):.2f}"
        for name, ground_name, ground in pairs
        if contrast(getattr(t, name), ground) < least
    ]


def test_the_formula_is_that_of_wcag() -> None:
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_all_text_can_be_read(scheme: theme.Scheme) -> None:
    assert too_faint(tokens_for(scheme, contrast=False), TEXT) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_with_high_contrast_text_and_lines_stand_out(scheme: theme.Scheme) -> None:
    t = tokens_for(scheme, contrast=True)

    assert too_faint(t, ENHANCED) == []
    assert contrast(t.disabled, t.panel) >= TEXT
    assert min(contrast(t.line, t.panel), contrast(t.line_strong, t.panel)) >= LARGE_OR_GRAPHIC
    assert t.is_dark == (scheme == "dark")


@pytest.mark.parametrize("high", [False, True])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_focus_rings_and_check_boxes_are_seen(scheme: theme.Scheme, high: bool) -> None:
    t = tokens_for(scheme, contrast=high)

    faint = [
        (name, ground)
        for name in ("accent", "secondary")
        for ground in ("window", "panel", "raised")
        if contrast(getattr(t, name), getattr(t, ground)) < LARGE_OR_GRAPHIC
    ]
    assert faint == []


def test_numbers_in_the_dots_of_labels_can_be_read() -> None:
    faint = [color for color in LABEL_COLORS if contrast(theme.text_on(QColor(color)), color) < TEXT]

    assert faint == []


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    yield qapp
    theme.apply_theme(qapp, "light")


@pytest.mark.parametrize("high", [False, True])
@pytest.mark.parametrize("scheme", SCHEMES)
def test_numbers_on_the_bars_of_labels_can_be_read(app: QApplication, scheme: theme.Scheme, high: bool) -> None:
    theme.apply_theme(app, scheme, contrast=high)
    style, t = CellStyle(app.font()), theme.tokens()

    faint = [
        (color, selected)
        for color in LABEL_COLORS
        for selected in (False, True)
        if contrast(t.text, style.bar(QColor(color), selected=selected)) < TEXT
    ]
    assert faint == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_high_contrast_reaches_palette_and_stylesheet(app: QApplication, scheme: theme.Scheme) -> None:
    theme.apply_theme(app, scheme, contrast=True)

    t = tokens_for(scheme, contrast=True)
    assert app.palette().color(QPalette.ColorRole.WindowText) == QColor(t.text)
    assert f"border: 1px solid {t.line_strong}" in app.styleSheet()
    assert theme.is_dark() == (scheme == "dark")


def test_without_a_wish_of_the_system_contrast_is_normal(app: QApplication) -> None:
    """The offscreen platform has no such wish. See also `test_system_wishes`."""
    theme.apply_theme(app, "light")

    assert theme.tokens() is theme.LIGHT
