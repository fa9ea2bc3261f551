"""A tool's name has no more than 64 characters.

MiniMax refuses a longer one, and with it every request that carries the tool: "Function name [...] length over limit,
maximum is 64" (EKKOLearnAI/hermes-studio#2166, on M2.7). Names that are put together from a server, a team and a tool,
as agents do for MCP, outgrow it. Characters are Unicode code points.

Do not ignore it. There is no fix, as your program looks the tool up by its name.
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
            message = f"the name {quote(name)} has {len(name):,} characters; {MOST} are allowed"
            flag(("tools", number, "function", "name"), message)


_AT: tuple[Pointer, ...] = (("tools", 0, "function", "name"),)


def _named(name: str) -> dict[str, Any]:
    return request(user(), tools=[tool(name)])


RULE = Rule(
    code="MM309",
    name="tool-name-length",
    severity=Severity.ERROR,
    prose=__doc__,
    refusal="Function name [...] length over limit, maximum is 64",
    when=Feature.UNSOUND_TOOLS,
    check=check,
    valid=(Valid("Just short enough.", _named("t" * MOST)),),
    invalid=(Invalid("One character too many.", _named("t" * (MOST + 1)), at=_AT),),
)
