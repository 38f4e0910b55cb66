"""The entry point: opens the window, or runs a command."""

from __future__ import annotations

import argparse
import os
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path

from clipdesk import __version__, cli
from clipdesk.core.errors import ClipDeskError, LabelError


def main(argv: Sequence[str] | None = None) -> int:
    """Run ClipDesk and return its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    # A damaged image becomes a row with an error, so Pillow's warnings about it would only clutter the terminal.
    warnings.filterwarnings("ignore", module=r"PIL\.")
    # OpenMP threads that spin while they wait starve other processes of CPU time, and are starved by them: beside one
    # busy process, ViT-B/32 slowed down from 4.7 to 0.6 images a second. OpenMP reads this when torch is imported.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    if len(arguments) == 2 and arguments[0] == "try-runtime":  # how local/choosing/trial.py starts a child process
        from clipdesk.encoders.local.choosing.trial_child import main as run_child

        return run_child(Path(arguments[1]))
    if arguments and arguments[0] in cli.COMMANDS:
        return cli.main(arguments)
    return _open_window(_window_parser().parse_args(arguments))


def _window_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="clipdesk",
        description="Sort pictures by typing words. Opens the window, with the given pictures.",
        epilog=f"Commands, each with its own --help: {', '.join(cli.COMMANDS)}.",
    )
    parser.add_argument(
        "paths", nargs="*", type=Path, metavar="PATH", help="pictures and folders to open, or a desk (.clipdesk)"
    )
    parser.add_argument("--samples", action="store_true", help="open the sample pictures that come with ClipDesk")
    parser.add_argument(
        "--headless",
        type=Path,
        metavar="DIR",
        help="open no window: print the scores, and save them and a screenshot of the window in this folder",
    )
    cli.add_common_options(parser)
    parser.add_argument("--version", action="version", version=f"ClipDesk {__version__}")
    return parser


def _open_window(options: argparse.Namespace) -> int:
    cli.start_logging(verbose=options.verbose)
    if options.headless is not None:
        if not options.paths and not options.samples:
            return cli.fail("Name the pictures to label: clipdesk --headless DIR FOLDER.", cli.WRONG_ARGUMENTS)
        if desks := [path for path in options.paths if path.suffix.lower() == ".clipdesk"]:
            sentence = f"--headless takes pictures and folders. “{desks[0]}” is a desk: open it without --headless."
            return cli.fail(sentence, cli.WRONG_ARGUMENTS)
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if sys.platform == "win32":
        # From 2.9 on, torch cannot load its DLLs after Qt has loaded its own (pytorch#169429).
        from clipdesk.encoders.torch_requirements import missing_requirement

        if not missing_requirement():  # else the window says what is missing
            import torch  # noqa: F401
    try:
        from clipdesk.gui.session.startup import Start
        from clipdesk.gui.start import run
    except ImportError as error:
        if "cannot open shared object file" not in str(error):
            raise
        # Servers and containers lack libraries such as libEGL.so.1, which Qt needs even off screen.
        return cli.fail(
            f"The window needs a library that is not installed ({error}). Install it, or use “clipdesk label FOLDER "
            "--label dog --label cat” instead.",
            cli.WRONG_ARGUMENTS,
        )

    start = Start(
        paths=tuple(options.paths),
        samples=options.samples,
        model=options.model or "",
        device=options.device,
        threshold=options.threshold,
        server=cli.server_choice(options),
        no_cache=options.no_cache,
    )
    if options.headless is not None:
        from clipdesk.gui.headless import run_headless

        try:
            result = run_headless(start, options.headless)
        except LabelError as error:
            return cli.fail(str(error), cli.WRONG_ARGUMENTS)
        except ClipDeskError as error:
            return cli.fail(str(error))
        return cli.report_headless(result.message, result.rows, result.names, result.files, result.ok)
    return run(start, _fail_without_display)


def _fail_without_display(reason: str) -> int:
    """Say in one sentence that the window cannot be opened, and return the exit code. `reason` is Qt's."""
    has_display = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    problem = (
        f"cannot be opened ({reason.strip().rstrip('.')})" if has_display else "needs a display, and there is none"
    )
    return cli.fail(
        f"The window {problem}: use “clipdesk --headless DIR FOLDER” or “clipdesk label FOLDER --label dog --label cat”"
        " instead.",
        cli.WRONG_ARGUMENTS,
    )


if __name__ == "__main__":
    sys.exit(main())
