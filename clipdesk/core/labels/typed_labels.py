"""Labels as a person types them: several on one line, separated by commas."""

from __future__ import annotations

import re
from collections.abc import Iterator

from clipdesk.core.labels.label_set import Label, parse_label_list

# The commas of Latin, Chinese, Japanese and Arabic keyboards.
_COMMAS = ",，、،"
_COMMA = re.compile(f"[{_COMMAS}]")
_NAME_AND_EQUALS = re.compile(rf"\s*[^\s=|{_COMMAS}][^=|{_COMMAS}]*=")


def parse_typed_labels(text: str) -> tuple[Label, ...]:
    """Parse labels as a person types them: separated by commas or lines, each in the format of `parse_label`.

    After `=`, a comma belongs to the prompt, unless another `NAME=` follows it. Skips empty entries and repeated names.
    Raises LabelError if a name is empty. Label files have one label per line instead: see `parse_label_list`.

    >>> parse_typed_labels("dog, red car, cat=a kitten, asleep|a tom")
    (Label("dog"), Label("red car"), Label("cat", prompts=("a kitten, asleep", "a tom")))
    """
    return parse_label_list("\n".join(entry for line in text.splitlines() for entry in _split_at_commas(line)))


def _split_at_commas(line: str) -> Iterator[str]:
    start = 0
    for comma in _COMMA.finditer(line):
        in_prompts = line.find("=", start, comma.start()) >= 0
        if not in_prompts or _NAME_AND_EQUALS.match(line, comma.end()):
            yield line[start : comma.start()]
            start = comma.end()
    yield line[start:]
