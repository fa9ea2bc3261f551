"""The name of a response schema has no more than 64 characters.

`response_format.json_schema.name` is limited by the vendor's schema. Names made from class names and paths outgrow it.
Characters are Unicode code points. Should the limit change, the setting `json-schema-name-length` knows another.

The fix cuts the name. It is unsafe, as two names may become one.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import answer_format, request, user
from minimax_validate.rules.fixes import assignment
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.failure import Failure

_AT = ("response_format", "json_schema", "name")


def check(request: Request, flag: Flag) -> None:
    name, limit = request.answer.get("name"), request.limits.json_schema_name_length
    if isinstance(name, str) and len(name) > limit:
        fix = assignment(_AT, name[:limit], f"cut the name to {limit} characters", safe=False)
        flag(_AT, f"the name has {len(name)} characters; {limit} are allowed", fix=fix)


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    # The check tells it, by the limit of the settings, which may be another than the contract's.
    return failure.pointer == _AT


RULE = Rule(
    code="MM122",
    name="json-schema-name-length",
    severity=Severity.ERROR,
    prose=__doc__,
    when=Feature.RESPONSE_FORMAT,
    check=check,
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
