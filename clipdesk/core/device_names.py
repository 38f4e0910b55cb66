"""The devices that a person can choose from, in the window and on the command line."""

from __future__ import annotations

#: “auto” is the best that the computer has. A part after the colon asks for a precision.
DEVICES = ("auto", "cpu", "cpu:fp32", "cpu:bf16", "cuda", "cuda:fp32", "mps")
