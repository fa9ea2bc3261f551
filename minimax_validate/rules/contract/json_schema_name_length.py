"""The name of a response schema has no more than 64 characters.

`response_format.json_schema.name` is limited by the vendor's schema. Names made from class names and paths outgrow it. Characters are
Unicode code points.

The fix cuts the name. It is unsafe, as two names may become one.
"""

from minimax_validate.diagnostic import Severity
from minimax_validate.examples import answer_format, request, user
from minimax_validate.failure import Failure
from minimax_validate.fixes import assignment
from minimax_validate.request import Request
from minimax_validate.rule import Flag, Invalid, Rule, Valid


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    limit = failure.expected
    fix = assignment(failure.pointer, failure.instance[:limit], f"cut the name to {limit} characters", safe=False)
    flag(failure.pointer, f"the name has {len(failure.instance)} characters; {limit} are allowed", fix=fix)
    return True


_AT = ("response_format", "json_schema", "name")

RULE = Rule(
    code="MM122",
    name="json-schema-name-length",
    severity=Severity.ERROR,
    prose=__doc__,
    keywords=("maxLength",),
    claim=claim,
    valid=(Valid("Just short enough.", request(user(), response_format=answer_format(name="n" * 64))),),
    invalid=(
        Invalid(
            "One too many.",
            request(user(), response_format=answer_format(name="n" * 65)),
            at=(_AT,),
            fixed=request(user(), response_format=answer_format(name="n" * 64)),
        ),
    ),
)
