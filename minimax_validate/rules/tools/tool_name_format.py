"""A tool's name should contain only letters, digits, `_` and `-`.

The vendor's schema accepts any string, but chat completions APIs between your program and the model accept only
`^[a-zA-Z0-9_-]{1,64}$` and reject other names (MM309 reports the length). Dots and slashes come from namespaces
(`server.tool`), spaces from titles. The model repeats the name in its tool calls, so a name that is hard to spell may
come back misspelled.

Ignore it if the request is only sent to Workers AI and its names have worked for you. No automatic fix: your program
looks up the tool by its name.
"""

import re
from typing import Any

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, tool, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.pointer import Pointer
from minimax_validate.values.wording import quote

_CHARACTERS = re.compile(r"[a-zA-Z0-9_-]+")


def check(request: Request, flag: Flag) -> None:
    for number, function in request.functions:
        name = function.get("name")
        if isinstance(name, str) and not _CHARACTERS.fullmatch(name) and name.strip():
            odd = next(character for character in name if not _CHARACTERS.match(character))
            message = (
                f"the tool name {quote(name)} contains {quote(odd)}; "
                f"it should contain only letters a to z, digits, `_` and `-`"
            )
            flag(("tools", number, "function", "name"), message)


_AT: tuple[Pointer, ...] = (("tools", 0, "function", "name"),)


def _named(name: str) -> dict[str, Any]:
    return request(user(), tools=[tool(name)])


RULE = Rule(
    code="MM303",
    name="tool-name-format",
    severity=Severity.WARNING,
    prose=__doc__,
    when=Feature.UNSOUND_TOOLS,
    check=check,
    valid=(Valid("All accepted characters.", _named("Get-weather_2")),),
    invalid=(
        Invalid("A namespace.", _named("weather.get"), at=_AT),
        Invalid("A title.", _named("Get weather"), at=_AT),
        Invalid("Letters beyond a to z.", _named("værmelding"), at=_AT),
        Invalid("A trailing line break.", _named("get_weather\n"), at=_AT),
    ),
)
