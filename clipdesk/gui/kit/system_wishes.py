"""What a person asks of all programs in the settings of the system: less motion, and high contrast.

Qt knows high contrast on Windows and macOS, and in some desktops. On Linux, the settings portal knows both everywhere:
https://flatpak.github.io/xdg-desktop-portal/docs/doc-org.freedesktop.portal.Settings.html
"""

from __future__ import annotations

import logging
import sys
from typing import Any

from PySide6.QtCore import SLOT, QObject, Signal, Slot

from clipdesk.gui.kit import theme

logger = logging.getLogger(__name__)

_PORTAL, _PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
_SETTINGS = "org.freedesktop.portal.Settings"
_APPEARANCE, _GNOME = "org.freedesktop.appearance", "org.gnome.desktop.interface"
#: What the portal is asked. GNOME had a switch for animations long before all desktops had one for less motion.
_KEYS = ((_APPEARANCE, "contrast"), (_APPEARANCE, "reduced-motion"), (_GNOME, "enable-animations"))
_TIMEOUT_MS = 3000

#: SystemParametersInfo: whether Windows animates the contents of windows.
_SPI_GETCLIENTAREAANIMATION = 0x1042


class SystemWishes(QObject):
    """Follows both settings. They are false until the system has answered, which nothing waits for."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._values: dict[tuple[str, str], Any] = {}
        self._moves_less = _system_moves_less()
        hints = theme.application().styleHints()
        if hasattr(hints, "accessibility"):
            hints.accessibility().contrastPreferenceChanged.connect(self._on_contrast_changed)
        if sys.platform.startswith("linux"):
            self._ask_portal()

    @property
    def less_motion(self) -> bool:
        """Whether nothing should move by itself."""
        no_animations = self._values.get((_GNOME, "enable-animations")) is False
        return self._moves_less or no_animations or self._values.get((_APPEARANCE, "reduced-motion")) == 1

    @property
    def contrast(self) -> bool:
        """Whether colours should be of high contrast."""
        return theme.system_wants_contrast() or self._values.get((_APPEARANCE, "contrast")) == 1

    def _on_contrast_changed(self, *_: object) -> None:
        self.changed.emit()

    # --- the portal

    def _ask_portal(self) -> None:
        from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusPendingCallWatcher

        bus = QDBusConnection.sessionBus()
        if not bus.isConnected():
            return
        slot = SLOT("_on_setting_changed(QDBusMessage)")
        bus.connect(_PORTAL, _PATH, _SETTINGS, "SettingChanged", self, slot)  # type: ignore[call-overload]
        for namespace, key in _KEYS:
            message = QDBusMessage.createMethodCall(_PORTAL, _PATH, _SETTINGS, "Read")
            message.setArguments([namespace, key])
            watcher = QDBusPendingCallWatcher(bus.asyncCall(message, _TIMEOUT_MS), self)
            watcher.finished.connect(lambda done, name=(namespace, key): self._on_answer(name, done))

    def _on_answer(self, name: tuple[str, str], watcher: Any) -> None:
        if watcher.isError():
            logger.debug("no setting %s: %s", name, watcher.error().message())
        else:
            self._keep(name, watcher.reply().arguments()[0])
        watcher.deleteLater()

    @Slot("QDBusMessage")
    def _on_setting_changed(self, message: Any) -> None:
        namespace, key, value = message.arguments()
        self._keep((namespace, key), value)

    def _keep(self, name: tuple[str, str], value: Any) -> None:
        while hasattr(value, "variant"):  # `Read` answers with a variant inside of a variant
            value = value.variant()
        if name in _KEYS and self._values.get(name) != value:
            self._values[name] = value
            self.changed.emit()


def _system_moves_less() -> bool:
    """Ask Windows or macOS. False elsewhere, and where they do not answer."""
    try:
        if sys.platform == "win32":
            return _windows_moves_less()
        if sys.platform == "darwin":
            return _macos_moves_less()
    except (OSError, AttributeError) as error:
        logger.info("the system does not say whether it wants less motion: %s", error)
    return False


def _windows_moves_less() -> bool:
    import ctypes

    animates = ctypes.c_int(1)
    windll = getattr(ctypes, "windll")  # noqa: B009 - mypy knows it on Windows only
    windll.user32.SystemParametersInfoW(_SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(animates), 0)
    return not animates.value


def _macos_moves_less() -> bool:
    """Return `NSWorkspace.sharedWorkspace.accessibilityDisplayShouldReduceMotion`."""
    import ctypes

    objc = ctypes.CDLL("/usr/lib/libobjc.A.dylib")
    objc.objc_getClass.restype = objc.sel_registerName.restype = ctypes.c_void_p
    objc.objc_getClass.argtypes = objc.sel_registerName.argtypes = [ctypes.c_char_p]
    send = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)(("objc_msgSend", objc))
    ask = ctypes.CFUNCTYPE(ctypes.c_bool, ctypes.c_void_p, ctypes.c_void_p)(("objc_msgSend", objc))
    workspace = send(objc.objc_getClass(b"NSWorkspace"), objc.sel_registerName(b"sharedWorkspace"))
    return bool(ask(workspace, objc.sel_registerName(b"accessibilityDisplayShouldReduceMotion")))
