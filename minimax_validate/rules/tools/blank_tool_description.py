"""Consider a description for each tool.

The model chooses tools by their descriptions. An empty description conforms to the vendor's schema, but leaves the
model only the name: it then calls the tool for the wrong purpose, or does not call it.

Off unless selected, because a good name may be sufficient.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, tool, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.wording import quote


def check(request: Request, flag: Flag) -> None:
    for number, function in request.functions:
        description = function.get("description")
        if isinstance(description, str) and not description.strip():
            name = function.get("name")
            whose = f" of {quote(name)}" if isinstance(name, str) and name.strip() else ""
            flag(
                ("tools", number, "function", "description"),
                f"the description{whose} is blank; describe when to call the tool",
            )


RULE = Rule(
    code="MM308",
    name="blank-tool-description",
    severity=Severity.INFO,
    prose=__doc__,
    when=Feature.TOOLS,
    check=check,
    valid=(Valid("A description of the tool.", request(user(), tools=[tool()])),),
    invalid=(
        Invalid(
            "An empty description.",
            request(user(), tools=[tool(description="")]),
            at=(("tools", 0, "function", "description"),),
        ),
        Invalid(
            "White space, in the second tool.",
            request(user(), tools=[tool(), tool("get_forecast", description=" \n")]),
            at=(("tools", 1, "function", "description"),),
        ),
    ),
)
