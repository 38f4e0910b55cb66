"""The command line: parses the arguments of a command, runs it, and returns its exit code.

The window imports this package too, so a command imports what it needs only when it runs.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from clipdesk.cli.options import add_common_options, server_choice
from clipdesk.cli.terminal import (
    INTERRUPTED,
    WRONG_ARGUMENTS,
    fail,
    open_closed_streams,
    report_headless,
    start_logging,
)
from clipdesk.core.errors import Cancelled, ClipDeskError, LabelError

__all__ = [
    "COMMANDS",
    "WRONG_ARGUMENTS",
    "add_common_options",
    "fail",
    "main",
    "report_headless",
    "server_choice",
    "start_logging",
]


COMMANDS = ("label", "export", "compare", "sort", "search", "duplicates", "groups", "undo", "models", "serve")


def main(argv: Sequence[str]) -> int:
    """Run a command and return its exit code: 0, 1, 2, 3 or 130 (see the README)."""
    from clipdesk.cli.arguments import build_parser
    from clipdesk.cli.serve import run_serve

    open_closed_streams()
    options = build_parser().parse_args(argv)
    # A server's log is read days later, so its lines have the time.
    form = "%(asctime)s %(levelname)s %(name)s: %(message)s" if options.run is run_serve else logging.BASIC_FORMAT
    start_logging(verbose=options.verbose, form=form)
    try:
        code: int = options.run(options)
    except LabelError as error:
        return fail(str(error), WRONG_ARGUMENTS)
    except (Cancelled, KeyboardInterrupt):
        return fail("Stopped.", INTERRUPTED)
    except ClipDeskError as error:
        return fail(str(error))
    return code
