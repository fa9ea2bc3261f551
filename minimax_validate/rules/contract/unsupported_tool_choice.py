"""The choice of tools is left to the model, or switched off.

Other vendors take `"required"`, `"any"` or an object that names one function. This contract takes `"auto"` and
`"none"`. At MiniMax itself `"required"` was seen to be ignored (terrylica/cc-skills, a probe of M2.7-highspeed): no way
is known to force a call.

The fix is unsafe: with `"auto"` the model may answer without a call. Where `{"type": "auto"}` or `{"type": "none"}`
says in Anthropic's words what the contract takes as a text, the fix is that text, and safe.
"""

from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, tool, user
from minimax_validate.rules.fixes import assignment
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.failure import Failure
from minimax_validate.values.wording import quote

_FOREIGN = frozenset({"required", "any"})


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    if failure.pointer != ("tool_choice",):
        return False
    kind = failure.instance.get("type") if isinstance(failure.instance, dict) else failure.instance
    if isinstance(failure.instance, dict) and kind in ("auto", "none"):
        fix = assignment(("tool_choice",), kind, f'set it to "{kind}"', safe=True)
        flag(failure.pointer, f'tool_choice is the text "{kind}" here, not an object', fix=fix)
        return True
    if not isinstance(failure.instance, dict) and not (isinstance(kind, str) and kind in _FOREIGN):
        return False
    found = "an object that names a tool" if isinstance(failure.instance, dict) else quote(str(kind))
    fix = assignment(("tool_choice",), "auto", 'set it to "auto"', safe=False)
    flag(failure.pointer, f'tool_choice takes "auto" or "none", not {found}: a call cannot be forced', fix=fix)
    return True


_AUTO = request(user(), tools=[tool()], tool_choice="auto")

RULE = Rule(
    code="MM113",
    name="unsupported-tool-choice",
    severity=Severity.ERROR,
    prose=__doc__,
    keywords=("enum", "type"),
    claim=claim,
    valid=(Valid("Left to the model.", _AUTO),),
    invalid=(
        Invalid("A call by force.", {**_AUTO, "tool_choice": "required"}, at=(("tool_choice",),), fixed=_AUTO),
        Invalid(
            "A call of one function.",
            {**_AUTO, "tool_choice": {"type": "function", "function": {"name": "get_weather"}}},
            at=(("tool_choice",),),
            fixed=_AUTO,
        ),
        Invalid(
            "None, in Anthropic's words.",
            {**_AUTO, "tool_choice": {"type": "none"}},
            at=(("tool_choice",),),
            fixed={**_AUTO, "tool_choice": "none"},
        ),
    ),
)
