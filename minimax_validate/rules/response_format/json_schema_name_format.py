"""The name of a response schema is made of letters, digits, `_` and `-`.

The vendor's schema takes any text of up to 64 characters, but the chat completions interfaces that a request may pass
on its way take `^[a-zA-Z0-9_-]+$` alone, and refuse the rest. Such names come from titles, or from generic classes
(`List[Place]`).

The fix puts `_` for each other character, and "response" for an empty name. It is unsafe, as a program may look the
name up. How long it is, is told by another rule.
"""

import re
from typing import Any

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import answer_format, request, user
from minimax_validate.rules.fixes import assignment
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.pointer import Pointer
from minimax_validate.values.wording import quote

NAME = re.compile(r"[a-zA-Z0-9_-]+")
_OTHER = re.compile(r"[^a-zA-Z0-9_-]")
_AT: Pointer = ("response_format", "json_schema", "name")


def check(request: Request, flag: Flag) -> None:
    name = request.answer.get("name")
    if isinstance(name, str) and not NAME.fullmatch(name):
        odd = _OTHER.search(name)
        wrong = f"{quote(name)} has {quote(odd[0])} in it" if odd else "is empty"
        better = _OTHER.sub("_", name) or "response"
        fix = assignment(_AT, better, f"change the name to {quote(better)}", safe=False)
        flag(_AT, f"the name {wrong}: it is made of letters a to z, digits, `_` and `-`", fix=fix)


def _named(name: str) -> dict[str, Any]:
    return request(user(), response_format=answer_format(name=name))


RULE = Rule(
    code="MM401",
    name="json-schema-name-format",
    severity=Severity.WARNING,
    prose=__doc__,
    when=Feature.RESPONSE_FORMAT,
    check=check,
    valid=(Valid("All that is allowed.", _named("Place-list_2")),),
    invalid=(
        Invalid("A generic class.", _named("List[Place]"), at=(_AT,), fixed=_named("List_Place_")),
        Invalid("Letters beyond a to z.", _named("værmelding"), at=(_AT,), fixed=_named("v_rmelding")),
        Invalid("A line end that was not taken off.", _named("place\n"), at=(_AT,), fixed=_named("place_")),
        Invalid("Empty.", _named(""), at=(_AT,), fixed=_named("response")),
    ),
)
