"""Comments that are added ignore exactly the findings that are meant, and no text is lost."""

from __future__ import annotations

import io
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from yaml_spelling import STYLES, dump

from minimax_validate.engine.selection import severities
from minimax_validate.engine.settings import Settings
from minimax_validate.engine.validator import Validator
from minimax_validate.project.checking import check_documents
from minimax_validate.project.ignoring.additions import comment_opening, with_ignores
from minimax_validate.project.ignoring.comments import apply_comments
from minimax_validate.rules.catalogue import RULES
from minimax_validate.strategies import faulty_requests
from minimax_validate.texts.checked import Checked
from minimax_validate.texts.document import ABSENT
from minimax_validate.texts.readers import read

Json = Any
_ADDED = re.compile(r"(, MM\d+)+(?=\])|  (#|//) minimax-validate: ignore\[MM\d+(, MM\d+)*\]$")
EVERYTHING = Settings(select=("ALL",))


def _is_writable(case: tuple[Json, Any]) -> bool:
    """Whether a payload can be written down in every format: some faults are of values that cannot."""
    try:
        json.dumps(case[0], ensure_ascii=False).encode()
        return bool(json.loads(json.dumps(case[0])) == case[0])
    except (ValueError, TypeError, RecursionError):
        return False


CASES = faulty_requests().filter(_is_writable)


def checks(name: str, asked: Settings = EVERYTHING) -> Callable[[str], Sequence[Checked]]:
    """What checks a text of a name."""
    validator, codes = Validator(asked), frozenset(severities(asked, RULES))

    def check(text: str) -> Sequence[Checked]:
        documents = read(name, io.BufferedReader(io.BytesIO(text.encode())))
        return [apply_comments(each, codes)[0] for each in check_documents(documents, validator, named=True)]

    return check


def findings(results: Sequence[Checked]) -> Counter[tuple[int, str, str, str]]:
    """The findings of a text."""
    return Counter(
        (part, each.code, repr(each.pointer), each.message)
        for part, checked in enumerate(results)
        for each in checked.report.diagnostics
    )


def hold(name: str, text: str) -> None:
    """The laws, for a text without comments, and then for one with comments of a few rules."""
    for asked in (Settings(select=("MM1", "MM5")), EVERYTHING):
        text = _hold_once(name, text, asked)


def _hold_once(name: str, text: str, asked: Settings) -> str:
    check, every = checks(name, asked), checks(name)
    before, all_before = check(text), every(text)
    annotated = with_ignores(text, comment_opening(name), check)
    after, all_after = check(annotated.text), every(annotated.text)
    gone = findings(before) - findings(after)
    assert findings(after) - findings(before) == Counter()
    assert Counter(code for _, code, _, _ in gone.elements()) == annotated.ignored
    assert sum(findings(after).values()) == len(annotated.left) + len(annotated.unread)
    assert findings(all_before) - findings(all_after) == gone
    assert findings(all_after) - findings(all_before) == Counter()
    assert [repr(each.document.value) for each in all_after if each.document.program is None] == [
        repr(each.document.value) for each in all_before if each.document.program is None
    ]
    for old, new in zip(text.splitlines(), annotated.text.splitlines(), strict=True):
        assert new == old or _ADDED.sub("", new) == _ADDED.sub("", old)
    # What is found again is what no comment can ignore: to do it once more changes nothing.
    assert with_ignores(annotated.text, comment_opening(name), check).text == annotated.text
    return annotated.text


@given(CASES, STYLES)
def test_yaml(case: tuple[Json, Any], style: dict[str, Any]) -> None:
    """YAML in any style."""
    hold("a.yaml", dump(case[0], style))


@settings(suppress_health_check=[HealthCheck.too_slow])  # several requests take their time on a busy machine
@given(st.lists(CASES, min_size=2, max_size=3), st.sampled_from([None, 1]))
def test_yaml_of_several_documents(cases: list[tuple[Json, Any]], indent: int | None) -> None:
    """Several documents of YAML, some on one line."""
    hold("a.yaml", "".join(f"---\n{json.dumps(case[0], indent=indent)}\n" for case in cases))


@given(CASES, st.sampled_from([None, 1]), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", " // x"]))
def test_json_with_comments(case: tuple[Json, Any], indent: int | None, end: str, comment: str) -> None:
    """JSON with comments, on one line or on many."""
    hold("a.jsonc", json.dumps(case[0], indent=indent).replace("\n", f"{comment}{end}") + comment)


@given(CASES, st.sampled_from([None, 1]))
def test_typescript(case: tuple[Json, Any], indent: int | None) -> None:
    """A call of the binding in TypeScript."""
    pytest.importorskip("tree_sitter_typescript")
    body = {key: value for key, value in case[0].items() if key != "model"} if isinstance(case[0], dict) else case[0]
    hold("a.ts", f'await env.AI.run("minimax/m2.7", {json.dumps(body, indent=indent)});\n')


@given(CASES, st.booleans())
def test_python(case: tuple[Json, Any], wrapped: bool) -> None:
    """A body in Python, on one line or on many."""
    literal = repr({"model": "minimax/m2.7", **case[0]} if isinstance(case[0], dict) else case[0])
    if wrapped:
        literal = literal.replace("}, {", "},\n {")
    hold("a.py", f"client.chat.completions.create(**{literal})\n")


def test_a_wrong_check_is_noticed() -> None:
    """If comments would ignore a finding that is not meant, or none, nothing is written."""
    text = '{"messages": [{"role": "user", "content": null}], "temperature": 9}'
    check = checks("a.jsonc")

    def too_much(candidate: str) -> Sequence[Checked]:
        results = check(candidate)
        if candidate == text:
            return results
        return [replace(each, report=replace(each.report, diagnostics=())) for each in results[1:]]

    def too_little(candidate: str) -> Sequence[Checked]:
        return check(candidate if candidate == text else candidate.replace("ignore", "ignored"))

    assert with_ignores(text, "//", too_much).text == text
    assert with_ignores(text, "//", too_little).text == text
    assert with_ignores(text, "//", check).text != text


def test_what_cannot_be_read() -> None:
    """A text that cannot be read gets no comment."""
    (checked,) = checks("a.jsonc")("{")
    assert checked.document.value is ABSENT
    annotated = with_ignores("{", "//", checks("a.jsonc"))
    assert (annotated.text, len(annotated.unread), annotated.left) == ("{", 1, ())
