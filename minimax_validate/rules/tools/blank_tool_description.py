"""A tool has a description that says what it does.

The model chooses tools by their descriptions. An empty one passes the vendor's schema, and leaves the model with the
name: it then calls the tool for what it is not for, or does not call it.

Off unless selected, as a good name may do.
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
                f"the description{whose} is blank: the model chooses tools by what it says",
            )


RULE = Rule(
    code="MM308",
    name="blank-tool-description",
    severity=Severity.INFO,
    prose=__doc__,
    when=Feature.TOOLS,
    check=check,
    valid=(Valid("It says what the tool does.", request(user(), tools=[tool()])),),
    invalid=(
        Invalid("Empty.", request(user(), tools=[tool(description="")]), at=(("tools", 0, "function", "description"),)),
        Invalid(
            "White space, in the second tool.",
            request(user(), tools=[tool(), tool("get_forecast", description=" \n")]),
            at=(("tools", 1, "function", "description"),),
        ),
    ),
)
