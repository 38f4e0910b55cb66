"""How much faster a ViT-B/32 with random weights is in int8, here and on a CPU with AVX2 alone."""

from __future__ import annotations

import functools
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from rows import Measured, Row

#: What limits torch, MKL, oneDNN and OpenVINO to AVX2. A real CPU of that kind may differ, also in its caches.
_AVX2 = {
    "ATEN_CPU_CAPABILITY": "avx2",
    "MKL_ENABLE_INSTRUCTIONS": "AVX2",
    "FBGEMM_ENABLE_INSTRUCTIONS": "AVX2",
    "ONEDNN_MAX_CPU_ISA": "AVX2",
    "DNNL_MAX_CPU_ISA": "AVX2",
}


def int8(_: Path, environment: Mapping[str, str]) -> Measured:
    """Measure in a process of its own, because libraries choose their instructions when they are loaded."""
    script = Path(__file__).with_name("int8_speed.py")
    options = ["--no-vnni"] if environment else []
    done = subprocess.run(
        [sys.executable, str(script), "ViT-B-32", *options],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout.splitlines()[-1])
    fast = next(name for name in found["ms"] if name.endswith("int8"))
    exact = min((name for name in found["ms"] if name.endswith("fp32")), key=lambda name: found["ms"][name])
    details = {name: f"{ms:.1f} ms (cosine {found['cosine'][name]:.5f})" for name, ms in found["ms"].items()}
    return Measured(found["ms"][exact] / found["ms"][fast], details)


_AGAINST = "the fastest runtime in fp32, CPU time"

ROWS = (
    Row(
        "int8",
        "a ViT-B/32 in int8, batches of 8",
        _AGAINST,
        1.6,
        "×",
        functools.partial(int8, environment={}),
        more_is_better=True,
    ),
    Row(
        "int8-avx2",
        "the same limited to AVX2",
        _AGAINST,
        1.6,
        "×",
        functools.partial(int8, environment=_AVX2),
        more_is_better=True,
    ),
)
