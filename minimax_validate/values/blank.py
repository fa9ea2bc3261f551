"""Content that says nothing."""

from __future__ import annotations

from typing import Any


def is_blank(content: Any) -> bool:
    """Whether content is an empty text, white space, or an array without a part that says anything.

    Images say nothing: the model is not shown them.
    """
    if isinstance(content, str):
        return not content or content.isspace()
    return isinstance(content, list) and all(_is_blank_part(part) for part in content)


def _is_blank_part(part: Any) -> bool:
    if not isinstance(part, dict):
        return False
    if is_image(part):
        return True
    text = part.get("text") if part.get("type") == "text" else None
    return isinstance(text, str) and (not text or text.isspace())


def is_image(part: dict[str, Any]) -> bool:
    """Whether a part of content is an image, as the contract has it."""
    return part.get("type") == "image_url" and isinstance(part.get("image_url"), dict)


def describe_blank(content: Any) -> str:
    """What blank content is, in few words."""
    if not content:
        return '""' if isinstance(content, str) else "an empty array"
    if isinstance(content, str):
        return "only white space"
    if any(is_image(part) for part in content):
        return "only images, which the model does not receive"
    return "only blank parts"
