"""The system prompt must be the first message.

Anthropic's API has the system prompt next to the messages, as `system`; OpenAI's Responses API has it as
`instructions`. The chat format has no such parameter. If the key is ignored, the model never receives the prompt; if
it is rejected, there is no answer.

The fix inserts the prompt as the first message, or before the text of an existing system message. It is unsafe,
because the model then receives a prompt that it did not receive before.
"""

from __future__ import annotations

from typing import Any

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.request.system_prompt import SYSTEM_KEYS, system_prompt
from minimax_validate.rules.examples import request, system, user
from minimax_validate.rules.fixes import merged_content, removal
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Edit, Fix, Severity
from minimax_validate.values.losses import lost_keys, naming


def check(request: Request, flag: Flag) -> None:
    if not isinstance(request.body.get("messages"), list):
        return
    for key in SYSTEM_KEYS:
        value = request.body.get(key)
        if value is not None:
            flag(
                (key,),
                f"the model does not receive `{key}`; a system prompt must be the first message",
                fix=_fix(key, value, request),
                focus="key",
            )


def _fix(key: str, value: Any, request: Request) -> Fix | None:
    prompt = system_prompt(value)
    if value == [] or (prompt is not None and not prompt.strip()):
        return removal((key,), f"delete the empty `{key}`", safe=False)
    if prompt is None:
        return None
    dropped = naming(lost_keys(value, prompt))
    first = request.messages[0] if request.messages else None
    if not isinstance(first, dict) or first.get("role") != "system" or 0 in request.history.foreign:
        edit, words = (
            Edit("insert", ("messages", 0), {"role": "system", "content": prompt}),
            f"move `{key}` to the first message",
        )
    else:
        content = first.get("content")
        merged = merged_content([prompt, content])
        if merged is None:
            return None
        edit, words = (
            Edit("set", ("messages", 0, "content"), merged),
            f"move `{key}` to the start of the system message",
        )
        if content == prompt:
            return removal((key,), f"delete `{key}`, which repeats the system message", safe=False)
    return Fix(f"{words}{dropped}", (edit, Edit("remove", (key,))), safe=False)


_PROMPT = "You are a travel assistant."

RULE = Rule(
    code="MM128",
    name="misplaced-system-prompt",
    severity=Severity.ERROR,
    prose=__doc__,
    converts=True,
    when=Feature.FOREIGN_KEYS,
    check=check,
    valid=(
        Valid("A system message.", request(system(_PROMPT), user())),
        Valid("A parameter that is null is ignored.", request(user(), system=None)),
    ),
    invalid=(
        Invalid(
            "As in Anthropic's API.",
            request(user(), system=_PROMPT),
            at=(("system",),),
            fixed=request(system(_PROMPT), user()),
        ),
        Invalid(
            "As blocks.",
            request(user(), system=[{"type": "text", "text": _PROMPT}]),
            at=(("system",),),
            fixed=request(system(_PROMPT), user()),
        ),
        Invalid(
            "As in OpenAI's Responses API, together with a system message.",
            request(system("Be brief."), user(), instructions=_PROMPT),
            at=(("instructions",),),
            fixed=request(system(f"{_PROMPT}\n\nBe brief."), user()),
        ),
        Invalid("A prompt that is not a string.", request(user(), system=5), at=(("system",),)),
        Invalid("An empty prompt.", request(user(), system=""), at=(("system",),), fixed=request(user())),
    ),
)
