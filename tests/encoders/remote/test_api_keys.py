from __future__ import annotations

import pickle

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail
from memory_keyring import MemoryKeyring

from clipdesk.encoders.remote.api_keys import ApiKey, find_key, has_keyring, store_key, stored_key


class PlaintextKeyring(MemoryKeyring):
    """Stands for the plain text keyring of keyrings.alt."""


PlaintextKeyring.__module__ = "keyrings.alt.file"


def test_a_key_is_kept_for_its_host_alone(memory_keyring: MemoryKeyring) -> None:
    assert store_key("a.example", ApiKey("one"))

    assert stored_key("a.example") == ApiKey("one")
    assert not stored_key("b.example")
    assert store_key("a.example", ApiKey(""))
    assert not stored_key("a.example")
    assert store_key("a.example", ApiKey(""))


def test_the_keyring_comes_before_the_environment(memory_keyring: MemoryKeyring) -> None:
    environment = {"ROBOFLOW_API_KEY": " two ", "API_KEY": "three"}
    store_key("a.example", ApiKey("one"))

    assert find_key("a.example", environment) == ApiKey("one")
    assert find_key("b.example", environment) == ApiKey("two")
    assert find_key("b.example", {"ROBOFLOW_API_KEY": "", "API_KEY": "three"}) == ApiKey("three")
    assert not find_key("b.example", {})


def test_a_locked_keyring_has_no_keys_and_stores_none(memory_keyring: MemoryKeyring) -> None:
    memory_keyring.locked = True

    assert not stored_key("a.example")
    assert not store_key("a.example", ApiKey("one"))


@pytest.mark.parametrize("backend", [fail.Keyring, PlaintextKeyring])
def test_unsafe_keyrings_get_no_keys(memory_keyring: MemoryKeyring, backend: type[KeyringBackend]) -> None:
    unsafe = backend()
    keyring.set_keyring(unsafe)

    assert not has_keyring()
    assert not store_key("a.example", ApiKey("one"))
    assert not stored_key("a.example")
    assert not getattr(unsafe, "passwords", None)


def test_a_key_is_not_in_its_repr_and_cannot_be_pickled() -> None:
    key = ApiKey("CANARY", "typed")

    assert "CANARY" not in f"{key} {key!r} {[key]} {vars(type(key))}"
    with pytest.raises(TypeError):
        pickle.dumps(key)


def test_a_key_is_redacted_in_texts() -> None:
    key = ApiKey("a b/c+1")

    assert key.redact("bad a b/c+1 or a%20b%2Fc%2B1 or a%20b/c%2B1!") == "bad … or … or …!"
