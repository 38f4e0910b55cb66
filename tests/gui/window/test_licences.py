"""What Help → Licences shows."""

from __future__ import annotations

from pathlib import Path

from clipdesk.gui.window import licences

REPOSITORY = Path(__file__).resolve().parents[3]


def test_our_licence_is_the_one_of_the_repository() -> None:
    assert licences.own_licence() == (REPOSITORY / "LICENSE").read_text(encoding="utf-8")


def test_the_software_that_we_need_is_listed_with_its_licences() -> None:
    text = licences.installed_licences()

    heads = text.split(licences.RULE)[1::2]
    assert heads == sorted(heads, key=str.lower)
    assert any("PySide6_Essentials" in head and "LGPL" in head for head in heads)
    assert any("\nnumpy " in head and "BSD" in head for head in heads)
    assert any("\nshiboken6 " in head for head in heads)  # which only PySide6 requires
    assert not any("\nruff " in head for head in heads)  # which only developers need
    assert "Redistribution and use in source and binary forms" in text  # a whole licence, not only its name
