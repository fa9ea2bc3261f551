"""SARIF: valid by its schema, and what GitHub's code scanning takes of it.

The demands are those of https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support and
of the table of limits that it points to; each is a test of its own, over the findings of the project's fixtures and of
the recorded requests.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft4Validator
from printing import SEPARATED, placed, printed, written

from minimax_validate import Settings, Validator
from minimax_validate.output.formats import sarif
from minimax_validate.output.formats.writer import Style
from minimax_validate.project.checking import check_file
from minimax_validate.project.discover import Found
from minimax_validate.rules.catalogue import BY_CODE, RULES
from minimax_validate.rules.contract import null_content
from minimax_validate.texts.lines import Lines, Location
from minimax_validate.texts.placed import Finding, Placed, TextEdit, place
from minimax_validate.values.diagnostic import Diagnostic, Edit, Fix, Related, Severity

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "rules"
SHARED = ROOT.parent / "shared"
SCHEMA = SHARED / "third_party" / "sarif-schema-2.1.0.json"
CORPUS = sorted(path for path in (SHARED / "corpus").glob("*.jsonl") if path.name != "index.jsonl")
INVALID = sorted(path for path in (ROOT / "fixtures" / "invalid").iterdir() if not path.name.endswith(".findings.txt"))
EVERYTHING = Validator(Settings(select=("ALL",)))

Log = dict[str, Any]


def documents(paths: list[Path]) -> Iterator[Placed]:
    """What the command hands to a format for files, with all rules at work."""
    for path in paths:
        for checked in check_file(Found(path.relative_to(ROOT.parent), named=True), EVERYTHING):
            if checked.report.diagnostics:
                yield place(checked)


@cache
def log(name: str) -> Log:
    """The log of a run over nothing, the fixtures or the recorded requests."""
    if name == "corpus" and not CORPUS:
        pytest.skip("the shared corpus is not beside this checkout")
    paths = {"clean": [], "fixtures": INVALID, "corpus": CORPUS}[name]
    read: Log = json.loads(written("sarif", documents(paths)))
    return read


@pytest.fixture(autouse=True)
def above(monkeypatch: pytest.MonkeyPatch) -> None:
    """The working directory is the one above the checkout, which holds the shared data too."""
    monkeypatch.chdir(ROOT.parent)


LOGS = ("clean", "fixtures", "corpus")


@pytest.mark.parametrize("name", LOGS)
def test_valid_by_the_schema(name: str) -> None:
    """A log is valid against the schema of SARIF 2.1.0."""
    if not SCHEMA.is_file():
        pytest.skip("the schema of SARIF is not beside this checkout")
    Draft4Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(log(name))


def run(log: Log) -> Any:
    """The one run of a log."""
    (only,) = log["runs"]
    return only


def results(log: Log) -> list[Any]:
    """Its results."""
    found: list[Any] = run(log)["results"]
    return found


def rules(log: Log) -> list[Any]:
    """Its rules."""
    found: list[Any] = run(log)["tool"]["driver"]["rules"]
    return found


def strings(value: Any) -> Iterator[str]:
    """Every string in a value, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, member in value.items():
            yield key
            yield from strings(member)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def locations(result: Any) -> list[Any]:
    """All places of a result."""
    return [*result["locations"], *result.get("relatedLocations", ())]


DEMANDS: dict[str, Callable[[Log], bool]] = {
    "names the schema": lambda log: log["$schema"] == "https://json.schemastore.org/sarif-2.1.0.json",
    "is of version 2.1.0": lambda log: log["version"] == "2.1.0",
    "has one run": lambda log: len(log["runs"]) == 1,
    "names the tool": lambda log: run(log)["tool"]["driver"]["name"] == "minimax-validate",
    "has a semantic version": lambda log: bool(
        re.fullmatch(r"\d+\.\d+\.\d+", run(log)["tool"]["driver"]["semanticVersion"])
    ),
    "says how columns are counted": lambda log: run(log)["columnKind"] == "unicodeCodePoints",
    "has no empty string": lambda log: all(strings(log)),
    "is short enough when packed": lambda log: len(gzip.compress(json.dumps(log).encode())) < 10_000_000,
    "tells all rules": lambda log: [rule["id"] for rule in rules(log)] == [rule.code for rule in RULES],
    "has rules with short names": lambda log: all(0 < len(rule["name"]) <= 255 for rule in rules(log)),
    "has rules with short descriptions": lambda log: all(
        0 < len(rule["shortDescription"]["text"]) <= 1024 for rule in rules(log)
    ),
    "has rules with full descriptions": lambda log: all(
        0 < len(rule["fullDescription"]["text"]) <= 1024 for rule in rules(log)
    ),
    "has help in text": lambda log: all(rule["help"]["text"].strip() for rule in rules(log)),
    "has help in Markdown": lambda log: all(
        rule["help"]["markdown"].startswith(f"# {rule['id']} ") for rule in rules(log)
    ),
    "leads to the pages of the rules": lambda log: all(
        (ROOT / "docs" / "rules" / Path(rule["helpUri"]).name).is_file() for rule in rules(log)
    ),
    "has levels that are known": lambda log: (
        {rule["defaultConfiguration"]["level"] for rule in rules(log)} <= {"note", "warning", "error"}
    ),
    "has kinds of problems that are known": lambda log: (
        {rule["properties"]["problem.severity"] for rule in rules(log)} <= {"error", "warning", "recommendation"}
    ),
    "speaks of no security": lambda log: not any("security-severity" in rule["properties"] for rule in rules(log)),
    "has no more than 20 tags a rule": lambda log: all(
        len(rule["properties"].get("tags", ())) <= 20 for rule in rules(log)
    ),
    "has no more than 25,000 results": lambda log: len(results(log)) <= 25_000,
    "has results of rules it tells": lambda log: all(
        rules(log)[each["ruleIndex"]]["id"] == each["ruleId"] for each in results(log)
    ),
    "has results with levels": lambda log: {each["level"] for each in results(log)} <= {"note", "warning", "error"},
    "has results with messages": lambda log: all(each["message"]["text"].strip() for each in results(log)),
    "has one location a result": lambda log: all(len(each["locations"]) == 1 for each in results(log)),
    "has no more than 100 related ones": lambda log: all(len(locations(each)) <= 101 for each in results(log)),
    "has related locations with messages": lambda log: all(
        other["message"]["text"].strip() for each in results(log) for other in each.get("relatedLocations", ())
    ),
    "numbers related locations": lambda log: all(
        other["id"] == number for each in results(log) for number, other in enumerate(each.get("relatedLocations", ()))
    ),
    "has relative addresses": lambda log: all(
        re.fullmatch(r"(?!/)(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+", place["physicalLocation"]["artifactLocation"]["uri"])
        for each in results(log)
        for place in locations(each)
    ),
    "has regions with all four numbers": lambda log: all(
        set(region) == {"startLine", "startColumn", "endLine", "endColumn"}
        and min(region.values()) >= 1
        and (region["startLine"], region["startColumn"]) <= (region["endLine"], region["endColumn"])
        for each in results(log)
        for place in locations(each)
        for region in [place["physicalLocation"]["region"]]
    ),
    "has a fingerprint that GitHub knows": lambda log: all(
        each["partialFingerprints"]["primaryLocationLineHash"] for each in results(log)
    ),
    "has one with the version of how it is made": lambda log: all(
        each["partialFingerprints"]["minimaxValidateFinding/v1"] for each in results(log)
    ),
    "has no fingerprint twice": lambda log: (
        len({each["partialFingerprints"]["primaryLocationLineHash"] for each in results(log)}) == len(results(log))
    ),
}


@pytest.mark.parametrize("name", LOGS)
@pytest.mark.parametrize("demand", DEMANDS)
def test_demands_of_github(demand: str, name: str) -> None:
    """A log is one that GitHub takes and shows."""
    assert DEMANDS[demand](log(name))


def test_there_is_something_to_demand() -> None:
    """The fixtures give results of each level, and such with related places."""
    found = results(log("fixtures"))
    assert {each["level"] for each in found} == {"note", "warning", "error"}
    assert any("relatedLocations" in each for each in found)


def finding(severity: Severity, line: int, *, fix: Fix | None = None, code: str = "MM110", related: int = 0) -> Finding:
    """A finding in a line."""
    others = tuple(Related(("messages", index), "another") for index in range(related))
    diagnostic = Diagnostic(code, BY_CODE[code].name, severity, "content is null", ("messages", line), others, fix)
    return Finding(diagnostic, Location(line, 1, line, 2), (Location(line, 1, line, 2),) * related)


def document(*findings: Finding, edits: tuple[TextEdit, ...] = ()) -> Placed:
    """A document with findings, and what their fixes change."""
    return Placed("log.jsonl", Lines(""), findings, lambda _: edits)


def only(*documents: Placed) -> Any:
    """The run that tells of documents."""
    return run(json.loads(written("sarif", documents)))


def test_most_severe_results_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are too many, the least severe ones give way, of these the last, and the log says how many did."""
    monkeypatch.setattr(sarif, "MOST_RESULTS", 4)
    severities = ["info", "warning", "info", "error", "warning", "info", "error", "error", "info"]
    told = only(*(document(finding(Severity[label.upper()], line)) for line, label in enumerate(severities, 1)))
    kept = [
        (each["locations"][0]["physicalLocation"]["region"]["startLine"], each["level"]) for each in told["results"]
    ]
    assert kept == [(2, "warning"), (4, "error"), (7, "error"), (8, "error")]
    (notification,) = told["invocations"][0]["toolExecutionNotifications"]
    assert notification == {
        "level": "warning",
        "message": {"text": "5 findings omitted, the least severe ones: the log contains at most 4."},
    }


@given(st.lists(st.sampled_from(Severity), max_size=20), st.integers(1, 8))
def test_what_is_kept(severities: list[Severity], room: int) -> None:
    """Whatever comes in whatever order, the first of the most severe ones are kept, in the order in which they came."""
    with mock.patch.object(sarif, "MOST_RESULTS", room):
        told = run(
            json.loads(
                written(
                    "sarif", [document(*map(finding, severities, range(1, 100)))], rules={"MM110": BY_CODE["MM110"]}
                )
            )
        )
    kept = [each["locations"][0]["physicalLocation"]["region"]["startLine"] for each in told["results"]]
    lines = sorted(range(len(severities)), key=lambda index: -severities[index])[:room]
    assert kept == [index + 1 for index in sorted(lines)]


def test_descriptions_are_cut() -> None:
    """A rule that has very much to say is described in no more characters than GitHub takes; the help has it all."""
    prose = f"Be short.\n\n{'Words. ' * 1000}"
    (rule,) = rules(json.loads(written("sarif", (), rules={"MM110": replace(null_content.RULE, prose=prose)})))
    assert len(rule["fullDescription"]["text"]) == 1024
    assert rule["help"]["text"] == prose.strip()


def test_limit_is_exact() -> None:
    """25,000 results are all told, and one more is left out."""
    line = document(*(finding(Severity.ERROR, number) for number in range(1, 101)))
    assert "toolExecutionNotifications" not in only(*[line] * 250)["invocations"][0]
    told = only(*[line] * 250, document(finding(Severity.ERROR, 7)))
    assert len(told["results"]) == 25_000
    assert told["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].startswith("1 finding omitted")


def test_no_more_related_locations_than_are_shown() -> None:
    """Of very many related places the first hundred are told."""
    (result,) = only(document(finding(Severity.ERROR, 1, related=250)))["results"]
    assert len(result["relatedLocations"]) == 100


FIX = Fix("set the content", (Edit("set", ("messages", 0), ""),), safe=True)
EDITS = (TextEdit(Location(3, 5, 3, 9), '"Hi"'), TextEdit(Location(7, 1, 8, 1), ""))


def test_fix_is_told() -> None:
    """A fix is its description and its replacements in the file, in order.

    What is deleted alone inserts nothing, not an empty text.
    """
    (result,) = only(document(finding(Severity.ERROR, 3, fix=FIX), edits=EDITS))["results"]
    assert result["fixes"] == [
        {
            "description": {"text": "set the content"},
            "artifactChanges": [
                {
                    "artifactLocation": {"uri": "log.jsonl"},
                    "replacements": [
                        {
                            "deletedRegion": {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 9},
                            "insertedContent": {"text": '"Hi"'},
                        },
                        {"deletedRegion": {"startLine": 7, "startColumn": 1, "endLine": 8, "endColumn": 1}},
                    ],
                }
            ],
        }
    ]


def test_fix_is_valid_by_the_schema() -> None:
    """A log with a fix is valid against the schema of SARIF 2.1.0."""
    if not SCHEMA.is_file():
        pytest.skip("the schema of SARIF is not beside this checkout")
    told = json.loads(written("sarif", [document(finding(Severity.ERROR, 3, fix=FIX), edits=EDITS)]))
    Draft4Validator(json.loads(SCHEMA.read_text("utf-8"))).validate(told)


def test_unsafe_fix_says_so() -> None:
    """A fix that may change what the request means says it."""
    unsafe = replace(FIX, safe=False)
    (result,) = only(document(finding(Severity.ERROR, 3, fix=unsafe), edits=EDITS))["results"]
    assert result["fixes"][0]["description"]["text"].startswith("set the content (unsafe: ")


@pytest.mark.parametrize(
    ("fix", "edits"),
    [(None, EDITS), (FIX, ()), (FIX, (TextEdit(Location(3, 5, 3, 9), "x" * sarif.LONGEST_FIX), *EDITS))],
    ids=["no fix", "no edits", "too long"],
)
def test_no_fix_to_tell(fix: Fix | None, edits: tuple[TextEdit, ...]) -> None:
    """A finding without a fix, with one that changes no text, or with a very long one, has no fixes."""
    (result,) = only(document(finding(Severity.ERROR, 3, fix=fix), edits=edits))["results"]
    assert "fixes" not in result


@pytest.mark.parametrize(
    ("folder", "name", "uri"),
    [
        ("", "a/b.json", "a/b.json"),
        (".", "a/b.json", "a/b.json"),
        ("services/chat", "a/b.json", "services/chat/a/b.json"),
        ("services/chat", "../shared/b.json", "services/shared/b.json"),
        ("services/chat", "/elsewhere/b c.json", "file:///elsewhere/b%20c.json"),
        ("services/chat", "C:/else:where/b.json", "file:///C:/else%3Awhere/b.json"),
    ],
)
def test_addresses_start_at_the_repository(folder: str, name: str, uri: str) -> None:
    """A file is named from the root of the repository, wherever the command runs.

    One from outside keeps its whole path.
    """
    told = run(json.loads(written("sarif", placed(name, json.dumps(SEPARATED)), Style(folder=folder))))
    assert {
        place["physicalLocation"]["artifactLocation"]["uri"] for each in told["results"] for place in locations(each)
    } == {uri}


def test_configured_severity_is_the_level() -> None:
    """A result has the severity that the finding has, and its rule the one it has by itself."""
    (result,) = only(document(finding(Severity.INFO, 1)))["results"]
    assert result["level"] == "note"
    assert rules(log("clean"))[result["ruleIndex"]]["defaultConfiguration"]["level"] == "error"


def test_a_line_for_each_result() -> None:
    """Each result stands on a line of its own, so that a difference between two logs can be read."""
    lines = printed("sarif", "log.jsonl", '{"messages": 5}\n{"messages": 6}\n').splitlines()
    assert [json.loads(line.removesuffix(","))["ruleId"] for line in lines[1:-1]] == ["MM102", "MM102"]
