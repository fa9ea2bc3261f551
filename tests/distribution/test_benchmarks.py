"""The benchmarks measure what they say, and their page shows it."""

from __future__ import annotations

import hashlib
import json
from itertools import islice
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks import corpus, page
from benchmarks.peers.validators import OF_VALUES, of_lines
from benchmarks.ratio import Ratio
from benchmarks.results import Result, lines_of, table
from minimax_validate import Validator

RESULTS = (
    Result("Files, mixed", "minimax-validate, 1 core", "orjson.loads of each line", Ratio(2, 1, 1.9, 2, 2.1), 2),
    Result("Files, mixed", "another & more", "orjson.loads of each line", Ratio(9, 1, 9, 9, 9)),
    Result("Cores", "one", "two", Ratio(1, 1, 1, 1, 1), 1.7, is_least=True),
)


@pytest.mark.parametrize("kind", corpus.KINDS)
def test_a_file_is_the_same_for_each_seed(kind: str) -> None:
    """Two runs with a seed give the same lines, and another seed gives others."""
    digests = [hashlib.sha256(b"".join(islice(corpus.lines(kind, seed), 50))).digest() for seed in (1, 1, 2)]
    assert digests[0] == digests[1] != digests[2]


@pytest.mark.parametrize(("kind", "least", "most"), [("clean", 0, 0), ("mixed", 1, 60), ("faulty", 2_000, 2_000)])
def test_lines_have_as_many_faults_as_their_kind_says(kind: str, least: int, most: int) -> None:
    """Of clean lines none has a finding, of faulty ones each, and of mixed ones about one of a hundred."""
    validator = Validator()
    found = sum(bool(validator.check(json.loads(line)).diagnostics) for line in islice(corpus.lines(kind), 2_000))
    assert least <= found <= most


def test_peers_agree_on_what_keeps_the_schema(tmp_path: Path) -> None:
    """Each judges the same lines, so that their times can be compared."""
    file = tmp_path / "lines.jsonl"
    corpus.write(file, "faulty", 100_000)
    lines = file.read_bytes().splitlines()
    expected = [OF_VALUES["jsonschema"]()(json.loads(line)) for line in lines]
    assert True in expected
    assert False in expected
    for name in ("fastjsonschema", "jsonschema-rs", "msgspec", "pydantic"):
        assert list(map(of_lines(name), lines)) == expected, name


def test_a_limit_that_is_not_met_is_named() -> None:
    """In the table on the terminal and in that of the page."""
    told, shown = "\n".join(lines_of(RESULTS)), "\n".join(table(RESULTS))
    assert told.count("NOT MET") == shown.count("(not met)") == 1
    assert "at least 1.7" in told
    assert "| minimax-validate, 1 core | orjson.loads of each line | 2.00 | 1.90 to 2.10 | at most 2 |" in shown


def test_the_page_gets_the_tables_and_a_chart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands between the marks is written anew, and the chart has a bar for each row of the mixed file."""
    text = "Before\n<!-- measured: begin -->\nold\n<!-- measured: end -->\nAfter\n"
    monkeypatch.setattr(page, "PAGE", tmp_path / "page.md")
    monkeypatch.setattr(page, "CHART", tmp_path / "chart.svg")
    page.PAGE.write_text(text, "utf-8")
    page.write(RESULTS)
    written = page.PAGE.read_text("utf-8")
    assert written.startswith("Before\n")
    assert written.endswith("After\n")
    assert "old" not in written
    assert "another & more" in written
    bars = ElementTree.parse(page.CHART).getroot().findall("{http://www.w3.org/2000/svg}rect")
    assert [bar.get("class") for bar in bars] == ["ours", "theirs"]
    page.PAGE.write_text("no marks", "utf-8")
    with pytest.raises(ValueError, match="marks"):
        page.write(RESULTS)
