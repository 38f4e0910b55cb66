"""Colours, measures and the stylesheet of the window. No other module defines colours."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from clipdesk.resources import resource_path

Scheme = Literal["light", "dark"]

GRID = 4
GAP = 8
PADDING = 12
RADIUS = 6
ROW_HEIGHT = 32
_FONT_PIXELS = 13

#: Distinct for colour-blind people: the palette of Okabe and Ito (2008), then lighter and darker shades.
LABEL_COLORS = (
    "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#8A7B00", "#5B4FC9",
    "#4C9FD1", "#B37A00", "#4DBB9D", "#9E4F7C", "#E58A4D", "#2F86B5", "#B8A93A", "#8D84DB",
    "#004C78", "#F0C05A", "#006B4E", "#E0A8C6", "#993F00", "#8FCDF0", "#5E5400", "#3B3291",
)  # fmt: skip


@dataclass(frozen=True)
class Tokens:
    """One colour scheme."""

    window: str
    panel: str
    raised: str
    text: str
    secondary: str
    disabled: str
    line: str
    line_strong: str
    accent: str
    on_accent: str
    good: str
    warn: str
    bad: str
    selection_alpha: float
    is_dark: bool = False


LIGHT = Tokens(
    window="#F6F6F7", panel="#FFFFFF", raised="#FFFFFF",
    text="#1D1D20", secondary="#5F6068", disabled="#A4A5AD",
    line="#E3E3E7", line_strong="#C9CAD0", accent="#2A68D6", on_accent="#FFFFFF",
    good="#187B4D", warn="#995B00", bad="#C03028", selection_alpha=0.14,
)  # fmt: skip

DARK = Tokens(
    window="#1B1C1F", panel="#232428", raised="#2B2D31",
    text="#ECECEF", secondary="#ACADB5", disabled="#63646C",
    line="#34353A", line_strong="#494B52", accent="#6EA0FF", on_accent="#10131A",
    good="#4CC38A", warn="#E0A23C", bad="#FF877E", selection_alpha=0.20, is_dark=True,
)  # fmt: skip

#: For those who ask their system for high contrast: at least 7:1 for text, and lines that are seen.
LIGHT_CONTRAST = Tokens(
    window="#FFFFFF", panel="#FFFFFF", raised="#FFFFFF",
    text="#000000", secondary="#2E2F33", disabled="#5F6068",
    line="#6F7078", line_strong="#1D1D20", accent="#0A45AB", on_accent="#FFFFFF",
    good="#0B5233", warn="#663D00", bad="#82120D", selection_alpha=0.16,
)  # fmt: skip

DARK_CONTRAST = Tokens(
    window="#000000", panel="#000000", raised="#101113",
    text="#FFFFFF", secondary="#DCDCE1", disabled="#A5A6AE",
    line="#8A8B93", line_strong="#DCDCE1", accent="#9CC1FF", on_accent="#000000",
    good="#79E8B1", warn="#FFCB7A", bad="#FFBFBA", selection_alpha=0.28, is_dark=True,
)  # fmt: skip

_current: Tokens = LIGHT


def tokens() -> Tokens:
    """Return the current colours."""
    return _current


def is_dark() -> bool:
    return _current.is_dark


def label_color(index: int, own: str | None = None) -> QColor:
    """Return a label's own colour, or else the default colour of this number."""
    return QColor(own) if own else QColor(LABEL_COLORS[index % len(LABEL_COLORS)])


def mixed(color: QColor | str, share: float, ground: str | None = None) -> QColor:
    """Return `color` blended over `ground` (by default the panel) with an opacity of `share`, 0…1."""
    over, under = QColor(color), QColor(ground or _current.panel)
    parts = (
        round(share * a + (1 - share) * b)
        for a, b in zip(over.getRgb()[:3], under.getRgb()[:3], strict=True)  # type: ignore[index]
    )
    return QColor(*parts)


def text_on(ground: QColor) -> QColor:
    """Return black or white, whichever has the better contrast on this colour (WCAG 2)."""
    red, green, blue = (part**2.2 for part in (ground.redF(), ground.greenF(), ground.blueF()))
    return QColor("#000000" if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 else "#FFFFFF")


def body_font(app_font: QFont, pixels: int = _FONT_PIXELS, *, semibold: bool = False) -> QFont:
    """Return the UI font at `pixels` px for the default font size, scaled to the size that the desktop asks for."""
    font = QFont(app_font)
    font.setPixelSize(round(pixels * font_scale()))
    if semibold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def font_scale() -> float:
    """Return the size of the UI font relative to our default of 13 px; at least 1."""
    return max(1.0, QApplication.font().pixelSize() / _FONT_PIXELS)


def system_scheme() -> Scheme:
    """Return the system's colour scheme; light if the system has none."""
    hints = QGuiApplication.styleHints()
    return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"


def chosen_scheme(choice: str) -> Scheme:
    """Return the scheme for a choice of `light`, `dark`, or any other value for the system's."""
    if choice == "light":
        return "light"
    return "dark" if choice == "dark" else system_scheme()


def system_wants_contrast() -> bool:
    """Return whether the system is set to high contrast. Qt tells since 6.10."""
    hints = QGuiApplication.styleHints()
    if not hasattr(hints, "accessibility"):
        return False
    return bool(hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast)


def tokens_for(scheme: Scheme, *, contrast: bool) -> Tokens:
    """Return the colours of a scheme, with `contrast` those of high contrast."""
    if contrast:
        return DARK_CONTRAST if scheme == "dark" else LIGHT_CONTRAST
    return DARK if scheme == "dark" else LIGHT


def application() -> QApplication:
    """Return the running application."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def apply_theme(app: QApplication, scheme: Scheme, *, contrast: bool | None = None) -> None:
    """Apply the Fusion style with our palette and stylesheet; with `contrast`, or if the system says so, high contrast.

    We set the palette ourselves because Qt's `setColorScheme(Dark)` has no effect on platforms without a dark theme.
    """
    global _current
    _current = tokens_for(scheme, contrast=system_wants_contrast() if contrast is None else contrast)
    if app.style().objectName().lower() != "fusion":
        app.setStyle("Fusion")
    font = app.font()
    if font.pixelSize() <= 0:
        # 13 px for the usual 9–10 pt, and larger where the desktop asks for larger text.
        is_large = font.pointSizeF() > 10
        font.setPixelSize(max(_FONT_PIXELS, round(font.pointSizeF() * 96 / 72)) if is_large else _FONT_PIXELS)
        app.setFont(font)
    app.setPalette(_palette(_current))
    app.setStyleSheet(stylesheet(_current))


def _palette(t: Tokens) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    selection = mixed(t.accent, t.selection_alpha, t.panel)
    for name, color in {
        role.Window: t.window, role.WindowText: t.text, role.Base: t.panel, role.AlternateBase: t.window,
        role.Text: t.text, role.Button: t.raised, role.ButtonText: t.text, role.ToolTipBase: t.raised,
        role.ToolTipText: t.text, role.PlaceholderText: t.secondary, role.Highlight: selection,
        role.HighlightedText: t.text, role.Link: t.accent, role.LinkVisited: t.accent, role.BrightText: t.bad,
        role.Light: t.raised, role.Midlight: t.line, role.Mid: t.line_strong, role.Dark: t.line_strong,
        role.Shadow: t.line_strong, role.Accent: t.accent,
    }.items():  # fmt: skip
        palette.setColor(name, QColor(color))
    for name in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(t.disabled))
    return palette


def stylesheet(t: Tokens) -> str:
    """Return the stylesheet of the window for the colours of one scheme."""
    values = {field.name: str(getattr(t, field.name)) for field in fields(t)}
    values |= {
        "selection": mixed(t.accent, t.selection_alpha, t.panel).name(),
        "hover": mixed(t.text, 0.06, t.panel).name(),
        "hover_window": mixed(t.text, 0.07, t.window).name(),
        "pressed": mixed(t.text, 0.12, t.panel).name(),
        "accent_hover": mixed(t.text, 0.12, t.accent).name(),
        "drop": mixed(t.accent, 0.08, t.window).name(),
        "radius": str(RADIUS),
        "small_font": str(round(11 * font_scale())),
        "title_font": str(round(15 * font_scale())),
        "heading_font": str(round(22 * font_scale())),
        # A minimum in a stylesheet replaces the widget's own, so it has to grow with the font.
        # Large Korean text is higher than Latin: 29 pixels at 1.5 times the size.
        "button_height": str(round(18 + 22 * (font_scale() - 1))),
        "large_button_height": str(round(38 * font_scale())),
        "key_button_height": str(round(16 * font_scale())),
        "field_height": str(round(15 * font_scale()) + 5),
        # Its grey is visible in both schemes: a stylesheet cannot recolour a file.
        "arrow": resource_path("icons/arrow.svg").as_posix(),
        "checked": resource_path(f"icons/checked-{'dark' if t.is_dark else 'light'}.svg").as_posix(),
    }
    text = _STYLE
    for name, value in values.items():
        text = text.replace(f"@{name}@", value)
    return text


_STYLE = """
QMainWindow, QDialog { background: @window@; }
QMainWindow::separator { background: @line@; width: 1px; height: 1px; }
QToolTip { background: @raised@; color: @text@; border: 1px solid @line_strong@; padding: 4px 6px; }

QToolBar { background: @window@; border: none; border-bottom: 1px solid @line@; padding: 6px 8px; spacing: 4px; }
QToolBar::separator { background: @line@; width: 1px; margin: 6px 6px; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: @radius@px;
  padding: 5px 8px; color: @text@; }
QToolButton:hover { background: @hover_window@; }
QToolButton:pressed, QToolButton:checked { background: @pressed@; }
QToolButton:focus { border-color: @accent@; }
QToolButton:disabled { color: @disabled@; }
QToolButton[disclosure="true"] { text-align: left; border-radius: 0; padding: 7px 8px; color: @secondary@;
  border: none; border-top: 1px solid @line@; background: @panel@; }
QToolButton[disclosure="true"]:hover { color: @text@; background: @hover@; }
QToolButton[disclosure="true"]:focus { color: @accent@; border: 1px solid @accent@; }
QToolButton[primary="true"] { background: @accent@; color: @on_accent@; padding: 5px 12px 5px 8px; }
QToolButton[primary="true"]:hover { background: @accent_hover@; }
QToolButton[primary="true"]:focus { border: 2px solid @text@; padding: 4px 11px 4px 7px; }
QToolButton::menu-indicator { image: none; width: 0; }

QPushButton { background: @raised@; border: 1px solid @line_strong@; border-radius: @radius@px;
  padding: 6px 14px; min-height: @button_height@px; color: @text@; }
QPushButton:hover { background: @hover@; }
QPushButton:pressed { background: @pressed@; }
QPushButton:focus { border-color: @accent@; }
QPushButton:disabled { color: @disabled@; border-color: @line@; }
QPushButton[primary="true"] { background: @accent@; border-color: @accent@; color: @on_accent@; }
QPushButton[primary="true"]:hover { background: @accent_hover@; border-color: @accent_hover@; }
QPushButton[primary="true"]:disabled { background: @line@; border-color: @line@; color: @disabled@; }
QPushButton[primary="true"]:focus { border: 2px solid @text@; padding: 5px 13px; }
QPushButton[large="true"] { min-height: @large_button_height@px; font-size: @title_font@px; font-weight: 600; }
QPushButton[key="true"] { padding: 1px 8px; min-height: @key_button_height@px; border-radius: 4px; }
QPushButton[flat="true"] { background: transparent; border-color: transparent; padding: 5px 8px; }
QPushButton[flat="true"]:hover { background: @hover@; }
QPushButton[flat="true"]:focus { border-color: @accent@; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QComboBox { background: @panel@;
  border: 1px solid @line_strong@; border-radius: @radius@px; padding: 4px 8px; min-height: @field_height@px;
  color: @text@; selection-background-color: @accent@; selection-color: @on_accent@; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus {
  border-color: @accent@; }
QLineEdit:disabled, QComboBox:disabled { color: @disabled@; }

QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url("@arrow@"); width: 16px; height: 16px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: 0; border: none; }
QAbstractSpinBox QLineEdit { border: none; background: transparent; padding: 0 8px; min-height: 0; }
QDialog QTableView, QDialog QListView, QDialog QTreeView { border: 1px solid transparent; }
QDialog QTableView:focus, QDialog QListView:focus, QDialog QTreeView:focus { border-color: @accent@; }
QComboBox QAbstractItemView { background: @raised@; border: 1px solid @line_strong@; padding: 4px; outline: none;
  selection-background-color: @selection@; selection-color: @text@; }

QMenuBar { background: @window@; }
QMenuBar::item { padding: 4px 9px; background: transparent; border-radius: 4px; }
QMenuBar::item:selected { background: @hover_window@; }
QMenu { background: @raised@; border: 1px solid @line_strong@; padding: 4px; }
QMenu::item { padding: 6px 28px 6px 10px; border-radius: 4px; }
QMenu::item:selected { background: @selection@; color: @text@; }
QMenu::item:disabled { color: @disabled@; }
QMenu::separator { height: 1px; background: @line@; margin: 4px 8px; }
QMenu::icon { padding-left: 8px; }

QDockWidget { titlebar-close-icon: none; titlebar-normal-icon: none; }
QDockWidget > QWidget { background: @panel@; }
QScrollArea { background: transparent; border: 1px solid transparent; }
QScrollArea:focus { border-color: @accent@; }
QScrollArea > QWidget > QWidget { background: transparent; }

QTableView, QListView, QTreeView { background: @panel@; border: none; outline: none; color: @text@;
  selection-background-color: @selection@; selection-color: @text@; }
QTableWidget::item { padding: 0 5px; }
QHeaderView { background: @panel@; }
QHeaderView::section { background: @panel@; color: @secondary@; border: none; border-bottom: 1px solid @line@;
  padding: 4px 8px; }
QHeaderView::section:hover { color: @text@; background: @hover@; }
QAbstractScrollArea::corner { background: @panel@; border: none; }
QTableCornerButton::section { background: @panel@; border: none; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @line_strong@; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: @secondary@; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QStatusBar { background: @window@; border-top: 1px solid @line@; }
QStatusBar::item { border: none; }
QProgressBar { background: @line@; border: none; border-radius: 3px; min-height: 6px; max-height: 6px; }
QProgressBar::chunk { background: @accent@; border-radius: 3px; }

QLabel[role="secondary"] { color: @secondary@; }
QLabel[role="small"] { color: @secondary@; font-size: @small_font@px; }
QLabel[role="title"] { font-size: @title_font@px; font-weight: 600; }
QLabel[role="heading"] { font-size: @heading_font@px; font-weight: 600; }
QLabel[role="error"] { color: @bad@; }
QFrame[role="line"] { background: @line@; max-height: 1px; min-height: 1px; border: none; }
QFrame[role="news"] { background: @raised@; border: none; border-bottom: 1px solid @line@; }
QFrame[role="popup"] { background: @raised@; border: 1px solid @line_strong@; border-radius: @radius@px; }
QFrame[role="drop"] { border: 2px dashed @line_strong@; border-radius: 12px; background: transparent; }
QFrame[role="drop"][hovered="true"] { border-color: @accent@; background: @drop@; }
QSlider::groove:horizontal { height: 4px; background: @line_strong@; border-radius: 2px; }
QScrollArea[ring="true"], QListWidget[ring="true"] { border: 1px solid transparent; border-radius: @radius@px; }
QScrollArea[ring="true"]:focus, QListWidget[ring="true"]:focus { border-color: @accent@; }
QSlider::handle:horizontal:focus { border: 2px solid @text@; }
QSlider::handle:horizontal { background: @accent@; width: 14px; height: 14px; margin: -5px 0; border-radius: 7px; }
QCheckBox, QRadioButton { spacing: 8px; }
QCheckBox::indicator, QTreeView::indicator, QTableView::indicator, QListWidget::indicator {
  width: 16px; height: 16px; border: 1px solid @secondary@; border-radius: 4px;
  background: @panel@; }
QCheckBox::indicator:hover, QCheckBox::indicator:focus { border-color: @accent@; }
QCheckBox::indicator:checked, QTreeView::indicator:checked, QTableView::indicator:checked,
QListWidget::indicator:checked {
  background: @accent@; border-color: @accent@; image: url("@checked@"); }
QCheckBox::indicator:checked:focus { border-color: @text@; }
QWidget[focusRing="true"] { border: 1px solid transparent; border-radius: @radius@px; }
QWidget[focusRing="true"]:focus { border-color: @accent@; }
QTreeView::indicator:indeterminate { background: @line_strong@; }
QTableView[plain="true"]::item { padding: 0 5px; }
QTabWidget::pane { border: none; border-top: 1px solid @line@; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: @secondary@; border: none; border-bottom: 2px solid transparent;
  padding: 6px 10px; }
QTabBar::tab:hover { color: @text@; }
QTabBar::tab:selected { color: @text@; border-bottom-color: @accent@; }
QTabBar::tab:disabled { color: @disabled@; }
QTabBar:focus { outline: none; }
QTabBar::tab:selected:focus { background: @hover_window@; border-radius: 4px; }
QCheckBox:focus, QRadioButton:focus { color: @accent@; }
QRadioButton::indicator { width: 16px; height: 16px; border: 1px solid @secondary@; border-radius: 9px;
  background: @panel@; }
QRadioButton::indicator:hover, QRadioButton::indicator:focus { border-color: @accent@; }
QRadioButton::indicator:checked { width: 8px; height: 8px; border: 5px solid @accent@; background: @on_accent@; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
"""
