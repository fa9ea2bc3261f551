"""A tool's name must not be longer than 64 characters.

MiniMax rejects a longer name, and with it every request that contains the tool: "Function name [...] length over
limit, maximum is 64" (EKKOLearnAI/hermes-studio#2166, on M2.7). Names that combine a server, a team and a tool, as
agents create for MCP, often exceed the limit. Characters are Unicode code points.

No automatic fix: your program looks up the tool by its name.
"""

from typing import Any

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, tool, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.pointer import Pointer
from minimax_validate.values.wording import quote

MOST = 64


def check(request: Request, flag: Flag) -> None:
    for number, function in request.functions:
        name = function.get("name")
        if isinstance(name, str) and len(name) > MOST:
            message = f"the tool name {quote(name)} has {len(name):,} characters; at most {MOST} are allowed"
            flag(("tools", number, "function", "name"), message)


_AT: tuple[Pointer, ...] = (("tools", 0, "function", "name"),)


def _named(name: str) -> dict[str, Any]:
    return request(user(), tools=[tool(name)])


RULE = Rule(
    code="MM309",
    name="tool-name-length",
    severity=Severity.ERROR,
    prose=__doc__,
    never_ignore="the API rejects every request with the tool",
    refusal="Function name [...] length over limit, maximum is 64",
    when=Feature.UNSOUND_TOOLS,
    check=check,
    valid=(Valid("64 characters.", _named("t" * MOST)),),
    invalid=(Invalid("65 characters.", _named("t" * (MOST + 1)), at=_AT),),
)
