"""The page on clusters: the same function in Dask, Daft and Spark, where they are installed."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

pa = pytest.importorskip("pyarrow", reason="the extra ray is not installed")

PAGE = Path(__file__).parents[2] / "docs" / "distributed.md"
LINES: tuple[dict[str, object], ...] = (
    {"messages": [{"role": "user", "content": "How deep is the lock?"}]},
    {"messages": []},
    {"messages": [{"role": "user", "content": "And how wide?"}], "max_tokens": -1},
)

pytestmark = pytest.mark.filterwarnings("ignore")  # theirs


@pytest.mark.parametrize("library", ["dask", "daft", "pyspark"])
@pytest.mark.slow
def test_programs_of_the_page(library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the page shows of a library gives the findings of the files."""
    pytest.importorskip(library, reason="it is not installed")
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "requests"
    folder.mkdir()
    (folder / "a.jsonl").write_text("".join(json.dumps(line) + "\n" for line in LINES), "utf-8")
    (folder / "b.json").write_text(json.dumps(LINES[1]), "utf-8")
    program = next(
        block for block in re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL) if library in block
    )
    names: dict[str, Any] = {}
    exec(compile(program, library, "exec"), names)
    rows = names["found"].to_dict("records")
    assert sorted((row["file"], row["line"], row["code"]) for row in rows) == [
        ("requests/a.jsonl", 2, "MM501"),
        ("requests/a.jsonl", 3, "MM105"),
        ("requests/b.json", 1, "MM501"),
    ]
