"""`tool_choice` should be set only together with `tools`.

Without `tools`, or with an empty array, there is no tool to choose. Other vendors reject such a request; here the key
has no effect. This happens when the tools are removed or filtered but `tool_choice` stays.

The fix deletes `tool_choice`. It is safe, because it has no effect.
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
        missing = "there are no tools" if tools is None else "tools is an empty array"
        fix = removal(("tool_choice",), "delete tool_choice", safe=True)
        flag(
            ("tool_choice",),
            f"tool_choice has no effect, because {missing}; delete it or add tools",
            fix=fix,
            focus="key",
        )


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
            "An empty array of tools.",
            request(user(), tools=[], tool_choice="none"),
            at=(("tool_choice",),),
            fixed=request(user()),
            beside=(("MM310", ("tools",)),),
        ),
    ),
)
