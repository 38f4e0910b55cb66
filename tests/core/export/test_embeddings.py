from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from export_desk import desk_of_four

from clipdesk.core.encoder import EncoderIdentity
from clipdesk.core.errors import ExportError
from clipdesk.core.export.embeddings import Embeddings, can_write_parquet, write_embeddings

IDENTITY = EncoderIdentity("m", "c", "p")


def test_npz_holds_paths_vectors_and_identity(tmp_path: Path) -> None:
    embeddings = Embeddings.of(desk_of_four(), IDENTITY)

    assert write_embeddings(tmp_path / "e.npz", embeddings) == 2

    with np.load(tmp_path / "e.npz") as found:
        assert found["paths"].tolist() == ["/p/a.jpg", "/p/b.jpg"]
        assert found["embeddings"].dtype == np.float32
        np.testing.assert_array_equal(found["embeddings"], embeddings.vectors)
        assert json.loads(str(found["identity"])) == {
            "model": "m",
            "checkpoint": "c",
            "preprocessing": "p",
            "server": "",
        }


def test_chosen_rows_keep_their_order() -> None:
    assert Embeddings.of(desk_of_four(), IDENTITY, np.array([3, 1, 2, 0])).paths == ("/p/b.jpg", "/p/a.jpg")


def test_no_embeddings_are_a_file_too(tmp_path: Path) -> None:
    assert write_embeddings(tmp_path / "e.npz", Embeddings.of(desk_of_four(), IDENTITY, np.array([2]))) == 0

    with np.load(tmp_path / "e.npz") as found:
        assert found["embeddings"].shape == (0, 2)


def test_parquet_holds_the_same(tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    embeddings = Embeddings.of(desk_of_four(), IDENTITY)

    assert write_embeddings(tmp_path / "e.parquet", embeddings) == 2

    table = parquet.read_table(tmp_path / "e.parquet")
    assert table["path"].to_pylist() == list(embeddings.paths)
    np.testing.assert_array_equal(np.array(table["embedding"].to_pylist(), np.float32), embeddings.vectors)
    assert json.loads(table.schema.metadata[b"clipdesk"])["checkpoint"] == "c"


@pytest.mark.skipif(can_write_parquet(), reason="pyarrow is installed")
def test_without_pyarrow_parquet_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="pip install pyarrow"):
        write_embeddings(tmp_path / "e.parquet", Embeddings.of(desk_of_four(), IDENTITY))
