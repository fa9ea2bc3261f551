"""The name of a response schema must not be longer than 64 characters.

The vendor's schema limits the length of `response_format.json_schema.name`. Names generated from class names and
paths often exceed the limit. Characters are Unicode code points. The setting `json-schema-name-length` sets another
limit.

The fix shortens the name. It is unsafe, because two names may become equal.
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
        fix = assignment(_AT, name[:limit], f"shorten the name to {limit} characters", safe=False)
        flag(_AT, f"the name of the response schema has {len(name)} characters; at most {limit} are allowed", fix=fix)


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    # The check reports it, by the limit of the settings, which may differ from the contract's.
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
    valid=(Valid("64 characters.", request(user(), response_format=answer_format(name="n" * 64))),),
    invalid=(
        Invalid(
            "65 characters.",
            request(user(), response_format=answer_format(name="n" * 65)),
            at=(_AT,),
            fixed=request(user(), response_format=answer_format(name="n" * 64)),
        ),
    ),
)
