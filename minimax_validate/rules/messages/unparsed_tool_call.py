"""A tool call of the assistant should be in `tool_calls`, not in its text.

The model writes tool calls in its own syntax, `<minimax:tool_call>`, which the server parses. If parsing fails or a
proxy skips it, the syntax stays in the text, the tool does not run, and the model repeats itself in the next turn
(earendil-works/pi#368, zeroclaw-labs/zeroclaw#1155, MiniMax-AI/MiniMax-M2.5#10, open-webui/open-webui#24291).

Ignore it for texts about the model itself. No automatic fix: only your program can run the tool call.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import assistant, calling, request, result, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity

_OPENING = "<minimax:tool_call>"


def check(request: Request, flag: Flag) -> None:
    for index, message in request.objects:
        content = message.get("content")
        if message.get("role") == "assistant" and _holds_call(content):
            flag(
                ("messages", index, "content"),
                f"the text contains `{_OPENING}`, a tool call that was not parsed and did not run; "
                f"put it into tool_calls",
            )


def _holds_call(content: object) -> bool:
    if isinstance(content, list):
        return any(_holds_call(part.get("text")) for part in content if isinstance(part, dict))
    return isinstance(content, str) and _OPENING in content


_TEXT = '<minimax:tool_call>\n<invoke name="get_weather">\n</invoke>\n</minimax:tool_call>'

RULE = Rule(
    code="MM511",
    name="unparsed-tool-call",
    severity=Severity.WARNING,
    prose=__doc__,
    when=Feature.CONTROL_TOKENS,
    check=check,
    valid=(
        Valid("A parsed tool call.", request(user(), calling(), result())),
        Valid("Another control token of the model.", request(user(), assistant("[e~[ ends a turn."), user())),
    ),
    invalid=(
        Invalid(
            "A tool call in the text.", request(user(), assistant(_TEXT), user()), at=(("messages", 1, "content"),)
        ),
        Invalid(
            "In a part.",
            request(user(), assistant([{"type": "text", "text": _TEXT}]), user()),
            at=(("messages", 1, "content"),),
        ),
    ),
)
