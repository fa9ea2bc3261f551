"""Tables of requests and of ranges of files: what a worker of Ray, Dask, Spark or Daft is given."""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minimax_validate.engine.settings import Settings

pa = pytest.importorskip("pyarrow", reason="the extra ray is not installed")

from minimax_validate.integrations.arrow import (  # noqa: E402  # which needs it
    FINDINGS,
    check_batch,
    file_ranges,
    findings_schema,
)
from minimax_validate.project.discover import Found  # noqa: E402
from minimax_validate.project.ranges import read_range  # noqa: E402

GOOD = json.dumps({"messages": [{"role": "user", "content": "How deep is the lock?"}]})
BAD = json.dumps({"messages": []})
BROKEN = '{"messages": [\n{"role": user}]}'


def test_a_row_for_each_finding() -> None:
    """A column of JSON texts gives the findings of each row, with the columns that are to be kept."""
    table = pa.table({"id": ["a", "b", "c", "d"], "request": [GOOD, BAD, None, BROKEN], "line": [1, 2, 3, 7]})
    found = check_batch(table, keep=["id"])
    assert found.schema == findings_schema([pa.field("id", pa.string())])
    assert [(row["id"], row["line"], row["pointer"], row["code"]) for row in found.to_pylist()] == [
        ("b", 2, "/messages", "MM501"),
        ("d", 8, "", "MM001"),
    ]


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.binary(), pa.large_binary()])
def test_kinds_of_texts(kind: object) -> None:
    """Texts may be strings or bytes; the file of a row is that of its ``path``, as Ray's ``read_text`` has it."""
    table = pa.table({"text": pa.array([GOOD, BAD], pa.string()).cast(kind), "path": ["x.txt", "y.md"]})
    assert [row["file"] for row in check_batch(table).to_pylist()] == ["y.md"]


def test_structs_have_no_nulls() -> None:
    """A key that a struct has for other rows alone is no finding."""
    rows = [json.loads(GOOD), {"messages": [{"role": "user", "content": "Hi"}], "max_tokens": -1}]
    found = check_batch(pa.table({"body": rows}), column="body").to_pylist()
    assert [(row["file"], row["line"], row["pointer"]) for row in found] == [(None, None, "/max_tokens")]


def test_nothing_found_has_the_same_schema() -> None:
    """A table without findings, or without rows, has the same columns as any other."""
    for rows in ([GOOD], []):
        found = check_batch(pa.table({"request": pa.array(rows, pa.string())}))
        assert (found.schema, found.num_rows) == (FINDINGS, 0)


def test_settings_choose_the_rules() -> None:
    """The rules that run are those of the settings."""
    table = pa.table({"request": [BAD]})
    assert check_batch(table, settings=Settings(ignore=("MM501",))).num_rows == 0


@pytest.mark.parametrize(
    ("table", "options", "message"),
    [
        ({"body": [BAD]}, {}, "which column holds the requests"),
        ({"body": [BAD]}, {"column": "request"}, "no column 'request'"),
        ({"request": [BAD]}, {"keep": ["id"]}, "no column 'id'"),
        ({"request": [1]}, {}, "holds int64"),
    ],
)
def test_a_table_without_requests(table: dict[str, list[object]], options: dict[str, Any], message: str) -> None:
    """What cannot be checked is said before anything is."""
    with pytest.raises(ValueError, match=message):
        check_batch(pa.table(table), **options)


def test_ranges_of_files_find_what_files_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ranges of a long file and small files have the findings of the files, with their lines."""
    monkeypatch.chdir(tmp_path)
    lines = [GOOD] * 90 + [BAD, "", "\r", BROKEN.replace("\n", ""), GOOD, BAD]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), "utf-8", newline="")
    (tmp_path / "b.json").write_text(BROKEN, "utf-8")
    ranges = file_ranges(["."], size=1000)
    assert ranges.num_rows > 5
    found = check_batch(ranges)
    assert [(row["file"], row["line"], row["code"]) for row in found.to_pylist()] == [
        ("a.jsonl", 91, "MM501"),
        ("a.jsonl", 94, "MM001"),
        ("a.jsonl", 96, "MM501"),
        ("b.json", 2, "MM001"),
    ]
    whole = pa.table({"file": ["a.jsonl", "b.json"], "start": [0, 0], "end": pa.array([None, None], pa.int64())})
    assert check_batch(whole) == found


@given(cuts=st.sets(st.integers(1, 400)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_cuts_give_each_line_once(tmp_path: Path, cuts: set[int]) -> None:
    """Wherever a file is cut, each line is in one range, with its number; no line has to begin at a cut."""
    path = tmp_path / "a.jsonl"
    data = f'\ufeff{GOOD}\r\n[1]\n\n{BAD}\n{{"a": \r1}}\n{BAD}\r\n\r\n{GOOD}'.encode()
    path.write_bytes(data)
    found = Found(path, named=True)

    def texts(start: int, end: int | None) -> list[tuple[int, int, str]]:
        return [(each.source.start, each.source.first_line, each.source.text) for each in read_range(found, start, end)]

    edges = [0, *sorted(cut for cut in cuts if cut < len(data)), len(data)]
    assert [line for start, end in pairwise(edges) for line in texts(start, end)] == texts(0, None)


def test_a_range_of_another_format(tmp_path: Path) -> None:
    """A file that is no JSON Lines is in the range that begins it, whole."""
    path = tmp_path / "a.json"
    path.write_text(BAD, "utf-8")
    found = Found(path, named=True)
    assert [len(list(read_range(found, start, end))) for start, end in ((0, 3), (3, 15))] == [1, 0]


def test_a_file_that_is_not_there() -> None:
    """A range of a file that cannot be read is a finding, as it is for the command."""
    found = check_batch(pa.table({"file": ["no.jsonl"], "start": [0], "end": [10]})).to_pylist()
    assert [(row["file"], row["code"]) for row in found] == [("no.jsonl", "MM002")]


def test_a_range_without_a_file_is_skipped() -> None:
    """A row that names no file has no findings."""
    ranges = pa.table({"file": [None], "start": [0], "end": [None], "first_line": [1]})
    assert check_batch(ranges).num_rows == 0


def test_missing_ray_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Ray, the functions for its datasets say which extra brings it."""
    from minimax_validate.integrations import ray as for_ray

    for name in ("ray", "ray.data"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(ImportError, match=r"requires the `ray` extra: pip install 'minimax-validate\[ray\]'"):
        for_ray._ray_data()
