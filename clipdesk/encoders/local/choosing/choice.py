"""What was measured about a model on this computer, as it is kept between two starts."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from clipdesk.core.encoder import EncoderIdentity
from clipdesk.encoders.local.choosing.machine import cpu_facts, driver_facts, machine_facts

#: The name of the network itself, computed by PyTorch in fp32.
PLAIN = "PyTorch"
_MARK = " computed="
#: Counts up when a choice is made in another way, so that what was kept before is measured again.
_VERSION = 1


@dataclass(frozen=True)
class Choice:
    """What computes a model's images fastest here. Names are descriptions of candidates: “OpenVINO, bf16”.

    - `chosen`: computes them from the next time on that the model is loaded.
    - `better`: is faster still, but its embeddings differ too much to be mixed with those of `chosen`; may be empty.
    - `facts`: a hash of what the measurement depends on. If it differs now, everything is measured again.
    - `ms`: milliseconds for an image; empty until the measurement is complete.
    - `refused`: what is not tried again, with the reason: a message as JSON, see core/messages.py, or nothing.
    """

    chosen: str
    facts: str
    better: str = ""
    ms: Mapping[str, float] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_complete(self) -> bool:
        return self.chosen in self.ms

    @property
    def speed_up(self) -> float:
        """How many times as fast as PyTorch the chosen way is; 0 if that was not measured."""
        chosen = self.ms.get(self.chosen, 0)
        return self.ms.get(PLAIN, 0) / chosen if chosen else 0

    def as_text(self) -> str:
        return json.dumps({"version": _VERSION, **dataclasses.asdict(self)}, ensure_ascii=False)

    @classmethod
    def from_text(cls, text: str) -> Choice | None:
        """Return the choice that `as_text` made this text of; None if the text is anything else."""
        try:
            data: Any = json.loads(text)
            if data.pop("version") != _VERSION:
                return None
            made = cls(**data)
            names = [made.chosen, made.facts, made.better, *made.refused, *made.refused.values(), *made.ms]
            is_sound = all(isinstance(name, str) for name in names) and bool(made.chosen)
            is_sound &= all(type(ms) is float and 0 < ms < math.inf for ms in made.ms.values())
            is_sound &= not made.better or made.better in made.ms
        except (ValueError, TypeError, AttributeError, KeyError):
            return None
        return made if is_sound else None


class Notes(Protocol):
    """Keeps short texts between two starts. `find_note` returns "" for a key under which nothing is kept."""

    def find_note(self, key: str) -> str: ...

    def put_note(self, key: str, text: str) -> None: ...


@dataclass(frozen=True)
class Remembered:
    """The choice that is kept for one model on this computer."""

    notes: Notes
    key: str

    @classmethod
    def of(cls, identity: EncoderIdentity, device: str, notes: Notes) -> Remembered:
        """Return what is kept of a model on a device. The precision in the identity does not matter."""
        preprocessing = identity.preprocessing.partition(_MARK)[0]
        parts = [identity.checkpoint, preprocessing, device, *cpu_facts()]
        return cls(notes, "runtime:" + hashlib.sha256("\0".join(parts).encode()).hexdigest())

    def find(self) -> Choice | None:
        text = self.notes.find_note(self.key)
        return Choice.from_text(text) if text else None

    def keep(self, choice: Choice) -> None:
        self.notes.put_note(self.key, choice.as_text())


def facts_now() -> str:
    """Return a hash of what the speed of a model depends on besides the model."""
    return hashlib.sha256("\0".join([*machine_facts(), *driver_facts()]).encode()).hexdigest()[:16]
