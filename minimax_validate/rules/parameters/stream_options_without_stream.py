"""`stream_options` should be set only together with `stream: true`.

`stream_options` controls the end of a streamed answer. Without streaming it has no effect, and some servers reject it.
This happens when streaming is switched off but its options stay.

The fix deletes `stream_options`. It is safe, because the key has no effect.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, user
from minimax_validate.rules.fixes import removal
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity


def check(request: Request, flag: Flag) -> None:
    if isinstance(request.body.get("stream_options"), dict) and request.body.get("stream", False) is False:
        fix = removal(("stream_options",), "delete stream_options", safe=True)
        flag(
            ("stream_options",),
            "stream_options has no effect unless stream is true; delete it or set stream to true",
            fix=fix,
            focus="key",
        )


RULE = Rule(
    code="MM604",
    name="stream-options-without-stream",
    severity=Severity.WARNING,
    prose=__doc__,
    when=Feature.IDLE_STREAM_OPTIONS,
    check=check,
    valid=(Valid("With `stream`.", request(user(), stream=True, stream_options={"include_usage": True})),),
    invalid=(
        Invalid(
            "Without `stream`.",
            request(user(), stream_options={"include_usage": True}),
            at=(("stream_options",),),
            fixed=request(user()),
        ),
        Invalid(
            "With `stream` switched off.",
            request(user(), stream=False, stream_options={}),
            at=(("stream_options",),),
            fixed=request(user(), stream=False),
        ),
    ),
)
