"""The page on clusters: the same function in Dask, Daft and Spark, where they are installed."""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from minimax_validate.project.parallel.blocks import FAR_BLOCK

pa = pytest.importorskip("pyarrow", reason="the extra ray is not installed")

PAGE = Path(__file__).parents[2] / "docs" / "distributed.md"
LINES: tuple[dict[str, object], ...] = (
    {"messages": [{"role": "user", "content": "How deep is the lock?"}]},
    {"messages": []},
    {"messages": [{"role": "user", "content": "And how wide?"}], "max_tokens": -1},
)

pytestmark = pytest.mark.filterwarnings("ignore")  # theirs


@pytest.fixture
def _local_spark(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have Spark run on two threads of this machine, with this Python, and end it."""
    options = ("--master local[2]", "--conf spark.ui.enabled=false", "--conf spark.log.level=ERROR", "pyspark-shell")
    monkeypatch.setenv("PYSPARK_SUBMIT_ARGS", " ".join(options))
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    yield
    if "pyspark.sql" in sys.modules and (session := sys.modules["pyspark.sql"].SparkSession.getActiveSession()):
        session.stop()


@pytest.mark.parametrize("library", ["dask", "daft", "pyspark"])
@pytest.mark.slow
@pytest.mark.usefixtures("_local_spark")
def test_programs_of_the_page(library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the page shows of a library gives the findings of the files."""
    pytest.importorskip(library, reason="it is not installed")
    if library == "pyspark" and shutil.which("java") is None:
        pytest.skip("Spark needs Java, which is not installed")
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "requests"
    folder.mkdir()
    (folder / "a.jsonl").write_text("".join(json.dumps(line) + "\n" for line in LINES), "utf-8")
    (folder / "b.json").write_text(json.dumps(LINES[1]), "utf-8")
    # Ranges of it have ends, and pandas makes fractions of a column of numbers that has nulls too.
    long = json.dumps({"messages": [{"role": "user", "content": "How deep is the lock? " * 5_000}]}) + "\n"
    number = 2 * FAR_BLOCK // len(long) + 1
    (folder / "c.jsonl").write_text(long * number + json.dumps(LINES[1]), "utf-8")
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
        ("requests/c.jsonl", number + 1, "MM501"),
    ]
