"""What the page asks of the library: a text goes in, JSON comes out.

Offsets count the 16-bit units of UTF-16 from 0, as JavaScript does. A text of an unknown suffix tells its format by its
beginning.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

from minimax_validate import Validator
from minimax_validate.analysis import Analysis, FixedText, TextFinding, analyse
from minimax_validate.texts.code_units import CodeUnits
from minimax_validate.texts.spans import Span
from minimax_validate.values.pointer import Pointer, to_path

Json = dict[str, Any]

MOST_FINDINGS = 500
"""More than anybody reads."""

MOST_REQUESTS = 100
"""Requests of one text whose tokens are counted."""

_LONGEST_EXCERPT = 80


def findings(text: str, name: str) -> str:
    """All that is wrong with a text: ``{"requests": 1, "total": 2, "findings": [...]}``.

    ``total`` counts them all; the list is cut short.
    """
    analysis = _analysis(text, name)
    offset = CodeUnits(text).before
    told = [_finding(finding, offset) for finding in analysis.findings[:MOST_FINDINGS]]
    requests = sum(len(part.checked.document.requests) for part in analysis.parts)
    return json.dumps({"requests": requests, "total": len(analysis.findings), "findings": told})


def fixed(text: str, name: str, which: str) -> str:
    """What fixing changes: ``{"edits": [{"from": 0, "to": 4, "text": ""}], "fixed": 1}``.

    ``which`` is ``safe``, ``all``, or the index of one of the findings of the same text.
    """
    analysis = _analysis(text, name)
    if which in {"safe", "all"}:
        done: FixedText | None = analysis.fixed_all(unsafe=which == "all")
    else:
        done = analysis.fixed(analysis.findings[int(which)])
    offset = CodeUnits(text).before
    edits = [{**_range(span, offset), "text": new} for span, new in done.edits] if done else []
    return json.dumps({"edits": edits, "fixed": len(done.applied) if done else 0})


def tokens(text: str, name: str) -> str:
    """What the prompt of each request is made of: a list of accounts, with a place and an excerpt for each message."""
    analysis = _analysis(text, name)
    offset = CodeUnits(text).before
    accounts: list[Json] = []
    for account in _accounts(analysis, offset):
        accounts.append(account)
        if len(accounts) == MOST_REQUESTS:
            break
    return json.dumps(accounts)


def _analysis(text: str, name: str) -> Analysis:
    return analyse(name, text, _validator())


@cache
def _validator() -> Validator:
    return Validator()


def _finding(finding: TextFinding, offset: Callable[[int], int]) -> Json:
    diagnostic = finding.diagnostic
    fix = diagnostic.fix
    return {
        **_range(finding.span, offset),
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity.label,
        "message": diagnostic.message,
        "path": to_path(diagnostic.pointer),
        "fix": fix and {"message": fix.message, "safe": fix.safe},
        "related": [
            {**_range(span, offset), "message": related.message}
            for related, span in zip(diagnostic.related, finding.related, strict=True)
        ],
    }


def _accounts(analysis: Analysis, offset: Callable[[int], int]) -> Iterator[Json]:
    from minimax_validate.output.accounts.json import account_object
    from minimax_validate.request.account import account
    from minimax_validate.request.envelope import open_envelope

    for part in analysis.parts:
        document = part.checked.document
        source = document.source
        for pointer, payload in document.payloads():
            counted = account(payload, analysis.validator.settings)
            if counted is None:
                continue
            told = account_object(source.name, source.first_line, pointer, counted)
            envelope = open_envelope(payload)
            places = {
                index: (*pointer, *envelope.pointer, *("messages", index)[envelope.made_up :])
                for index in (message["index"] for message in told["messages"])
                if index is not None
            }
            spans = document.locate(source.text, [(place, "value") for place in (pointer, *places.values())])
            for message in told["messages"]:
                index = message["index"]
                at = places.get(index, pointer)
                message.update(_range(_moved(spans[at, "value"], part.start), offset))
                message["excerpt"] = "" if index is None else _excerpt(document.value, at)
            yield told | _range(_moved(spans[pointer, "value"], part.start), offset)


def _excerpt(value: Any, pointer: Pointer) -> str:
    """The beginning of what a message says, or of what it calls."""
    message = _at(value, pointer)
    if not isinstance(message, dict):
        return ""
    words = [*_texts(message.get("content")), *_texts(message.get("parts"))]
    calls = message.get("tool_calls")
    for call in calls if isinstance(calls, list) else ():
        function = call.get("function") if isinstance(call, dict) else None
        if isinstance(function, dict):
            words.append(f"{function.get('name')}({function.get('arguments')})")
    return " ".join(" ".join(words).split())[:_LONGEST_EXCERPT]


def _texts(content: Any) -> Iterable[str]:
    if isinstance(content, str):
        return [content]
    if isinstance(content, list):
        return [part["text"] for part in content if isinstance(part, dict) and isinstance(part.get("text"), str)]
    return []


def _at(value: Any, pointer: Pointer) -> Any:
    for step in pointer:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _moved(span: Span, start: int) -> Span:
    return Span(span.start + start, span.end + start)


def _range(span: Span, offset: Callable[[int], int]) -> Json:
    return {"from": offset(span.start), "to": offset(span.end)}
