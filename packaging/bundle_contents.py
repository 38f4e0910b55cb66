"""What goes into the app, and what stays out. `clipdesk.spec` builds by these rules, `audit_bundle.py` checks them.

The app has the window, the local encoders, `clipdesk serve`, camera raw and HEIC files, and OpenVINO, which computes
pictures two to six times as fast as PyTorch. It leaves out pyarrow (170 MB for one export format) and Ray (clusters).
HEIC comes with pi-heif instead of pillow-heif: the same library without x265, whose GPL would apply to the whole app.
"""

from __future__ import annotations

import fnmatch
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath

#: Distributions whose metadata the app reads at run time: versions for *About*, and the keyring's entry points.
METADATA = (
    "clipdesk",
    "huggingface_hub",
    "keyring",
    "numpy",
    "open_clip_torch",
    "openvino",
    "pillow",
    "PySide6_Essentials",
    "torch",
    "torchvision",
    "transformers",
)

#: Modules that are found by name at run time only.
HIDDEN_PACKAGES = ("clipdesk", "keyring.backends")

#: Modules that something imports in a function that the app never calls.
EXCLUDED_MODULES = (
    "IPython",
    "PySide6.QtNetwork",
    "clipdesk.server.ray_app",
    "functorch",
    "hf_xet",  # ClipDesk downloads files itself
    "jax",
    "lxml",
    "matplotlib",
    "onnx",
    "openvino.frontend.jax",
    "openvino.frontend.onnx",
    "openvino.frontend.paddle",
    "openvino.frontend.tensorflow",
    "openvino_telemetry",
    "pandas",
    "pip",
    "pytest",
    "ray",
    "readline",  # under the GPL
    "scipy",
    "setuptools",
    "tensorboard",
    "tensorflow",
    "tkinter",
    "torch._inductor.codegen.cuda",
    "torch._inductor.codegen.cutedsl",
    "torch._inductor.codegen.rocm",
    "torch._inductor.codegen.xpu",
    "torch._inductor.kernel",
    "torch.testing._internal.common_methods_invocations",
    "torch.testing._internal.distributed.rpc",
    "torch.testing._internal.distributed.distributed_test",
    "torch.testing._internal.generated",
    "torch.testing._internal.jit_metaprogramming_utils",
    "torch.testing._internal.opinfo",
    "torch.utils.benchmark",
    "torch.utils.tensorboard",
    "transformers.cli",
    "transformers.pipelines",
    "transformers.trainer",
)

#: What open_clip takes from transformers: text towers (its hf_configs.py) and tokenizers. 450 more models weigh 60 MB.
TRANSFORMERS_MODELS = frozenset(
    {
        "auto",
        "bert",
        "clip",
        "deberta_v2",
        "distilbert",
        "encoder_decoder",
        "gemma",
        "gpt2",
        "llama",
        "m2m_100",
        "mt5",
        "nllb",
        "roberta",
        "siglip",
        "siglip2",
        "t5",
        "xlm_roberta",
    }
)

#: Files that the hooks collect and nobody needs. Patterns of paths inside `_internal`; `*` also matches `/`.
UNWANTED = (
    # PyTorch: its own tests and tools; `torch_shm_manager` is needed.
    "torch/test/*",
    "torch/include/*",
    "torch/share/*",
    "torch/bin/protoc*",
    "torch/bin/test_*",
    "torch/lib/*_test.so",
    "torch/lib/libbackend_with_compiler.so",
    "torch/lib/libaoti_custom_ops.so",
    "torch/lib/*.lib",
    "torch-*.dist-info/RECORD",
    # torchvision: only its Python part is used. The compiled one is made for CUDA (see encoders/devices.py).
    "torchvision/_C*",
    "torchvision/image*",
    "torchvision.libs/*",
    "torchvision/*.dll",
    # OpenVINO: only the CPU, and only models that come from PyTorch.
    "*openvino_intel_gpu_plugin*",
    "*openvino_intel_npu_plugin*",
    "*openvino_auto_plugin*",
    "*openvino_hetero_plugin*",
    "*openvino_auto_batch_plugin*",
    "*openvino_onnx_frontend*",
    "*openvino_paddle_frontend*",
    "*openvino_jax_frontend*",
    "*openvino_gguf_frontend*",
    "*openvino_tensorflow*_frontend*",
    "openvino/frontend/tensorflow/*",
    "openvino/libs/cache.json",
    "openvino/libs/*.pc",
    # Qt: plugins for embedded screens, and GTK's dialogs. The portal has those of the desktop in use, GTK's included.
    "*/plugins/platformthemes/*qgtk3*",
    "*/plugins/platforms/*qeglfs*",
    "*/plugins/platforms/*qlinuxfb*",
    "*/plugins/platforms/*qminimal*",
    "*/plugins/platforms/*qvkkhrdisplay*",
    "*/plugins/platforms/*qvnc*",
    "*/plugins/egldeviceintegrations/*",
    "*/plugins/generic/*",
    "*/plugins/networkinformation/*",
    "*/plugins/tls/*",
    "*/plugins/imageformats/*qpdf*",
    # Qt's own texts: only of the languages that the window speaks (gui/kit/translation.py).
    "PySide6/*translations/qt[!b]*",
    "PySide6/*translations/qtbase_[!ek]*",
    "PySide6/*translations/qtbase_e[!n]*",
    "PySide6/*translations/qtbase_k[!o]*",
    "PySide6/QtNetwork*",
    "*/lib/libQt6Network.*",
    "*/lib/libQt6EglF*",
)

#: Libraries that must be the system's: they have to match its graphics driver, its X server and its fonts.
SYSTEM_LIBRARIES = (
    "libstdc++.so.*",
    "libgcc_s.so.*",
    "libX11.so.*",
    "libX11-xcb.so.*",
    "libXau.so.*",
    "libXdmcp.so.*",
    "libxcb.so.*",
    "libfontconfig.so.*",
    "libfreetype.so.*",
    "libexpat.so.*",
    "libdbus-1.so.*",
    "libsystemd.so.*",
    "libcudart*",
    "libnvjpeg*",
)

#: Libraries in the top folder that are loaded by name, so that no other file lists them as needed.
LOADED_BY_NAME = ("libpython*", "libssl*", "libcrypto*")


def belongs(destination: str) -> bool:
    """Return whether the file with this path inside `_internal` goes into the app."""
    path = destination.replace("\\", "/")
    if any(fnmatch.fnmatchcase(path, pattern) for pattern in UNWANTED):
        return False
    is_top = "/" not in path
    return not (
        is_top
        and sys.platform.startswith("linux")
        and any(fnmatch.fnmatchcase(path, pattern) for pattern in SYSTEM_LIBRARIES)
    )


def excluded_modules(transformers: Path) -> list[str]:
    """Return all modules to exclude. `transformers` is the folder of that package."""
    models = (path.name for path in (transformers / "models").iterdir() if path.is_dir() and path.name[0] != "_")
    return [
        *EXCLUDED_MODULES,
        *(f"transformers.models.{name}" for name in models if name not in TRANSFORMERS_MODELS),
    ]


def sources_read_at_run_time(torch: Path) -> list[Path]:
    """Return the modules of PyTorch whose source it parses when they are imported. `torch` is the package's folder.

    Settings are found by their comments, and overloads for TorchScript by their signatures.
    """
    signs = (
        b"install_config_module(",
        b"@_overload",
        b"_overload as ",
        b"@torch._jit_internal._overload",
        b"@torch.jit._overload",
    )
    return [
        path
        for path in sorted(torch.rglob("*.py"))
        if not {"testing", "test"} & set(path.parts) and any(sign in path.read_bytes() for sign in signs)
    ]


def without_broken_links(files: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Drop links, which have the type SYMLINK, to files that are left out."""
    files = list(files)
    there = {destination for destination, _, kind in files if kind != "SYMLINK"}
    return [entry for entry in files if entry[2] != "SYMLINK" or entry[1] in there]


def needed_libraries(library: str) -> set[str]:
    """Return the names of the libraries that a file for Linux is linked against. Needs objdump."""
    if not Path(library).is_file():
        return set()  # the target of a link
    headers = subprocess.run(["objdump", "-p", library], capture_output=True, text=True).stdout
    return set(re.findall(r"^\s+NEEDED\s+(\S+)$", headers, re.MULTILINE))


def without_orphans(
    files: Iterable[tuple[str, str, str]], needed: Callable[[str], set[str]]
) -> list[tuple[str, str, str]]:
    """Drop libraries of the top folder that no remaining file needs, such as those of a plugin that was left out.

    `files` are (path inside `_internal`, source, type), `needed` returns the names of the libraries that a source is
    linked against.
    """
    left = list(files)
    names = {destination: needed(source) if kind != "DATA" else set() for destination, source, kind in left}
    while True:
        wanted = set().union(*(names[destination] for destination, _, _ in left))
        kept = [
            entry
            for entry in left
            if "/" in entry[0]
            or not PurePosixPath(entry[0]).name.startswith("lib")
            or entry[0] in wanted
            or any(fnmatch.fnmatchcase(entry[0], pattern) for pattern in LOADED_BY_NAME)
        ]
        if len(kept) == len(left):
            return kept
        left = kept
