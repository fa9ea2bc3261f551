"""An unused optional parameter must be omitted, not set to null.

Clients that serialize every field of a class send `"temperature": null` and similar keys. Other vendors treat null as
absent; the vendor's schema rejects it. In a training row, null is an empty column and is not reported.

The fix deletes the key. It is safe, because null means that the parameter is not used.
"""

from minimax_validate.request.index import Request
from minimax_validate.request.rows import is_training_row
from minimax_validate.rules.examples import assistant, request, user
from minimax_validate.rules.fixes import removal
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.failure import Failure
from minimax_validate.values.wording import place


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    if failure.instance is not None or not failure.optional:
        return False
    if len(failure.pointer) == 1 and is_training_row(request.body):
        return True
    key = failure.pointer[-1]
    flag(
        failure.pointer,
        f"{place(failure.pointer)} is null; omit it instead",
        fix=removal(failure.pointer, f"delete `{key}`", safe=True),
    )
    return True


RULE = Rule(
    code="MM120",
    name="null-parameter",
    severity=Severity.ERROR,
    prose=__doc__,
    keywords=("type",),
    claim=claim,
    valid=(
        Valid("The parameter is omitted.", request(user())),
        Valid("An empty column of a training row.", request(user(), assistant(), tools=None)),
    ),
    invalid=(
        Invalid("A parameter.", request(user(), temperature=None), at=(("temperature",),), fixed=request(user())),
        Invalid(
            "A key of a message.",
            request(user(tool_calls=None)),
            at=(("messages", 0, "tool_calls"),),
            fixed=request(user()),
        ),
    ),
)
