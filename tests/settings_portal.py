"""A settings portal for a test, as desktops have one. Runs with the system's Python, which has dbus and gi.

Asks for high contrast at once, and for less motion after the line `less motion` on its standard input.
"""

from __future__ import annotations

import sys

import dbus
import dbus.service
from dbus.mainloop.glib import DBusGMainLoop
from gi.repository import GLib

NAME, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
SETTINGS, APPEARANCE = "org.freedesktop.portal.Settings", "org.freedesktop.appearance"


class Portal(dbus.service.Object):  # type: ignore[misc]
    @dbus.service.method(SETTINGS, in_signature="ss", out_signature="v")  # type: ignore[untyped-decorator]
    def Read(self, namespace: str, key: str) -> object:
        if (namespace, key) != (APPEARANCE, "contrast"):
            raise dbus.exceptions.DBusException("no such setting", name="org.freedesktop.portal.Error.NotFound")
        return dbus.UInt32(1, variant_level=2)

    @dbus.service.signal(SETTINGS, signature="ssv")  # type: ignore[untyped-decorator]
    def SettingChanged(self, namespace: str, key: str, value: object) -> None:
        pass


def main() -> None:
    DBusGMainLoop(set_as_default=True)
    bus = dbus.SessionBus()
    name = dbus.service.BusName(NAME, bus)
    portal = Portal(bus, PATH)

    def on_line(*_: object) -> bool:
        if not sys.stdin.readline():
            loop.quit()
            return False
        portal.SettingChanged(APPEARANCE, "reduced-motion", dbus.UInt32(1))
        return True

    GLib.io_add_watch(sys.stdin, GLib.IO_IN | GLib.IO_HUP, on_line)
    print("ready", name.get_name(), flush=True)
    loop = GLib.MainLoop()
    loop.run()


if __name__ == "__main__":
    main()
