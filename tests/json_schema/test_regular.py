"""Patterns in linear time: what is read matches what the compiled engine matches, and no text takes long."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from minimax_validate.regular.automaton import Automaton, automaton, may_match
from minimax_validate.regular.syntax import UnreadError

_SIGNS = st.sampled_from([*"ab0é😀 _-,.^$", r"\d", r"\w", r"\s", r"\D", r"\W", r"\S", r"\.", r"\n", r"\x41", r"\u00e9", r"\/"])
_SETS = st.sampled_from(["[ab]", "[^ab]", "[a-c0-2]", r"[\w-]", r"[^\s,]", r"[\d\-]", r"[\u0041-\u005a]", "[.]"])
_ATOMS = _SIGNS | _SETS | st.sampled_from(["(a|b)", "(?:ab|a)", "()", "(a|)"])
_REPEATS = st.sampled_from(["", "", "", "*", "+", "?", "{2}", "{1,3}", "{0,2}", "{2,}", "*?", "+?"])


def _repeated(part: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(part, _REPEATS).map(lambda pair: pair[0] + (pair[1] if pair[0] not in ("^", "$") else ""))


PATTERNS = st.recursive(
    _repeated(_ATOMS),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=4).map("".join)
        | st.lists(inner, min_size=2, max_size=3).map("|".join)
        | _repeated(inner.map(lambda part: f"({part})"))
    ),
    max_leaves=8,
)
TEXTS = st.text(st.sampled_from("ab0é😀 _-,.A/\n\r\u2028\u00a0\ufeff\x1c٣"), max_size=8)


@given(PATTERNS, st.lists(TEXTS, min_size=1, max_size=5))
def test_agrees_with_the_compiled_engine(pattern: str, texts: list[str]) -> None:
    """Of a pattern that both read, both say the same of every text."""
    engine = pytest.importorskip("jsonschema_rs")
    found = automaton(pattern)
    assume(found is not None)
    assert found is not None
    compiled = engine.Draft202012Validator({"pattern": pattern}, pattern_options=engine.RegexOptions(), offline=True)
    for text in texts:
        assert found.finds(text) is compiled.is_valid(text), text


@given(st.text(st.sampled_from("ab^$\\.*+?()[]{}|-,:=!<>dwsnxu041&~/é"), max_size=12), TEXTS)
def test_what_it_reads_the_compiled_engine_reads(pattern: str, text: str) -> None:
    """No pattern is read here that is none there, or is another one there."""
    engine = pytest.importorskip("jsonschema_rs")
    found = automaton(pattern)
    if found is not None:
        compiled = engine.Draft202012Validator({"pattern": pattern}, pattern_options=engine.RegexOptions(), offline=True)
        assert found.finds(text) is compiled.is_valid(text)


BEYOND = [r"(a)\1", "(?=a)", "(?!a)", "(?<=a)b", r"\bword", r"\p{L}", "(?i)a", "a**"]
UNAGREED = ["a{2", "{", "[", "[]", "^*", "[[a]]", "[a&&b]", r"\q", r"\ud800"]
BROKEN = ["a)", "(a", "[b-a]", "[a-", "\\", r"\u12", "a{3,2}"]
TOO_LARGE = ["a{1001}", "(" * 60 + ")" * 60, "((a{500}){500})", "a" * 10_001]


@pytest.mark.parametrize("pattern", [*BEYOND, *UNAGREED, *BROKEN, *TOO_LARGE])
def test_what_is_not_read(pattern: str) -> None:
    """What no automaton can do, what engines differ in, and what is no pattern, is not read; nothing is said against any text then."""
    with pytest.raises(UnreadError):
        Automaton(pattern)
    assert may_match(pattern, "anything")


@pytest.mark.parametrize(
    ("pattern", "found", "missed"),
    [
        (r"^\d{4}-\d{2}-\d{2}$", "2026-11-24", "2026-11-24\n"),
        (r"^[A-Z][a-z]+(?: [A-Z][a-z]+)*$", "Tromsø Oslo".replace("ø", "o"), "tromso"),
        (r"^(?:\+|00)?[0-9 ]{5,15}$", "+47 123 456", "47-123"),
        (r"@", "a@b", "ab"),
        (r"^$", "", " "),
        (r"[^,]$", "a", "a,"),
    ],
)
def test_patterns_of_schemas(pattern: str, found: str, missed: str) -> None:
    """Patterns as tools declare them find what they should, and no more."""
    assert may_match(pattern, found)
    assert not may_match(pattern, missed)


@pytest.mark.parametrize("pattern", ["^(a+)+$", "^(a|a)*$", "(a*)*b", "^(a|aa)+$", "a.*a.*a.*a.*b"])
def test_time_grows_with_the_length_only(pattern: str) -> None:
    """What takes a backtracking engine longer than anyone waits is told at once: so few states are come to that they are soon all known."""
    found = Automaton(pattern)
    assert re.fullmatch("a+", "a" * 50_000)
    assert found.finds("a" * 50_000 + "!") is False
    assert len(found._steps) < 100


def test_a_text_that_is_too_long_is_not_told() -> None:
    """Beyond so many steps nothing is said."""
    found = Automaton("a{1000}b")
    assert found.finds("a" * 20_000) is None
    assert may_match("a{1000}b", "a" * 20_000)
