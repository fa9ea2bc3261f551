"""Words that mutations put in: those of the contract, of its dialects, and of the notations."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from minimax_validate.json_schema import bundle
from minimax_validate.values.model import CONTROL_TOKENS, MODEL

_MORE = """
input body requests query provider endpoint custom_id method url POST messages system instructions tools functions
function_call tool_calls toolCalls tool_call_id toolCallId tool_use tool_result input_schema inputSchema parameters
parts functionCall functionResponse toolInvocations toolUse toolResult reasoning thinking refusal developer human model
user assistant tool system name content text type id arguments description strict schema json_schema json_object
properties required additionalProperties items enum const anyOf oneOf allOf not pattern $ref $defs #/$defs/a minLength
maxLength minimum maximum array object string number integer boolean null format date-time get_weather city Oslo
temperature top_p max_tokens max_completion_tokens stream stream_options include_usage tool_choice auto none required
response_format guided_json image_url input_text input_image data:image/png;base64,AAAA
""".split()  # noqa: SIM905 - as a list it would fill a screen

_NOTATION = (
    *("{", "}", "[", "]", '"', "'", ":", ",", "\\", "\\u0000", "\\ud800", "//", "/*", "*/", "#", "\n", "\r\n", "\r"),
    *("---\n", "...\n", "&a ", "*a", "<<: ", "!!binary ", "!!str ", "!x ", "| ", ">-\n", "? ", "- ", "%YAML 1.2\n"),
    *("```json\n", "```\n", "~~~", "> ", "    ", "###\n", "POST https://api.cloudflare.com/v1/chat/completions\n\n"),
    *("curl ", " -d ", "<<EOF\n", "EOF\n", "$(", "`", "${A}", "&&", "|", ";", "$'", "@-"),
    *("await ", "fetch(", "client.chat.completions.create(", "env.AI.run(", "**a", "...a", "=>", "f'{a}'"),
    *("# minimax-validate: ignore[MM110]", "// minimax-validate: ignore[MM503]"),
    *("1e999", "-0", "NaN", "1.0", "\ufeff", "\0"),
    *("!a", "/**/", "[a-", "[!a]", "\\ ", "*.json", "[tool.minimax-validate]\n", "select = ", "ignore = ["),
)  # fmt: skip


@cache
def words() -> tuple[str, ...]:
    """All of them."""
    found = dict.fromkeys((*_MORE, MODEL, *CONTROL_TOKENS))
    for name in bundle.names():
        found.update(dict.fromkeys(_strings(bundle.load(name))))
    return tuple(word for word in found if len(word) <= 40)


@cache
def spellings() -> tuple[bytes, ...]:
    """The same as bytes, with the marks of notations among them twice."""
    return tuple(word.encode() for word in (*words(), *_NOTATION, *_NOTATION))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, member in value.items():
            yield key
            yield from _strings(member)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
