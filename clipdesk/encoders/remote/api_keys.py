"""API keys: stored in the system keyring, read from the environment, or held in memory; never written to a file."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from typing import NoReturn
from urllib.parse import quote

from clipdesk.core.messages import message

logger = logging.getLogger(__name__)

#: Environment variables that may contain the key; the first one set wins.
ENVIRONMENT_NAMES = ("ROBOFLOW_API_KEY", "API_KEY")

_SERVICE = "ClipDesk CLIP API"

#: Modules of keyring backends that store passwords in a readable file, or not at all.
_UNSAFE_BACKENDS = ("keyrings.alt", "keyring.backends.fail", "keyring.backends.null")


class ApiKey:
    """An API key that is hidden from repr, logs and pickles; only `reveal` returns it.

    `origin` describes for the person where the key came from, for example “the key in API_KEY”.
    """

    __slots__ = ("_text", "origin")

    def __init__(self, text: str, origin: str = "") -> None:
        self._text = text.strip()
        self.origin = origin

    def reveal(self) -> str:
        return self._text

    def redact(self, text: str) -> str:
        """Return the text with the key replaced by “…”, whether it appears as it is or URL-encoded."""
        for form in {self._text, quote(self._text, safe=""), quote(self._text)} if self._text else ():
            text = text.replace(form, "…")
        return text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __repr__(self) -> str:
        return "ApiKey(…)" if self._text else "ApiKey()"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ApiKey) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __reduce__(self) -> NoReturn:
        raise TypeError("An API key cannot be pickled.")


NO_KEY = ApiKey("")


def find_key(host: str, environment: Mapping[str, str] = os.environ) -> ApiKey:
    """Return the key for a server: the one stored for its host, else the one in the environment, else NO_KEY."""
    return stored_key(host) or key_from_environment(environment)


def key_from_environment(environment: Mapping[str, str] = os.environ) -> ApiKey:
    """Return the key from the first of ENVIRONMENT_NAMES that is set, else NO_KEY."""
    for name in ENVIRONMENT_NAMES:
        if environment.get(name, "").strip():
            return ApiKey(environment[name], message("core", "the key in {variable}").of(variable=name))
    return NO_KEY


def has_keyring() -> bool:
    """Return whether this system can store keys safely. May block on system services: not for the GUI thread."""
    import keyring

    backend = keyring.get_keyring()
    backends = getattr(backend, "backends", [backend])
    return bool(backends) and not any(type(one).__module__.startswith(_UNSAFE_BACKENDS) for one in backends)


def stored_key(host: str) -> ApiKey:
    """Return the key stored for a host, else NO_KEY. May block while the system asks the person for permission."""
    import keyring
    from keyring.errors import KeyringError

    if not has_keyring():
        return NO_KEY
    try:
        return ApiKey(keyring.get_password(_SERVICE, host) or "", message("core", "the key stored for this host"))
    except (KeyringError, OSError, RuntimeError) as error:
        logger.warning("The system keyring could not be read (%s).", type(error).__name__)
        return NO_KEY


def store_key(host: str, key: ApiKey) -> bool:
    """Store a key for a host in the system keyring, or delete the stored one if `key` is empty.

    Return whether it worked. May block, like `stored_key`.
    """
    import keyring
    from keyring.errors import KeyringError, PasswordDeleteError

    if not has_keyring():
        return False
    try:
        if key:
            keyring.set_password(_SERVICE, host, key.reveal())
        else:
            keyring.delete_password(_SERVICE, host)
    except PasswordDeleteError:
        return True  # no key was stored
    except (KeyringError, OSError, RuntimeError) as error:
        logger.warning("The system keyring could not be written (%s).", type(error).__name__)
        return False
    return True
