"""A message should not contain images, because the model does not receive them.

The vendor's schema accepts `image_url` parts, and the request is answered, but M2.7 reads only text, and its chat
template drops the part. In a probe with a picture of one color (terrylica/cc-skills, V1) the model answered that the
image was missing, and the prompt had no more tokens than without it. In a tool result the part is printed as text
instead.

Ignore it if another model answers requests with images. No automatic fix: the content of the image must be described
in words.
"""

from minimax_validate.request.features import Feature
from minimax_validate.request.index import Request
from minimax_validate.rules.examples import assistant, request, user
from minimax_validate.rules.rule import Flag, Invalid, Rule, Valid
from minimax_validate.values.blank import is_blank, is_image
from minimax_validate.values.diagnostic import Severity


def check(request: Request, flag: Flag) -> None:
    images = [part for part in request.parts if is_image(part.value)]
    if not images:
        return
    # A message with only images is reported as one without text.
    blank = {
        index
        for index, message in request.objects
        if message.get("role") == "user" and is_blank(message.get("content"))
    }
    for pointer, _ in images:
        if pointer[1] not in blank:
            flag(pointer, "the model does not receive images, so this part is dropped; describe the image in text")


_TEXT = {"type": "text", "text": "Which color is this?"}
_IMAGE = {"type": "image_url", "image_url": {"url": "https://example.com/square.png"}}

RULE = Rule(
    code="MM506",
    name="image-ignored",
    severity=Severity.WARNING,
    prose=__doc__,
    when=Feature.IMAGES,
    check=check,
    valid=(Valid("A description of the image.", request(user([_TEXT, {"type": "text", "text": "A red square."}]))),),
    invalid=(
        Invalid("An image.", request(user([_TEXT, _IMAGE])), at=(("messages", 0, "content", 1),)),
        Invalid(
            "An image in an assistant message.",
            request(user(), assistant([_IMAGE]), user()),
            at=(("messages", 1, "content", 0),),
        ),
    ),
)
