"""System messages must come before all other messages.

MiniMax rejects a system message in the middle of a conversation, such as a reminder or a new instruction: "chat
content has invalid message role: system" (codexu/note-gen#918, temm1e-labs/temm1e#59, BigPizzaV3/CodexPlusPlus#267).
According to MiniMax-AI/MiniMax-M2#27, several system messages are not supported, and the system message must be
first. Sources disagree: the model's published chat template silently drops such a message.

The fix moves the text into the first system message, or creates one, and does not repeat a text that is already
there. Its description lists other keys, which are removed. It is unsafe, because an instruction for the rest of the
conversation then applies from the start.
"""

from __future__ import annotations

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import assistant, request, system, user
from minimax_validate.rules.fixes import merged_content
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Edit, Fix, Related, Severity
from minimax_validate.values.wording import count, quote


def check(request: Request, flag: Flag) -> None:
    roles = [
        (index, message.get("role")) for index, message in enumerate(request.messages) if isinstance(message, dict)
    ]
    first = next((index for index, role in roles if role != "system"), len(request.messages))
    # A system message in the format of another API is reported as that, and is late only when it is converted.
    foreign = request.history.foreign
    late = [index for index, role in roles if role == "system" and index > first and index not in foreign]
    if not late:
        return
    fix = _fix(request, late)
    related = (Related(("messages", first), "the first message that is not a system message"),)
    for index in late:
        message = (
            "a system message must come before all other messages; move its text to the first system message or to a "
            "user message"
        )
        flag(("messages", index), message, related=related, fix=fix)


def _fix(request: Request, late: list[int]) -> Fix | None:
    """One fix for all findings: moved one by one, each would change the first message again."""
    first = request.messages[0]
    begins = isinstance(first, dict) and first.get("role") == "system" and 0 not in request.history.foreign
    indexes = [0, *late] if begins else late
    merged = merged_content([request.messages[index].get("content") for index in indexes])
    if merged is None:
        return None
    removals = (Edit("remove", ("messages", index)) for index in late)
    if begins:
        words = f"move {count(len(late), 'system message')} into the first message{_without(request, late)}"
        return Fix(words, (Edit("set", ("messages", 0, "content"), merged), *removals), safe=False)
    opening = {"role": "system", "content": merged}
    words = f"move {count(len(late), 'system message')} to the start{_without(request, late)}"
    return Fix(words, (Edit("insert", ("messages", 0), opening), *removals), safe=False)


def _without(request: Request, late: list[int]) -> str:
    """Names the keys that are removed with the messages: the first one gets only their texts."""
    keys = dict.fromkeys(key for index in late for key in request.messages[index] if key not in ("role", "content"))
    return f", without {', '.join(map(quote, keys))}" if keys else ""


RULE = Rule(
    code="MM504",
    name="late-system-message",
    severity=Severity.ERROR,
    prose=__doc__,
    never_ignore="the API rejects a late system message",
    refusal="invalid params, chat content has invalid message role: system (2013)",
    when=Feature.SYSTEM_AGAIN,
    check=check,
    valid=(Valid("A system message at the start.", request(system(), user())),),
    invalid=(
        Invalid(
            "A reminder.",
            request(system("Help."), user(), assistant(), system("Be brief."), user("Thanks.")),
            at=(("messages", 3),),
            fixed=request(system("Help.\n\nBe brief."), user(), assistant(), user("Thanks.")),
        ),
        Invalid(
            "A repeated reminder.",
            request(system("Be brief."), user(), system("Be brief."), user("Thanks.")),
            at=(("messages", 2),),
            fixed=request(system("Be brief."), user(), user("Thanks.")),
        ),
        Invalid(
            "After the assistant's greeting.",
            request(assistant("Hello!"), system("Be brief."), user()),
            at=(("messages", 1),),
            fixed=request(system("Be brief."), assistant("Hello!"), user()),
        ),
    ),
)
