"""What a message says in one case and not in another.

Hints, values, names and plurals, and whether its fix is safe there.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from minimax_validate import Diagnostic, Settings, Severity, Validator
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
from minimax_validate.values.contracts import MAY
from minimax_validate.values.model import CONTEXT_WINDOW

USUAL = Validator(Settings(extend_select=("MM207", "MM6")))
EVERY = Validator(Settings(extend_select=("MM",)))
MAYS = Validator(Settings(contract=MAY))
TEXT = {"type": "text", "text": "Describe the harbour."}
IMAGE = {"type": "image_url", "image_url": {"url": "https://example.com/harbour.png"}}


def declared(*tools: Any, **parameters: Any) -> Any:
    """A request with these tools."""
    return request(user(), tools=list(tools), **parameters)


def answered(*calls: Any, **keys: Any) -> Any:
    """A request whose calls are all answered."""
    return request(user(), calling(*calls, **keys), *(result(one["id"]) for one in calls), tools=[tool()])


def wanting(home: Any) -> Any:
    """A request for an answer that has a home."""
    return request(
        user("JSON, please."), response_format=answer_format(schema={"type": "object", "properties": {"home": home}})
    )


def renamed(name: Any) -> Any:
    """A tool whose name is none."""
    return {"type": "function", "function": {**function(), "name": name}}


def formed(**parameters: Any) -> Any:
    """A request with these parameters."""
    return request(user("JSON, please."), **parameters)


def first(code: str, payload: object) -> Diagnostic:
    """The first finding of a rule."""
    return next(found for found in EVERY.check(payload).diagnostics if found.code == code)


MESSAGES = [
    ("MM003", [request(user()), request(user())], "this is an array; check each item on its own"),
    ("MM003", [request(user())], "this is an array$"),
    ("MM003", "Hello, there", "this is a string$"),
    ("MM003", {"prompt": "Hello"}, "`prompt` belongs to a text-completion API, so use `messages`"),
    ("MM003", {"input_text": "Hello"}, "`input_text` belongs to another vendor's"),
    ("MM003", {"contents": []}, "`contents` is Gemini's"),
    ("MM003", {"contents": []}, ", so use `messages` with `role` and `content`$"),
    ("MM003", {"conversations": []}, "ShareGPT's name for messages, so use `messages` with `role` and `content`$"),
    ("MM003", {"requests": []}, "`requests` is a batch that contains requests$"),
    ("MM003", {"choices": []}, "`choices` belongs to a response$"),
    ("MM003", {"params": {}}, "in an Anthropic batch the request is in `params`$"),
    ("MM003", {"modelInput": {}}, "in a Bedrock batch the request is in `modelInput`$"),
    ("MM003", {"inputs": request(user())}, "; `inputs` must be named `input` in a body$"),
    ("MM003", {"inputs": {"prompt": "Hello"}}, "nor `input` with `messages`$"),
    ("MM003", {"inputs": "Hello"}, "nor `input` with `messages`$"),
    ("MM003", {"custom_id": "a", "url": "/v1/embeddings", "body": {}}, 'the line is for "/v1/embeddings"$'),
    ("MM003", {"provider": "x", "endpoint": "v1/embeddings", "query": {}}, 'the step is for "v1/embeddings"$'),
    ("MM003", {"custom_id": "a", "url": "/" + "e" * 99, "body": {}}, '"/e{78}…"$'),
    ("MM003", {"mesages": []}, 'did you mean "messages"'),
    ("MM003", {"colour": 1, "mesages": []}, 'did you mean "messages"'),
    ("MM003", {"colour": 1}, "nor `input` with `messages`$"),
    ("MM008", formed(gateway={}), "the third argument of env.AI.run"),
    ("MM008", formed(skipCache=True), "the third argument of env.AI.run"),
    ("MM008", formed(cacheTtl=60), "the third argument of env.AI.run"),
    ("MM008", formed(**{"CF-AIG-cache-ttl": 60}), "in an HTTP header$"),
    ("MM101", request({"content": "Hello"}), r"messages\[0\] has no `role`, which is required$"),
    ("MM101", request({"rol": "user", "content": "Hello"}), r"is its value under `rol`\?$"),
    ("MM102", formed(top_p="high"), r'top_p must be a number; this is a string \("high"\)$'),
    ("MM102", formed(stream=1), r"stream must be a boolean; this is a number \(1\)$"),
    ("MM102", formed(stream=1.5), r"this is a number \(1.5\)$"),
    ("MM102", formed(stream=[]), r"this is an array$"),
    ("MM102", {"messages": {}}, "must be an array; this is an object$"),
    ("MM102", request("Hello"), r"messages\[0\] must be an object"),
    ("MM103", declared(tool(parametres={})), 'does not accept the key "parametres"; did you mean "parameters"'),
    ("MM103", declared(tool(colour="red")), 'does not accept the key "colour"; accepted are .* and '),
    ("MM104", declared(tool(), tool_choice="autp"), 'did you mean "auto"'),
    ("MM104", declared(tool(), tool_choice="ever"), 'must be "none" or "auto", not "ever"$'),
    ("MM105", formed(temperature=-1), "must be at least 0; this is -1"),
    ("MM105", formed(temperature=3), "must be at most 1; this is 3"),
    ("MM105", formed(max_tokens=0), "must be above 0; this is 0"),
    ("MM106", request(user(5)), r"must be a string or an array of parts; this is a number \(5\)$"),
    ("MM106", request(user(5.5)), r"this is a number \(5.5\)$"),
    ("MM106", request(user(True)), r"this is a boolean"),
    ("MM106", request(user({"text": "Hello"})), r"this is an object$"),
    ("MM106", request(user(TEXT)), "this is an object$"),
    ("MM106", request(user(["Hello"])), r'must be a part, .*; this is a string \("Hello"\)$'),
    ("MM106", request(user([[]])), "this is an array$"),
    ("MM110", request(user(), calling(content=None), result(), tools=[tool()]), "even with tool calls$"),
    ("MM110", request(user(None)), "array of parts$"),
    ("MM110", request(user(), assistant(None)), "array of parts$"),
    ("MM110", request(user(None, tool_calls=[call()])), "array of parts$"),
    ("MM111", request(user(), without(calling(), "content"), result(), tools=[tool()]), "even with tool calls$"),
    ("MM111", request({"role": "user"}), "array of parts$"),
    ("MM111", request(user(), {"role": "assistant"}), "array of parts$"),
    ("MM111", request({"role": "user", "tool_calls": [call()]}), "array of parts$"),
    ("MM112", request({"role": "developer", "content": "Hello"}), '; use "system"$'),
    ("MM112", request({"role": "ai", "content": "Hello"}), '; use "assistant"$'),
    ("MM127", request({"role": "function", "content": "Hello"}), "its tool result matches no earlier tool call; use"),
    ("MM112", request({"role": "model", "content": "Hello"}), '; use "assistant"$'),
    ("MM112", request({"role": "bot", "content": "Hello"}), '; use "assistant"$'),
    ("MM112", request({"role": "human", "content": "Hello"}), '; use "user"$'),
    ("MM112", request({"role": "asistant", "content": "Hello"}), 'did you mean "assistant"'),
    ("MM112", request({"role": "narrator", "content": "Hello"}), 'only "system", "user", "assistant" or "tool"$'),
    ("MM113", declared(tool(), tool_choice={"type": "none"}), 'must be the string "none"'),
    ("MM113", declared(tool(), tool_choice={"type": "auto"}), 'must be the string "auto"'),
    ("MM113", declared(tool(), tool_choice={"type": "tool", "name": "tide"}), "not an object that names a tool; "),
    ("MM113", declared(tool(), tool_choice={"type": "function", "function": {}}), "not an object that names a tool; "),
    ("MM113", declared(tool(), tool_choice={"type": "any"}), "not an object; "),
    ("MM113", declared(tool(), tool_choice="required"), 'not "required"; '),
    ("MM113", declared(tool(), tool_choice="any"), 'not "any"; '),
    ("MM114", formed(response_format={"type": "text"}), "omit it to get plain text$"),
    ("MM114", formed(response_format={"type": "json_object"}), "ask for JSON in the prompt$"),
    ("MM116", answered(call(index=0)), "responses contain it"),
    ("MM116", declared(tool(strict=True)), "OpenAI's strict mode"),
    ("MM116", request(user([{**TEXT, "cache_control": {}}])), "Anthropic's prompt caching"),
    (
        "MM116",
        request(user([{"type": "image_url", "image_url": {"url": "https://x.org/", "detail": "low"}}])),
        "OpenAI's image detail",
    ),
    ("MM116", formed(stream=True, stream_options={"include_obfuscation": True}), "OpenAI's stream obfuscation"),
    ("MM119", declared({"type": "function", **function()}), "`name` and `parameters` belong"),
    ("MM119", declared({"name": "get_weather", "input_schema": {}}), "`name` and `input_schema` belong"),
    ("MM119", declared({"type": "function", "name": "tide"}), "; `name` belongs inside `function`$"),
    ("MM203", request(user(), calling(), result(), result(), tools=[tool()]), "with the same content$"),
    ("MM203", request(user(), calling(), result(), result(content="Fog"), tools=[tool()]), "with different content$"),
    ("MM201", request(user(), result("call_9"), user()), 'tool_call_id "call_9" matches no earlier tool call$'),
    ("MM205", request(user(), calling(), tools=[tool()]), "; the history ends without it$"),
    ("MM205", request(user(), calling(), user(), tools=[tool()]), "; a user message follows instead$"),
    ("MM208", request(user(), calling(), without(result(), "tool_call_id"), tools=[tool()]), "has no `tool_call_id`"),
    ("MM208", request(user(), calling(), result(""), tools=[tool()]), 'tool_call_id is ""; it must be'),
    ("MM210", answered(call(arguments=" ")), "are an empty string"),
    ("MM210", answered(call(arguments='{"city": "Os')), "cut off after 12 characters"),
    ("MM210", answered(call(arguments="{city}")), "are not valid JSON: "),
    ("MM210", answered(call(arguments='"{}"')), "encoded twice"),
    ("MM210", answered(call(arguments="[1]")), "JSON for an array; they"),
    ("MM210", answered(call(arguments='"Oslo"')), "JSON for a string; they"),
    ("MM211", answered(call(arguments="{}")), "^the arguments do not match"),
    (
        "MM211",
        answered(call(arguments='{"city": 5}')),
        '^the arguments do not match the parameters of "get_weather" at "/city": ',
    ),
    (
        "MM211",
        request(
            user(),
            calling(call(name="tide", arguments='{"' + "a" * 99 + '": 5}')),
            result(),
            tools=[tool("tide", parameters={"type": "object", "additionalProperties": {"type": "string"}})],
        ),
        'at "/a{78}…": 5 is not a string$',
    ),
    ("MM211", answered(call(arguments="{}")), ' of "get_weather": the required key "city" is missing$'),
    ("MM212", answered(call(name="get_wether")), 'is not declared in tools; did you mean "get_weather"'),
    ("MM212", answered(call(name="book_flight")), "is not declared in tools$"),
    ("MM214", answered(call(name="")), "^the function of this tool call must have a name; it is empty$"),
    ("MM214", answered(call(name=" ")), '^the function of this tool call must have a name; it is " "$'),
    ("MM214", declared(tool("")), "^the function of this tool must have a name; it is empty$"),
    (
        "MM302",
        declared(tool(parameters='{"type": "object"}')),
        "must be the schema of an object, not a JSON-encoded string$",
    ),
    ("MM302", declared(tool(parameters="object")), 'must be the schema of an object, not "object"$'),
    ("MM302", declared(tool(parameters={"type": "string"})), 'not "string", because'),
    ("MM302", declared(tool(parameters={"type": ["string", "null"]})), r'not \["string", "null"\], because'),
    (
        "MM302",
        declared(tool(parameters={"type": ["string", "null", "array"]})),
        r'not \["string", "null", "array"\], because',
    ),
    (
        "MM302",
        declared(tool(parameters={"type": ["string", "null", "array", "number"]})),
        r'not \["string", "null", "array", …\], because',
    ),
    ("MM302", declared(tool(parameters={"city": {"type": "string"}})), "are properties without a schema"),
    ("MM302", declared(tool(parameters={"city": {"type": "string"}, "title": "Place"})), "have no `type`"),
    ("MM302", declared(tool(parameters={"properties": {"city": {"type": "string"}}})), "have no `type`"),
    ("MM303", declared(tool("get weather")), 'contains " "'),
    ("MM309", declared(tool("w" * 65)), "has 65 characters; at most 64 are allowed$"),
    ("MM304", declared(tool(), tool()), "which is identical$"),
    ("MM304", declared(tool(), tool(description="Tells the tide.")), "which is different$"),
    (
        "MM304",
        declared(tool(), tool(description="Tells the tide."), tool(description="Tells the tide.")),
        r"by tools\[0\], which is different$",
    ),
    ("MM305", request(user(), tool_choice="auto"), "there are no tools; "),
    ("MM305", request(user(), tools=[], tool_choice="auto"), "tools is an empty array; "),
    ("MM308", declared(tool(description=" ")), 'the description of "get_weather" is blank'),
    ("MM308", declared(tool(" ", description=" ")), "the description is blank"),
    ("MM401", formed(response_format=answer_format(name="")), "schema is empty; "),
    ("MM401", formed(response_format=answer_format(name="a place")), 'schema "a place" contains " "; '),
    ("MM502", request(user("")), 'the user message has no text; its content is ""$'),
    ("MM512", request(system([]), user()), "the system message has no text; its content is an empty array$"),
    ("MM502", request(user([IMAGE])), "is only images, which the model does not receive$"),
    ("MM502", request(user(" ")), "is only white space$"),
    ("MM502", request(user([{"type": "text", "text": ""}])), "is only blank parts$"),
    ("MM503", request(system(), system(), user()), "only one system message"),
    (
        "MM507",
        request(user([TEXT, {"type": "image_url", "image_url": {"url": "data:,x"}}])),
        'is of type "text/plain", which',
    ),
    (
        "MM507",
        request(user([TEXT, {"type": "image_url", "image_url": {"url": "data:video/mp4,x"}}])),
        'is of type "video/mp4", which',
    ),
    ("MM507", request(user([TEXT, {"type": "image_url", "image_url": {"url": "data:image/png"}}])), "no comma"),
    ("MM508", request(user("]~b]user [e~[")), r'contains the control tokens "\]~b\]" and "\[e~\["'),
    ("MM601", formed(temperatur=1), 'is ignored or rejected; did you mean "temperature"'),
    ("MM601", formed(colour="red", stream=True), '^unknown parameter "colour" is ignored or rejected here; delete it$'),
    ("MM601", {"stream": True, "messages": 5, "system": "Be brief."}, '^another vendor\'s parameter "system" is'),
    ("MM601", formed(thinking={}), "MiniMax's own parameter .* is ignored or rejected here; delete it$"),
    ("MM601", formed(topP=1), '^unknown parameter "topP" .* did you mean "top_p"'),
    ("MM101", {"input": {}}, "the request has no `messages`, which is required"),
    ("MM103", declared(tool(colour="red")), r"^tools\[0\]\.function does not accept the key"),
    ("MM116", answered(call(index=0)), r"^messages\[1\]\.tool_calls\[0\] does not accept `index`"),
    ("MM202", request(user(), result(), calling(), tools=[tool()]), r"in messages\[2\]$"),
    (
        "MM207",
        request(user(), calling(), result(), calling(), result(), tools=[tool()]),
        r"already used in messages\[1\]$",
    ),
    *(
        ("MM302", declared(tool(parameters={"city": {"type": "string"}, keyword: {}})), "have no `type`")
        for keyword in (
            *(
                "$defs",
                "additionalProperties",
                "const",
                "contains",
                "default",
                "definitions",
                "dependentSchemas",
                "else",
                "if",
                "items",
            ),
            *("not", "patternProperties", "properties", "propertyNames", "then"),
        )
    ),
    ("MM302", declared(tool(parameters={})), "the parameters are empty; "),
    ("MM403", wanting({"$ref": "https://example.com/place"}), "will not be fetched$"),
    (
        "MM403",
        wanting({"$ref": "#/$defs/Place"}),
        "does not resolve: a response schema cannot have definitions at its root",
    ),
    ("MM510", request(calling(), result()), "but no reasoning"),
    ("MM603", formed(max_tokens=1.5e3, max_completion_tokens=2e3), "is 1500.0 but max_completion_tokens is 2000.0"),
    ("MM605", formed(temperature=0.0), "above 0"),
    ("MM606", formed(max_tokens=1), "max_tokens is 1, which reasoning may use up"),
    ("MM606", formed(max_completion_tokens=10.0), "is 10.0, which reasoning may use up"),
    ("MM703", formed(max_completion_tokens=2e6), "^max_completion_tokens is 2,000,000.0; it must be at most"),
    ("MM703", formed(max_tokens=10**6), "^max_tokens is 1,000,000; it must be at most"),
]


@pytest.mark.parametrize(("code", "payload", "said"), MESSAGES)
def test_message_fits_the_case(code: str, payload: object, said: str) -> None:
    """A message has the words of its own case."""
    assert re.search(said, first(code, payload).message)


DEVELOPER = system(role="developer")
FIXES = [
    ("MM003", {"prompt": "Hello"}, None),
    ("MM101", request({"tool_calls": []}, user()), None),
    ("MM101", request(user([{**IMAGE, "type": "text"}])), None),
    ("MM101", request({"tool_calls": "call_1"}, user()), None),
    ("MM101", request(user(), calling(without(call(), "function")), result(), tools=[tool()]), None),
    ("MM101", declared({"type": "function", "function": without(function(), "name")}), None),
    ("MM101", formed(response_format=without(answer_format(), "type")), None),
    ("MM105", formed(max_tokens=0), None),
    ("MM105", formed(top_p=2), False),
    ("MM106", request(user({"type": "text", "text": "Hello"})), True),
    ("MM106", request(user({"type": 0})), None),
    ("MM106", request(user({"kind": "text"})), None),
    ("MM106", request(user([TEXT, {"kind": "text"}])), None),
    ("MM106", request(user([TEXT, ["Hello"]])), None),
    ("MM106", request(user([TEXT, 5])), None),
    ("MM110", request(user(), calling(content=None), result(), tools=[tool()]), True),
    ("MM110", request(user(None)), False),
    ("MM110", request(user(), assistant(None)), False),
    ("MM110", request(user(None, tool_calls=[call()])), False),
    ("MM111", request(user(), without(calling(), "content"), result(), tools=[tool()]), True),
    ("MM111", request({"role": "user"}), False),
    ("MM111", request(user(), {"role": "assistant"}), False),
    ("MM111", request({"role": "user", "tool_calls": [call()]}), False),
    ("MM112", request(DEVELOPER, user()), True),
    ("MM112", request({**DEVELOPER, "role": "Developer"}, user()), False),
    ("MM112", request({**user(), "role": "human"}), False),
    ("MM112", request({**user(), "role": "human"}, system()), False),
    ("MM112", request({**user(), "role": "narrator"}), None),
    ("MM112", request(user(), {**calling(), "role": "human"}, result(), tools=[tool()]), None),
    ("MM112", request(user(), calling(), {**result(), "role": "model"}, tools=[tool()]), None),
    ("MM112", request(user(), DEVELOPER), False),
    ("MM112", request(DEVELOPER, user(), system()), False),
    ("MM112", request(DEVELOPER, user(), DEVELOPER), False),
    ("MM112", request({**DEVELOPER, "tool_call_id": "call_1"}, user()), None),
    ("MM112", request({**DEVELOPER, "tool_calls": [call()]}, user()), None),
    ("MM112", request(system(role="model"), user()), False),
    ("MM112", request(system(role="model", tool_call_id="call_1"), user()), None),
    ("MM112", request(system(role="narrator"), user()), None),
    ("MM113", declared(tool(), tool_choice={"type": "none"}), True),
    ("MM113", declared(tool(), tool_choice="required"), False),
    ("MM114", formed(response_format={"type": "text"}), True),
    ("MM114", formed(response_format={"type": "json_object"}), False),
    ("MM114", formed(response_format={"type": "json_object", "json_schema": {"name": "n", "schema": 5}}), None),
    ("MM114", formed(response_format={"type": "json_object", "json_schema": {"name": 5, "schema": {}}}), None),
    ("MM115", request(user([{**TEXT, "type": "input_text"}])), True),
    ("MM115", request(user([{**TEXT, "type": "output_text", "annotations": [], "logprobs": []}])), True),
    ("MM115", request(user([{**TEXT, "type": "input_text", "colour": "red"}])), None),
    ("MM115", request(user([{**TEXT, "type": "input_text", "text": 5}])), None),
    ("MM115", request(user([{**TEXT, "type": "refusal"}])), None),
    *(
        (
            "MM121",
            formed(response_format=answer_format(schema={"type": "object", "properties": {}, keyword: "x"})),
            keyword != "format",
        )
        for keyword in ("$schema", "$id", "$comment", "title", "description", "format")
    ),
    ("MM119", declared({"functionDeclarations": [5]}), None),
    ("MM126", request(user(), calling({"name": "get_weather", "arguments": 5}), result("call_9")), None),
    *(
        ("MM128", request(user(), system=prompt), None)
        for prompt in ({}, 5, False, {"text": "Be brief."}, ["Be brief."], [TEXT, IMAGE])
    ),
    ("MM128", request(system(None), user(), system="Be brief."), None),
    ("MM128", request(system("Be brief."), user(), system="Be brief."), False),
    ("MM201", request(user(), result("call_9")), False),
    ("MM201", request(result("call_9")), None),
    ("MM203", request(user(), calling(), result(), result(), tools=[tool()]), True),
    ("MM203", request(user(), calling(), result(), result(content="Fog"), tools=[tool()]), None),
    ("MM302", declared(tool(parameters=None)), True),
    ("MM302", declared(tool(parameters={})), True),
    ("MM302", declared(tool(parameters=[])), None),
    ("MM302", declared(tool(parameters={"city": {}})), None),
    ("MM304", declared(tool(), tool()), True),
    ("MM304", declared(tool(), tool(description="Tells the tide.")), None),
    ("MM304", declared(tool(), dict(reversed(tool().items()))), True),
    ("MM503", request(system(), system(), user()), True),
    ("MM503", request(system(), system([TEXT]), user()), True),
    ("MM503", request(system(), system(5), user()), None),
    ("MM503", request(system(None), system(), user()), None),
    ("MM504", request(system(None), user(), system()), None),
    ("MM504", request(user(), system(), user()), False),
    ("MM504", request(user(), system(5), user()), None),
    ("MM601", formed(temperatur=1), True),
    ("MM601", formed(temperatur=1, temperature=1), False),
    ("MM601", formed(maximum_tokens=1, stream=True), False),
    ("MM601", formed(maxOutputTokens=2048), True),
    ("MM601", formed(maxOutputTokens="2048"), None),
    ("MM601", formed(maxOutputTokens=2048, max_completion_tokens=2048), True),
    ("MM601", formed(maxOutputTokens=2048, max_completion_tokens=4096), None),
    ("MM601", formed(functions=[tool()["function"]]), False),
    ("MM601", formed(functions=[5]), None),
    ("MM601", formed(topP=0.5, top_p=None), None),
    ("MM601", formed(max_completion_token=4096, max_tokens=4096), None),
    ("MM601", formed(stream=True, streamOptions={"include_usage": True}), None),
    ("MM601", formed(temprature="0.5", stream=True), None),
    ("MM601", formed(tool_choise="any", tools=[tool()]), None),
    ("MM601", formed(streem="yes", tools=[tool()]), None),
    ("MM601", formed(max_tokenz=CONTEXT_WINDOW, stream=True), None),
    ("MM601", formed(function_call={"name": "get_weather"}, tools=[tool()]), None),
    ("MM601", {"input": {"prompt": "Hello", "max_tokens": 4096}}, None),
    ("MM601", formed(function_call="auto"), None),
    ("MM601", formed(output_config={"effort": "low"}), False),
    ("MM601", formed(generationConfig={}), False),
    ("MM601", formed(seed=1), False),
    ("MM703", formed(max_tokens=10**6), False),
    ("MM703", request(user("." * 126_918), max_tokens=CONTEXT_WINDOW + 1), False),
    ("MM703", request(user("." * 126_919), max_tokens=CONTEXT_WINDOW + 1), None),
]


@pytest.mark.parametrize(("code", "payload", "safe"), FIXES)
def test_fix_fits_the_case(code: str, payload: object, safe: bool | None) -> None:
    """A fix is offered where there is one way out, and is safe where the model would notice nothing."""
    fix = first(code, payload).fix
    assert safe is (fix.safe if fix else None)


def test_late_system_message_names_what_goes() -> None:
    """The fix of a late system message names the keys that do not move with its text."""
    fixes = (
        first("MM504", request(*start, user(), system("Be brief.", name="clock"), user())).fix
        for start in ((), (system(),))
    )
    assert all(fix is not None and fix.message.endswith(', without "name"') for fix in fixes)


def shown(url: str) -> Any:
    """A request with an image."""
    return request(user([TEXT, {"type": "image_url", "image_url": {"url": url}}]))


def called(*functions: Any) -> Any:
    """A request with calls of these functions, all answered."""
    calls = [{"id": f"call_{number}", "type": "function", "function": one} for number, one in enumerate(functions)]
    return request(user(), calling(*calls), *(result(one["id"]) for one in calls), tools=[tool()])


MISFIT = {"name": "get_weather", "arguments": '{"city": 5}'}
NAMELESS = {"name": "", "arguments": "{}"}
ODD_CALL = call(arguments='{"city": true}')
EARLY = request(user(), result(), calling(), tools=[tool()])
SEPARATED = request(system(), user(), calling(), user("Hello?"), result(), tools=[tool()])
SWAPPED = request(user(), calling(call("call_1"), call("call_2")), result("call_2"), result("call_1"), tools=[tool()])
WAYS_OUT = [
    ("MM202", EARLY, r"^move messages\[1\] down to directly after messages\[2\]$"),
    ("MM204", SEPARATED, r"^move messages\[4\] up to directly after messages\[2\]$"),
    ("MM208", answered(call("")), r"to \"call_1_0\"$"),
    ("MM215", SWAPPED, "^sort 2 results by their tool calls"),
    ("MM503", request(system(), system(), user()), "^merge 2 system messages into the first$"),
]


@pytest.mark.parametrize(("code", "payload", "said"), WAYS_OUT)
def test_way_out_names_its_places(code: str, payload: object, said: str) -> None:
    """A fix names the places that it changes."""
    fix = first(code, payload).fix
    assert fix is not None
    assert re.search(said, fix.message)


FLAT = {"name": "tide", "description": "", "parameters": {"type": "object", "properties": {}}}
EDITS: list[tuple[str, object, object]] = [
    ("MM119", declared({"type": "function", "name": "tide"}), FLAT),
    ("MM119", declared({"name": "tide", "description": None, "parameters": None}), FLAT),
    ("MM123", request(user(), calling(), result(content={"city": "Tromsø"})), '{"city": "Tromsø"}'),
    ("MM123", request(user(), calling(), result(content=5.5)), "5.5"),
    ("MM124", answered(call(arguments={"city": "Tromsø"})), '{"city": "Tromsø"}'),
    ("MM208", request(user(), calling(call("")), result("call_9"), tools=[tool()]), "call_9"),
    ("MM208", request(user(), result("call_9"), calling(call("")), result("call_9"), tools=[tool()]), "call_2_0"),
    ("MM208", request(user(), calling(call("")), result("call_9"), result("call_9"), tools=[tool()]), "call_1_0"),
    (
        "MM208",
        request(user(), calling(call(""), call("call_1_0")), result(""), result("call_1_0"), tools=[tool()]),
        "call_1_0_",
    ),
    ("MM503", request(system("Be kind."), system(" "), system("Be brief."), user()), "Be kind.\n\nBe brief."),
]


@pytest.mark.parametrize(("code", "payload", "value"), EDITS)
def test_fix_puts_the_value(code: str, payload: object, value: object) -> None:
    """A fix puts the value that was meant, and spells it as its author would."""
    fix = first(code, payload).fix
    assert fix is not None
    assert value in [edit.value for edit in fix.edits]


def test_closed_call_is_named() -> None:
    """A result that comes after other calls were made refers to the call that it was meant for."""
    late = request(user(), calling(), user(), calling(call("call_2")), result("call_2"), result(), tools=[tool()])
    found = first("MM201", late)
    assert "another message made tool calls" in found.message
    assert [related.pointer for related in found.related] == [("messages", 1, "tool_calls", 0, "id")]


def test_third_tool_is_a_copy_of_the_second() -> None:
    """A tool that repeats another one of its name is a copy, whichever of them came first."""
    other = tool(description="Tells the tide.")
    found = [found for found in EVERY.check(declared(tool(), other, other)).diagnostics if found.code == "MM304"]
    assert [one.fix is not None for one in found] == [False, True]


def test_guesses_are_few() -> None:
    """A model that invents many functions gets no more guesses than are worth their time."""
    payload = called(*({"name": f"get_weathe{chr(97 + number)}", "arguments": "{}"} for number in range(17)))
    found = [found.message for found in EVERY.check(payload).diagnostics if found.code == "MM212"]
    assert ["did you mean" in message for message in found] == [*[True] * 16, False]


LOST = tool(parameters={"type": "object", "properties": {"city": {"type": "integer", "default": float("nan")}}})
INTEGER = tool(parameters={"type": "object", "properties": {"city": {"type": "integer"}}})
NEIGHBOURS: list[tuple[object, set[str]]] = [
    (request(user([None])), {"MM106"}),
    (request({"role": ["user"], "content": "]~b]", "tool_call_id": "call_1"}), {"MM102", "MM201"}),
    (request(user(), calling({**call(), "id": ["call_1"]}), user(), tools=[tool()]), {"MM102"}),
    (request(user(), calling(call(""), {**call(), "id": ["call_1"]}), result(""), tools=[tool()]), {"MM102", "MM208"}),
    (request(user(), calling(call("")), {**result(), "tool_call_id": ["call_1"]}, tools=[tool()]), {"MM208"}),
    (formed(temperature=0.5), set()),
    (formed(temperature=0.5, top_p=None), {"MM120"}),
    (formed(temperature=False), {"MM102"}),
    (formed(max_tokens=True), {"MM102"}),
    (formed(stream=True, gateway={}), {"MM008"}),
    (formed(stream=True, skipCache=True), {"MM008"}),
    (formed(stream=True, cacheTtl=60), {"MM008"}),
    (formed(stream=True, cacheKey="a"), {"MM008"}),
    (formed(stream=True, collectLog=False), {"MM008"}),
    (formed(stream=True, **{"CF-AIG-cache-ttl": 60}), {"MM008"}),
    (formed(stream=True, options={"gateway": {"id": "a"}}), set()),
    (formed(stream=True, system=None), set()),
    ({"stream": True, "messages": 5, "system": "Be brief."}, {"MM102", "MM601"}),
    ({"input": {"stream": True, "mood": "calm"}}, {"MM101", "MM601"}),
    (formed(mood="calm"), set()),
    (formed(mood="calm", model="minimax/m2.7"), {"MM601"}),
    (formed(mood="calm", thinking={}), {"MM601"}),
    (formed(mood="calm", stop="."), {"MM601"}),
    (formed(mood="calm", maxTokens=4096), {"MM601"}),
    (formed(tempature=1), set()),
    (formed(message="Hello"), set()),
    (formed(tolls=5), set()),
    (formed(tolls=[tool()]), {"MM601"}),
    (request(user(), assistant(), stream=True, mood="calm"), {"MM601"}),
    (request(user(), assistant(), tools=[tool()], mood="calm"), set()),
    (formed(max_tokens=-0.5), {"MM105"}),
    (formed(max_tokens=0.0), {"MM105"}),
    (formed(max_tokens=0.5), {"MM602", "MM606"}),
    (formed(max_tokens=0, max_completion_tokens=4096), {"MM105"}),
    (formed(max_tokens=-1, max_completion_tokens=4096), {"MM105"}),
    (formed(max_tokens=1, max_completion_tokens=4096), {"MM603", "MM606"}),
    (formed(max_tokens=True, max_completion_tokens=4096), {"MM102"}),
    (request(user(5), response_format=answer_format()), {"MM106"}),
    (request(user(["Hello", {"type": "text", "text": "]~b]"}])), {"MM106", "MM508"}),
    (request(user(), assistant(["Hello", {"type": "text", "text": "<minimax:tool_call>"}])), {"MM106", "MM511"}),
    (request(user(current_date="]~b]")), set()),
    (request(system(), system("Be kind.", current_date="]~b]"), user()), {"MM503"}),
    (request(system(current_location="]~b]"), user()), {"MM508"}),
    (request(user(), 5, system()), {"MM102", "MM504"}),
    (request(5, user(), system()), {"MM102", "MM504"}),
    (request(system(), 5), {"MM102"}),
    (request({"role": "system", "parts": [TEXT]}, system(), user()), {"MM127", "MM503"}),
    (request(user(), {"role": "system", "parts": [TEXT]}), {"MM127"}),
    ({**declared({"type": "function", **function()}), "messages": [{"role": "user"}]}, {"MM111", "MM119"}),
    (request({"role": "user", "parts": [TEXT]}, tools=[{"type": "function"}, tool()]), {"MM101", "MM127"}),
    (request(system(), "Hello"), {"MM102"}),
    (request(user(), calling(call(arguments="[1]")), result(), tools=[]), {"MM210", "MM310"}),
    (
        formed(
            response_format={
                "type": "json_schema",
                "json_schema": {"name": "n", "type": "object", "schema": {"type": "object", "properties": {}}},
            }
        ),
        {"MM103"},
    ),
    (declared({"type": "function", **function()}, {**tool(), "colour": "red"}), {"MM103", "MM119"}),
    (request({"role": "user", "parts": [TEXT]}, user(5)), {"MM106", "MM127"}),
    (
        request(
            user(),
            calling({"name": "get_weather", "arguments": {}}, {**call(), "id": 5}),
            result("call_1_0"),
            tools=[tool(parameters={})],
        ),
        {"MM102", "MM126", "MM302"},
    ),
    (request(user(), calling(call(type="file")), result(), tools=[tool()]), {"MM104"}),
    (request(user([TEXT, {"type": "json_object"}])), {"MM104"}),
    (declared({"type": "text", "function": function()}), {"MM104"}),
    (formed(response_format=answer_format(description=None)), {"MM120"}),
    (request({"role": "user", "name": "Ada"}), {"MM111"}),
    (request({"name": "Ada"}), {"MM101"}),
    (request(user(), calling(), result(), tools=5), {"MM102"}),
    (request(user(), calling(), result(), tools={"tide": tool()}), {"MM102"}),
    (formed(response_format={"type": "json_schema", "json_schema": {"name": "n", "type": "text"}}), {"MM101", "MM103"}),
    (formed(response_format={"type": "json_schema", "json_schema": [{"type": "object"}]}), {"MM102"}),
    (formed(response_format={"type": "json_schema", "schema": 5}), {"MM101", "MM103"}),
    (declared({"type": "function", "function": without(function(), "description") | {"desc": "x"}}), {"MM103"}),
    (declared({"type": "function", "function": without(function(), "parameters") | {"schema": {}}}), {"MM103"}),
    (formed(response_format=answer_format(schema={"type": "object", "properties": 5})), {"MM402"}),
    (formed(response_format=answer_format(schema={"type": "object"})), {"MM101"}),
    (declared(renamed(5), renamed(5)), {"MM102"}),
    (declared(tool(""), tool("")), {"MM214"}),
    (declared(tool(" ")), {"MM214"}),
    (declared(tool("tide"), tool(), tool()), {"MM304"}),
    (declared({"type": "function", "function": without(function(), "parameters")}), {"MM117"}),
    (declared(tool("tide"), tool(parameters=None)), {"MM302"}),
    (declared(tool(parameters={"type": "dict"})), {"MM301"}),
    (declared(tool("tide", parameters={"type": "dict"}), tool(parameters=None)), {"MM301", "MM302"}),
    (formed(tool_choice="auto", tools=float("nan")), {"MM005"}),
    (answered(call(arguments=[1])), {"MM102"}),
    (answered(call(arguments="[1]")), {"MM210"}),
    (request(user(name={})), {"MM102"}),
    (declared({"type": "custom", **function()}), {"MM119"}),
    (declared({"type": 5, **function()}), {"MM119"}),
    (declared("name and parameters"), {"MM102"}),
    (declared({**tool(), "name": "tide", "parameters": {}}), {"MM103"}),
    (declared({"name": "tide", "parameters": {}}), {"MM119"}),
    (declared(renamed(None)), {"MM102"}),
    (request(user(), calling(), result(content=None), tools=[tool()]), {"MM110"}),
    (called({"name": "book_flight", "arguments": "{}"}, MISFIT), {"MM211", "MM212"}),
    (called({"name": "get_weather", "arguments": 5}, MISFIT), {"MM102", "MM211"}),
    (called(5, MISFIT), {"MM102", "MM211"}),
    (called({"name": 5, "arguments": "{}"}, MISFIT), {"MM102", "MM211"}),
    (called(NAMELESS, MISFIT), {"MM211", "MM214"}),
    (called({"arguments": "[1]"}), {"MM101", "MM210"}),
    (request(user(), calling(ODD_CALL), result(), tools=[tool(), INTEGER]), {"MM304"}),
    (request(user(), calling(ODD_CALL), result(), tools=[tool(parameters="x")]), {"MM302"}),
    (request(user(), calling(ODD_CALL), result(), tools=[LOST]), {"MM005"}),
    (request(user(), calling(call(name="tide")), result(), tools=[tool(), "tide"]), {"MM102"}),
    (request(user(), calling(call(name="tide")), result(), tools=[{"type": "function", "function": 5}]), {"MM102"}),
    (request(user(), calling(call(name="tide")), result(), tools=[{"type": "function", "name": "tide"}]), {"MM119"}),
    (request(user(tool_calls=[])), {"MM213"}),
    (request({"role": "narrator", "content": "Hello", "tool_calls": [call()]}), {"MM112", "MM205"}),
    (request({"role": "narrator", "content": "Hello"}, user(tool_call_id="call_1")), {"MM112", "MM213"}),
    (request({"role": 5, "content": "Hello", "tool_calls": [call()]}), {"MM102", "MM205"}),
    (request(user(tool_calls=5)), {"MM102"}),
    (request(user(tool_calls="call_1", tool_call_id="call_1")), {"MM102", "MM213"}),
    (request(user(), calling(call(), call()), result(), tools=[tool()]), {"MM206"}),
    (
        request(
            user(), calling(call("")), result(""), calling(call()), result(), calling(call()), result(), tools=[tool()]
        ),
        {"MM208", "MM207"},
    ),
    (request(user(), calling(call("")), result(""), calling(call("")), result(""), tools=[tool()]), {"MM208"}),
    (formed(stream_options=5), {"MM102"}),
    (formed(tool_choice="needed", tools=[tool()]), {"MM104"}),
    (formed(tool_choice=["auto"], tools=[tool()]), {"MM102"}),
    ({"model": "gpt", "input": request(user())}, {"MM009"}),
    ({"skipCache": True, "input": request(user())}, {"MM008"}),
    (request(system("]~b]"), user()), {"MM508"}),
    (request(user([5])), {"MM106"}),
    (
        request(user([TEXT, {"type": "image_url", "text": "", "image_url": {"url": "https://x.org/"}}])),
        {"MM103", "MM506"},
    ),
    (request(user([{"type": "image_url", "image_url": 5}])), {"MM102"}),
    (request(user([{**TEXT, "image_url": {"url": "square.png"}}])), {"MM103"}),
    (request(system(), user(), system()), {"MM504"}),
    (request(system(), 5, system()), {"MM102"}),
    (request(5), {"MM102"}),
    (shown("HTTP://x.org/"), {"MM506"}),
    (shown("https://x.org/"), {"MM506"}),
    (shown("https:/x.org/"), {"MM506", "MM507"}),
    (shown("data:image/svg+xml,%3Csvg/%3E"), {"MM506"}),
    (shown("DATA:IMAGE/PNG;BASE64,iVBORw0KGgo="), {"MM506"}),
    (shown("data:image/png;base64,iVBORw0KGg=="), {"MM506"}),
    (shown("data:image/png;base64,iVBORw=KGgo="), {"MM506", "MM507"}),
    (shown("data:image/png;base64,iVBORw0KGgoAA"), {"MM506", "MM507"}),
    (shown("data:image/png;name=a;base64,iVBORw0KGgo="), {"MM506"}),
    (request(user(), calling(), result(content=[5]), tools=[tool()]), {"MM106"}),
    (request(user({"type": 5})), {"MM106"}),
    (declared(tool(description=5)), {"MM102"}),
    (declared(tool(description=None)), {"MM118"}),
    (declared(tool(parameters=None)), {"MM302"}),
    (declared({"type": "function"}), {"MM101"}),
    (declared({"type": "custom", "name": "tide"}), {"MM104"}),
    (declared("tide"), {"MM102"}),
    (request(user(role=5)), {"MM102"}),
    (formed(tool_choice=5, tools=[tool()]), {"MM102"}),
    (formed(stream=None), {"MM120"}),
    (request(user(name=None), assistant()), {"MM120"}),
    (request(user(), assistant(), tools=None), set()),
    (request(user(), {"role": None, "content": ""}), {"MM102"}),
    (formed(response_format=answer_format(schema={"type": "object", "properties": {}, "strict": True})), {"MM121"}),
    (formed(response_format=answer_format(colour="red")), {"MM103"}),
    (formed(response_format={"type": "grammar"}), {"MM104"}),
    (request(user([{"type": "custom"}])), {"MM104"}),
    ({"input": {"input": {}}}, {"MM101"}),
    (request(user(), calling(), result(), tools=[LOST]), {"MM005"}),
    (request(user(), calling(), result(), tools=[INTEGER]), {"MM211"}),
    (request(user(), calling(), result(), tools=[INTEGER, tool()]), {"MM304"}),
    (request(user("Hello. " * 2000), max_tokens=CONTEXT_WINDOW), {"MM701"}),
    (request(user("Hello. " * 2000), max_tokens=CONTEXT_WINDOW + 1), {"MM703"}),
]


@pytest.mark.parametrize(("payload", "codes"), NEIGHBOURS)
def test_mistake_is_told_by_one_rule(payload: object, codes: set[str]) -> None:
    """Where rules are neighbours, a mistake is told by the one that it belongs to."""
    found = USUAL.check(payload).diagnostics
    assert {one.code for one in found} == codes
    assert len({(one.code, one.pointer) for one in found}) == len(found)


LOOSE = tool("store", parameters={"type": "object", "properties": {"days": {"type": "integer"}}})
NULL_DEFAULT = tool(parameters={"type": "object", "properties": {"city": {"default": float("nan")}}})
PROMPT = system("Answer in JSON.")
PLACES: list[tuple[str, object, Any]] = [
    # Calls beside one that does not fit: parameters that say nothing certain are no reason to report a call.
    *(
        (
            "MM211",
            request(
                user(),
                calling(call("a", "store", '{"days": "x"}'), call("b", arguments='{"city": 5}')),
                result("a"),
                result("b"),
                tools=[LOOSE, *others],
            ),
            [("messages", 1, "tool_calls", 0, "function", "arguments")],
        )
        for others in (
            (tool(), tool(description="Tells the tide.")),
            (tool(parameters="object"),),
            (NULL_DEFAULT,),
            ({"type": "function", "function": without(function(), "parameters")},),
        )
    ),
    # A turn without its reasoning: only since the last question, and only calls of the assistant.
    ("MM510", request(user(), calling(), result(), tools=[tool()]), [("messages", 1)]),
    ("MM510", request(calling(), result(), tools=[tool()]), [("messages", 0)]),
    ("MM510", request(user(), calling(), result(), user(), tools=[tool()]), []),
    ("MM510", request(user(), calling(), result(tool_calls=[call("b")]), tools=[tool()]), [("messages", 1)]),
    ("MM510", request(user(), {**calling(), "tool_calls": []}, calling(), result(), tools=[tool()]), [("messages", 2)]),
    ("MM510", request(user(), {**calling(), "tool_calls": {"a": 1}}, calling(), result()), [("messages", 2)]),
    *(
        ("MM510", request(user(), calling(**said), result(), tools=[tool()]), places)
        for said, places in (
            ({"reasoning": "It is cold."}, []),
            ({"reasoning_content": "It is cold."}, []),
            ({"reasoning_details": [{"text": "It is cold."}]}, []),
            ({"reasoning_details": []}, [("messages", 1)]),
            ({"content": "<think>It is cold.</think>"}, []),
            ({"content": "I think it is cold."}, [("messages", 1)]),
            ({"content": ["<think>", {"type": "text", "text": "<think>It is cold.</think>"}]}, []),
            ({"content": ["<think>", {"type": "text", "text": "It is cold."}]}, [("messages", 1)]),
            ({"content": 5}, [("messages", 1)]),
        )
    ),
    # The prompt asks for JSON, whatever else is in it.
    ("MM404", request(user(5), response_format=answer_format()), [("response_format",)]),
    ("MM404", request(user(["Hello"]), response_format=answer_format()), [("response_format",)]),
    ("MM404", request(user([5, {"type": "text", "text": "As json."}]), response_format=answer_format()), []),
    ("MM404", request(PROMPT, user(), response_format=answer_format()), []),
    ("MM404", request(user(), assistant("JSON"), user(), response_format=answer_format()), [("response_format",)]),
    ("MM605", formed(temperature=False, top_p=0), [("top_p",)]),
    ("MM605", formed(temperature="0", top_p=0.0), [("top_p",)]),
    ("MM606", formed(max_tokens=True, max_completion_tokens=1), [("max_completion_tokens",)]),
    ("MM606", formed(max_tokens=0, max_completion_tokens=4096), []),
    ("MM607", formed(temperature=None, top_p=1), []),
    ("MM607", formed(temperature=1, top_p=1), [("top_p",)]),
    ("MM509", request(user(name="Ada"), 5, user(name=5)), [("messages", 0, "name")]),
    ("MM308", declared(5, tool(description=5), tool("b", description=" ")), [("tools", 2, "function", "description")]),
    # The second result that came too late.
    (
        "MM201",
        request(user(), calling(), user(), calling(call("b")), result("b"), result(), result(), tools=[tool()]),
        [("messages", 5, "tool_call_id"), ("messages", 6, "tool_call_id")],
    ),
]


@pytest.mark.parametrize(("code", "payload", "places"), PLACES)
def test_rule_reports_these_places(code: str, payload: object, places: Any) -> None:
    """A rule reports exactly these places, beside what other rules report."""
    assert [found.pointer for found in EVERY.check(payload).diagnostics if found.code == code] == places


def test_second_late_result_is_removed() -> None:
    """Of two results that come too late for one call, the first is moved to it, and the second is removed."""
    late = request(
        system(), user(), calling(), user(), calling(call("b")), result("b"), result(), result(content="Fog")
    )
    fixes = [found.fix for found in EVERY.check(late).diagnostics if found.code == "MM201"]
    assert [(fix.message, fix.safe) for fix in fixes if fix] == [
        ("move messages[6] up to directly after messages[2]", False),
        ('remove messages[7], a result of tool call "call_1" with the content "Fog"', False),
    ]


def test_role_of_a_result_is_offered_for_its_id() -> None:
    """A message of another role that names a waiting call may become its result; its own calls are another matter."""
    answer = user("5 °C", tool_calls=[call("b")], tool_call_id="call_1")
    found = EVERY.check(request(user(), calling(), answer, tools=[tool()])).diagnostics
    assert [(each.pointer[-1], each.fix and each.fix.message) for each in found if each.code == "MM213"] == [
        ("tool_calls", None),
        ("tool_call_id", 'set the role to "tool"'),
    ]


def test_message_that_stays_foreign_is_not_converted() -> None:
    """The conversion leaves out a message whose conversion would be in another format again."""
    nested = {"type": "tool_result", "tool_use_id": "b", "content": "5 °C"}
    stays = {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "a", "content": [nested]}]}
    found = EVERY.check(request({"role": "user", "parts": [TEXT]}, stays)).diagnostics
    assert [each.fix and each.fix.message for each in found if each.code == "MM127"] == [
        "convert the messages from the format of the AI SDK's UI messages",
        None,
    ]


SENT: list[tuple[object, bool]] = [
    ({"prompt": "Hello"}, True),
    ({"input_text": "Hello"}, True),
    ({"contents": []}, True),
    ({"inputs": "Hello"}, True),
    ({"temperature": 1}, True),
    ({"model": "minimax/m2.7"}, True),
    ({"choices": []}, False),
    ({"colour": "red"}, False),
    (["prompt"], False),
    ("prompt", False),
    ({"prompt": "Hello", "preferred_output": []}, False),
    ({"prompt": "Hello", "cells": [], "nbformat": 4}, False),
]


@pytest.mark.parametrize(("payload", "is_sent"), SENT)
def test_it_is_said_whether_it_may_be_sent(payload: object, is_sent: bool) -> None:
    """What is no request may be sent all the same if it has a parameter or another API's prompt, unless it is known."""
    assert first("MM003", payload).is_sent is is_sent


CLOSED: list[tuple[object, str | None, bool]] = [
    (formed(mood="calm"), 'unknown parameter "mood" is rejected here; delete it', False),
    (formed(mood="calm", stream=True), 'unknown parameter "mood" is rejected here; delete it', True),
    (formed(stop=["."]), 'another vendor\'s parameter "stop" is rejected here; delete it', True),
    (formed(topp=1), 'unknown parameter "topp" is rejected; did you mean "top_p"?', True),
    (formed(mood=None), 'unknown parameter "mood" is rejected, even if it is null', True),
    (formed(system=None), 'unknown parameter "system" is rejected, even if it is null', True),
    (request(user(), assistant(), mood="calm"), 'unknown parameter "mood" is rejected here; delete it', False),
    ({"input": {"mood": None, "stream": True}}, 'unknown parameter "mood" is rejected, even if it is null', False),
]


@pytest.mark.parametrize(("payload", "message", "has_fix"), CLOSED)
def test_closed_contract_rejects_unknown_parameters(payload: object, message: str, has_fix: bool) -> None:
    """Under the contract of May an unknown parameter is an error, even if it is null or a column of a data set."""
    (found,) = (each for each in MAYS.check(payload).diagnostics if each.code == "MM601")
    assert (found.severity, found.message, found.fix is not None) == (Severity.ERROR, message, has_fix)
    assert found.focus == "key"


def test_null_of_an_unknown_parameter_is_deleted_safely() -> None:
    """An unknown parameter that is null says nothing, so that the fix which deletes it is safe."""
    (found,) = MAYS.check(formed(mood=None)).diagnostics
    assert found.fix is not None
    assert (found.fix.message, found.fix.safe) == ('delete "mood", which is null', True)


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ({}, "the message has neither `role` nor `content`; both are required"),
        ({"role": "user"}, "messages[0] has no `content`, which is required"),
        ({"content": "Hello"}, "messages[0] has no `role`, which is required"),
    ],
)
def test_messages_format_reports_a_missing_key_once(message: object, said: str) -> None:
    """A message in the Messages format that lacks both of its keys has one finding, as one that lacks one of them."""
    body = {"model": "minimax/m2.7", "max_tokens": 2048, "system": "Be brief.", "messages": [message]}
    assert [(found.code, found.message) for found in MAYS.check(body).diagnostics] == [("MM101", said)]


FOREIGN = {
    "OpenAI": """
        audio frequency_penalty logit_bias logprobs
        metadata modalities n parallel_tool_calls
        prediction presence_penalty prompt_cache_key prompt_cache_retention reasoning
        reasoning_effort safety_identifier seed service_tier
        stop store top_logprobs user verbosity web_search_options best_of echo suffix
    """,
    "its library": "extra_body extra_headers timeout",
    "Anthropic": "output_config stop_sequences top_k anthropic_version context_management",
    "Google": "response_mime_type tool_config generationConfig safetySettings",
    "Mistral": "safe_prompt random_seed",
    "OpenRouter": "include_reasoning provider plugins transforms models route top_a",
    "vLLM and Qwen": "guided_json min_p repetition_penalty chat_template_kwargs enable_thinking",
}


@pytest.mark.parametrize("key", " ".join(FOREIGN.values()).split())
def test_foreign_parameter_is_no_misspelling(key: str) -> None:
    """What another vendor takes is told as that, and not as a slip of the pen."""
    assert "another vendor's parameter" in first("MM601", formed(**{key: 1})).message


PARTS = """
    input_text output_text input_audio file refusal input_image input_file image document audio video video_url media
    tool_call
"""


@pytest.mark.parametrize("kind", PARTS.split())
def test_foreign_part_is_told_as_that(kind: str) -> None:
    """A part that another vendor takes breaks the rule that speaks of such parts."""
    assert f'of type "{kind}" is not accepted' in first("MM115", request(user([TEXT, {"type": kind}]))).message


@pytest.mark.parametrize("functions", [[], 5, ["f"]])
def test_functions_that_are_none_are_not_converted(functions: Any) -> None:
    """The parameter that tools once were is told of, and has a fix only if functions are in it."""
    found = first("MM601", formed(functions=functions))
    assert found.pointer == ("functions",)
    assert found.fix is None


def test_missing_role_beside_a_function_has_no_fix() -> None:
    """A message without a role is no call because it has a function."""
    found = first("MM101", request({"content": "x", "function": {}}, user()))
    assert (found.pointer, found.fix) == (("messages", 0), None)


def test_arguments_that_take_too_many_steps_are_said_to_be_unchecked() -> None:
    """Where parameters stand for more steps than are taken, an info says that the arguments were not checked."""
    parts = {f"a{number}": {"allOf": [{"$ref": f"#/$defs/a{number - 1}"}] * 2} for number in range(1, 30)}
    parameters = {"type": "object", "properties": {"x": {"$ref": "#/$defs/a29"}}, "$defs": {"a0": {}, **parts}}
    calls = calling({"id": "a", "type": "function", "function": {"name": "f", "arguments": '{"x": 1}'}})
    given = {"type": "function", "function": {**function(), "name": "f", "parameters": parameters}}
    found = first("MM211", request(user(), calls, result("a"), tools=[given]))
    assert found.severity is Severity.INFO
    assert found.pointer == ("messages", 1, "tool_calls", 0, "function", "arguments")
    assert [related.pointer for related in found.related] == [("tools", 0, "function", "parameters")]
    assert found.message == (
        'the arguments were not checked against the parameters of "f": the check would take too many steps'
    )
