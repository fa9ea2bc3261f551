"""A tool's name is made of letters, digits, `_` and `-`.

The vendor's schema takes any text, but the chat completions interfaces that a request may pass on its way take
`^[a-zA-Z0-9_-]{1,64}$` alone, and refuse the rest (MM309 tells the length). Dots and slashes come from namespaces
(`server.tool`), spaces from titles. The model writes the name into its calls, so one that is hard to spell comes back
in another spelling.

Ignore it where the request goes to Workers AI alone and its names have served you well. There is no fix, as your
program looks the tool up by its name.
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
            message = f"the name {quote(name)} has {quote(odd)} in it: letters a to z, digits, `_` and `-` are allowed"
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
    valid=(Valid("All that is allowed.", _named("Get-weather_2")),),
    invalid=(
        Invalid("A namespace.", _named("weather.get"), at=_AT),
        Invalid("A title.", _named("Get weather"), at=_AT),
        Invalid("Letters beyond a to z.", _named("værmelding"), at=_AT),
        Invalid("A line end that was not taken off.", _named("get_weather\n"), at=_AT),
    ),
)
