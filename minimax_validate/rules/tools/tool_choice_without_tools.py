"""`tool_choice` comes with tools to choose from.

Without `tools`, or with none in it, there is nothing to choose. Other vendors refuse such a request; here the key has
no effect. It is left over where the tools were taken out, or all filtered away.

The fix deletes it. It is safe, as it has no effect.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, tool, user
from minimax_validate.rules.fixes import removal
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity


def check(request: Request, flag: Flag) -> None:
    tools = request.body.get("tools")
    if (
        isinstance(request.body.get("tool_choice"), str)
        and (tools is None or tools == [])
        and request.is_whole(("tools",))
    ):
        missing = "there are no tools" if tools is None else "the array of tools is empty"
        fix = removal(("tool_choice",), "delete tool_choice", safe=True)
        flag(("tool_choice",), f"tool_choice has nothing to choose from: {missing}", fix=fix, focus="key")


RULE = Rule(
    code="MM305",
    name="tool-choice-without-tools",
    severity=Severity.WARNING,
    prose=__doc__,
    when=Feature.TOOL_CHOICE_ALONE,
    check=check,
    valid=(Valid("With a tool.", request(user(), tools=[tool()], tool_choice="auto")),),
    invalid=(
        Invalid("No tools.", request(user(), tool_choice="auto"), at=(("tool_choice",),), fixed=request(user())),
        Invalid(
            "None left.",
            request(user(), tools=[], tool_choice="none"),
            at=(("tool_choice",),),
            fixed=request(user()),
            beside=(("MM310", ("tools",)),),
        ),
    ),
)
