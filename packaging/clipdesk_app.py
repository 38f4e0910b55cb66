"""The entry point of the built app. PyInstaller runs this module; everybody else runs `clipdesk`."""

from __future__ import annotations

import multiprocessing
import sys

from clipdesk.__main__ import main

if __name__ == "__main__":
    # Without this, a child process of a frozen program would open another window.
    multiprocessing.freeze_support()
    sys.exit(main())
