"""A request without tools should omit `tools`.

An empty array conforms to the vendor's schema. Servers that run this model reject it: vLLM with "tools must not be an
empty array" (vllm-project/vllm#39780), DashScope with "[] is too short - 'tools'" (BerriAI/litellm#31522). A report
that MiniMax itself rejects it (MiniMax-AI/MiniMax-M2.5#24) is not confirmed. In a training row it is a column that
every row has, and is not reported.

The fix deletes the key. It is safe, because the request has no tools either way.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.request.rows import is_training_row
from minimax_validate.rules.examples import assistant, request, tool, user
from minimax_validate.rules.fixes import removal
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity


def check(request: Request, flag: Flag) -> None:
    if request.body.get("tools") == [] and not is_training_row(request.body):
        flag(
            ("tools",),
            "tools is an empty array; omit it instead",
            fix=removal(("tools",), "delete `tools`", safe=True),
            focus="key",
        )


RULE = Rule(
    code="MM310",
    name="empty-tools",
    severity=Severity.WARNING,
    prose=__doc__,
    when=Feature.EMPTY_TOOLS,
    check=check,
    valid=(
        Valid("One tool.", request(user(), tools=[tool()])),
        Valid("No `tools`.", request(user())),
        Valid("A training row.", request(user(), assistant(), tools=[])),
    ),
    invalid=(Invalid("An empty array.", request(user(), tools=[]), at=(("tools",),), fixed=request(user())),),
)
