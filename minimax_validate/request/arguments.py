"""Read the arguments of a tool call, which a request carries as a JSON text inside its JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NamedTuple, NoReturn

from minimax_validate.values.codec import orjson

_loads: Callable[[str], Any] | None = orjson and orjson.loads


class Parsed(NamedTuple):
    """What a text holds.

    ``problem`` says why the text is no JSON, and then ``value`` is None; ``truncated`` that it is the beginning of one.
    """

    value: Any
    problem: str | None = None
    truncated: bool = False


def read_object(text: str) -> dict[str, Any] | None:
    """The arguments, where they are what they should be: the JSON text of an object. Never raises."""
    try:
        value = _loads(text) if _loads is not None else parse_arguments(text).value
    except ValueError:
        value = parse_arguments(text).value
    return value if isinstance(value, dict) else None


def parse_arguments(text: str) -> Parsed:
    """Read a JSON text strictly: NaN and the infinities are no JSON. Never raises."""
    if _loads is not None:
        try:
            return Parsed(_loads(text))
        except ValueError:
            # The standard library reads a little more, such as half of a surrogate pair, and explains more.
            pass
    try:
        return Parsed(json.loads(text, parse_constant=_refuse))
    except json.JSONDecodeError as error:
        return Parsed(
            None, f"{error.msg[:1].lower()}{error.msg[1:]} at character {error.pos + 1:,}", _is_cut_short(text, error)
        )
    except ValueError as error:
        return Parsed(None, str(error))
    except RecursionError:
        return Parsed(None, "they are nested too deeply")


def _is_cut_short(text: str, error: json.JSONDecodeError) -> bool:
    return text.strip() != "" and (error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string"))


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not a JSON value")
