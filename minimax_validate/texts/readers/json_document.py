"""Read one JSON text: its value, with all that is wrong with the text itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from minimax_validate.request.envelope import requests_in
from minimax_validate.texts.document import ABSENT, Document, Rewriter, Source
from minimax_validate.texts.json.places import too_deep
from minimax_validate.texts.replacement import Replacement
from minimax_validate.texts.spans import BYTE_ORDER_MARK, Span
from minimax_validate.values.codec import orjson
from minimax_validate.values.diagnostic import Edit
from minimax_validate.values.plain import MAX_DEPTH

READABLE_DEPTH = 500
"""Levels that are given to a parser that recurses.

Half of Python's default limit, and a fraction of a small thread's stack. The standard parser of Python 3.13 goes on for
thousands of levels, and in a thread with a small stack ends the process.
"""

PROOF_PAYS = 8 * 1024
"""Bytes of text up to which a proof that no key came again costs less than watching the standard parser.

Longer ones may be of a few long strings, which that parser skips, while a search for escapes looks at each character.
"""

_LONG_MEMBER = 100
"""Bytes that a member has where a text is of long strings."""

HELD_ONCE = 16 * 1024 * 1024
"""Code points of a text from which on no second parser is asked: it would hold the text and its value again."""

_OPENING = re.compile("[\ufeff \\t\\r\\n]*+[{\\[]")
_ESCAPED_COLON = re.compile(rb"\\u003[aA]")
_DIGITS = bytes(ord("0") if chr(byte) in "0123456789" else ord(" ") for byte in range(256))


def begins_as_json(text: str) -> bool:
    """Whether the first thing in a text, white space and byte order marks left out, opens an object or array."""
    return _OPENING.match(text) is not None  # a copy without the white space could be as large as the text


def read_json(source: Source) -> Document:
    """Read one text: its value, or the finding that says why there is none.

    The value is what the standard library's ``json`` reads, ``NaN`` and the like included: those are findings by value.
    Keys given twice are findings, and the last value stays. A byte order mark may stand at the start of a file.
    """
    start = 1 if source.first_line == 1 and source.text.startswith(BYTE_ORDER_MARK) else 0
    text = source.text[start:]
    data = text.encode(errors="surrogatepass") if len(text) <= HELD_ONCE else b""
    parsed = parse(data)
    if parsed is not None and loses_nothing(data, parsed[1]):
        return document_of(source, parsed[0])
    if parsed is None and too_deep(text, READABLE_DEPTH):
        return _unread(source, start, MAX_DEPTH)
    try:
        value, repeats = _parsed(text)
    except RecursionError:  # pragma: no cover - since Python 3.12, the stack of parsers in C is not that of Python
        return _unread(source, start, MAX_DEPTH)
    except ValueError:
        return _unread(source, start, None)
    requests = requests_in(value)
    if not repeats:
        return Document(source, value, requests=requests, rewriter=_REWRITER)
    # Few texts need these, and their import costs more than reading one.
    from minimax_validate.texts.json.repeats import repeated_keys
    from minimax_validate.texts.readers.faults import repeated_fault

    faults = tuple(map(repeated_fault, repeated_keys(source.text)))
    return Document(source, value, faults, requests=requests, rewriter=_REWRITER)


def document_of(source: Source, value: object) -> Document:
    """The document of a text of which the fast parser lost nothing, with the value that it read."""
    return Document(source, value, requests=requests_in(value), rewriter=_REWRITER_OF_PLAIN)


def _rewrite(text: str, edits: Iterable[Edit]) -> tuple[Replacement, ...]:
    from minimax_validate.texts.json.rewrite import rewrite_json  # only who fixes needs it

    return rewrite_json(text, edits)


def _is_certain(value: object, edits: Sequence[Edit]) -> bool:
    from minimax_validate.texts.edits.certain import are_certain  # only who has findings with fixes needs it

    return are_certain(value, edits)


_REWRITER = Rewriter(_rewrite, read_json)
_REWRITER_OF_PLAIN = Rewriter(_rewrite, read_json, _is_certain)
"""That of a value in which the fast parser lost nothing: no key is given twice, and JSON holds all of it."""


def parse(data: bytes) -> tuple[Any, bytes] | None:
    """The value of a JSON text by the fast parser, and what it is written as; None if that parser does not read it.

    The value may lack something, see ``loses_nothing``. A few hundred levels are the most that it nests.
    """
    if orjson is None:
        return None
    try:
        value = orjson.loads(data)
        return value, orjson.dumps(value)  # refuses what nests deeper
    except (ValueError, TypeError):
        return None


def loses_nothing(data: bytes, again: bytes) -> bool:
    """Whether it is proven that the fast parser lost nothing of a text; ``again`` is what the value is written as.

    That parser loses members whose key comes again, and makes floats of integers beyond 64 bits. A value written anew
    has a colon for each member and each colon inside its strings, and so has the text, unless it escapes one. The value
    holds nothing that the text does not, so equal numbers mean that no member was lost. An integer beyond 64 bits has
    19 digits in a row, or more. A text that is what the value is written as has lost nothing.
    """
    if again == data:
        return True
    colons = _colons(data)
    return (
        _colons(again) == colons
        and not (b"\\" in data and (_is_of_long_strings(data, colons) or _ESCAPED_COLON.search(data)))
        and not _may_hold_long_integer(data)
    )


def _colons(data: bytes) -> int:
    """How many colons there are.

    To take them out goes from one to the next at the speed of memory; to count them looks at each byte.
    """
    return data.count(b":") if len(data) <= PROOF_PAYS else len(data) - len(data.replace(b":", b""))


def _is_of_long_strings(data: bytes, colons: int) -> bool:
    return len(data) > PROOF_PAYS and colons * _LONG_MEMBER < len(data)


def _may_hold_long_integer(data: bytes) -> bool:
    """Whether 19 digits stand in a row.

    If so, two of every ninth byte in a row are digits too, and those are seen sooner.
    """
    return b"00" in data[8::9].translate(_DIGITS) and b"0" * 19 in data.translate(_DIGITS)


def _parsed(text: str) -> tuple[Any, bool]:
    """The value as the standard parser reads it, and whether an object gives a key twice.

    Raises:
        ValueError: the text is not JSON.
        RecursionError: the text nests deeper than the interpreter's stack goes.
    """
    repeats = False

    def members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal repeats
        members = dict(pairs)
        repeats = repeats or len(members) < len(pairs)
        return members

    try:
        return json.loads(text, object_pairs_hook=members), repeats
    except json.JSONDecodeError:
        raise
    except ValueError:  # an integer of more digits than the interpreter agrees to read
        return json.loads(text, object_pairs_hook=members, parse_int=_integer), repeats


def _integer(digits: str) -> int | float:
    try:
        return int(digits)
    except ValueError:
        return float(digits)  # thousands of digits: an infinity


def _unread(source: Source, start: int, max_depth: int | None) -> Document:
    """The document of a text that is not JSON, with the finding that says why."""
    from minimax_validate.texts.json.syntax import first_problem
    from minimax_validate.texts.readers.faults import syntax_fault, too_deep_fault  # as above
    from minimax_validate.texts.readers.template import json_tag, template

    text = source.text
    problem = first_problem(text, start, max_depth)
    if problem is None:  # pragma: no cover - as above
        return Document(source, ABSENT, (syntax_fault("expected JSON", Span(start, len(text))),))
    if problem.too_deep:
        return Document(source, ABSENT, (too_deep_fault(problem.pointer, problem.span),))
    tag = json_tag(text, problem.span)
    if tag is not None:
        return template(source, tag)
    return Document(source, ABSENT, (syntax_fault(problem.message, problem.span, problem.opening),))
