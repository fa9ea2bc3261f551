"""The core schema of YAML 1.2: which scalars are numbers, booleans and nulls; every other one is a string."""

from __future__ import annotations

import re
from base64 import b64decode

_WORDS: dict[str, object] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
    **{sign + word: float(sign + "inf") for sign in ("", "+", "-") for word in (".inf", ".Inf", ".INF")},
}
_INTEGER = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_BEGINS_NUMBER = frozenset("-+.0123456789")
_STANDARD = "tag:yaml.org,2002:"
_STRINGS = frozenset(
    {
        "!",
        _STANDARD + "str",
        _STANDARD + "python/str",
        _STANDARD + "python/unicode",
        "!ruby/string",
        "!ruby/symbol",
        "!ruby/sym",
    }
)
_BINARY = frozenset({_STANDARD + "binary", "!binary"})  # older releases of Ruby write the short form


def resolve(text: str) -> object:
    """What a plain scalar without a tag stands for.

    There is no ``yes`` and ``no``, no number to the base of sixty and no date: those are strings since YAML 1.2. An
    integer of more digits than the interpreter agrees to read is an infinity, as in JSON.
    """
    if text[:1] in _BEGINS_NUMBER:
        if _INTEGER.fullmatch(text):
            return _integer(text)
        if _FLOAT.fullmatch(text):
            return float(text)
    return _WORDS.get(text, text)


def construct(tag: str, text: str, plain: bool) -> object:
    """What a scalar with a tag stands for; nothing is ever built by the name of a tag.

    Where the text is not what the standard tag says, and with any tag of somebody's own, it is what it would be without
    a tag. The bytes of ``!!binary`` are text where they are UTF-8.
    """
    if tag in _STRINGS:
        return text
    if tag in _BINARY:
        return _binary(text)
    value = resolve(text)
    match tag.removeprefix(_STANDARD):
        case "null" if value is None:
            return None
        case "bool" if isinstance(value, bool):
            return value
        case "int" if isinstance(value, int) and not isinstance(value, bool):
            return value
        case "float" if isinstance(value, int | float) and not isinstance(value, bool):
            return _float(value)
    return value if plain else text


def is_merge(tag: str | None, plain: bool) -> bool:
    """Whether a key that is ``<<`` brings other mappings in.

    Written plainly and without a tag, or with the tag for that.
    """
    return plain if tag is None else tag == _STANDARD + "merge"


def _integer(text: str) -> int | float:
    try:
        return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))
    except ValueError:
        return float(text)


def _float(number: float) -> float:
    try:
        return float(number)
    except OverflowError:
        return float("inf") if number > 0 else float("-inf")


def _binary(text: str) -> object:
    try:
        data = b64decode("".join(text.split()), validate=True)
    except ValueError:
        return text
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data
