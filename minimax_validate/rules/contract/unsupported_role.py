"""A message is of a system, user, assistant or tool.

`developer` is what OpenAI's newer models call the system; `human`, `ai`, `model` and `bot` are what other vendors call
the user and the assistant. MiniMax refuses them: "invalid role: developer" stands in MiniMax-AI/MiniMax-M2#79, and
again in openclaw/openclaw#3022 and open-codesign#234 for M2.7.

The fix makes a `developer` message a `system` one. It is safe if that is then the first message and the only system
message; else it is unsafe, as the model's chat template reads no system message but the first. It calls the user and
the assistant by their names here, which is unsafe, as somebody else may be meant.

The role `function`, OpenAI's older name for a tool, is told with all that is written so (MM127).
"""

from minimax_validate.request.index import Request
from minimax_validate.request.roles import KNOWN_ROLES, acts_as
from minimax_validate.rules.examples import assistant, request, system, user
from minimax_validate.rules.fixes import assignment
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Fix, Severity
from minimax_validate.values.failure import Failure
from minimax_validate.values.suggest import did_you_mean
from minimax_validate.values.wording import listed, quote

_MEANT = {"developer": "system", "model": "assistant", "bot": "assistant", "ai": "assistant", "human": "user"}


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    if len(failure.pointer) != 3 or failure.pointer[2] != "role" or not isinstance(failure.instance, str):
        return False
    meant = _meant(failure.instance)
    hint = f"; the role is called {meant} here" if meant else did_you_mean(failure.instance, KNOWN_ROLES)
    accepted = listed(failure.expected)
    flag(
        failure.pointer,
        f"role {quote(failure.instance)} is not accepted, only {accepted}{hint}",
        fix=_fix(failure, meant, request) if meant else None,
    )
    return True


def _meant(role: str) -> str | None:
    """The role that another word stands for, or that is only spelled in other cases."""
    lower = role.casefold().strip()
    return _MEANT.get(lower) or (lower if lower in KNOWN_ROLES else None)


def _fix(failure: Failure, meant: str, request: Request) -> Fix | None:
    acts = acts_as(request.messages[int(failure.pointer[1])])
    if acts not in ("other", meant):  # one that calls tools or answers is of no other role
        return None
    safe = failure.instance == "developer" and failure.pointer[1] == 0 and _is_alone(request)
    return assignment(failure.pointer, meant, f'make the role "{meant}"', safe=safe)


def _is_alone(request: Request) -> bool:
    return sum(message.get("role") in ("system", "developer") for _, message in request.objects) == 1


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
            "The other side's names.",
            request(user(role="human"), assistant(role="ai"), user()),
            at=(("messages", 0, "role"), ("messages", 1, "role")),
            fixed=request(user(), assistant(), user()),
        ),
        Invalid("In capitals.", request(user(role="User")), at=(("messages", 0, "role"),), fixed=request(user())),
        Invalid("Nobody's name.", request(user(role="usr")), at=(("messages", 0, "role"),)),
    ),
)
