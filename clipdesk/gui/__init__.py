"""The window. Knows the core and the encoders; nothing else knows it."""

import sys

import PySide6  # noqa: F401

# At every import statement that runs, PySide asks whether the module around it uses one of its optional features
# (`from __feature__ import …`), and reads that module's source to find out: all of torch's, two thousand files, while
# the window waits and the lines stay in linecache. No module here uses one.
_feature = sys.modules.get("shibokensupport.feature")
if hasattr(_feature, "_mod_uses_pyside"):
    setattr(_feature, "_mod_uses_pyside", lambda module: False)  # noqa: B010 - unknown to mypy
