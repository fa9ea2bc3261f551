"""The request as rules see it: an index of what is well formed in it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from minimax_validate.json_schema.faults import SchemaFaults, schema_faults
from minimax_validate.request.features import MOST_AROUND, MOST_PER_BYTE
from minimax_validate.request.history import History
from minimax_validate.request.roles import acts_as
from minimax_validate.request.system_prompt import SYSTEM_KEYS
from minimax_validate.values.codec import orjson
from minimax_validate.values.limits import DEFAULTS, Limits
from minimax_validate.values.pointer import Pointer

if TYPE_CHECKING:
    from minimax_validate.request.dialects.conversion import ForeignTool
    from minimax_validate.request.pairing_facts import Pairing
    from minimax_validate.tokens.verdict import Verdict

Json = dict[str, Any]


class ToolCall(NamedTuple):
    """A well-formed tool call and its place."""

    pointer: Pointer
    value: Json


class ContentPart(NamedTuple):
    """A part of a message's content and its place."""

    pointer: Pointer
    value: Json


class Request:
    """A payload's inputs, indexed on demand; it holds well-formed parts only, so rules need not doubt what they get.

    ``body`` is the inputs object, ``limits`` are the figures that it is measured by. Messages and tools that are not
    objects appear in no index, but keep their number, and so do those in a dialect: what they say is in ``history``.
    ``lost`` are the places of what JSON cannot hold: null stands there now. ``native`` says that nothing in the body is
    in a dialect, so that nothing needs to be looked for. ``closed`` says that the contract takes no keys at the top but
    those that it knows.
    """

    closed = False

    def __init__(
        self, body: Json, limits: Limits = DEFAULTS, lost: frozenset[Pointer] = frozenset(), *, native: bool = False
    ) -> None:
        self.body = body
        self.limits = limits
        self._lost = lost
        self._native = native

    def is_whole(self, pointer: Pointer) -> bool:
        """Whether nothing of the value at a pointer is lost."""
        return not any(place[: len(pointer)] == pointer for place in self._lost)

    @cached_property
    def messages(self) -> list[Any]:
        """The messages as they stand, malformed ones too; empty where there is no array of them."""
        messages = self.body.get("messages")
        return messages if isinstance(messages, list) else []

    @cached_property
    def history(self) -> History:
        """The messages in the chat format: those in a dialect are converted."""
        if self._native:
            return History.of_natives(self.messages)
        from minimax_validate.request.dialects.conversion import convert_history  # what is proven clean does without it

        return convert_history(self.messages)

    @cached_property
    def objects(self) -> tuple[tuple[int, Json], ...]:
        """The messages of the chat format that are objects, with their indexes."""
        foreign = self.history.foreign
        return tuple(
            (index, message)
            for index, message in enumerate(self.messages)
            if isinstance(message, dict) and index not in foreign
        )

    @cached_property
    def tools(self) -> tuple[tuple[int, Json], ...]:
        """The tools that are objects, with their indexes."""
        tools = self.body.get("tools")
        return (
            tuple((index, tool) for index, tool in enumerate(tools) if isinstance(tool, dict))
            if isinstance(tools, list)
            else ()
        )

    @cached_property
    def functions(self) -> tuple[tuple[int, Json], ...]:
        """The functions of the tools, where they are objects, with the indexes of the tools."""
        found = ((index, tool.get("function")) for index, tool in self.tools)
        return tuple((index, function) for index, function in found if isinstance(function, dict))

    @cached_property
    def schemas(self) -> tuple[tuple[int, SchemaFaults], ...]:
        """What is wrong with the parameters of the tools, where they are objects, with the indexes of the tools."""
        found = ((index, function.get("parameters")) for index, function in self.functions)
        return tuple((index, schema_faults(parameters)) for index, parameters in found if isinstance(parameters, dict))

    @cached_property
    def answer(self) -> Json:
        """What the answer has to look like.

        The ``json_schema`` of the response format, empty where that is of another type.
        """
        wanted = self.body.get("response_format")
        if not isinstance(wanted, dict) or wanted.get("type", "json_schema") != "json_schema":
            return {}
        answer = wanted.get("json_schema")
        return answer if isinstance(answer, dict) else {}

    @cached_property
    def parts(self) -> tuple[ContentPart, ...]:
        """The parts of content that are objects."""
        return tuple(
            ContentPart(("messages", index, "content", number), part)
            for index, message in self.objects
            if isinstance(content := message.get("content"), list)
            for number, part in enumerate(content)
            if isinstance(part, dict)
        )

    @cached_property
    def calls(self) -> tuple[ToolCall, ...]:
        """The tool calls of the chat format that are objects, in assistant messages."""
        return (
            self._calls
            if self._native
            else tuple(call for call in self._calls if "function" in call.value or not _is_flat(call.value))
        )

    @cached_property
    def flat_calls(self) -> tuple[ToolCall, ...]:
        """The tool calls in a dialect, in assistant messages of the chat format."""
        strange = (call for call in self._calls if "function" not in call.value)
        return () if self._native else tuple(call for call in strange if _is_flat(call.value))

    @cached_property
    def _calls(self) -> tuple[ToolCall, ...]:
        return tuple(
            ToolCall(("messages", index, "tool_calls", number), call)
            for index, message in self.objects
            if isinstance(calls := message.get("tool_calls"), list) and acts_as(message) == "assistant"
            for number, call in enumerate(calls)
            if isinstance(call, dict)
        )

    @cached_property
    def foreign_tools(self) -> Mapping[int, ForeignTool]:
        """The tools in a dialect, by their indexes."""
        strange = [] if self._native else [(index, tool) for index, tool in self.tools if "function" not in tool]
        if not strange:
            return {}
        from minimax_validate.request.dialects.conversion import foreign_tool

        found = ((index, foreign_tool(tool)) for index, tool in strange)
        return {index: tool for index, tool in found if tool is not None}

    @cached_property
    def pairing(self) -> Pairing:
        """How tool results and calls match."""
        from minimax_validate.request.turns import pair_history  # nearly all histories pair up at first sight

        # The key was there, and nobody knows what was called.
        uncertain = {place[1] for place in self._lost if place[0] == "messages" and place[2:] == ("tool_calls",)}
        return pair_history(self.history, uncertain)

    @cached_property
    def chat(self) -> Json:
        """The body with all that it says in dialects converted."""
        if self._native:
            return self.body
        if not self.history.passages and not self.foreign_tools and self.body.keys().isdisjoint(SYSTEM_KEYS):
            return self.body
        from minimax_validate.request.dialects.conversion import in_chat_format

        return in_chat_format(self.body)

    @cached_property
    def verdict(self) -> Verdict | None:
        """Whether prompt and completion fit the window; None for a request whose length alone says that they do."""
        from minimax_validate.tokens.verdict import judge_anyhow  # nearly all requests are far too short to need it

        if not self._native and self._is_short():
            return None
        return judge_anyhow(self.chat, window=self.limits.context_window, counter=self.limits.counter)

    def _is_short(self) -> bool:
        """Whether the prompt fits whatever its tokens are; told from a request that was not written out yet."""
        from minimax_validate.tokens.verdict import completion_limit

        if orjson is None:
            return False
        try:
            encoded = orjson.dumps(self.chat)
        except TypeError:  # an integer of more bits than it writes
            return False
        room = self.limits.context_window - completion_limit(self.body)
        return len(encoded) * MOST_PER_BYTE + MOST_AROUND <= room


class ClosedRequest(Request):
    """A request under a contract that takes no keys at the top but those that it knows."""

    closed = True


def _is_flat(call: Json) -> bool:
    from minimax_validate.request.dialects import dialect_of_call

    return dialect_of_call(call) is not None
