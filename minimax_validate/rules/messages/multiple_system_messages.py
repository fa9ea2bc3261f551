"""A conversation must start with at most one system message.

Programs that combine several prompts (instructions, then the date, then the workspace) often send each as its own
message. M2.x rejects this: "invalid chat setting" (stello-agent/stello#17 on M2.7, starting with the turn in which a
summary was added; openclaw/openclaw#19386, can1357/oh-my-pi#954). If the request is accepted, the model's chat
template silently drops all but the first one. MiniMax's tests for its next model expect such a request to be
accepted.

The fix appends the texts to the first message, separated by a blank line; it keeps identical texts once. It is safe,
because the model receives the same instructions.
"""

from typing import Any

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, system, user
from minimax_validate.rules.fixes import merged_content
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Edit, Fix, Related, Severity
from minimax_validate.values.losses import lost_keys, naming
from minimax_validate.values.wording import count


def check(request: Request, flag: Flag) -> None:
    run = _leading_run(request)
    related = (Related(("messages", 0), "the first system message"),)
    fix = _merge(run)
    for index in range(1, len(run)):
        flag(
            ("messages", index),
            "only one system message is supported, so this one is rejected; merge it into the first",
            related=related,
            fix=fix,
        )


def _leading_run(request: Request) -> list[dict[str, Any]]:
    run: list[dict[str, Any]] = []
    for message in request.messages:
        if not isinstance(message, dict) or message.get("role") != "system":
            break
        run.append(message)
    return run


def _merge(run: list[dict[str, Any]]) -> Fix | None:
    """One fix for all findings of a run: merged one by one, each would undo the last."""
    merged = merged_content([message.get("content") for message in run])
    if merged is None:
        return None
    removals = (Edit("remove", ("messages", index)) for index in range(1, len(run)))
    message = f"merge {count(len(run), 'system message')} into the first{naming(lost_keys(run[1:], merged))}"
    return Fix(message, (Edit("set", ("messages", 0, "content"), merged), *removals), safe=True)


RULE = Rule(
    code="MM503",
    name="multiple-system-messages",
    severity=Severity.ERROR,
    prose=__doc__,
    refusal="invalid params, invalid chat setting (2013)",
    when=Feature.SYSTEM_AGAIN,
    check=check,
    valid=(
        Valid(
            "One system message with both texts.",
            request(system("Answer in one sentence.\n\nToday is Monday."), user()),
        ),
    ),
    invalid=(
        Invalid(
            "Two prompts.",
            request(system("Answer in one sentence."), system("Today is Monday."), user()),
            at=(("messages", 1),),
            fixed=request(system("Answer in one sentence.\n\nToday is Monday."), user()),
        ),
        Invalid(
            "Three prompts.",
            request(system("Answer in one sentence."), system("Today is Monday."), system("It is nine."), user()),
            at=(("messages", 1), ("messages", 2)),
            fixed=request(system("Answer in one sentence.\n\nToday is Monday.\n\nIt is nine."), user()),
        ),
        Invalid(
            "The same prompt twice.",
            request(system("Today is Monday."), system("Today is Monday."), user()),
            at=(("messages", 1),),
            fixed=request(system("Today is Monday."), user()),
        ),
        Invalid(
            "An array of parts.",
            request(system("Be brief."), system([{"type": "text", "text": "Today is Monday."}]), user()),
            at=(("messages", 1),),
            fixed=request(
                system([{"type": "text", "text": "Be brief."}, {"type": "text", "text": "Today is Monday."}]), user()
            ),
        ),
    ),
)
