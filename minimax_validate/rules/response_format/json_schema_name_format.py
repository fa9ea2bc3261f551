"""The name of a response schema should contain only letters, digits, `_` and `-`.

The vendor's schema accepts any string of up to 64 characters, but chat completions APIs between your program and the
model accept only `^[a-zA-Z0-9_-]+$` and reject other names. This happens when the name comes from a title or a generic
class (`List[Place]`).

The fix replaces every other character with `_`, and an empty name with "response". It is unsafe, because a program may
look up the name. The length of the name is checked by another rule (MM122).
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
        wrong = f"{quote(name)} contains {quote(odd[0])}" if odd else "is empty"
        better = _OTHER.sub("_", name) or "response"
        fix = assignment(_AT, better, f"change the name to {quote(better)}", safe=False)
        flag(
            _AT,
            f"the name of the response schema {wrong}; it should contain only letters a to z, digits, `_` and `-`",
            fix=fix,
        )


def _named(name: str) -> dict[str, Any]:
    return request(user(), response_format=answer_format(name=name))


RULE = Rule(
    code="MM401",
    name="json-schema-name-format",
    severity=Severity.WARNING,
    prose=__doc__,
    when=Feature.RESPONSE_FORMAT,
    check=check,
    valid=(Valid("All accepted characters.", _named("Place-list_2")),),
    invalid=(
        Invalid("A generic class.", _named("List[Place]"), at=(_AT,), fixed=_named("List_Place_")),
        Invalid("Letters beyond a to z.", _named("værmelding"), at=(_AT,), fixed=_named("v_rmelding")),
        Invalid("A trailing line break.", _named("place\n"), at=(_AT,), fixed=_named("place_")),
        Invalid("An empty name.", _named(""), at=(_AT,), fixed=_named("response")),
    ),
)
