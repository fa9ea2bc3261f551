"""The role of a message must be `system`, `user`, `assistant` or `tool`.

OpenAI's newer models use `developer` for the system role; other vendors use `human`, `ai`, `model` and `bot` for the
user and the assistant. MiniMax rejects them: "invalid role: developer" is on record in MiniMax-AI/MiniMax-M2#79, and
again in openclaw/openclaw#3022 and open-codesign#234 for M2.7.

The fix sets the role that is meant. For `developer` it is safe if the message is the first and the only system
message. Otherwise it is unsafe, because the model's chat template reads only the first system message. For the user
and the assistant it is unsafe, because another speaker may be meant.

MM127 reports the role `function`, OpenAI's older name for a tool.
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
    if failure.pointer[2:] != ("role",):
        return False
    meant = _meant(failure.instance)
    hint = f'; use "{meant}"' if meant else did_you_mean(failure.instance, KNOWN_ROLES)
    accepted = listed(map(quote, failure.expected))
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
    return assignment(failure.pointer, meant, f'set the role to "{meant}"', safe=safe)


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
            "Another vendor's names.",
            request(user(role="human"), assistant(role="ai"), user()),
            at=(("messages", 0, "role"), ("messages", 1, "role")),
            fixed=request(user(), assistant(), user()),
        ),
        Invalid(
            "With a capital letter.", request(user(role="User")), at=(("messages", 0, "role"),), fixed=request(user())
        ),
        Invalid("A typo.", request(user(role="usr")), at=(("messages", 0, "role"),)),
    ),
)
