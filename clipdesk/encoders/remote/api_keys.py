"""API keys: kept in the system's keyring, taken from the environment, or held for this run; never in a file."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from typing import NoReturn
from urllib.parse import quote

logger = logging.getLogger(__name__)

#: In this order.
ENVIRONMENT_NAMES = ("ROBOFLOW_API_KEY", "API_KEY")

_SERVICE = "ClipDesk CLIP API"

#: Modules of keyring backends that keep passwords in a readable file, or nowhere.
_UNSAFE_BACKENDS = ("keyrings.alt", "keyring.backends.fail", "keyring.backends.null")


class ApiKey:
    """A key that shows itself only when asked by `reveal`. `origin` says in words where it came from."""

    __slots__ = ("_text", "origin")

    def __init__(self, text: str, origin: str = "") -> None:
        self._text = text.strip()
        self.origin = origin

    def reveal(self) -> str:
        return self._text

    def hidden_in(self, text: str) -> str:
        """The text without the key, however a server may have written it back."""
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
        raise TypeError("A key is not written anywhere.")


NO_KEY = ApiKey("")


def find_key(host: str, environment: Mapping[str, str] = os.environ) -> ApiKey:
    """The key for a server: the one stored for its host, else one from the environment, else none."""
    return stored_key(host) or key_from_environment(environment)


def key_from_environment(environment: Mapping[str, str] = os.environ) -> ApiKey:
    for name in ENVIRONMENT_NAMES:
        if environment.get(name, "").strip():
            return ApiKey(environment[name], f"the key in {name}")
    return NO_KEY


def keyring_is_there() -> bool:
    """Whether this system has a safe place for keys. May talk to the system's services: not on the GUI thread."""
    import keyring

    backend = keyring.get_keyring()
    backends = getattr(backend, "backends", [backend])
    return bool(backends) and all(not type(one).__module__.startswith(_UNSAFE_BACKENDS) for one in backends)


def stored_key(host: str) -> ApiKey:
    """The key that was stored for a host. The system may ask the person first: not on the GUI thread."""
    import keyring
    from keyring.errors import KeyringError

    if not keyring_is_there():
        return NO_KEY
    try:
        return ApiKey(keyring.get_password(_SERVICE, host) or "", "the key stored for this host")
    except (KeyringError, OSError, RuntimeError) as error:
        logger.warning("The system's keyring could not be read (%s).", type(error).__name__)
        return NO_KEY


def store_key(host: str, key: ApiKey) -> bool:
    """Keep a key in the system's keyring, or remove the one that is there when `key` is empty; whether it worked."""
    import keyring
    from keyring.errors import KeyringError, PasswordDeleteError

    if not keyring_is_there():
        return False
    try:
        if key:
            keyring.set_password(_SERVICE, host, key.reveal())
        else:
            keyring.delete_password(_SERVICE, host)
    except PasswordDeleteError:
        return True  # there was none
    except (KeyringError, OSError, RuntimeError) as error:
        logger.warning("The system's keyring could not be written (%s).", type(error).__name__)
        return False
    return True
