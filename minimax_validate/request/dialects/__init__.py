"""Dialects: how other APIs write what a chat request says, one file each.

A dialect recognises its values and converts them. Rules say which dialect a value is in, the conversion is their fix,
and pairing and token counts look at the converted form. ``conversion`` converts the messages of a request.
"""

from __future__ import annotations

from minimax_validate.request.dialects import (
    ai_sdk,
    anthropic,
    bedrock,
    camel_case,
    functions,
    gemini,
    langchain,
    mcp,
    responses,
    ui_messages,
    workers_ai,
)
from minimax_validate.request.dialects.dialect import Calls, Context, Dialect, Json, Messages, Tools

DIALECTS: tuple[Dialect, ...] = (
    langchain.DIALECT,  # its content may be in parts of Anthropic's
    anthropic.DIALECT,
    ai_sdk.DIALECT,
    ui_messages.DIALECT,
    responses.DIALECT,
    functions.DIALECT,
    camel_case.DIALECT,
    workers_ai.DIALECT,
    mcp.DIALECT,
    gemini.DIALECT,
    bedrock.DIALECT,
)
"""All dialects; a value is in the first one that recognises it."""


def dialect_of_message(message: Json) -> tuple[Dialect, Messages] | None:
    """The dialect of a message, with its way to write messages; None for the chat format, and for what nobody knows."""
    return next(
        ((each, each.messages) for each in DIALECTS if each.messages is not None and each.messages.recognises(message)),
        None,
    )


def dialect_of_tool(tool: Json) -> tuple[Dialect, Tools] | None:
    """The dialect of a tool, likewise."""
    return next(
        ((each, each.tools) for each in DIALECTS if each.tools is not None and each.tools.recognises(tool)), None
    )


def dialect_of_call(call: Json) -> tuple[Dialect, Calls] | None:
    """The dialect of an entry of ``tool_calls``, likewise."""
    return next(
        ((each, each.calls) for each in DIALECTS if each.calls is not None and each.calls.recognises(call)), None
    )


__all__ = ["DIALECTS", "Context", "Dialect", "dialect_of_call", "dialect_of_message", "dialect_of_tool"]
