"""A tool keeps its name, description and parameters inside `function`.

OpenAI's Responses API puts them beside `type`; Anthropic's API has `name` and `input_schema`, and no function. The
vendor's schema takes neither.

The fix builds the function out of what is there, and drops the keys that have no place in one. It is unsafe, as some of
those may matter.
"""

from typing import Any

from minimax_validate.request.index import Request
from minimax_validate.rules.examples import function, request, tool, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Edit, Fix, Severity
from minimax_validate.values.failure import Failure

_NOTHING: dict[str, object] = {"type": "object", "properties": {}}


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    if len(failure.pointer) < 2 or failure.pointer[0] != "tools":
        return False
    tool = request.body["tools"][failure.pointer[1]]
    if not _is_flat(tool):
        return False
    if (
        failure.expected == "function"
    ):  # the key that is missing, or the type that another one stands for: always one of the two
        schema = "input_schema" if "input_schema" in tool else "parameters"
        message = f"this tool has another vendor's shape: `name` and `{schema}` belong inside `function`"
        flag(failure.pointer[:2], message, fix=_fix(tool, failure.pointer[1]), focus="opening")
    return True


def _is_flat(tool: Any) -> bool:
    return (
        isinstance(tool, dict)
        and "function" not in tool
        and "name" in tool
        and ("parameters" in tool or "input_schema" in tool or tool.get("type") == "function")
    )


def _fix(tool: dict[str, Any], index: int | str) -> Fix:
    parameters = tool.get("parameters", tool.get("input_schema"))
    function = {
        "name": tool["name"],
        "description": tool.get("description") or "",
        "parameters": _NOTHING if parameters is None else parameters,
    }
    at = ("tools", index)
    # Not one new tool in the place of the old one: what a text says around the keys that stay is to stay with them.
    edits = [Edit("set", (*at, "type"), "function")] if tool.get("type") != "function" else []
    edits.append(Edit("set", (*at, "function"), function))
    edits += (Edit("remove", (*at, key)) for key in tool if key != "type")
    return Fix("put it inside `function`", tuple(edits), safe=False)


_FUNCTION = function()

RULE = Rule(
    code="MM119",
    name="flat-tool",
    severity=Severity.ERROR,
    prose=__doc__,
    keywords=("required", "const", "type", "additionalProperties"),
    claim=claim,
    valid=(Valid("A function inside.", request(user(), tools=[tool()])),),
    invalid=(
        Invalid(
            "OpenAI's Responses API.",
            request(user(), tools=[{"type": "function", **_FUNCTION}]),
            at=(("tools", 0),),
            fixed=request(user(), tools=[tool()]),
        ),
        Invalid(
            "Anthropic's API.",
            request(
                user(),
                tools=[
                    {
                        "name": _FUNCTION["name"],
                        "description": _FUNCTION["description"],
                        "input_schema": _FUNCTION["parameters"],
                    }
                ],
            ),
            at=(("tools", 0),),
            fixed=request(user(), tools=[tool()]),
        ),
        Invalid(
            "A type of its own.",
            request(user(), tools=[{"type": "custom", **_FUNCTION}]),
            at=(("tools", 0),),
            fixed=request(user(), tools=[tool()]),
        ),
        Invalid(
            "A type that is null is no second finding.",
            request(user(), tools=[{"type": None, **_FUNCTION}]),
            at=(("tools", 0),),
            fixed=request(user(), tools=[tool()]),
        ),
    ),
)
