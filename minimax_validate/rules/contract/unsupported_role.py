"""A message is of a system, user, assistant or tool.

`developer` is what OpenAI's newer models call the system; `function` is its older name for a tool. MiniMax refuses
both: "invalid role: developer" stands in MiniMax-AI/MiniMax-M2#79, and again in openclaw/openclaw#3022 and
open-codesign#234 for M2.7.

The fix makes a `developer` message a `system` one. It is safe if that is then the first message and the only system
message; else it is unsafe, as the model's chat template reads no system message but the first.
"""

from minimax_validate.request.index import Request
from minimax_validate.request.roles import KNOWN_ROLES, acts_as
from minimax_validate.rules.examples import request, system, user
from minimax_validate.rules.fixes import assignment
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Fix, Severity
from minimax_validate.values.failure import Failure
from minimax_validate.values.suggest import did_you_mean
from minimax_validate.values.wording import listed, quote

_HINTS = {
    "developer": "; the role is called system here",
    "function": "; a tool's answer has the role tool and a tool_call_id",
    "model": "; the role is called assistant here",
    "bot": "; the role is called assistant here",
    "human": "; the role is called user here",
}


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    if len(failure.pointer) != 3 or failure.pointer[2] != "role" or not isinstance(failure.instance, str):
        return False
    hint = _HINTS.get(failure.instance) or did_you_mean(failure.instance, KNOWN_ROLES)
    accepted = listed(failure.expected)
    flag(
        failure.pointer,
        f"role {quote(failure.instance)} is not accepted, only {accepted}{hint}",
        fix=_fix(failure, request),
    )
    return True


def _fix(failure: Failure, request: Request) -> Fix | None:
    message = request.messages[int(failure.pointer[1])]
    if (
        failure.instance != "developer" or acts_as(message) != "other"
    ):  # one that calls tools or answers is no system message
        return None
    alone = sum(message.get("role") in ("system", "developer") for _, message in request.objects) == 1
    first = failure.pointer[1] == 0
    return assignment(failure.pointer, "system", 'make the role "system"', safe=alone and first)


RULE = Rule(
    code="MM112",
    name="unsupported-role",
    severity=Severity.ERROR,
    prose=__doc__,
    keywords=("enum",),
    claim=claim,
    refusal="invalid params, invalid role: ... (2013)",
    valid=(Valid("A system message.", request(system(), user())),),
    invalid=(
        Invalid(
            "OpenAI's newer name.",
            request(system(role="developer"), user()),
            at=(("messages", 0, "role"),),
            fixed=request(system(), user()),
        ),
        Invalid(
            "OpenAI's older name.",
            request(user(), user("5 °C", role="function", name="get_weather")),
            at=(("messages", 1, "role"),),
        ),
        Invalid("Nobody's name.", request(user(role="usr")), at=(("messages", 0, "role"),)),
    ),
)
