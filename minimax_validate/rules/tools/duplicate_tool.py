"""Each tool should have a unique name.

A tool call identifies its tool only by name. If two tools have the same name, the model may read either, your program
runs one of them, and other vendors reject the request. This happens when tools are collected from several sources, or
added again with each turn.

The fix removes a tool that is identical to an earlier one. It is safe, because the earlier one stays. No automatic
fix if the two differ: only you know the right one.
"""

import json
from typing import Any

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, tool, user
from minimax_validate.rules.fixes import removal
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Related, Severity
from minimax_validate.values.pointer import Pointer
from minimax_validate.values.wording import quote


def check(request: Request, flag: Flag) -> None:
    named: dict[str, list[int]] = {}
    for number, function in request.functions:
        name = function.get("name")
        if isinstance(name, str) and name.strip():  # another rule reports blank names
            named.setdefault(name, []).append(number)
    tools = dict(request.tools)
    for name, numbers in named.items():
        if len(numbers) == 1:
            continue
        first, texts = numbers[0], {_text(tools[numbers[0]])}
        for number in numbers[1:]:
            text = _text(tools[number])
            same = text in texts
            texts.add(text)
            flag(
                ("tools", number, "function", "name"),
                f"duplicate tool name {quote(name)}, already used by tools[{first}], "
                f"which is {'identical' if same else 'different'}",
                related=(Related(("tools", first, "function", "name"), "the first tool with this name"),),
                fix=removal(("tools", number), "remove the duplicate tool", safe=True) if same else None,
            )


def _text(tool: dict[str, Any]) -> str:
    return json.dumps(tool, sort_keys=True)


_AT: Pointer = ("tools", 1, "function", "name")

RULE = Rule(
    code="MM304",
    name="duplicate-tool",
    severity=Severity.WARNING,
    prose=__doc__,
    when=Feature.UNSOUND_TOOLS,
    check=check,
    valid=(Valid("Two different names.", request(user(), tools=[tool(), tool("get_forecast")])),),
    invalid=(
        Invalid(
            "Two identical tools.",
            request(user(), tools=[tool(), tool()]),
            at=(_AT,),
            fixed=request(user(), tools=[tool()]),
        ),
        Invalid(
            "Two different tools with one name.",
            request(user(), tools=[tool(), tool(description="Tells the weather of a region.")]),
            at=(_AT,),
        ),
        Invalid(
            "Two duplicates, with another tool between them.",
            request(user(), tools=[tool(), tool(), tool("get_forecast"), tool()]),
            at=(_AT, ("tools", 3, "function", "name")),
            fixed=request(user(), tools=[tool(), tool("get_forecast")]),
        ),
    ),
)
