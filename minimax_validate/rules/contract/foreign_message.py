"""A message is written in the chat format, not in that of another API.

Histories come from agents that talk to other APIs. Their messages say the same in other words: Anthropic's Messages API
has blocks (`tool_use`, `tool_result`, `thinking`), the AI SDK has parts (`tool-call`, `tool-result`), its UI messages
have `parts` in place of `content`, OpenAI's Responses API has items (`function_call`, `function_call_output`), OpenAI's
older functions have `function_call` and the role `function`, Gemini and Bedrock's Converse API tell parts apart by
their keys, LangChain has a `type` for the role, and some frameworks write `toolCalls` and `toolCallId`. This contract
refuses them: "messages[1]: missing field content" for items of the Responses API (farion1231/cc-switch #7451), "Input
should be 'text'" for Anthropic's blocks (modelscope/modelscope#1616).

Each message is one finding, and nothing else is said of it. Calls and results are paired as they are meant, in any
dialect.

The fix converts the whole history: texts, calls, results, ids and reasoning stay, and its words name what has no place
in the chat format. It is unsafe, as a conversion is somebody's reading.
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
        for index in range(passage.start, passage.stop):
            way = passage.dialect.messages
            differs = f": {way.differs}" if way else ""
            stray = "; and it holds a result that no call before it has asked for" if index in orphans else ""
            flag(
                ("messages", index),
                f"this message is written for {passage.dialect.name}{differs}{stray}",
                fix=fix if passage.start in mended else None,
                focus="opening",
            )


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    # The check tells the message; what the contract has against it follows from that.
    return (
        failure.pointer[:1] == ("messages",)
        and failure.pointer[1:2] != ()
        and failure.pointer[1] in request.history.foreign
    )


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
    return Fix(f"convert what is written for {listed(names, 'and')}{dropped}", edits, safe=False)


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
    valid=(Valid("A call and its result in the chat format.", request(user(), calling(), result())),),
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
