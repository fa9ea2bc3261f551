"""What a run may have many of: for each axis, a file of a number of them and the options that it is checked with."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from benchmarks.payloads import tool

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Input:
    """A file with the options of the command, and files beside it by name."""

    name: str
    text: str
    options: tuple[str, ...] = ()
    beside: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Axis:
    """What grows, the number of it that is measured beside ten times as many, and the input of a number."""

    name: str
    number: int
    make: Callable[[int], Input]


_USER: Json = {"role": "user", "content": "hi"}
_NULL: Json = {"role": "user", "content": None}
_SYSTEM: Json = {"role": "system", "content": "hi"}
_DEVELOPER: Json = {"role": "developer", "content": "hi"}
_IGNORE = "minimax-validate: ignore[MM110]"


def _request(messages: list[Any], **others: Any) -> Json:
    return {"model": "minimax/m2.7", "messages": messages, **others}


def _json(value: object, *options: str, indent: int | None = None) -> Input:
    return Input("request.json", json.dumps(value, indent=indent), options)


def _call(key: str, name: str = "weather_0", arguments: str = '{"city": "Oslo"}') -> Json:
    return {"id": key, "type": "function", "function": {"name": name, "arguments": arguments}}


def _calling(calls: list[Json]) -> Json:
    return {"role": "assistant", "content": "", "tool_calls": calls}


def _result(key: str) -> Json:
    return {"role": "tool", "tool_call_id": key, "content": "5 degrees"}


def _turns(number: int) -> Iterator[Json]:
    for turn in range(number):
        yield from (_USER, _calling([_call(f"c{turn}")]), _result(f"c{turn}"))


def _parallel(keys: list[str], **others: Any) -> Input:
    messages = [_USER, _calling(list(map(_call, keys))), *map(_result, keys)]
    return _json(_request(messages, **others))


def _findings(number: int, *options: str, indent: int | None = None) -> Input:
    """Findings with a fix each, in one request on one line, or on many."""
    return _json(_request([_USER] + [_NULL] * number), *options, indent=indent)


def _lines(number: int, *options: str, message: Json = _NULL) -> Input:
    return Input("log.jsonl", (json.dumps(_request([message])) + "\n") * number, options)


def _nested(number: int) -> Input:
    schema: Json = {"type": "string"}
    for _ in range(number):
        schema = {"type": "object", "properties": {"a": schema}}
    return _with_schema(schema)


def _with_schema(schema: Json, arguments: str = "{}") -> Input:
    tools = [{"type": "function", "function": {"name": "f", "description": "Does f.", "parameters": schema}}]
    return _json(_request([_USER, _calling([_call("c", "f", arguments)]), _result("c")], tools=tools))


def _properties(number: int) -> Input:
    names = {f"p{index}": {"type": "string", "description": "A text."} for index in range(number)}
    return _with_schema({"type": "object", "properties": names}, json.dumps(dict.fromkeys(names, "x")))


def _yaml(text: str, *options: str) -> Input:
    return Input("request.yaml", text, options)


def _anchors(number: int) -> Input:
    anchors = "".join(f"- &a{index} {{role: user, content: hi}}\n" for index in range(number))
    return _yaml("messages:\n" + anchors + "".join(f"- *a{index}\n" for index in range(number)))


def _shared_findings(number: int) -> Input:
    anchors = "".join(f"- &a{index} {{role: user, content: null}}\n" for index in range(number))
    return _yaml("messages:\n" + anchors + "".join(f"- *a{index}\n" for index in range(number)))


def _ignored(number: int) -> Input:
    rules = "".join(f'"log.jsonl#/{index}" = ["MM110"]\n' for index in range(number))
    config = f"[ignore-at]\n{rules}"
    return Input(
        "log.jsonl", _lines(200).text, ("--config", "minimax-validate.toml"), {"minimax-validate.toml": config}
    )


def _configured(config: str) -> Input:
    options = ("--config", "minimax-validate.toml")
    return Input("request.json", json.dumps(_request([_NULL])), options, {"minimax-validate.toml": config})


def _patterns(number: int) -> Input:
    return _configured("exclude = [\n" + "".join(f'  "a{index}*b*c/",\n' for index in range(number)) + "]\n")


def _files_of_rules(number: int) -> Input:
    return _configured("[per-file-ignores]\n" + "".join(f'"a{index}.json" = ["MM110"]\n' for index in range(number)))


def _stars(number: int) -> Input:
    return _configured(f'[per-file-ignores]\n"{"*a" * number}" = ["MM110"]\n')


def _baseline(number: int) -> Input:
    entries = [
        {"file": "log.jsonl", "code": "MM110", "pointer": f"/messages/{index}", "fingerprint": "0" * 16, "count": 1}
        for index in range(number)
    ]
    text = json.dumps({"version": 1, "findings": entries})
    return Input("log.jsonl", _lines(200).text, ("--baseline", "baseline.json"), {"baseline.json": text})


def _har(number: int) -> Input:
    body = json.dumps(_request([_NULL]))
    url = "https://api.cloudflare.com/client/v4/accounts/a/ai/run/minimax/m2.7"
    entry = {"request": {"method": "POST", "url": url, "postData": {"mimeType": "application/json", "text": body}}}
    return Input("calls.har", json.dumps({"log": {"version": "1.2", "entries": [entry] * number}}))


def _fences(number: int) -> Input:
    return Input("page.md", f"Call:\n\n```json\n{json.dumps(_request([_NULL]))}\n```\n\n" * number)


def _program_sites(number: int) -> Input:
    site = 'requests.post(URL, json={"model": "minimax/m2.7", "messages": [{"role": "user", "content": None}]})\n'
    return Input("calls.py", "import requests\n\nURL = 'https://api.cloudflare.com/client/v4'\n" + site * number)


def _program_messages(number: int) -> Input:
    messages = '    {"role": "user", "content": "hi"},\n' * number
    return Input("call.py", f'REQUEST = {{"model": "minimax/m2.7", "messages": [\n{messages}]}}\n')


def _text(part: str, number: int) -> Input:
    return _json(_request([{"role": "user", "content": part * number}]))


def _parts(number: int) -> Input:
    return _json(_request([{"role": "user", "content": [{"type": "text", "text": "hi"}] * number}]))


def _twice(number: int) -> Input:
    message = '{"role": "user", "role": "user", "content": "hi"}'
    return Input("request.json", '{"messages": [' + ", ".join([message] * number) + "]}")


def _commented(comment: str, number: int) -> Input:
    message = f'{{"role": "user", "content": null}}, {comment}'
    return Input("request.jsonc", '{"messages": [\n' + message * number + "]}")


def _ignoring_yaml(number: int) -> Input:
    return _yaml("messages:\n" + f"- {{role: user, content: null}} # {_IGNORE}\n" * number)


def _blocks(number: int) -> Input:
    return _yaml("messages:\n" + "- role: user\n  content: null\n" * number, "--output-format", "sarif")


def _formatted(name: str) -> Axis:
    return Axis(f"findings, {name}", 1_000, partial(_in_format, name))


def _in_format(name: str, number: int) -> Input:
    return _findings(number, "--output-format", name)


_FORMATS = ("text", "concise", "json", "json-lines", "sarif", "junit", "github", "gitlab", "markdown")

# The prompts of both numbers fit the context window, or neither does: else one is counted, and the other proven to fit.
AXES: tuple[Axis, ...] = (
    Axis("messages", 15_000, lambda n: _json(_request([_USER] * n))),
    Axis("turns with a call", 2_000, lambda n: _json(_request(list(_turns(n)), tools=[tool(0)]))),
    Axis("parallel calls", 6_000, lambda n: _parallel([f"c{index}" for index in range(n)], tools=[tool(0)])),
    Axis("calls of one id", 6_000, lambda n: _parallel(["c"] * n, tools=[tool(0)])),
    Axis("results without a call", 2_000, lambda n: _json(_request([_USER, *(_result(f"c{i}") for i in range(n))]))),
    Axis(
        "calls without a result",
        1_500,
        lambda n: _json(_request([_USER, *(_calling([_call(f"c{i}")]) for i in range(n)), _USER], tools=[tool(0)])),
    ),
    Axis("calls of no tool", 6_000, lambda n: _parallel([f"c{index}" for index in range(n)])),
    Axis("tools", 3_000, lambda n: _json(_request([_USER], tools=[tool(index) for index in range(n)]))),
    Axis("tools of one name", 1_000, lambda n: _json(_request([_USER], tools=[tool(0)] * n))),
    Axis("properties of a tool", 4_000, _properties),
    Axis("levels of a tool's schema", 20, _nested),
    Axis("parts of a content", 2_000, _parts),
    Axis("unknown keys", 1_000, lambda n: _json(_request([_USER], **{f"key_{index}": 1 for index in range(n)}))),
    Axis("levels of nesting", 1_000, lambda n: Input("request.json", '{"messages": ' + "[" * n + "]" * n + "}")),
    Axis("spaces", 500_000, lambda n: Input("request.json", " " * n + json.dumps(_request([_USER])))),
    Axis("words", 100_000, partial(_text, "word ")),
    Axis("control tokens", 100_000, partial(_text, "]~b]")),
    Axis("ideographs", 50_000, partial(_text, "\u6f22\u5b57")),
    Axis("emoji", 50_000, partial(_text, "\U0001f469\u200d\U0001f4bb")),
    Axis("digits", 500_000, partial(_text, "7")),
    Axis("escaped quotes", 200_000, partial(_text, '"')),
    Axis("blank lines in a text", 200_000, partial(_text, "\n")),
    *map(_formatted, _FORMATS),
    Axis("findings, text on many lines", 1_000, lambda n: _findings(n, indent=1)),
    Axis("findings, sarif on many lines", 1_000, lambda n: _findings(n, "--output-format", "sarif", indent=1)),
    Axis("findings, redacted", 1_000, lambda n: _findings(n, "--redact")),
    Axis("findings, redacted sarif", 1_000, lambda n: _findings(n, "--redact", "--output-format", "sarif")),
    Axis("findings of a fix", 1_000, lambda n: _findings(n, "--fix", "--unsafe-fixes")),
    Axis("findings that share a fix", 400, lambda n: _json(_request([_USER] + [_SYSTEM] * n))),
    Axis("roles to fix", 400, lambda n: _json(_request([_DEVELOPER] * n), "--fix", "--unsafe-fixes")),
    Axis("lines of a diff", 1_000, lambda n: _lines(n, "--diff", "--unsafe-fixes")),
    Axis("findings of a diff", 1_000, lambda n: _findings(n, "--diff", "--unsafe-fixes", indent=1)),
    Axis("lines of a log", 2_000, lambda n: _lines(n, message=_USER)),
    Axis("lines with a finding", 1_000, _lines),
    Axis("lines, sarif", 1_000, lambda n: _lines(n, "--output-format", "sarif")),
    Axis("requests of an array", 1_000, lambda n: _json([_request([_NULL])] * n, "--output-format", "sarif")),
    Axis("keys given twice", 1_000, _twice),
    Axis("comments of JSON that ignore", 1_000, partial(_commented, f"// {_IGNORE}\n")),
    Axis("comments on one line", 1_000, partial(_commented, f"/* {_IGNORE} */")),
    Axis("comments of YAML that ignore", 1_000, _ignoring_yaml),
    Axis("documents of YAML", 1_000, lambda n: _yaml("---\nmessages: [{role: user, content: null}]\n" * n)),
    Axis("findings in blocks of YAML", 1_000, _blocks),
    Axis("anchors", 500, _anchors),
    Axis("findings in anchors", 300, _shared_findings),
    Axis("aliases of one anchor", 700, lambda n: _yaml("messages:\n- &a {role: user, content: hi}\n" + "- *a\n" * n)),
    Axis("places of ignore-at", 200, _ignored),
    Axis("patterns of a configuration", 300, _patterns),
    Axis("files of per-file-ignores", 300, _files_of_rules),
    Axis("stars of a pattern", 500, _stars),
    Axis("entries of a baseline", 1_000, _baseline),
    Axis("entries of a recording", 500, _har),
    Axis("fences of a page", 500, _fences),
    Axis("requests of a program", 100, _program_sites),
    Axis("messages of a program", 500, _program_messages),
)  # fmt: skip
