"""A request without tools leaves `tools` out.

An empty array passes the vendor's schema. Servers that run this model refuse it: vLLM with "tools must not be an empty
array" (vllm-project/vllm#39780), DashScope with "[] is too short - 'tools'" (BerriAI/litellm#31522). That MiniMax
itself refuses it is claimed (MiniMax-AI/MiniMax-M2.5#24), and not confirmed. In a row to train on it is a column, which
every row has.

The fix deletes the key. It is safe: no tools are no tools.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.request.rows import is_training_row
from minimax_validate.rules.examples import assistant, request, tool, user
from minimax_validate.rules.fixes import removal
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity


def check(request: Request, flag: Flag) -> None:
    if request.body.get("tools") == [] and request.is_whole(("tools",)) and not is_training_row(request.body):
        flag(
            ("tools",),
            "`tools` is empty: leave it out",
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
        Valid("No key.", request(user())),
        Valid("A row to train on.", request(user(), assistant(), tools=[])),
    ),
    invalid=(Invalid("An empty array.", request(user(), tools=[]), at=(("tools",),), fixed=request(user())),),
)
