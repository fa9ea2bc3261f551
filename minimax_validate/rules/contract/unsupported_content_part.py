"""A content part must be of type `text` or `image_url`.

Other vendors' messages contain parts of other types: `input_audio`, `file` and `refusal` at OpenAI, `image` and
`document` at Anthropic, `input_text` and `output_text` in OpenAI's Responses API. The vendor's schema rejects the whole
request because of one such part. (Images are accepted, but the model does not receive them; see MM506.)

For `input_text` and `output_text` the fix sets the type to `text` and deletes `annotations` and `logprobs`. It is
safe, because the text is kept. No automatic fix for other types: their content cannot be written as text.
"""

from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Edit, Fix, Severity
from minimax_validate.values.failure import Failure
from minimax_validate.values.losses import naming
from minimax_validate.values.pointer import Pointer
from minimax_validate.values.wording import quote

_TEXTS = frozenset({"input_text", "output_text"})
_NOTES = frozenset({"annotations", "logprobs"})
_FOREIGN = _TEXTS | {
    "input_audio", "file", "refusal", "input_image", "input_file", "image", "document", "audio", "video", "video_url",
    "media", "tool_call",
}  # fmt: skip


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    if failure.pointer[2:3] != ("content",) or failure.instance not in _FOREIGN:
        return False
    part = request.messages[int(failure.pointer[1])]["content"][failure.pointer[3]]
    message = f'content part of type {quote(failure.instance)} is not accepted, only "text" and "image_url"'
    flag(failure.pointer, message, fix=_fix(part, failure.pointer[:-1]) if failure.instance in _TEXTS else None)
    return True


def _fix(part: dict[str, object], pointer: Pointer) -> Fix | None:
    extra = part.keys() - {"type", "text"}
    if not isinstance(part.get("text"), str) or not extra <= _NOTES:
        return None
    removals = (Edit("remove", (*pointer, key)) for key in part if key in extra)
    dropped = naming(tuple(key for key in part if key in extra))
    return Fix(f'set the type to "text"{dropped}', (Edit("set", (*pointer, "type"), "text"), *removals), safe=True)


_TEXT = request(user([{"type": "text", "text": "Describe the harbour."}]))

RULE = Rule(
    code="MM115",
    name="unsupported-content-part",
    severity=Severity.ERROR,
    prose=__doc__,
    keywords=("const",),
    claim=claim,
    valid=(Valid("A text part.", _TEXT),),
    invalid=(
        Invalid(
            "An input text of the Responses API.",
            request(user([{"type": "input_text", "text": "Describe the harbour."}])),
            at=(("messages", 0, "content", 0, "type"),),
            fixed=_TEXT,
        ),
        Invalid(
            "An output text of the Responses API.",
            request(user([{"type": "output_text", "text": "Describe the harbour.", "annotations": []}])),
            at=(("messages", 0, "content", 0, "type"),),
            fixed=_TEXT,
        ),
        Invalid(
            "An audio part.",
            request(user([{"type": "input_audio", "input_audio": {"data": "UklGRg==", "format": "wav"}}])),
            at=(("messages", 0, "content", 0, "type"),),
        ),
    ),
)
