"""Texts are analysed as the command checks files, with spans in the whole text and fixes that hold."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

import minimax_validate
from minimax_validate import Settings, Validator, analyse
from minimax_validate.analysis import _Starts, difference
from minimax_validate.rules.catalogue import RULES
from minimax_validate.rules.rule import Rule
from minimax_validate.texts.replacement import replaced

CALLED = '{"messages": [{"role": "assistant", "content": null, "tool_calls": []}, {"role": "user", "content": "é😀"}]}'


def shown(analysis: minimax_validate.Analysis) -> list[tuple[str, str]]:
    """Each finding as its code and the characters that it is about."""
    return [(found.diagnostic.code, analysis.text[slice(*found.span)]) for found in analysis.findings]


def test_spans_are_in_the_whole_text() -> None:
    """Lines of JSON Lines and documents of YAML have the places that they have in the text, behind any characters."""
    text = f'{{"messages": [{{"role": "user", "content": "é😀\u2028"}}]}}\n\n{CALLED}\n{CALLED}'
    found = [("MM110", "null"), ("MM209", '"tool_calls"')]
    assert shown(analyse("a.jsonl", text)) == found * 2
    text = "# é😀\nmessages:\n- role: user\n  content: é😀\n---\nmessages:\n- role: developer\n  content: hi\n"
    assert shown(analyse("a.yaml", text)) == [("MM112", "developer")]


def test_name_tells_the_format() -> None:
    """The suffix says what a text is; a text without one is known by its beginning, and a packed file by its name."""
    text = "messages:\n- role: developer\n  content: hi\n"
    assert [found.diagnostic.code for found in analyse("a.json", text).findings] == ["MM001"]
    assert shown(analyse("a.yml", text)) == shown(analyse("untitled", text)) == shown(analyse("a.yml.gz", text))


def test_related_places_have_spans() -> None:
    """What a finding speaks of beside its own place has a span too."""
    text = '{"messages": [], "messages": [{"role": "user", "content": "Hi"}]}'
    (found,) = analyse("a.json", text).findings
    assert [text[slice(*span)] for span in found.related] == ['"messages"'] * len(found.diagnostic.related)
    assert found.related


def test_one_fix_is_made_alone() -> None:
    """The fix of a finding changes its own characters, and the rest stays to be found."""
    analysis = analyse("a.jsonl", f"{CALLED}\n{CALLED}\n")
    third = analysis.findings[2]
    fixed = analysis.fixed(third)
    assert fixed is not None
    assert [(analysis.text[slice(*span)], text) for span, text in fixed.edits] == [("null", '""')]
    assert fixed.text == CALLED + "\n" + CALLED.replace("null", '""') + "\n"
    assert [found.diagnostic.code for found in analyse("a.jsonl", fixed.text).findings] == ["MM110", "MM209", "MM209"]


def test_all_fixes_are_safe_ones_unless_asked() -> None:
    """All safe fixes are made at once; unsafe ones too if that is asked for."""
    analysis = analyse("a.jsonl", f"{CALLED}\n{CALLED}\n")
    safe, every = analysis.fixed_all(), analysis.fixed_all(unsafe=True)
    assert [found.code for found in safe.applied] == ["MM209", "MM209"]
    assert [found.code for found in every.applied] == ["MM110", "MM209"] * 2
    assert shown(analyse("a.jsonl", every.text)) == []
    assert replaced(analysis.text, every.edits) == every.text


def test_text_that_cannot_be_rewritten_has_no_edits() -> None:
    """A finding in a recording keeps its fix as data, and nothing is changed in the text."""
    text = f"POST https://api.example.com/ai/run/minimax/m2.7\n\n{CALLED}\n"
    analysis = analyse("a.http", text)
    assert shown(analysis) == [("MM110", "null"), ("MM209", '"tool_calls"')]
    assert all(found.diagnostic.fix and analysis.edits(found) == () for found in analysis.findings)
    assert analysis.fixed(analysis.findings[0]) is None


def test_settings_and_validators_are_taken() -> None:
    """Rules that are switched off find nothing, by settings or by a validator that was built of them."""
    settings = Settings(ignore=("MM110",))
    assert [code for code, _ in shown(analyse("a.json", CALLED, settings))] == ["MM209"]
    assert [code for code, _ in shown(analyse("a.json", CALLED, Validator(settings)))] == ["MM209"]


def test_comments_ignore_findings() -> None:
    """What a comment of the text ignores is neither reported nor fixed."""
    text = "messages:\n- role: user\n  content: Hi\ntools: []\nstop: x # minimax-validate: ignore[MM601]\n"
    analysis = analyse("a.yaml", text)
    assert [code for code, _ in shown(analysis)] == ["MM310"]
    assert "stop: x #" in analysis.fixed_all(unsafe=True).text


def test_text_that_nobody_asked_for() -> None:
    """A text that is no request is a finding to whoever asks for it, and nothing on a walk."""
    assert [code for code, _ in shown(analyse("package.json", '{"name": "x"}'))] == ["MM003"]
    assert analyse("package.json", '{"name": "x"}', asked_for=False).findings == ()
    assert shown(analyse("a.json", CALLED, asked_for=False)) == shown(analyse("a.json", CALLED))


def test_half_of_a_character_is_no_crash() -> None:
    """An editor may send half of a pair, which no encoding has: places behind it stay where they are."""
    text = '{"messages": [{"role": "user", "content": "\ud83d"}], "tools": []}'
    assert shown(analyse("a.json", text)) == [("MM310", '"tools"')]


@given(st.text())
def test_any_text_can_be_analysed(text: str) -> None:
    """No text makes an analysis fail, and every span lies in the text."""
    for name in ("a.json", "a.jsonl", "a.jsonc", "a.yaml", "a.http", "a.md", "a.sh", "a.py", "a"):
        for found in analyse(name, text).findings:
            assert all(0 <= start <= end <= len(text) for start, end in (found.span, *found.related))


def test_difference_of_long_texts_is_found_soon() -> None:
    """Thousands of equal lines are no reason to compare each with each, and what is far apart is changed apart."""
    before = "".join(f'{{"role": "user"}},\n{number},\n' for number in range(10_000))
    for joint in ("\n", ""):
        text = before.replace("\n", joint)
        after = text.replace(f"{joint}77,", f"{joint}78,", 1).replace(f"{joint}9999,", f"{joint}9998,", 1)
        found = difference(text, after)
        assert replaced(text, found) == after
        assert sum(span.end - span.start + len(new) for span, new in found) < 100


LINES = st.lists(st.sampled_from(["a\n", "b\r\n", "c\u2028", "d", "\r", "\n", "ab", ","]), max_size=12).map("".join)


@given(LINES, LINES)
def test_difference_leads_from_one_text_to_the_other(before: str, after: str) -> None:
    """The replacements are in order, change what differs, and cut no line end in two."""
    found = difference(before, after)
    assert replaced(before, found) == after
    for (start, end), _ in found:
        for place in (start, end):
            assert before[place - 1 : place + 1] != "\r\n" or place == 0


@pytest.mark.parametrize("rule", [rule for rule in RULES if any(x.fixed is not None for x in rule.invalid)])
def test_fixes_of_examples_hold_in_text(rule: Rule) -> None:
    """What fixing makes of the text of an example is what fixing makes of its value."""
    for example in rule.invalid:
        if example.fixed is not None and example.text is None:
            text = json.dumps(example.payload, indent=2)
            settings = Settings(select=("ALL",)) if rule.severity.label == "info" else None
            fixed = analyse("a.json", text, settings).fixed_all(unsafe=True)
            assert json.loads(fixed.text) == example.fixed


def test_names_are_loaded_when_they_are_asked_for() -> None:
    """The names are there at the top of the package, and its import does without what they need."""
    program = (
        "import sys, minimax_validate; assert 'minimax_validate.analysis' not in sys.modules; "
        "assert minimax_validate.analyse('a.json', '{}').findings; from minimax_validate import Analysis, TextFinding"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
    with pytest.raises(AttributeError, match="nothing_there"):
        _ = minimax_validate.nothing_there


def test_places_of_documents_may_be_asked_in_any_order() -> None:
    """An offset in bytes is a place in code points, wherever the one before was."""
    starts = _Starts("äö😀b".encode())
    assert [starts.of(offset) for offset in (2, 8, 4, 9, 0)] == [1, 3, 2, 4, 0]
