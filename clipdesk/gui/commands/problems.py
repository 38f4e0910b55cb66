"""Show a Problem in the message bar, with its details."""

from __future__ import annotations

from clipdesk.gui.kit.error_dialog import show_error
from clipdesk.gui.kit.translation import tr
from clipdesk.gui.session.problem import Problem
from clipdesk.gui.window.main_window import MainWindow
from clipdesk.gui.window.news_bar import Action, News


def show_problem(
    window: MainWindow, title: str, problem: Problem, action: Action | None = None, second: Action | None = None
) -> News:
    """Show a problem until it is closed or withdrawn. `title` heads the dialog with the details.

    Without a `second` button, there is one for the details, such as the error of a library in its own words.
    """
    if second is None and problem.details:
        words = tr("Details…")
        second = (words, lambda: show_error(window, title, problem.message, problem.details))
    return window.news.show_news(problem.message, level="bad", action=action, second=second, timeout_ms=0)
