"""A part of the content is a text or an image.

Other vendors' messages hold parts of other types: `input_audio`, `file` and `refusal` at OpenAI, `tool_use` and
`tool_result` at Anthropic, `input_text` and `output_text` in OpenAI's Responses API. The vendor's schema refuses the
whole request for one of them. (Images are accepted, but the model does not see them: see MM506.)

For `input_text` and `output_text` the fix renames the type, and drops the notes (`annotations`, `logprobs`) that the
latter may carry. It is safe: the text stays. The others have none, as their content has no place in a text.
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
    "input_audio", "file", "refusal", "tool_use", "tool_result", "input_image", "input_file",
    "image", "document", "thinking",
    "redacted_thinking", "reasoning", "audio", "video", "video_url", "media", "tool_call", "tool-call", "tool-result",
}  # fmt: skip


def claim(failure: Failure, request: Request, flag: Flag) -> bool:
    if len(failure.pointer) != 5 or failure.pointer[2] != "content" or failure.instance not in _FOREIGN:
        return False
    part = request.messages[int(failure.pointer[1])]["content"][failure.pointer[3]]
    message = f"a part of type {quote(failure.instance)} is not accepted, only text and image_url"
    flag(failure.pointer, message, fix=_fix(part, failure.pointer[:-1]) if failure.instance in _TEXTS else None)
    return True


def _fix(part: dict[str, object], pointer: Pointer) -> Fix | None:
    extra = part.keys() - {"type", "text"}
    if not isinstance(part.get("text"), str) or not extra <= _NOTES:
        return None
    removals = (Edit("remove", (*pointer, key)) for key in part if key in extra)
    dropped = naming(tuple(key for key in part if key in extra))
    return Fix(f'make the type "text"{dropped}', (Edit("set", (*pointer, "type"), "text"), *removals), safe=True)


_TEXT = request(user([{"type": "text", "text": "Describe the harbour."}]))

RULE = Rule(
    code="MM115",
    name="unsupported-content-part",
    severity=Severity.ERROR,
    prose=__doc__,
    keywords=("const",),
    claim=claim,
    valid=(Valid("A text.", _TEXT),),
    invalid=(
        Invalid(
            "A text of the Responses API.",
            request(user([{"type": "input_text", "text": "Describe the harbour."}])),
            at=(("messages", 0, "content", 0, "type"),),
            fixed=_TEXT,
        ),
        Invalid(
            "An answer of the Responses API.",
            request(user([{"type": "output_text", "text": "Describe the harbour.", "annotations": []}])),
            at=(("messages", 0, "content", 0, "type"),),
            fixed=_TEXT,
        ),
        Invalid(
            "A sound.",
            request(user([{"type": "input_audio", "input_audio": {"data": "UklGRg==", "format": "wav"}}])),
            at=(("messages", 0, "content", 0, "type"),),
        ),
    ),
)
