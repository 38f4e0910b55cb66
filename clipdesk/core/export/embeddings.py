"""Write embeddings with their paths, and what they were computed with: `.npz` for numpy, or Parquet."""

from __future__ import annotations

import functools
import importlib.util
import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from clipdesk.core.desk.desk import Desk
from clipdesk.core.encoder import EncoderIdentity
from clipdesk.core.errors import ExportError
from clipdesk.core.files import replace_bytes
from clipdesk.core.messages import message

PARQUET_SUFFIX = ".parquet"


@functools.cache
def can_write_parquet() -> bool:
    """Return whether pyarrow is installed, without importing it."""
    return importlib.util.find_spec("pyarrow") is not None


@dataclass(frozen=True)
class Embeddings:
    """A copy of the embeddings of n images: paths, float32 vectors (n, d) of length 1, and their identity."""

    paths: tuple[str, ...]
    vectors: NDArray[np.float32]
    identity: EncoderIdentity

    @classmethod
    def of(cls, desk: Desk, identity: EncoderIdentity, rows: NDArray[np.integer] | None = None) -> Embeddings:
        """Copy the embeddings on a desk, or of these `rows` in this order. Images without one are left out."""
        if desk.table is None:
            return cls((), np.empty((0, 0), np.float32), identity)
        chosen = np.arange(len(desk)) if rows is None else rows.astype(np.intp)
        chosen = chosen[desk.table.is_embedded[chosen]]
        return cls(tuple(map(desk.images.path_text, chosen.tolist())), desk.table.vectors[chosen], identity)

    def __len__(self) -> int:
        return len(self.paths)

    @property
    def identity_json(self) -> str:
        """The model, checkpoint, preprocessing and server as JSON, as in the run details."""
        return json.dumps(asdict(self.identity), ensure_ascii=False)


def write_embeddings(path: Path, embeddings: Embeddings) -> int:
    """Write Parquet if the extension is `.parquet`, otherwise `.npz`. Return the number of rows. Raises ExportError."""
    if path.suffix.lower() == PARQUET_SUFFIX:
        return _write_parquet(path, embeddings)
    with replace_bytes(path) as stream:
        # Texts as numpy's own type, so that nobody needs allow_pickle.
        np.savez(
            stream,
            paths=np.array(embeddings.paths, np.str_),
            embeddings=embeddings.vectors,
            identity=np.array(embeddings.identity_json),
        )
    return len(embeddings)


def _write_parquet(path: Path, embeddings: Embeddings) -> int:
    """Write the columns `path` and `embedding`, and the identity in the file's metadata."""
    if not can_write_parquet():
        raise ExportError(message("core", "Parquet files need pyarrow: python -m pip install pyarrow"))
    import pyarrow
    import pyarrow.parquet

    dimension = max(embeddings.vectors.shape[1], 1)
    vectors = pyarrow.FixedSizeListArray.from_arrays(pyarrow.array(embeddings.vectors.ravel()), dimension)
    # A name that is not valid Unicode is written as in our other files.
    paths = [text.encode("utf-8", "backslashreplace").decode() for text in embeddings.paths]
    table = pyarrow.table({"path": pyarrow.array(paths, pyarrow.string()), "embedding": vectors})
    table = table.replace_schema_metadata({"clipdesk": embeddings.identity_json})
    with replace_bytes(path) as stream:
        pyarrow.parquet.write_table(table, stream)
    return len(embeddings)
