"""What GitHub, GitLab, readers of JUnit and job summaries are told, format by format."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from junitparser import Failure, JUnitXml
from printing import SEPARATED, TEXTS, placed, written

from minimax_validate.output.formats import markdown
from minimax_validate.output.formats.writer import Style
from minimax_validate.rules.contract import null_content
from minimax_validate.rules.examples import request, user
from minimax_validate.texts.lines import Lines, Location
from minimax_validate.texts.placed import Finding, Placed
from minimax_validate.values.diagnostic import Severity

PLACE = Location(3, 5, 3, 9)


def found(severity: Severity = Severity.ERROR, location: Location = PLACE, name: str = "a.json") -> Placed:
    """A document with one finding."""
    diagnostic = null_content.RULE.diagnose(("messages", 0, "content"), "content is null")
    return Placed(
        name, Lines("\n\n    null"), (Finding(replace(diagnostic, severity=severity), location, ()),), lambda _: ()
    )


@pytest.mark.parametrize(("severity", "command"), [("ERROR", "error"), ("WARNING", "warning"), ("INFO", "notice")])
def test_github_command(severity: str, command: str) -> None:
    """Each severity has its command."""
    line = f"::{command} title=MM110 null-content,file=a.json,line=3,col=5,endLine=3,endColumn=9::content is null\n"
    assert written("github", [found(Severity[severity])]) == line


def test_github_takes_no_columns_of_several_lines() -> None:
    """Where a place spans lines there are no columns: GitHub would drop the annotation."""
    line = "::error title=MM110 null-content,file=a.json,line=3,endLine=5::content is null\n"
    assert written("github", [found(location=Location(3, 5, 5, 2))]) == line


@pytest.mark.parametrize("output_format", ["github", "gitlab"])
def test_files_are_named_from_the_repository(output_format: str) -> None:
    """GitHub and GitLab know a file from the root of the repository, wherever the command runs."""
    assert "services/chat/a.json" in written(output_format, [found()], Style(folder="services/chat"))
    assert "services/a.json" in written(output_format, [found(name="../a.json")], Style(folder="services/chat"))
    assert '"a.json"' in written("gitlab", [found(name="./a.json")], Style(folder="."))


@pytest.mark.parametrize(("severity", "theirs"), [("ERROR", "critical"), ("WARNING", "major"), ("INFO", "info")])
def test_gitlab_issue(severity: str, theirs: str) -> None:
    """Each severity has a word of GitLab's; lines are counted from 1."""
    (issue,) = json.loads(written("gitlab", [found(Severity[severity])]))
    assert issue.pop("fingerprint")
    assert issue == {
        "description": "MM110: content is null",
        "check_name": "MM110",
        "severity": theirs,
        "location": {"path": "a.json", "lines": {"begin": 3}},
    }


def test_gitlab_lines_start_at_one() -> None:
    """A finding in the first line is in line 1."""
    (issue,) = json.loads(written("gitlab", placed("a.json", json.dumps(request(user(None))))))
    assert issue["location"]["lines"]["begin"] == 1


def test_junit_has_a_suite_for_each_file() -> None:
    """The files are suites, and each finding is a case that failed, with its number in front."""
    documents = [
        *placed("a.json", json.dumps(SEPARATED)),
        *placed(*TEXTS["several lines of JSONL"]),
        *placed(*TEXTS["a missing key"]),
    ]
    suites = list(JUnitXml.fromstring(written("junit", documents)))
    assert [(suite.name, suite.tests, suite.failures, len(list(suite))) for suite in suites] == [
        ("a.json", 1, 1, 1),
        ("log.jsonl", 3, 3, 3),
        ("missing.json", 1, 1, 1),
    ]
    (case,) = suites[0]
    (failure,) = case.result
    assert isinstance(failure, Failure)
    assert (case.name.split(" (")[0], case.classname, failure.type) == (
        "MM204 separated-tool-result",
        "a.json",
        "error",
    )
    assert "the message in between" in failure.text


def test_junit_of_a_clean_run() -> None:
    """A clean run is one case, which passed."""
    (suite,) = JUnitXml.fromstring(written("junit", ()))
    (case,) = suite
    assert (suite.tests, suite.failures, case.is_passed) == (1, 0, True)


def test_junit_names_differ() -> None:
    """Findings of one rule at one place have names of their own: readers take cases of one name for one."""
    cases = [
        case.name for suite in JUnitXml.fromstring(written("junit", [found(), found(), found()])) for case in suite
    ]
    assert cases == ["MM110 null-content (3:5)", "MM110 null-content (3:5) 2", "MM110 null-content (3:5) 3"]


def test_markdown_counts() -> None:
    """The page begins with how much was found, and in how many files."""
    page = written("markdown", [found(), found(Severity.INFO, name="b.json"), found(name="b.json")])
    assert page.splitlines()[2] == "2 errors, 1 info in 2 files."


def test_markdown_is_cut() -> None:
    """A page has no more rows than GitHub takes, and says how many findings are without one."""
    row = len(written("markdown", [found()]).splitlines()[-1]) + 1
    room = markdown.LONGEST // row
    document = found()
    page = written("markdown", [document] * (room + 3))
    assert len(page.encode()) < 2**20
    assert page.splitlines()[2] == f"{room + 3:,} errors in 1 file."
    assert page.endswith("|\n\n3 more findings did not fit on this page.\n")
    assert page.count("| error |") == room
    assert "no room" not in written("markdown", [document] * room)


def test_markdown_is_cut_once() -> None:
    """After a row that was too long there is none that fits again: the rows are the first ones."""
    page = written("markdown", [found(name="x" * markdown.LONGEST), found()])
    assert page.count("| error |") == 0
    assert page.endswith("2 more findings did not fit on this page.\n")
