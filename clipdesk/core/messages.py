"""Sentences for the person that can be put into another language: an id, and the values that go into it.

`core` and `encoders` word everything in English, because they know neither Qt nor the language of the window:

    raise DocumentError(message("core", "“{path}” cannot be opened: {reason}.").of(path=path, reason=os_reason(error)))

The command line, logs and files show that as any other string. The window shows `translated(text)` (gui/kit), which
looks up the template in the installed translation and fills in the values as the language writes them.

`pyside6-lupdate` finds the templates by the names of these functions, if it is told that they mean the same as Qt's:

    pyside6-lupdate -tr-function-alias QT_TRANSLATE_NOOP+=message,translate+=counted clipdesk/core/*/*.py … -ts …

It reads literals only, and ignores a call that has keyword arguments. That is why the values are given to `of`. The
tests run it over the code and compare what it found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

#: What a placeholder stands for: a text or another message; a path; a number, which is written with the language's
#: separators. A Decimal has as many decimals as are shown. Numbers that are names (ports, status codes) are texts.
Value = str | Path | int | Decimal


def message(context: str, template: str) -> Message:
    """Return a message. A template has {named} placeholders, which `Message.of` fills. `context` is always "core"."""
    return Message(context, template)


def counted(context: str, many: str, one: str, numerus: Literal[1]) -> Message:
    """Return a message about a number of things, which is given as `of(count=…)`. `one` is the text for exactly one.

    A translation has as many forms as its language has. `one` is also Qt's comment, so that translators see it. The 1
    at the end is how lupdate recognises a text with several forms: a variable in its place means nothing to it.
    """
    return Message(context, many, one)


def sentences(*parts: str) -> Message:
    """Return several sentences as one text, each still translatable. Empty ones are left out."""
    return joined(" ", filter(None, parts))


def joined(separator: str, parts: Iterable[str]) -> Message:
    """Return the parts with a separator between them, which is the same in every language."""
    values = {f"part{number}": part for number, part in enumerate(parts)}
    escaped = separator.replace("{", "{{").replace("}", "}}")
    return Message("", escaped.join(f"{{{name}}}" for name in values), values=values)


def listed(names: Iterable[str]) -> str:
    """Return “a”, “a and b”, or “a, b and c”."""
    *most, last = names
    return message("core", "{names} and {last}").of(names=joined(", ", most), last=last) if most else last


def decimal(value: float, decimals: int) -> Decimal:
    """Return a number for a placeholder that is shown with this many decimals."""
    return Decimal(f"{value:.{decimals}f}")


def to_json(text: str) -> str:
    """Return a text for a file or database, from which `from_json` makes the same message again."""
    import json  # the window's first paint does not need it

    return json.dumps(_plain(text)) if isinstance(text, Message) else text


def from_json(text: str) -> str:
    """Return what `to_json` was given. Any other text comes back as it is."""
    if not text.startswith("["):
        return text
    import json

    try:
        return str(_restored(json.loads(text)))
    except (ValueError, TypeError, AttributeError, KeyError, ArithmeticError):
        return text


class Message(str):
    """A text in English that knows how it was made: `context`, `template`, `one` (see `counted`) and `values`.

    Equality, hash, and everything that returns a new string are those of the English text. So slicing, `+` and an
    f-string around it lose the rest. A Qt signal or property of type str loses it as well: declare it as `object`.
    `str(message)` does not, and neither does `str(error)` of an exception whose only argument is a message.
    """

    __slots__ = ("context", "one", "template", "values")

    context: str
    template: str
    one: str
    values: Mapping[str, Value]

    def __new__(cls, context: str, template: str, one: str = "", values: Mapping[str, Value] | None = None) -> Message:
        values = dict(values or {})
        pattern = one if one and values.get("count") == 1 else template
        made = super().__new__(cls, pattern.format_map(_English(values)))
        made.context, made.template, made.one, made.values = context, template, one, values
        return made

    def of(self, **values: Value) -> Message:
        """Return this message with values for its placeholders."""
        return Message(self.context, self.template, self.one, {**self.values, **values})

    def __str__(self) -> Message:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return Message, (self.context, self.template, self.one, dict(self.values))


class _English(dict[str, Value]):
    """Shows values in English. A placeholder without a value stays, so that no error is hidden by another one."""

    def __getitem__(self, name: str) -> str:
        value = self.get(name, f"{{{name}}}")
        return f"{value:,}" if isinstance(value, int | Decimal) else str(value)


def _plain(value: Value) -> Any:
    """Return a value as JSON knows it: a message as a list, a Decimal as an object."""
    if isinstance(value, Message):
        return [value.context, value.template, value.one, {name: _plain(one) for name, one in value.values.items()}]
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    return value if isinstance(value, str | int) else str(value)


def _restored(value: Any) -> Value:
    if isinstance(value, list):
        context, template, one, values = value
        return Message(context, template, one, {name: _restored(part) for name, part in values.items()})
    if isinstance(value, dict):
        return Decimal(value["decimal"])
    if not isinstance(value, str | int):
        raise ValueError(f"not a value of a message: {value!r}")
    return value
