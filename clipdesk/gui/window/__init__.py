"""The main window's frame: toolbar, menus, drop zone, bars."""
