"""An image URL should be an `http`, `https` or `data:` URL with an image type.

A file path, raw base64 without `data:image/png;base64,` before it, base64 that is cut short, and a PDF instead of an
image fail in every API that reads images.

M2.7 does not receive images at all (MM506); this rule is for histories that are also sent to other models. No
automatic fix: only you know the right URL.
"""

import re

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import request, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.diagnostic import Severity
from minimax_validate.values.pointer import Pointer
from minimax_validate.values.wording import quote

_DATA = re.compile(r"data:([^;,]*)((?:;[^;,]*)*),", re.IGNORECASE)
_NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/=]|=(?!=?$)")


def check(request: Request, flag: Flag) -> None:
    for pointer, part in request.parts:
        image = part.get("image_url") if part.get("type") == "image_url" else None
        url = image.get("url") if isinstance(image, dict) else None
        if isinstance(url, str) and (problem := _problem(url)):
            flag((*pointer, "image_url", "url"), problem)


def _problem(url: str) -> str | None:
    scheme = url[:8].lower()
    if scheme.startswith(("http://", "https://")):
        return None
    if not scheme.startswith("data:"):
        return f"an image URL must start with `https://` or `data:image/`, not {quote(url)}"
    head = _DATA.match(url)
    if head is None:
        return "the data URL has no comma before its data"
    if not head[1].lower().startswith("image/"):
        return f"the data URL is of type {quote(head[1] or 'text/plain')}, which is not an image type"
    if head[2].lower().endswith(";base64") and not _is_base64(url, head.end()):
        return "the data URL is not valid base64; it is cut short or contains other characters"
    return None


def _is_base64(url: str, start: int) -> bool:
    """Whether the rest of a URL decodes, without decoding what may be megabytes."""
    return (len(url) - start) % 4 == 0 and _NOT_BASE64.search(url, start) is None


def _showing(url: str) -> dict[str, object]:
    return request(
        user([{"type": "text", "text": "Which color is this?"}, {"type": "image_url", "image_url": {"url": url}}])
    )


_PART: Pointer = ("messages", 0, "content", 1)
_AT = ((*_PART, "image_url", "url"),)
_DROPPED = (("MM506", _PART),)

RULE = Rule(
    code="MM507",
    name="invalid-image-url",
    severity=Severity.WARNING,
    prose=__doc__,
    when=Feature.IMAGES,
    check=check,
    valid=(Valid("No image.", request(user())),),
    invalid=(
        Invalid("A file path.", _showing("square.png"), at=_AT, beside=_DROPPED),
        Invalid("Raw base64.", _showing("iVBORw0KGgo="), at=_AT, beside=_DROPPED),
        Invalid("Another type of data.", _showing("data:application/pdf;base64,JVBERg=="), at=_AT, beside=_DROPPED),
        Invalid("Cut short.", _showing("data:image/png;base64,iVBORw0KGgo"), at=_AT, beside=_DROPPED),
        Invalid(
            "Characters that are not base64.", _showing("data:image/png;base64,iVBORw0K%Go="), at=_AT, beside=_DROPPED
        ),
        Invalid("No data.", _showing("data:image/png;base64"), at=_AT, beside=_DROPPED),
    ),
)
