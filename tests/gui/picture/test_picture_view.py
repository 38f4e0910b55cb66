from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from clipdesk.gui.picture.picture_view import PictureView


def picture(width: int, height: int, color: str = "#3366cc") -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    return image


@pytest.fixture
def view(qtbot: QtBot) -> PictureView:
    view = PictureView()
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    return view


def test_a_large_image_is_fitted(view: PictureView) -> None:
    view.set_picture(picture(1600, 600))

    assert view.zoom == pytest.approx(0.25)
    assert view.is_fitted


def test_a_tiny_image_is_enlarged_up_to_a_limit(view: PictureView) -> None:
    view.set_picture(picture(10, 10))

    assert view.zoom == pytest.approx(4.0)


def test_keys_zoom_and_fit(qtbot: QtBot, view: PictureView) -> None:
    view.set_picture(picture(1600, 1200))

    qtbot.keyClick(view, Qt.Key.Key_Z)
    actual = view.zoom
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    larger = view.zoom
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    smaller = view.zoom
    qtbot.keyClick(view, Qt.Key.Key_F)

    assert actual == pytest.approx(1.0)
    assert larger == pytest.approx(1.25)
    assert smaller == pytest.approx(1.0)
    assert view.is_fitted


def test_zooming_out_ends_at_the_whole_image(view: PictureView) -> None:
    view.set_picture(picture(1600, 1200))

    for _ in range(10):
        view.zoom_out()

    assert view.is_fitted


def test_the_wheel_keeps_the_point_under_the_mouse(view: PictureView) -> None:
    image = picture(1600, 1200, "#000000")
    # A white mark whose position follows from the zoom.
    for x in range(400, 440):
        for y in range(300, 340):
            image.setPixelColor(x, y, QColor("white"))
    view.set_picture(image)
    spot = QPointF(105, 80)  # 420, 320 in the image, at a zoom of 0.25
    assert QColor(view.grab().toImage().pixel(spot.toPoint())) == QColor("white")

    turn = QWheelEvent(
        spot,
        view.mapToGlobal(spot),
        QPoint(),
        QPoint(0, 600),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, turn)

    assert view.zoom > 0.7
    assert QColor(view.grab().toImage().pixel(spot.toPoint())) == QColor("white")


def test_dragging_moves_an_enlarged_image(qtbot: QtBot, view: PictureView) -> None:
    image = picture(800, 600, "#000000")
    for x in range(390, 410):
        for y in range(290, 310):
            image.setPixelColor(x, y, QColor("white"))
    view.set_picture(image)
    view.show_actual_size()
    assert QColor(view.grab().toImage().pixel(200, 150)) == QColor("white")

    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    move = QMouseEvent(
        QEvent.Type.MouseMove,
        QPointF(150, 120),
        view.mapToGlobal(QPointF(150, 120)),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(view, move)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(150, 120))

    shown = view.grab().toImage()
    assert QColor(shown.pixel(150, 120)) == QColor("white")
    assert QColor(shown.pixel(200, 150)) == QColor("black")


def test_dragging_does_not_lose_the_image(qtbot: QtBot, view: PictureView) -> None:
    view.set_picture(picture(800, 600))
    view.show_actual_size()

    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))
    for x in (3000, 9000):
        move = QMouseEvent(
            QEvent.Type.MouseMove,
            QPointF(x, x),
            QPointF(x, x),
            Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(view, move)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=QPoint(10, 10))

    shown = view.grab().toImage()
    assert QColor(shown.pixel(1, 1)) == QColor("#3366cc")
    assert QColor(shown.pixel(398, 298)) == QColor("#3366cc")


def test_a_smaller_copy_counts_in_pixels_of_the_file(qtbot: QtBot, view: PictureView) -> None:
    view.set_picture(picture(800, 600), QSize(3200, 2400))
    assert view.zoom == pytest.approx(0.125)

    with qtbot.waitSignal(view.detail_wanted):
        view.show_actual_size()
    view.set_detail(picture(3200, 2400, "#ff0000"))

    assert view.zoom == pytest.approx(1.0)
    assert QColor(view.grab().toImage().pixel(200, 150)) == QColor("#ff0000")


def test_a_copy_that_is_fine_enough_is_not_replaced(qtbot: QtBot, view: PictureView) -> None:
    view.set_picture(picture(1600, 1200), QSize(3200, 2400))

    with qtbot.assertNotEmitted(view.detail_wanted):
        view.set_zoom(0.5)


def test_a_message_replaces_the_image(view: PictureView) -> None:
    view.set_picture(picture(100, 100))

    view.show_message("The file is damaged.")

    assert view.message == "The file is damaged."
    assert not view.has_picture
    view.grab()


def test_loading_is_shown_only_after_a_delay(qtbot: QtBot, view: PictureView) -> None:
    view.set_picture(picture(100, 100))

    view.show_loading()
    at_once = view.has_picture
    qtbot.waitUntil(lambda: view.message == "Loading…")

    assert at_once


def test_an_image_that_loads_quickly_shows_no_loading_message(qtbot: QtBot, view: PictureView) -> None:
    view.show_message("Select a picture")
    view.set_picture(picture(100, 100))
    view.show_loading()
    view.set_picture(picture(200, 100))

    with qtbot.assertNotEmitted(view.zoom_changed, wait=250):
        pass

    assert view.has_picture


@pytest.mark.parametrize("size", [(1, 1), (1, 4000), (4000, 1), (3000, 3000)])
def test_any_shape_can_be_shown_and_zoomed(view: PictureView, size: tuple[int, int]) -> None:
    view.set_picture(picture(*size))

    for zoom in (0.01, 0.3, 1.0, 16.0, 1000.0):
        view.set_zoom(zoom)
        view.grab()

    assert view.has_picture


def test_keys_without_an_image_do_nothing(qtbot: QtBot, view: PictureView) -> None:
    for key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Z, Qt.Key.Key_F):
        qtbot.keyClick(view, key)

    assert not view.has_picture
