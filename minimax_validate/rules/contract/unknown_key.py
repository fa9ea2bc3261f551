"""An object must have only the keys that the contract lists.

Messages and the request itself accept any key; tools, tool calls, content parts, `stream_options` and
`response_format` do not. The whole request is rejected because of one unknown key in them.

MM116 reports keys that other vendors accept; MM121 reports the keywords of a response schema.

If a required key is missing and an unknown key holds its value (`inputSchema` for `parameters`, `value` for `text`, a
`name` next to `function`), the two are reported together, and the fix renames or moves the key. This is safe, because
the value shows what is meant. No automatic fix if the contract does not accept the value under the right name.
Otherwise the fix deletes the key, which is unsafe, because its purpose is unknown. No automatic fix for a likely typo:
its value belongs under the right name.
"""

import json
from collections.abc import Mapping
from typing import Any, cast

from minimax_validate.request.index import Request
from minimax_validate.request.stand_ins import belongs_inside, meant_key
from minimax_validate.rules.examples import call, calling, function, request, result, tool, user, without
from minimax_validate.rules.fixes import removal
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Edit, Fix, Severity
from minimax_validate.values.failure import Failure
from minimax_validate.values.pointer import Pointer
from minimax_validate.values.suggest import did_you_mean
from minimax_validate.values.wording import listed, place, quote


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    key, where = str(failure.pointer[-1]), place(failure.pointer[:-1])
    holder = _holder(request.body, failure.pointer)
    required = meant_key(failure.pointer[:-1], holder, key)
    if required is not None:
        message = f"{where} does not accept the key {quote(key)}; did you mean {quote(required)}, which is missing?"
        flag(failure.pointer, message, fix=_move(failure, required), focus="key")
        return True
    if belongs_inside(failure.pointer[:-1], holder, key):
        message = f"{where} does not accept the key {quote(key)}; it belongs inside `function`"
        target = (*failure.pointer[:-1], "function", key)
        flag(failure.pointer, message, fix=_put(failure, target, f"move {quote(key)} into `function`"), focus="key")
        return True
    meant = did_you_mean(key, failure.expected)
    hint = meant or f"; accepted are {listed(failure.expected, 'and')}"
    # The key that says of what kind a part is stays, whatever is wrong with its value.
    is_kind = key in ("image_url", "text") and "type" not in holder
    fix = None if meant or is_kind else removal(failure.pointer, f"delete {quote(key)}", safe=False)
    flag(failure.pointer, f"{where} does not accept the key {quote(key)}{hint}", fix=fix, focus="key")
    return True


def _holder(body: Any, pointer: Pointer) -> Mapping[str, Any]:
    for step in pointer[:-1]:
        body = body[step]
    return cast("Mapping[str, Any]", body)


def _move(failure: Failure, required: str) -> Fix:
    words = f"rename {quote(str(failure.pointer[-1]))} to {quote(required)}"
    if required == "arguments" and isinstance(failure.instance, dict):
        return _put(failure, (*failure.pointer[:-1], required), words)
    return Fix(words, (Edit("rename", failure.pointer, required),), safe=True)


def _put(failure: Failure, target: Pointer, words: str) -> Fix:
    """Move a value to another place; arguments become the JSON-encoded string that they must be."""
    value = failure.instance
    if target[-1] == "arguments" and isinstance(value, dict):
        value, words = json.dumps(value, ensure_ascii=False), f"{words}, encoded as JSON"
    return Fix(words, (Edit("set", target, value), Edit("remove", failure.pointer)), safe=True)


RULE = Rule(
    code="MM103",
    name="unknown-key",
    severity=Severity.ERROR,
    prose=__doc__,
    never_ignore="the API rejects a request with an unknown key in these objects",
    keywords=("additionalProperties",),
    claim=claim,
    valid=(Valid("Messages accept any key.", request(user(mood="curious"))),),
    invalid=(
        Invalid(
            "A typo.",
            request(user(), stream=True, stream_options={"include_usages": True}),
            at=(("stream_options", "include_usages"),),
        ),
        Invalid(
            "The parameters under MCP's key.",
            request(
                user(),
                tools=[
                    {
                        "type": "function",
                        "function": {**without(function(), "parameters"), "inputSchema": function()["parameters"]},
                    }
                ],
            ),
            at=(("tools", 0, "function", "inputSchema"),),
            fixed=request(user(), tools=[tool()]),
        ),
        Invalid(
            "A name next to `function`.",
            request(
                user(),
                tools=[{"type": "function", "name": "get_weather", "function": without(function(), "name")}],
            ),
            at=(("tools", 0, "name"),),
            fixed=request(user(), tools=[tool()]),
        ),
        Invalid(
            "The text under another key.",
            request(user([{"type": "text", "value": "Hello"}])),
            at=(("messages", 0, "content", 0, "value"),),
            fixed=request(user([{"type": "text", "text": "Hello"}])),
        ),
        Invalid(
            "A schema under another key that is not valid under the right one.",
            request(
                user(),
                response_format={
                    "type": "json_schema",
                    "json_schema": {"name": "place", "jsonSchema": {"type": "object", "required": ["city"]}},
                },
            ),
            at=(("response_format", "json_schema", "jsonSchema"),),
        ),
        Invalid(
            "The arguments under another key, not JSON-encoded.",
            request(
                user(),
                calling({**call(), "function": {"name": "get_weather", "args": {"city": "Oslo"}}}),
                result(),
            ),
            at=(("messages", 1, "tool_calls", 0, "function", "args"),),
            fixed=request(user(), calling(), result()),
        ),
        Invalid(
            "An annotation on a tool.",
            request(user(), tools=[tool(version=2)]),
            at=(("tools", 0, "function", "version"),),
            fixed=request(user(), tools=[tool()]),
        ),
    ),
)
