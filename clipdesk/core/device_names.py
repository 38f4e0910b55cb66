"""The devices to choose from, in the window and on the command line."""

from __future__ import annotations

#: “auto” picks the best device of the computer. A suffix after a colon selects the precision.
DEVICES = ("auto", "cpu", "cpu:fp32", "cpu:bf16", "cpu:int8", "cuda", "cuda:fp32", "mps")
