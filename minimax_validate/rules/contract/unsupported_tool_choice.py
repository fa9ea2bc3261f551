"""`tool_choice` must be `"auto"` or `"none"`.

Other vendors accept `"required"`, `"any"` or an object that names one function. This contract accepts only `"auto"` and
`"none"`. At MiniMax itself `"required"` was seen to be ignored (terrylica/cc-skills, a probe of M2.7-highspeed), so
there is no known way to force a tool call.

The fix sets `"auto"`. It is unsafe, because the model may then answer without a tool call. For Anthropic's `{"type":
"auto"}` and `{"type": "none"}` the fix sets the string of the same meaning, which is safe.
"""

from typing import Any

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
    if kind in ("auto", "none"):  # the contract accepts the string, so this is an object
        fix = assignment(("tool_choice",), kind, f'set tool_choice to "{kind}"', safe=True)
        flag(failure.pointer, f'tool_choice must be the string "{kind}", not an object', fix=fix)
        return True
    if not isinstance(failure.instance, dict) and not (isinstance(kind, str) and kind in _FOREIGN):
        return False
    found = _describe(failure.instance) if isinstance(failure.instance, dict) else quote(str(kind))
    fix = assignment(("tool_choice",), "auto", 'set tool_choice to "auto"', safe=False)
    flag(failure.pointer, f'tool_choice must be "auto" or "none", not {found}; a tool call cannot be forced', fix=fix)
    return True


def _describe(choice: dict[str, Any]) -> str:
    return "an object that names a tool" if "function" in choice or "name" in choice else "an object"


_AUTO = request(user(), tools=[tool()], tool_choice="auto")

RULE = Rule(
    code="MM113",
    name="unsupported-tool-choice",
    severity=Severity.ERROR,
    prose=__doc__,
    keywords=("enum", "type"),
    claim=claim,
    valid=(Valid("The model chooses.", _AUTO),),
    invalid=(
        Invalid("A forced tool call.", {**_AUTO, "tool_choice": "required"}, at=(("tool_choice",),), fixed=_AUTO),
        Invalid(
            "A forced call of one function.",
            {**_AUTO, "tool_choice": {"type": "function", "function": {"name": "get_weather"}}},
            at=(("tool_choice",),),
            fixed=_AUTO,
        ),
        Invalid(
            "No tool call, in Anthropic's format.",
            {**_AUTO, "tool_choice": {"type": "none"}},
            at=(("tool_choice",),),
            fixed={**_AUTO, "tool_choice": "none"},
        ),
    ),
)
