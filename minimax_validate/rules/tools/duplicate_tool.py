"""Each tool has a name of its own.

A call says which tool it means by the name alone. Of two tools with one name the model may read either and your program
runs one; other vendors refuse the request. It comes about where tools are collected from several sources, or added anew
with each turn.

The fix removes a tool that is the same as an earlier one. It is safe, as nothing is lost. Where two differ there is
none.
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
        if isinstance(name, str) and name.strip():  # blank names are told elsewhere
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
                f"the name {quote(name)} is taken by {'the same tool' if same else 'another tool'}, tools[{first}]",
                related=(Related(("tools", first, "function", "name"), "the first"),),
                fix=removal(("tools", number), "remove the copy", safe=True) if same else None,
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
    valid=(Valid("Two names.", request(user(), tools=[tool(), tool("get_forecast")])),),
    invalid=(
        Invalid(
            "The same twice.", request(user(), tools=[tool(), tool()]), at=(_AT,), fixed=request(user(), tools=[tool()])
        ),
        Invalid(
            "Two tools of one name.",
            request(user(), tools=[tool(), tool(description="Tells the weather of a region.")]),
            at=(_AT,),
        ),
        Invalid(
            "Two copies, with another tool between.",
            request(user(), tools=[tool(), tool(), tool("get_forecast"), tool()]),
            at=(_AT, ("tools", 3, "function", "name")),
            fixed=request(user(), tools=[tool(), tool("get_forecast")]),
        ),
    ),
)
