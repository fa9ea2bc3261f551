"""Render a request by a chat template that the user brings, as Hugging Face's ``apply_chat_template`` does.

A template is a program. It runs in Jinja's sandbox, without a loader of files and with a limit to what it writes; its
time is for the caller to limit.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, NoReturn

from minimax_validate.tokens.contents import messages_of, parse

if TYPE_CHECKING:
    from jinja2 import Environment

MOST_CHARACTERS = 16_000_000
"""What a template may write: some ten times what fits into the context window at its longest."""


class TemplateError(Exception):
    """A template cannot be run, or failed; the message says why."""


def render_with(template: str, body: object) -> str:
    """The prompt that a template makes of the inputs of a request, the opening of the answer included.

    The arguments of calls are given to it as objects, as servers do. Needs the package ``jinja2``.

    Raises:
        TemplateError: ``jinja2`` is not installed, or the template is none, fails, refuses, or writes too much.
    """
    environment = _environment()
    request = body if isinstance(body, dict) else {}
    try:
        stream = environment.from_string(template).generate(
            messages=[_with_objects(message) for message in messages_of(request)],
            tools=request.get("tools") or None,
            documents=None,
            add_generation_prompt=True,
        )
        written, length = [], 0
        for text in stream:
            length += len(text)
            if length > MOST_CHARACTERS:
                raise TemplateError(f"its output is longer than {MOST_CHARACTERS:,} characters")
            written.append(text)
    except TemplateError:
        raise
    except Exception as error:  # a template raises whatever Python can
        line = getattr(error, "lineno", None)
        where = f"line {line}: " if isinstance(line, int) else ""
        raise TemplateError(f"{where}{str(error) or type(error).__name__}") from error
    return "".join(written)


def _environment() -> Environment:
    try:
        from jinja2.sandbox import ImmutableSandboxedEnvironment
    except ImportError as error:
        raise TemplateError(
            "rendering with a template requires the package jinja2: pip install 'minimax-validate[render]'"
        ) from error
    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"]
    )
    environment.filters["tojson"] = _to_json
    environment.globals["raise_exception"] = _raise_exception
    environment.globals["strftime_now"] = _strftime_now
    return environment


def _to_json(
    value: object,
    ensure_ascii: bool = False,
    indent: int | None = None,
    separators: tuple[str, str] | None = None,
    sort_keys: bool = False,
) -> str:
    """JSON as the model saw it: Jinja's own filter would escape what HTML takes for marks."""
    return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)


def _raise_exception(message: object) -> NoReturn:
    raise TemplateError(f"it rejects the request: {message}")


def _strftime_now(form: str) -> str:
    return datetime.now().strftime(form)


def _with_objects(message: Any) -> Any:
    """A message whose calls have their arguments as objects, if they are JSON objects."""
    calls = message.get("tool_calls") if isinstance(message, dict) else None
    if not isinstance(calls, Sequence) or isinstance(calls, str):
        return message
    return {**message, "tool_calls": [_with_object(call) for call in calls]}


def _with_object(call: Any) -> Any:
    function = call.get("function") if isinstance(call, Mapping) else None
    arguments = function.get("arguments") if isinstance(function, Mapping) else None
    parsed = parse(arguments) if isinstance(arguments, str) else None
    return {**call, "function": {**function, "arguments": parsed}} if function and isinstance(parsed, dict) else call
