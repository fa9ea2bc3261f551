"""Say why a text is not JSON: what was expected, what was found instead, and where.

Parsers are made to read JSON, not to explain it, and their messages differ; this scan runs only after one of them has
refused a text. It takes what the standard parser takes, ``NaN`` and infinities included, and its stack is its own, so
that no depth of nesting stops it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

from minimax_validate.texts.json.places import spelled
from minimax_validate.texts.spans import BYTE_ORDER_MARK, Span
from minimax_validate.values.pointer import Pointer
from minimax_validate.values.wording import cut, quote


@dataclass(frozen=True, slots=True)
class Problem:
    """The first thing that is wrong with a text.

    ``opening`` is the bracket or quote that still waits for its end there. With ``too_deep`` the syntax is right so
    far, but a bracket at ``pointer`` goes below the depth that was allowed.
    """

    message: str
    span: Span
    opening: Span | None = None
    too_deep: bool = False
    pointer: Pointer = ()


class _Expected(Enum):
    """What may stand at a point of the text, as a message says it."""

    ROOT = "a JSON value"
    FIRST_ELEMENT = "a value or ]"
    ELEMENT = "a value"
    FIRST_KEY = "a key in double quotes or }"
    KEY = "a key in double quotes"
    COLON = "a colon after the key"
    MEMBER = "a value after the colon"
    OBJECT_COMMA = "a comma or }"
    ARRAY_COMMA = "a comma or ]"
    END = "the end of the text"


_VALUES = frozenset({_Expected.ROOT, _Expected.FIRST_ELEMENT, _Expected.ELEMENT, _Expected.MEMBER})
_KEYS = frozenset({_Expected.FIRST_KEY, _Expected.KEY})
_COMMAS = frozenset({_Expected.OBJECT_COMMA, _Expected.ARRAY_COMMA})
_CLOSERS = {
    _Expected.FIRST_ELEMENT: "]",
    _Expected.ARRAY_COMMA: "]",
    _Expected.FIRST_KEY: "}",
    _Expected.OBJECT_COMMA: "}",
}
_OPENERS = {"]": "[", "}": "{"}
_BEGINNINGS = {'"': "a string", "{": "an object", "[": "an array"}


class _Open:
    """A container that is not closed yet.

    Where its bracket stands, and the key or index of the member that is being read; of an object, 0 before a key.
    """

    __slots__ = ("offset", "step")

    def __init__(self, offset: int) -> None:
        self.offset = offset
        self.step: str | int = 0


RECORD_SEPARATOR = "\x1e"
"""What each value of a JSON text sequence begins with."""

_SPACE = re.compile(r"[ \t\n\r]*+")
_ESCAPE = r'\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4})'
_STRING = rf'"[^"\\\x00-\x1f]*+(?:{_ESCAPE}[^"\\\x00-\x1f]*+)*+'
_KEY = re.compile(rf'{_STRING}"')
_VALUE = re.compile(
    rf'{_STRING}"'
    r"|(?:-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][-+]?[0-9]++)?+|true|false|null|NaN|-?Infinity)(?![\w.+-])"
)
_SOUND_PART = re.compile(_STRING)
_DIGITS = re.compile(r"[0-9A-Fa-f]{0,3}")
_WORD = re.compile(r"[^\W\d]\w*+")
_NUMERAL = re.compile(r"[-+.]*+\d[\w.]*+(?:(?<=[eE])[-+][\w.]*+)?|[-+](?:[^\W\d]\w*+)?|\.(?!\.)")
_COMMENT = re.compile(r"//|/\*|#")
_SINGLE_QUOTED = re.compile(r"'(?:[^'\\\n\r]|\\.)*+'?")

_SPELLED = {
    "true": "true",
    "false": "false",
    "null": "null",
    "none": "null",
    "nil": "null",
    "undefined": "null",
}
_NOT_NUMBERS = frozenset({"nan", "inf", "infinity"})
_NAMES = {
    " ": "a space",
    "\t": "a tab",
    "\n": "the end of the line",
    "\r": "the end of the line",
    ",": "a comma",
    ":": "a colon",
}
_QUOTES = frozenset("“”„‟‘’‚‛«»‹›`´")


def first_problem(text: str, start: int = 0, max_depth: int | None = None) -> Problem | None:
    """The first thing that keeps a text from being JSON, or None.

    ``start`` is where the text begins for JSON, after a byte order mark for one. A ``max_depth`` makes the bracket that
    goes below that many levels a problem too.
    """
    around: list[_Open] = []
    expected = _Expected.ROOT
    at = start
    while True:
        at = _match_end(_SPACE, text, at)
        char = text[at : at + 1]
        if expected in _VALUES and char in ("{", "["):
            around.append(_Open(at))
            if max_depth is not None and len(around) > max_depth:
                pointer = tuple(container.step for container in around[:-1])
                return Problem("", Span(at, at + 1), too_deep=True, pointer=pointer)
            expected = _Expected.FIRST_KEY if char == "{" else _Expected.FIRST_ELEMENT
            at += 1
            continue
        if _CLOSERS.get(expected) == char:
            around.pop()
            expected = _after_value(around)
            at += 1
            continue
        if expected in _VALUES:
            end = _match_end(_VALUE, text, at)
            after = _after_value(around)
        elif expected in _KEYS:
            end = _match_end(_KEY, text, at)
            after = _Expected.COLON
            if end > at:
                around[-1].step = spelled(text[at:end])
        elif expected is _Expected.COLON:
            end = at + (char == ":")
            after = _Expected.MEMBER
        elif expected is _Expected.OBJECT_COMMA:
            end = at + (char == ",")
            after = _Expected.KEY
        elif expected is _Expected.ARRAY_COMMA:
            end = at + (char == ",")
            after = _Expected.ELEMENT
            step = around[-1].step
            around[-1].step = step + 1 if isinstance(step, int) else step
        elif not char:
            return None
        else:
            end = at
            after = expected
        if end == at:
            return _problem(
                text, at, expected, Span(around[-1].offset, around[-1].offset + 1) if around else None, start
            )
        at, expected = end, after


def _match_end(pattern: re.Pattern[str], text: str, at: int) -> int:
    match = pattern.match(text, at)
    return match.end() if match else at


def _after_value(around: list[_Open]) -> _Expected:
    if not around:
        return _Expected.END
    return _Expected.ARRAY_COMMA if isinstance(around[-1].step, int) else _Expected.OBJECT_COMMA


def _problem(text: str, at: int, expected: _Expected, opening: Span | None, start: int) -> Problem:
    char = text[at : at + 1]
    if not char:
        return _cut_short(text, at, expected, opening, start)
    if char == '"' and (expected in _VALUES or expected in _KEYS):
        return _broken_string(text, at)
    if char in _OPENERS and expected in (_Expected.KEY, _Expected.ELEMENT):
        comma = text.rindex(",", 0, at)
        return Problem(
            f"expected {expected.value} after this comma, found {char}: JSON does not accept a trailing comma",
            Span(comma, comma + 1),
        )
    found, span, hint = _found(text, at, expected, start)
    # What is open matters only where something stands that would close another container.
    mismatched = opening is not None and char in _OPENERS and text[opening.start] != _OPENERS[char]
    return Problem(f"expected {expected.value} here, found {found}{hint}", span, opening if mismatched else None)


def _cut_short(text: str, at: int, expected: _Expected, opening: Span | None, start: int) -> Problem:
    if expected is _Expected.ROOT:
        why = "the text contains only white space" if at > start else "the text is empty"
        return Problem(f"expected {expected.value}, found nothing: {why}", Span(at, at))
    unclosed = "" if opening is None else f": {_BEGINNINGS[text[opening.start]]} is not closed"
    return Problem(f"expected {expected.value}, found the end of the text{unclosed}", Span(at, at), opening)


def _broken_string(text: str, at: int) -> Problem:
    """What is wrong inside the string that opens at an offset."""
    opening = Span(at, at + 1)
    stop = _match_end(_SOUND_PART, text, at)
    char = text[stop : stop + 1]
    if not char or (char == "\\" and stop + 1 == len(text)):
        message = "expected a closing double quote, found the end of the text: a string is not closed"
        return Problem(message, Span(len(text), len(text)), opening)
    if char in ("\n", "\r"):
        message = (
            "expected a closing double quote before the end of the line; escape a line break inside a string as \\n"
        )
        return Problem(message, Span(stop, stop), opening)
    if char != "\\":
        escape = "\\t" if char == "\t" else f"\\u{ord(char):04x}"
        return Problem(f"found {_name(char)} inside a string; escape it as {escape}", Span(stop, stop + 1), opening)
    if text[stop + 1] == "u":
        end = _match_end(_DIGITS, text, stop + 2)
        found = _name(text[end]) if end < len(text) else "the end of the text"
        return Problem(f"expected four hexadecimal digits after \\u, found {found}", Span(stop, end), opening)
    hint = "; do not escape an apostrophe" if text[stop + 1] == "'" else "; escape a backslash as \\\\"
    escapes = r"\" \\ \/ \b \f \n \r \t \u"
    message = f"expected an escape after the backslash, one of {escapes}, found {_name(text[stop + 1])}{hint}"
    return Problem(message, Span(stop, stop + 2), opening)


def _found(text: str, at: int, expected: _Expected, start: int) -> tuple[str, Span, str]:
    """What stands at an offset where something else should: its name, its span, and a hint that begins with a colon."""
    char = text[at]
    one = Span(at, at + 1)
    if match := _COMMENT.match(text, at):
        hint = "" if match[0] == "#" else "; .jsonc files may contain them"
        return "a comment", Span(*match.span()), f": JSON does not accept comments{hint}"
    if char == "'" and (match := _SINGLE_QUOTED.match(text, at)):
        return "a single quote", Span(*match.span()), ": JSON accepts only double quotes"
    if char in _QUOTES:
        return _name(char), one, ': JSON accepts only the plain double quote "'
    if match := _WORD.match(text, at):
        return quote(match[0]), Span(*match.span()), _hint_for_word(text, match[0], at, expected)
    if match := _NUMERAL.match(text, at):
        return cut(match[0]), Span(*match.span()), _hint_for_numeral(match[0], expected)
    what = _BEGINNINGS.get(char)
    if what is not None:
        return (
            what if expected is not _Expected.END else f"{what} after the value",
            one,
            _hint_for_value(text, at, expected, start),
        )
    if char == BYTE_ORDER_MARK:
        return "a byte order mark", one, ": it is accepted only at the start of a file; were files joined?"
    if char == RECORD_SEPARATOR and expected in (_Expected.ROOT, _Expected.END):
        hint = ": JSON text sequences (RFC 7464) are not supported; use JSON Lines, which has no separators"
        return "a record separator, U+001E", one, hint
    if text.startswith("...", at) or char == "…":
        return "an ellipsis", Span(at, at + (1 if char == "…" else 3)), ": replace it with the omitted text"
    if char == "<" and expected is _Expected.ROOT:
        return "<", one, ": this looks like HTML or XML"
    if char in _OPENERS and expected is _Expected.END:
        return char, one, ": it closes no bracket"
    if char == "," and expected is _Expected.COLON:
        return "a comma", one, ": every key needs a value"
    if char.isspace() or not char.isprintable():
        return (
            _name(char),
            one,
            ": only space, tab and line break are white space" if ord(char) > 0x20 or char in ("\v", "\f") else "",
        )
    return _name(char), one, ""


def _hint_for_word(text: str, word: str, at: int, expected: _Expected) -> str:
    if expected in _COMMAS:
        # "He said "no" to it": the quote before the word ended the string.
        return (
            ': escape a double quote inside a string as \\"'
            if text[at - 1] == '"'
            else ": a comma or a quote is missing"
        )
    if expected in _KEYS:
        return ": put keys in double quotes"
    if expected not in _VALUES:
        return ""
    plain = word.lower()
    if plain in _NOT_NUMBERS:
        return ": JSON does not accept NaN and infinity"
    if plain in _SPELLED:
        return f": use {_SPELLED[plain]} in JSON"
    whole = next((name for name in ("true", "false", "null") if name.startswith(plain)), None)
    if whole is not None:
        return f": did you mean {whole}?"
    return ": put strings in double quotes"


def _hint_for_numeral(numeral: str, expected: _Expected) -> str:
    if expected in _COMMAS:
        return ": a comma is missing"
    if expected in _KEYS:
        return ": put keys in double quotes"
    if expected not in _VALUES:
        return ""
    digits = numeral.lstrip("+-")
    if not numeral.isascii():
        return ": JSON accepts only the digits 0 to 9"
    if numeral.startswith("+"):
        return ": JSON numbers must not have a plus sign"
    if digits[:2].lower() in ("0x", "0o", "0b"):
        return ": JSON numbers must be decimal"
    if digits[:1] == "0" and digits[1:2].isdigit():
        return ": JSON numbers must not have leading zeros"
    if digits.startswith(".") or re.search(r"\.(?!\d)", digits):
        return ": a decimal point must have digits on both sides"
    if "_" in digits:
        return ": JSON numbers must not have separators"
    return ": this is not a valid JSON number"


def _hint_for_value(text: str, at: int, expected: _Expected, start: int) -> str:
    if expected is _Expected.COLON:
        return ": a colon is missing before it"
    if expected in _COMMAS:
        return ": a comma is missing before it"
    if expected is not _Expected.END:
        return ""
    before = text[start:at]
    if "\n" in before and "\n" not in before.strip():
        return "; one value per line is JSON Lines, so name the file .jsonl or .ndjson"
    return "; concatenated JSON is not supported, so write one value per line in a .jsonl file"


def _name(char: str) -> str:
    """A character as a message can print it: itself, or its number and Unicode name."""
    if char in _NAMES:
        return _NAMES[char]
    if char.isascii() and char.isprintable():
        return char
    number = f"U+{ord(char):04X}"
    if unicodedata.category(char) == "Cc":
        return f"the control character {number}"
    name = unicodedata.name(char, "").lower()
    return ", ".join(filter(None, (char if char.isprintable() else "", number, name)))
