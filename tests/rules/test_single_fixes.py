"""What each fix says and changes by itself, in cases that no example of a rule shows.

The command applies fixes in rounds, and a later round may mend what an earlier one got wrong. Here, each fix stands
alone: its words, and its edits one by one.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from minimax_validate import Diagnostic, Settings, Validator
from minimax_validate.rules.examples import (
    answer_format,
    assistant,
    call,
    calling,
    function,
    request,
    result,
    system,
    tool,
    user,
    without,
)
from minimax_validate.values.diagnostic import Edit
from minimax_validate.values.pointer import to_path

EVERY = Validator(Settings(extend_select=("MM",)))

ARGUMENTS = {"city": "Oslo"}
ENCODED = '{"city": "Oslo"}'
EMPTY = {"type": "object", "properties": {}}
IMAGE = {"type": "image_url", "image_url": {"url": "https://example.com/harbor.png"}}
FUNCTION = {"name": "get_weather", "arguments": ENCODED}
DECLARED = json.dumps(function())
UI_PROMPT = {"role": "system", "parts": [{"type": "text", "text": "Be kind."}]}


def part(text: str, **keys: Any) -> Any:
    """A part of a content."""
    return {"type": "text", "text": text, **keys}


def declared(*tools: Any, **parameters: Any) -> Any:
    """A request with these tools."""
    return request(user(), tools=list(tools), **parameters)


def asked(made: Any, identifier: str = "call_1") -> Any:
    """A request with a tool call and its result."""
    return request(user(), calling(made), result(identifier), tools=[tool()])


def orphaned(content: Any, **keys: Any) -> Any:
    """A request with a result of no call."""
    return request(user(), result("call_9", content, **keys))


def split(first: Any, second: Any) -> Any:
    """A request with two calling messages, and the results behind them."""
    return request(
        user(),
        calling(call("call_1"), **first),
        calling(call("call_2"), **second),
        result("call_1"),
        result("call_2"),
        tools=[tool()],
    )


def instructed(value: Any, *messages: Any, key: str = "system") -> Any:
    """A request with a system prompt beside its messages."""
    return {"messages": list(messages or (user(),)), key: value, "stream": True}


def wanting(given: Any) -> Any:
    """A request with a response format."""
    return request(user("JSON, please."), response_format=given)


def shaped(**keywords: Any) -> Any:
    """A request for an answer in JSON, with more keywords at the root of its schema."""
    return wanting(answer_format(schema={**EMPTY, **keywords}))


def formed(**parameters: Any) -> Any:
    """A request with these parameters."""
    return request(user("JSON, please."), stream=True, **parameters)


def first(code: str, payload: object) -> Diagnostic:
    """The first finding of a rule."""
    return next(found for found in EVERY.check(payload).diagnostics if found.code == code)


def changing(edit: Edit) -> str:
    """One edit in a line."""
    value = "" if edit.operation == "remove" else f": {json.dumps(edit.value, ensure_ascii=False)}"
    return f"{edit.operation} {to_path(edit.pointer)}{value}"


BEHIND = "messages[1].tool_calls[0]"
SCHEMA = "response_format.json_schema"
REMOVED = 'remove messages[1], a result of tool call "call_9"'
MOVED = "move the declaration into `function`"
WRAP = "wrap the schema and name it"
PLAIN: list[Any] = [None, True, 5, 5.5, "Oslo", [1], {}]
ROWS: list[tuple[str, Any, str, list[str]]] = [
    # A message that is removed: the words of the fix repeat its content, or name what else it holds.
    (
        "MM201",
        orphaned([part("clear"), part("5 °C")]),
        f'{REMOVED} with the content "clear 5 °C"',
        ["remove messages[1]"],
    ),
    ("MM201", orphaned(["clear", part("5 °C")]), f'{REMOVED} with the content "clear 5 °C"', ["remove messages[1]"]),
    (
        "MM201",
        orphaned([part("clear"), IMAGE]),
        f'{REMOVED} with the content "clear", removing `url`',
        ["remove messages[1]"],
    ),
    ("MM201", orphaned({"degrees": 5}), f"{REMOVED}, removing `degrees`", ["remove messages[1]"]),
    (
        "MM201",
        orphaned([5, part("clear")]),
        f'{REMOVED} with the content "clear", removing `content`',
        ["remove messages[1]"],
    ),
    ("MM201", orphaned(""), REMOVED, ["remove messages[1]"]),
    ("MM201", orphaned([]), REMOVED, ["remove messages[1]"]),
    (
        "MM201",
        orphaned("clear", name="clock", is_error=False, refusal=None, note="", list=[], more={}),
        f'{REMOVED} with the content "clear", removing `name` and `is_error`',
        ["remove messages[1]"],
    ),
    (
        "MM201",
        request(user(), {"role": ["tool"], "tool_call_id": "call_9", "content": "clear"}),
        f'{REMOVED} with the content "clear", removing `role`',
        ["remove messages[1]"],
    ),
    # Results that came too late: the first one is moved, the second one has no place left.
    (
        "MM201",
        request(
            system(), user(), calling(), user(), calling(call("call_2")), result("call_2"), result(), tools=[tool()]
        ),
        "move messages[6] up to directly after messages[2]",
        [
            'insert messages[3]: {"role": "tool", "tool_call_id": "call_1", "content": "5 °C, clear"}',
            "remove messages[6]",
        ],
    ),
    # Tools in other formats.
    (
        "MM119",
        declared({"type": "function", "name": "tide"}),
        MOVED,
        [
            f'set tools[0].function: {{"name": "tide", "description": "", "parameters": {json.dumps(EMPTY)}}}',
            "remove tools[0].name",
        ],
    ),
    (
        "MM119",
        declared({**function(), "strict": True, "ttl": "1h"}),
        f"{MOVED}, removing `strict` and `ttl`",
        [
            'set tools[0].type: "function"',
            f"set tools[0].function: {DECLARED}",
            *(f"remove tools[0].{key}" for key in ("name", "description", "parameters", "strict", "ttl")),
        ],
    ),
    (
        "MM119",
        declared(tool("tide"), {"functionDeclarations": [function(), function("get_wind")]}, tool("moon")),
        "split the entry into 2 tools",
        [
            f'set tools[1]: {{"type": "function", "function": {DECLARED}}}',
            f'insert tools[2]: {{"type": "function", "function": {json.dumps(function("get_wind"))}}}',
        ],
    ),
    (
        "MM126",
        asked({"id": "call_1", "name": "get_weather", "arguments": ARGUMENTS, "confidence": 3}),
        "move the name and the arguments into `function`, removing `confidence`",
        [f"set {BEHIND}: {json.dumps({'id': 'call_1', 'type': 'function', 'function': FUNCTION})}"],
    ),
    # Messages in other formats, which become more messages, or fewer.
    (
        "MM127",
        request(
            user(),
            calling(call("call_1"), call("call_2")),
            {
                "role": "user",
                "content": [
                    {"type": "tool_result", "tool_use_id": "call_1", "content": "5 °C"},
                    {"type": "tool_result", "tool_use_id": "call_2", "content": "7 °C"},
                    part("And in Bergen?", cache_control={"type": "ephemeral"}),
                ],
            },
            tools=[tool()],
        ),
        "convert the messages from the format of Anthropic's Messages API, removing `cache_control`",
        [
            'set messages[2]: {"role": "tool", "tool_call_id": "call_1", "content": "5 °C"}',
            'insert messages[3]: {"role": "user", "content": "And in Bergen?"}',
            'insert messages[3]: {"role": "tool", "tool_call_id": "call_2", "content": "7 °C"}',
        ],
    ),
    (
        "MM127",
        request(
            {"role": "user", "parts": [part("Where is it cold?")]},
            {"type": "function_call", "call_id": "call_1", **FUNCTION},
            {"type": "function_call", "call_id": "call_2", **FUNCTION},
            {"type": "function_call_output", "call_id": "call_1", "output": "5 °C"},
            {"type": "function_call_output", "call_id": "call_2", "output": "7 °C"},
            user("And in Bergen?"),
            tools=[tool()],
        ),
        "convert the messages from the format of the AI SDK's UI messages and OpenAI's Responses API",
        [
            'set messages[0]: {"role": "user", "content": "Where is it cold?"}',
            f"set messages[1]: {json.dumps(calling(call('call_1'), call('call_2')))}",
            'set messages[2]: {"role": "tool", "tool_call_id": "call_1", "content": "5 °C"}',
            'set messages[3]: {"role": "tool", "tool_call_id": "call_2", "content": "7 °C"}',
            "remove messages[4]",
        ],
    ),
    # Content under another key.
    (
        "MM111",
        request({"role": "user", "contents": [part("Hello")]}),
        "rename `contents` to `content`",
        ['rename messages[0].contents: "content"'],
    ),
    (
        "MM111",
        request({"role": "user", "reasoning": "It rains."}),
        'add `"content": ""`',
        ['set messages[0].content: ""'],
    ),
    (
        "MM110",
        request(user(None, text="Hello")),
        "move `text` to `content`",
        ['set messages[0].content: "Hello"', "remove messages[0].text"],
    ),
    ("MM110", request(user(None, refusal="No.")), 'set the content to ""', ['set messages[0].content: ""']),
    # Keys that are missing.
    (
        "MM101",
        request(user(), {"name": "clock", "tool_calls": [call()]}, result(), tools=[tool()]),
        'add `"role": "assistant"` and `"content": ""`',
        ['set messages[1].role: "assistant"', 'set messages[1].content: ""'],
    ),
    (
        "MM101",
        request(user([{"image_url": {"url": "https://example.com/"}}, part("Where is it?")])),
        'add `"type": "image_url"`',
        ['set messages[0].content[0].type: "image_url"'],
    ),
    # What a reference leaves behind is named.
    (
        "MM121",
        wanting(
            answer_format(
                schema={
                    "$ref": "#/$defs/Place",
                    "$defs": {"Place": EMPTY, "Time": {"properties": {"hour": {"type": "integer"}}}},
                }
            )
        ),
        "replace the reference with its target, removing `hour`",
        [f"set {SCHEMA}.schema: " + json.dumps(EMPTY)],
    ),
    (
        "MM121",
        wanting(answer_format(schema={"$ref": "#/$defs/Place", "$defs": {"Place": EMPTY}})),
        "replace the reference with its target",
        [f"set {SCHEMA}.schema: " + json.dumps(EMPTY)],
    ),
    ("MM101", request(user([{"text": "Hi"}])), 'add `"type": "text"`', ['set messages[0].content[0].type: "text"']),
    ("MM101", declared({"function": function()}), 'add `"type": "function"`', ['set tools[0].type: "function"']),
    (
        "MM101",
        asked(without(call(), "type")),
        'add `"type": "function"`',
        [f'set {BEHIND}.type: "function"'],
    ),
    (
        "MM101",
        asked(without(call(), "id"), "call_1_0"),
        'set the id to "call_1_0"',
        [f'set {BEHIND}.id: "call_1_0"'],
    ),
    (
        "MM101",
        request(
            user(),
            calling(without(call(), "id"), call("call_1_0"), {**call(), "id": ["call_1_0_"]}),
            result("call_1_0"),
            tools=[tool()],
        ),
        'set the id to "call_1_0_"',
        [f'set {BEHIND}.id: "call_1_0_"'],
    ),
    # A schema of the answer in the wrong place.
    (
        "MM125",
        wanting({"type": "json_schema", "json_schema": {"name": "place", "strict": True, **EMPTY}}),
        f"{WRAP} `place`, removing `strict`",
        [f'set {SCHEMA}: {{"name": "place", "schema": {json.dumps(EMPTY)}}}'],
    ),
    (
        "MM125",
        wanting({"type": "json_schema", "json_schema": {"name": 5, "type": "object"}}),
        f"{WRAP} `response`",
        [f'set {SCHEMA}: {{"name": "response", "schema": {{"name": 5, "type": "object"}}}}'],
    ),
    (
        "MM125",
        wanting({"type": "json_schema", "json_schema": {"name": "?", "title": "X  place!", "$ref": "#/$defs/a"}}),
        f"{WRAP} `X_place`, removing `name`",
        [f'set {SCHEMA}: {{"name": "X_place", "schema": {{"title": "X  place!", "$ref": "#/$defs/a"}}}}'],
    ),
    (
        "MM125",
        wanting({"type": "json_object", "schema": {**EMPTY, "title": "T" * 70}, "strict": True, "description": 5}),
        f"{WRAP} `{'T' * 64}`, removing `strict` and `description`",
        [
            f'set response_format: {{"type": "json_schema", "json_schema": {{"name": "{"T" * 64}", "schema": '
            f"{json.dumps({**EMPTY, 'title': 'T' * 70})}}}}}"
        ],
    ),
    (
        "MM125",
        wanting({**EMPTY, "strict": True, "title": "Place"}),
        f"{WRAP} `Place`, removing `strict`",
        [
            'set response_format: {"type": "json_schema", "json_schema": {"name": "Place", "schema": '
            f"{json.dumps({**EMPTY, 'title': 'Place'})}}}}}"
        ],
    ),
    *(
        (
            "MM125",
            wanting({"type": "json_schema", "json_schema": {"type": kind}}),
            f"{WRAP} `response`",
            [f'set {SCHEMA}: {{"name": "response", "schema": {{"type": "{kind}"}}}}'],
        )
        for kind in ("array", "string", "number", "integer", "boolean")
    ),
    *(
        (
            "MM125",
            wanting({keyword: []}),
            f"{WRAP} `response`",
            [
                'set response_format: {"type": "json_schema", "json_schema": {"name": "response", "schema": '
                f'{{"{keyword}": []}}}}}}'
            ],
        )
        for keyword in ("properties", "$ref", "anyOf", "oneOf", "allOf", "items", "$defs", "required", "enum", "const")
    ),
    # A system prompt beside the messages.
    *(
        ("MM128", instructed(blank), "delete the empty `system`", ["remove system"])
        for blank in ("", " ", [], [part(" ")])
    ),
    (
        "MM128",
        instructed([part("Be", cache_control={"type": "ephemeral"}), part("brief.")], "Hello"),
        "move `system` to the first message, removing `cache_control`",
        ['insert messages[0]: {"role": "system", "content": "Be\\n\\nbrief."}', "remove system"],
    ),
    (
        "MM128",
        {"system": "Be brief.", "messages": []},
        "move `system` to the first message",
        ['insert messages[0]: {"role": "system", "content": "Be brief."}', "remove system"],
    ),
    (
        "MM128",
        instructed("Be brief.", UI_PROMPT, user()),
        "move `system` to the first message",
        ['insert messages[0]: {"role": "system", "content": "Be brief."}', "remove system"],
    ),
    (
        "MM128",
        instructed("Be brief.", system("Be kind."), user(), key="instructions"),
        "move `instructions` to the start of the system message",
        ['set messages[0].content: "Be brief.\\n\\nBe kind."', "remove instructions"],
    ),
    (
        "MM128",
        instructed("Be brief.", system("Be brief."), user()),
        "delete `system`, which repeats the system message",
        ["remove system"],
    ),
    # Keywords at the root of a response schema.
    (
        "MM121",
        shaped(description="A place."),
        "move the description next to the name",
        [f'set {SCHEMA}.description: "A place."', f"remove {SCHEMA}.schema.description"],
    ),
    (
        "MM121",
        shaped(description=["A place."]),
        'delete "description", including "A place."',
        [f"remove {SCHEMA}.schema.description"],
    ),
    (
        "MM121",
        wanting(answer_format(description="Known.", schema={**EMPTY, "description": "A place."})),
        'delete "description"',
        [f"remove {SCHEMA}.schema.description"],
    ),
    *(("MM121", shaped(default=value), 'delete "default"', [f"remove {SCHEMA}.schema.default"]) for value in PLAIN),
    (
        "MM121",
        shaped(default={"city": "Oslo", "country": "Oslo"}),
        'delete "default", including "city", "Oslo" and "country"',
        [f"remove {SCHEMA}.schema.default"],
    ),
    (
        "MM121",
        shaped(examples=list("abcdefghij")),
        'delete "examples", including "a", "b", "c", "d", "e", "f", "g" and "h"',
        [f"remove {SCHEMA}.schema.examples"],
    ),
    (
        "MM121",
        shaped(anyOf=[{"$ref": "#/$defs/a"}], **{"$defs": {"a": {}}}),
        'delete "anyOf", including "$ref" and "#/$defs/a"',
        [f"remove {SCHEMA}.schema.anyOf"],
    ),
    (
        "MM121",
        shaped(anyOf=[{"$ref": "#/anyOf/1"}, {}]),
        'delete "anyOf", including "$ref" and "#/anyOf/1"',
        [f"remove {SCHEMA}.schema.anyOf"],
    ),
    # Keys that are not accepted.
    (
        "MM103",
        asked({"id": "call_1", "type": "function", "function": {"name": "get_weather", "args": ENCODED}}),
        'rename "args" to "arguments"',
        [f'rename {BEHIND}.function.args: "arguments"'],
    ),
    (
        "MM103",
        asked({"id": "call_1", "type": "function", "function": {"name": "get_weather", "args": ARGUMENTS}}),
        'rename "args" to "arguments", encoded as JSON',
        [f"set {BEHIND}.function.arguments: {json.dumps(ENCODED)}", f"remove {BEHIND}.function.args"],
    ),
    (
        "MM103",
        asked(
            {"id": "call_1", "type": "function", "function": {"name": "get_weather"}, "arguments": {"city": "Tromsø"}}
        ),
        'move "arguments" into `function`, encoded as JSON',
        [f'set {BEHIND}.function.arguments: "{{\\"city\\": \\"Tromsø\\"}}"', f"remove {BEHIND}.arguments"],
    ),
    (
        "MM103",
        asked({"id": "call_1", "type": "function", "function": {"name": "get_weather"}, "arguments": ENCODED}),
        'move "arguments" into `function`',
        [f"set {BEHIND}.function.arguments: {json.dumps(ENCODED)}", f"remove {BEHIND}.arguments"],
    ),
    (
        "MM103",
        declared({"type": "function", "function": without(function(), "parameters"), "parameters": EMPTY}),
        'move "parameters" into `function`',
        [f"set tools[0].function.parameters: {json.dumps(EMPTY)}", "remove tools[0].parameters"],
    ),
    (
        "MM103",
        declared({"type": "function", "function": without(function(), "parameters") | {"schema": EMPTY}}),
        'rename "schema" to "parameters"',
        ['rename tools[0].function.schema: "parameters"'],
    ),
    # Parts and roles of other APIs.
    (
        "MM115",
        request(user([{"logprobs": [1], "type": "output_text", "text": "Hi", "annotations": ["x"]}])),
        'set the type to "text", removing `logprobs` and `annotations`',
        [
            'set messages[0].content[0].type: "text"',
            *(f"remove messages[0].content[0].{key}" for key in ("logprobs", "annotations")),
        ],
    ),
    (
        "MM106",
        request(user(["Hi"])),
        "turn the string into a text part",
        [f"set messages[0].content[0]: {json.dumps(part('Hi'))}"],
    ),
    (
        "MM106",
        request(user(part("Hi"))),
        "put the part into an array",
        [f"set messages[0].content: {json.dumps([part('Hi')])}"],
    ),
    (
        "MM112",
        request(user(), calling(), {**result(), "role": "Tool"}, tools=[tool()]),
        'set the role to "tool"',
        ['set messages[2].role: "tool"'],
    ),
    (
        "MM112",
        request(user(), {**calling(), "role": "ai"}, result(), tools=[tool()]),
        'set the role to "assistant"',
        ['set messages[1].role: "assistant"'],
    ),
    (
        "MM114",
        wanting({"type": "text", "json_schema": {"name": "place", "schema": EMPTY}}),
        'set the type to "json_schema"',
        ['set response_format.type: "json_schema"'],
    ),
    # Calls of one turn in several messages.
    (
        "MM216",
        split({}, {"content": "Then Bergen.", "reasoning_content": "Both."}),
        "merge 2 tool calls into messages[1]",
        [
            'set messages[1].content: "Then Bergen."',
            'set messages[1].reasoning_content: "Both."',
            f"insert messages[1].tool_calls[1]: {json.dumps(call('call_2'))}",
            "remove messages[2]",
        ],
    ),
    *(
        (
            "MM216",
            split({"content": "First Oslo."}, {"content": silent}),
            "merge 2 tool calls into messages[1]",
            [f"insert messages[1].tool_calls[1]: {json.dumps(call('call_2'))}", "remove messages[2]"],
        )
        for silent in ("", None)
    ),
    (
        "MM216",
        split({"reasoning": "One.", "name": "clock"}, {"reasoning": "Two.", "name": "harbor"}),
        "merge 2 tool calls into messages[1], removing `name`",
        [
            'set messages[1].reasoning: "One.\\n\\nTwo."',
            f"insert messages[1].tool_calls[1]: {json.dumps(call('call_2'))}",
            "remove messages[2]",
        ],
    ),
    (
        "MM216",
        split({"reasoning_content": "One."}, {"reasoning_content": "Two."}),
        "merge 2 tool calls into messages[1]",
        [
            'set messages[1].reasoning_content: "One.\\n\\nTwo."',
            f"insert messages[1].tool_calls[1]: {json.dumps(call('call_2'))}",
            "remove messages[2]",
        ],
    ),
    (
        "MM216",
        split({"content": [part("One.")]}, {"content": [part("Two.")]}),
        "merge 2 tool calls into messages[1]",
        [
            f"set messages[1].content: {json.dumps([part('One.'), part('Two.')])}",
            f"insert messages[1].tool_calls[1]: {json.dumps(call('call_2'))}",
            "remove messages[2]",
        ],
    ),
    # Ids of calls: one that other results have is not taken.
    (
        "MM208",
        request(user(), calling(), result(), result(content="Fog"), calling(call("")), result(), tools=[tool()]),
        'set the id of messages[4].tool_calls[0] and its result to "call_4_0"',
        ['set messages[4].tool_calls[0].id: "call_4_0"', 'set messages[5].tool_call_id: "call_4_0"'],
    ),
    (
        "MM208",
        request(user(), calling(), {**result(), "tool_call_id": None}, tools=[tool()]),
        'set tool_call_id to "call_1"',
        ['set messages[2].tool_call_id: "call_1"'],
    ),
    ("MM213", request(user(tool_call_id="")), "delete `tool_call_id`", ["remove messages[0].tool_call_id"]),
    # System messages in other places.
    (
        "MM504",
        request(
            system("Be kind."), user(), system("Be brief.", name="clock"), system("Be quick.", name="bell", date="May")
        ),
        'move 2 system messages into the first message, without "name", "date"',
        [
            'set messages[0].content: "Be kind.\\n\\nBe brief.\\n\\nBe quick."',
            "remove messages[2]",
            "remove messages[3]",
        ],
    ),
    *(
        (
            "MM504",
            request(before, user(), system("Be brief.")),
            "move 1 system message to the start",
            ['insert messages[0]: {"role": "system", "content": "Be brief."}', "remove messages[2]"],
        )
        for before in (5, assistant(), UI_PROMPT)
    ),
    (
        "MM503",
        request(system("Be kind."), system("Be brief.", locale="Brest"), system("Be kind."), user()),
        "merge 3 system messages into the first, removing `locale`",
        ['set messages[0].content: "Be kind.\\n\\nBe brief."', "remove messages[1]", "remove messages[2]"],
    ),
    (
        "MM503",
        request(system([part("Be kind.")]), system([part("Be brief."), part("Be kind.")]), user()),
        "merge 2 system messages into the first",
        [f"set messages[0].content: {json.dumps([part('Be kind.'), part('Be brief.')])}", "remove messages[1]"],
    ),
    # Parameters under other names.
    *(
        ("MM601", formed(**{key: value}, **more), f'rename "{key}" to "{meant}"', [f'rename {key}: "{meant}"'])
        for key, meant, value, more in (
            ("mask_sensitive_inf", "mask_sensitive_info", False, {}),
            ("topp", "top_p", 1, {}),
            ("tool_choise", "tool_choice", "none", {"tools": [tool()]}),
            ("max_tokenz", "max_tokens", 1, {}),
            ("max_tokenz", "max_tokens", 127_999, {}),
            ("max_completion_token", "max_completion_tokens", 4096, {}),
        )
    ),
    (
        "MM601",
        formed(functions=[function(strict=True)]),
        'convert "functions" to "tools", removing `strict`',
        [f'set tools: [{{"type": "function", "function": {DECLARED}}}]', "remove functions"],
    ),
    (
        "MM601",
        formed(functions=[function()], tools=[tool()]),
        'delete "functions", which repeats "tools"',
        ["remove functions"],
    ),
    (
        "MM601",
        formed(function_call="none", tools=[tool()]),
        'convert "function_call" to "tool_choice"',
        ['set tool_choice: "none"', "remove function_call"],
    ),
    ("MM601", formed(mood="calm"), 'delete "mood"', ["remove mood"]),
]


@pytest.mark.parametrize(("code", "payload", "words", "edits"), ROWS)
def test_fix_says_and_does(code: str, payload: Any, words: str, edits: list[str]) -> None:
    """A fix has these words, and these edits in this order."""
    fix = first(code, payload).fix
    assert fix is not None
    assert fix.message == words
    assert list(map(changing, fix.edits)) == edits


def test_key_of_the_kind_of_a_part_is_not_deleted() -> None:
    """A part without a type is of the kind that its key names, also where the value of that key is wrong."""
    report = EVERY.check(request(user([{"mood": 0, "image_url": {"mood": 0}}])))
    fixes = {each.pointer[-1]: each.fix for each in report.diagnostics if each.code == "MM103"}
    assert fixes["image_url"] is None
    assert fixes["mood"] is not None
