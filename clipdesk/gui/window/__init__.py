"""The frame of the main window: menus, toolbar, drop zone, message bar and job bar."""
