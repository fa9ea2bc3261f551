"""A message must be in the chat format, not in the format of another API.

Histories often come from agents that use other APIs. Anthropic's Messages API has blocks (`tool_use`, `tool_result`,
`thinking`), the AI SDK has parts (`tool-call`, `tool-result`), and its UI messages have `parts` instead of `content`.
OpenAI's Responses API has items (`function_call`, `function_call_output`), and OpenAI's older functions have
`function_call` and the role `function`. Gemini and Bedrock's Converse API distinguish parts by their keys, LangChain
has a `type` instead of the role, and some frameworks write `toolCalls` and `toolCallId`. This contract rejects all of
them: "messages[1]: missing field content" for items of the Responses API (farion1231/cc-switch #7451), "Input should
be 'text'" for Anthropic's blocks (modelscope/modelscope#1616).

Each message is reported once, and no other rule reports it. Tool calls and tool results are matched in every format.

The fix converts the whole history. Texts, tool calls, tool results, ids and reasoning are kept, and the description
of the fix lists the keys that are removed. It is unsafe, because the conversion may change the meaning of a message.
"""

from __future__ import annotations

from minimax_validate.request.features import Feature
from minimax_validate.request.history import Passage
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import assistant, call, calling, request, result, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Edit, Fix, Severity
from minimax_validate.values.failure import Failure
from minimax_validate.values.losses import lost_keys, naming
from minimax_validate.values.wording import listed


def check(request: Request, flag: Flag) -> None:
    history = request.history
    if not history.passages:
        return
    converted = tuple(passage for passage in history.passages if _is_native(passage))
    fix = _fix(request, converted) if converted else None
    mended = {passage.start for passage in converted}
    orphans = set(request.pairing.foreign_orphans)
    for passage in history.passages:
        way = passage.dialect.messages
        assert way is not None, "a dialect of messages recognized the passage"
        for index in range(passage.start, passage.stop):
            stray = ", and its tool result matches no earlier tool call" if index in orphans else ""
            flag(
                ("messages", index),
                f"this message is in the format of {passage.dialect.name}{stray}; {way.differs}",
                fix=fix if passage.start in mended else None,
                focus="opening",
            )


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    # The check reports the message; the schema violations follow from that.
    return failure.pointer[:1] == ("messages",) and not request.history.foreign.isdisjoint(failure.pointer[1:2])


def _is_native(passage: Passage) -> bool:
    """Whether what a passage is converted into is in no dialect itself, as half of a part may be."""
    from minimax_validate.request.dialects import dialect_of_message  # few requests are in any

    return all(dialect_of_message(message) is None for message in passage.messages)


def _fix(request: Request, passages: tuple[Passage, ...]) -> Fix:
    """One fix for all findings: the ids of results are those that the converted calls have."""
    names = dict.fromkeys(passage.dialect.name for passage in passages)
    given = [request.messages[index] for passage in passages for index in range(passage.start, passage.stop)]
    dropped = naming(lost_keys(given, [message for passage in passages for message in passage.messages]))
    edits = tuple(edit for passage in passages for edit in _edits(passage))
    return Fix(f"convert the messages from the format of {listed(names, 'and')}{dropped}", edits, safe=False)


def _edits(passage: Passage) -> list[Edit]:
    room = range(passage.start, passage.stop)
    edits = [Edit("set", ("messages", index), message) for index, message in zip(room, passage.messages, strict=False)]
    edits += (Edit("remove", ("messages", index)) for index in room[len(passage.messages) :])
    # What is inserted later at one place comes to stand before what was there.
    edits += (
        Edit("insert", ("messages", passage.stop), message) for message in reversed(passage.messages[len(room) :])
    )
    return edits


_CALL = call("toolu_1")

RULE = Rule(
    code="MM127",
    name="foreign-message",
    severity=Severity.ERROR,
    prose=__doc__,
    converts=True,
    when=Feature.DIALECT_KEYS,
    check=check,
    keywords=("required", "type", "anyOf", "const", "enum", "additionalProperties"),
    claim=claim,
    valid=(Valid("A tool call and its result in the chat format.", request(user(), calling(), result())),),
    invalid=(
        Invalid(
            "Anthropic's blocks.",
            request(
                user(),
                assistant([{"type": "tool_use", "id": "toolu_1", "name": "get_weather", "input": {"city": "Oslo"}}]),
                user([{"type": "tool_result", "tool_use_id": "toolu_1", "content": "5 °C, clear"}]),
            ),
            at=(("messages", 1), ("messages", 2)),
            fixed=request(user(), calling(_CALL), result("toolu_1")),
        ),
        Invalid(
            "A UI message of the AI SDK.",
            request({"id": "m1", "role": "user", "parts": [{"type": "text", "text": "What is the weather in Oslo?"}]}),
            at=(("messages", 0),),
            fixed=request(user()),
        ),
        Invalid(
            "OpenAI's older functions.",
            request(
                user(),
                {
                    "role": "assistant",
                    "content": None,
                    "function_call": {"name": "get_weather", "arguments": '{"city": "Oslo"}'},
                },
                {"role": "function", "name": "get_weather", "content": "5 °C, clear"},
            ),
            at=(("messages", 1), ("messages", 2)),
            fixed=request(user(), calling(call("call_1_0")), result("call_1_0")),
        ),
        Invalid(
            "Items of OpenAI's Responses API.",
            request(
                user(),
                {"type": "function_call", "call_id": "call_1", "name": "get_weather", "arguments": '{"city": "Oslo"}'},
                {"type": "function_call_output", "call_id": "call_1", "output": "5 °C, clear"},
            ),
            at=(("messages", 1), ("messages", 2)),
            fixed=request(user(), calling(), result()),
        ),
    ),
)
