"""SARIF 2.1.0, for code scanning: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.

A clean run is a log without results. It keeps to what GitHub takes of it:
https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support. GitHub knows a result again
by the partial fingerprint ``primaryLocationLineHash`` alone. Its upload makes one of the line where there is none: in a
log of requests, or a file without line breaks, all findings of a rule in a request would be one. So it gets ours.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from heapq import heappush, heapreplace
from typing import TYPE_CHECKING, Any, NamedTuple

from minimax_validate import __version__
from minimax_validate.output.escape import json_text, visible
from minimax_validate.output.formats.fingerprint import Fingerprints, likeness
from minimax_validate.output.formats.repository import repository_uri
from minimax_validate.output.formats.writer import Writer
from minimax_validate.output.rule_pages.markdown import markdown
from minimax_validate.rules.rule import Rule
from minimax_validate.texts.lines import Location
from minimax_validate.values.diagnostic import Fix, Severity
from minimax_validate.values.wording import count, cut

if TYPE_CHECKING:
    from minimax_validate.texts.placed import Finding, Placed, TextEdit

MOST_RESULTS = 25_000
"""Results of a run: GitHub refuses a log with more."""

MOST_RELATED = 100
"""Locations of a result: GitHub shows no more."""

LONGEST_DESCRIPTION = 1024
"""Characters of a rule's descriptions: GitHub takes no more."""

LONGEST_FIX = 10_000
"""Characters that a fix may put in, to be shown.

A log holds thousands of results, and GitHub takes ten megabytes of it.
"""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}

_END = "]}]}"


class _Result(NamedTuple):
    """A severity, the text of a result up to its fingerprints, what those are made of, and the text behind them.

    Of a result for which there is no room whatever becomes of others, the texts are left out.
    """

    severity: Severity
    head: str = ""
    likeness: bytes = b""
    tail: str = ""


@dataclass(slots=True)
class Format(Writer):
    """Keeps the most severe results until the end, because the log names what it leaves out before them."""

    kept: list[tuple[int, int, str]] = field(default_factory=list)
    """A heap of severity, the number of the result counted backwards, and its text.

    Its head is the first to give way.
    """
    left_out: int = 0
    rendered: Counter[Severity] = field(default_factory=Counter)
    """How many results of each severity there are texts of."""
    fingerprints: Fingerprints = field(default_factory=Fingerprints)
    indexes: dict[str, int] = field(init=False)
    """Where a rule stands among the rules, by its code."""

    def __post_init__(self) -> None:
        self.indexes = {code: index for index, code in enumerate(self.rules)}

    def render(self, document: Placed, finding: Finding) -> _Result:
        """The result of a finding, but for its fingerprints, which depend on the findings before it."""
        severity = finding.diagnostic.severity
        if sum(number for other, number in self.rendered.items() if other >= severity) >= MOST_RESULTS:
            return _Result(severity)
        self.rendered[severity] += 1
        uri = repository_uri(document.name, self.style.folder)
        head, tail = self._result(document, finding, uri)
        return _Result(severity, head, likeness(uri, finding), tail)

    def put(self, rendered: _Result) -> None:
        """Keep it if there is room."""
        severity = rendered.severity
        if len(self.kept) < MOST_RESULTS:
            heappush(self.kept, (severity, -len(self.kept), self._told(rendered)))
            return
        self.left_out += 1
        if severity > self.kept[0][0]:
            heapreplace(self.kept, (severity, -(MOST_RESULTS + self.left_out), self._told(rendered)))

    def finish(self, nothing: str = "", note: str = "") -> None:
        """Write the log, a line for each result."""
        driver = {
            "name": "minimax-validate",
            "semanticVersion": __version__,
            "informationUri": "https://github.com/minimax-validate/minimax-validate",
            "rules": list(map(_rule, self.rules.values())),
        }
        invocation: dict[str, Any] = {"executionSuccessful": True}
        notifications: list[dict[str, Any]] = []
        if nothing:
            notifications.append({"level": "warning", "message": _message(nothing)})
        if self.left_out:
            text = (
                f"{count(self.left_out, 'finding')} left out, the least severe ones: there is "
                f"room for {MOST_RESULTS:,}."
            )
            notifications.append({"level": "warning", "message": {"text": text}})
        if note:
            notifications.append({"level": "note", "message": _message(note)})
        if notifications:
            invocation["toolExecutionNotifications"] = notifications
        run = {
            "tool": {"driver": driver},
            "invocations": [invocation],
            "columnKind": "unicodeCodePoints",
            "results": [],
        }
        log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
        self.stream.write(json_text(log).removesuffix(_END))
        separator = "\n"
        for _, _, result in sorted(self.kept, key=lambda kept: -kept[1]):
            self.stream.write(separator + result)
            separator = ",\n"
        self.stream.write(f"{_END}\n" if separator == "\n" else f"\n{_END}\n")

    def _told(self, result: _Result) -> str:
        fingerprint = self.fingerprints.next(result.likeness)
        prints = json_text({"minimaxValidateFinding/v1": fingerprint, "primaryLocationLineHash": fingerprint})
        return f"{result.head}{prints}{result.tail}"

    def _result(self, document: Placed, finding: Finding, uri: str) -> tuple[str, str]:
        """The texts of a result before and behind its fingerprints."""
        diagnostic = finding.diagnostic
        related = list(zip(diagnostic.related, finding.related, strict=True))[:MOST_RELATED]
        result: dict[str, Any] = {
            "ruleId": diagnostic.code,
            "ruleIndex": self.indexes[diagnostic.code],
            "level": _LEVELS[diagnostic.severity],
            "message": _message(diagnostic.message),
            "locations": [_location(uri, finding.location)],
        }
        rest: dict[str, Any] = {}
        if related:
            rest["relatedLocations"] = [
                {"id": number, **_location(uri, place), "message": _message(other.message)}
                for number, (other, place) in enumerate(related)
            ]
        fix = diagnostic.fix
        if fix and (edits := document.text_edits(fix)) and sum(len(edit.text) for edit in edits) <= LONGEST_FIX:
            rest["fixes"] = [_fix(fix, edits, uri)]
        head, tail = json_text(result).removesuffix("}"), json_text(rest).removeprefix("{")
        return f'{head}, "partialFingerprints": ', f", {tail}" if rest else "}"


def _rule(rule: Rule) -> dict[str, Any]:
    summary, _, rest = rule.prose.strip().partition("\n")
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": cut(summary, LONGEST_DESCRIPTION)},
        "fullDescription": {"text": cut(" ".join(rest.split()) or summary, LONGEST_DESCRIPTION)},
        "helpUri": rule.url,
        "help": {"text": rule.prose.strip(), "markdown": markdown(rule)},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"problem.severity": _PROBLEMS[rule.severity]},
    }


def _message(text: str) -> dict[str, str]:
    """A text of which readers make no link: SARIF knows links in plain text too."""
    return {"text": visible(text).replace("](", "]\\x28")}


def _location(uri: str, place: Location) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": _region(place)}}


def _region(place: Location) -> dict[str, int]:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _fix(fix: Fix, edits: tuple[TextEdit, ...], uri: str) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _region(edit.location), **({"insertedContent": {"text": edit.text}} if edit.text else {})}
        for edit in edits
    ]
    description = (
        fix.message
        if fix.safe
        else f"{fix.message} (unsafe: the request may not mean the same to the model afterwards)"
    )
    return {
        "description": _message(description),
        "artifactChanges": [{"artifactLocation": {"uri": uri}, "replacements": replacements}],
    }
