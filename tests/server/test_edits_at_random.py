"""Whatever is typed, the editor is shown what a fresh check of the text finds."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from editor import PUSHED, editing

from minimax_validate import analyse
from minimax_validate.values.diagnostic import Severity

START = {
    "messages": [
        {"role": "system", "content": "Be kind. 😀"},
        {"role": "user", "content": "Wie spät ist es? \u2028 🕰️"},
        {
            "role": "assistant",
            "content": None,
            "tool_calls": [{"id": "a", "type": "function", "function": {"name": "time", "arguments": "{}"}}],
        },
        {"role": "tool", "tool_call_id": "a", "content": "12:30"},
        {"role": "developer", "content": ""},
    ],
    "tools": [],
    "stop": "\u0085",
}
TYPED = [
    '"',
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\n",
    "\r\n",
    "\r",
    "😀",
    "é",
    "\u2028",
    "null",
    '"role": "user", ',
    "1",
    " ",
]


def shown(text: str) -> list[dict[str, Any]]:
    """What an editor is to be shown of a text, in UTF-16."""

    def position(offset: int) -> dict[str, int]:
        before = text[:offset]
        ended = before.removesuffix("\r") if text.startswith("\n", offset) else before
        lines = ended.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        start = max(ended.rfind("\n"), ended.rfind("\r")) + 1
        return {"line": len(lines) - 1, "character": len(text[start:offset].encode("utf-16-le", "surrogatepass")) // 2}

    severities = {Severity.ERROR: 1, Severity.WARNING: 2, Severity.INFO: 3}
    return [
        {
            "code": found.diagnostic.code,
            "message": found.diagnostic.message,
            "severity": severities[found.diagnostic.severity],
            "range": {"start": position(found.span.start), "end": position(found.span.end)},
            "related": [
                {"range": {"start": position(span.start), "end": position(span.end)}, "message": other.message}
                for other, span in zip(found.diagnostic.related, found.related, strict=True)
            ],
        }
        for found in analyse("a.json", text, asked_for=False).findings
    ]


def got(diagnostics: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What an editor was shown, likewise."""
    return [
        {key: found[key] for key in ("code", "message", "severity", "range")}
        | {
            "related": [
                {"range": other["location"]["range"], "message": other["message"]}
                for other in found.get("relatedInformation", ())
            ]
        }
        for found in diagnostics
    ]


def edited(text: str, draw: random.Random) -> str:
    """A text after a keystroke: something typed, deleted, moved, or taken back to a text that parses."""
    at = draw.randrange(len(text) + 1)
    match draw.randrange(6):
        case 0 | 1:
            return text[:at] + draw.choice(TYPED) + text[at:]
        case 2:
            return text[:at] + text[at + draw.randrange(1, 4) :]
        case 3:
            other = draw.randrange(len(text) + 1)
            start, end = sorted((at, other))
            return text[:start] + text[end:] if end - start < 40 else text
        case _:
            value = json.loads(json.dumps(START))
            message = draw.choice(value["messages"])
            message[draw.choice(["role", "content", "name", "tool_call_id", "cache_control"])] = draw.choice(
                ["user", "assistant", "", None, 1, "😀", [], {"type": "ephemeral"}]
            )
            draw.shuffle(value["messages"])
            return json.dumps(value, ensure_ascii=False, indent=draw.choice([None, 2]))


def test_view_is_that_of_a_fresh_check(tmp_path: Path) -> None:
    """After each of 500 edits, the diagnostics that are asked for and those that are sent are those of the text."""
    draw = random.Random(17)
    text = json.dumps(START, ensure_ascii=False, indent=2)
    (tmp_path / "asks").mkdir()
    (tmp_path / "hears").mkdir()
    unlike = 0
    with editing(tmp_path / "asks") as asks, editing(tmp_path / "hears", PUSHED) as hears:
        one, other = asks.open("a.json", text), hears.open("a.json", text)
        assert hears.note("textDocument/publishDiagnostics")["version"] == 1
        report = asks.pull(one)
        for _ in range(500):
            text = edited(text, draw)
            asks.change(one, text)
            version = hears.change(other, text)
            new = asks.pull(one, report["resultId"])
            unlike += new["kind"] == "full"
            report = new if new["kind"] == "full" else {**report, "resultId": new["resultId"]}
            expected = shown(text)
            assert _is_as_expected(report["items"], expected)
            note = hears.note("textDocument/publishDiagnostics")
            assert note["version"] == version
            assert _is_as_expected(note["diagnostics"], expected)
    assert unlike > 100


def _is_as_expected(diagnostics: list[dict[str, Any]], expected: list[dict[str, Any]]) -> bool:
    """Whether all findings are as expected; the range of a tagged one holds the range that is expected."""
    found = got(diagnostics)
    for index, diagnostic in enumerate(diagnostics):
        if diagnostic.get("tags") and index < len(expected):
            known = expected[index]["range"]
            if _at(found[index]["range"]["start"]) <= _at(known["start"]) and _at(known["end"]) <= _at(
                found[index]["range"]["end"]
            ):
                found[index]["range"] = known
    assert found == expected
    return True


def _at(position: dict[str, int]) -> tuple[int, int]:
    return position["line"], position["character"]
