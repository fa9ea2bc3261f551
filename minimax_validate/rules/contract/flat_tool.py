"""The name, description and parameters of a tool must be inside `function`.

OpenAI's Responses API and Workers AI's own function calling put them next to `type`. Anthropic's API has `name` and
`input_schema`, an MCP server lists tools with `name` and `inputSchema`, and Gemini declares several functions in one
entry, under `functionDeclarations`. The vendor's schema does not accept any of these.

The fix moves the declaration into `function`; its description lists the keys that are removed. It is unsafe, because
a removed key may matter.
"""

from __future__ import annotations

from typing import Any

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import function, request, tool, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Edit, Fix, Severity
from minimax_validate.values.failure import Failure
from minimax_validate.values.losses import lost_keys, naming
from minimax_validate.values.wording import count


def check(request: Request, flag: Flag) -> None:
    for index, foreign in request.foreign_tools.items():
        tool = request.body["tools"][index]
        flag(
            ("tools", index),
            f"this tool is in the format of {foreign.dialect.name}; {_belongs(tool)} inside `function`",
            fix=_fix(index, tool, foreign.converted) if foreign.converted else None,
            focus="opening",
        )


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    # The check reports the tool; the schema violations follow from that.
    return failure.pointer[:1] == ("tools",) and not request.foreign_tools.keys().isdisjoint(failure.pointer[1:2])


_SCHEMAS = ("parameters", "input_schema", "inputSchema")


def _belongs(tool: dict[str, Any]) -> str:
    schema = next((key for key in _SCHEMAS if key in tool), None)
    if schema:
        return f"`name` and `{schema}` belong"
    return "`name` belongs" if "name" in tool else "its declaration belongs"


def _fix(index: int, tool: dict[str, Any], converted: tuple[dict[str, Any], ...]) -> Fix | None:
    dropped = naming(lost_keys(tool, list(converted)))
    at = ("tools", index)
    if len(converted) == 1:
        function = converted[0]["function"]
        # Not one new tool in the place of the old one: what a text says around the keys that stay is to stay with them.
        edits = [Edit("set", (*at, "type"), "function")] if tool.get("type") != "function" else []
        edits.append(Edit("set", (*at, "function"), function))
        edits += (Edit("remove", (*at, key)) for key in tool if key != "type")
        return Fix(f"move the declaration into `function`{dropped}", tuple(edits), safe=False)
    first, *others = converted
    edits = [Edit("set", at, first)]
    # What is inserted later at one place comes to stand before what was there.
    edits += (Edit("insert", ("tools", index + 1), other) for other in reversed(others))
    return Fix(f"split the entry into {count(len(converted), 'tool')}{dropped}", tuple(edits), safe=False)


_FUNCTION = function()

RULE = Rule(
    code="MM119",
    name="flat-tool",
    severity=Severity.ERROR,
    prose=__doc__,
    converts=True,
    when=Feature.FLAT_TOOLS,
    check=check,
    keywords=("required", "const", "type", "additionalProperties"),
    claim=claim,
    valid=(Valid("The function is inside `function`.", request(user(), tools=[tool()])),),
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
            "With another type.",
            request(user(), tools=[{"type": "custom", **_FUNCTION}]),
            at=(("tools", 0),),
            fixed=request(user(), tools=[tool()]),
        ),
        Invalid(
            "In the format of an MCP server.",
            request(
                user(),
                tools=[
                    {
                        "name": _FUNCTION["name"],
                        "description": _FUNCTION["description"],
                        "inputSchema": _FUNCTION["parameters"],
                    }
                ],
            ),
            at=(("tools", 0),),
            fixed=request(user(), tools=[tool()]),
        ),
        Invalid(
            "Two functions in the format of Gemini.",
            request(user(), tools=[{"functionDeclarations": [_FUNCTION, function("get_time")]}]),
            at=(("tools", 0),),
            fixed=request(user(), tools=[tool(), tool("get_time")]),
        ),
        Invalid(
            "A type that is null is not reported separately.",
            request(user(), tools=[{"type": None, **_FUNCTION}]),
            at=(("tools", 0),),
            fixed=request(user(), tools=[tool()]),
        ),
    ),
)
