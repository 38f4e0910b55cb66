"""The sentences of `core` and `encoders` in the language of the window."""

from __future__ import annotations

import logging
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, QLocale

from clipdesk.core.messages import Message, Value

logger = logging.getLogger(__name__)


def translated(text: str) -> str:
    """Return a Message in the language of the window, and any other text as it is.

    Values that are messages are translated too, and numbers are written as the locale does. Without a translation, or
    with one whose placeholders are wrong, the words are English.
    """
    if not isinstance(text, Message):
        return text
    values = {name: _shown(value) for name, value in text.values.items()}
    try:
        return _pattern(text).format_map(values)
    except (KeyError, ValueError, IndexError, AttributeError):
        logger.warning("The translation of “%s” has wrong placeholders", text.template)
        return _english(text).format_map(values)


def _pattern(text: Message) -> str:
    """Return the translated template."""
    if not text.context:
        return text.template
    if not text.one:
        return QCoreApplication.translate(text.context, text.template)
    found = QCoreApplication.translate(text.context, text.template, text.one, _count(text))
    return _english(text) if found == text.template else found


def _english(text: Message) -> str:
    return text.one if text.one and _count(text) == 1 else text.template


def _count(text: Message) -> int:
    count = text.values["count"]
    assert isinstance(count, int)
    return count


def _shown(value: Value) -> str:
    if isinstance(value, int):
        return QLocale().toString(value)
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        return QLocale().toString(float(value), "f", -exponent if isinstance(exponent, int) else 0)
    return translated(value) if isinstance(value, str) else str(value)
