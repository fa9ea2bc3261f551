"""What stands between a client and the model.

Which of the things it sends are requests for the model, and what becomes of a bad one. Nothing here knows an HTTP
library. The modules beside this one hand over method, host, path, headers and body, as their library has them.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

from minimax_validate.engine.api import default_validator
from minimax_validate.engine.errors import InvalidRequestError
from minimax_validate.engine.validator import Validator
from minimax_validate.texts.checked import check_document
from minimax_validate.texts.document import ABSENT, Document, Source
from minimax_validate.values.codec import orjson
from minimax_validate.values.contracts import MAY, BodyFormat
from minimax_validate.values.model import MODEL
from minimax_validate.values.pointer import Pointer, to_path, value_at
from minimax_validate.values.report import CLEAN, Report

__all__ = ["ABSENT", "DEFAULT", "HOSTS", "Applies", "Guard", "Mode"]

Mode = Literal["raise", "warn", "fix"]
"""What becomes of a request with errors.

``raise``: ``InvalidRequestError``, and nothing is sent. ``warn``: a warning in the log, and it is sent as it is.
``fix``: its safe fixes are made, told in the log, and sent; what they leave raises.
"""

Applies = Callable[[str, Any], bool]
"""Whether a body sent to a path is a request for the model.

Given are the path, percent-decoded, and the value that the JSON holds. The value is ``ABSENT`` of this module if the
body is not JSON after all.
"""

HOSTS = frozenset({"api.cloudflare.com", "gateway.ai.cloudflare.com"})
"""The hosts that serve the model, by Cloudflare's pages of its REST API and of AI Gateway."""

# By the same pages: /ai/v1/chat/completions and .../compat/chat/completions; /ai/run, with the model in the body or
# behind it; a gateway's /workers-ai, with the model behind it; and a gateway itself, which takes an array of steps.
_PATH = re.compile(rf"/chat/completions/?$|/ai/run/?$|/(?:ai/run|workers-ai)/{re.escape(MODEL)}/?$|^/v1/[^/]+/[^/]+/?$")
_MESSAGES = re.compile(r"/(?:workers-)?ai/v1/messages/?$")
_CHAT = re.compile(r"/chat/completions/?$")
_JSON = re.compile(r"\s*(?:application/(?:[^;\s]*\+)?json|text/json)\s*(?:;|$)", re.IGNORECASE)
_SEALS = ("content-md5", "digest", "content-digest", "repr-digest", "signature", "x-amz-content-sha256")

_logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Guard:
    """Looks at what is sent, and lets through what may be sent; the same one serves all clients and threads.

    ``hosts`` are the host names, in lower case and without port, whose traffic is looked at; ``applies`` says in place
    of the known paths and the model's name which bodies sent there are requests for the model. Whatever is not a POST
    of JSON, plain and in memory, passes unread. ``validator`` checks by settings of your own: what it calls an error is
    one. Where its contract has several formats, the address says which one a body is in: ``/ai/v1/messages`` takes the
    Messages format and ``/chat/completions`` the chat format; elsewhere the body tells by its shape.

    Raises:
        ValueError: there is no such mode, or ``hosts`` is a single string.
    """

    mode: Mode = "raise"
    validator: Validator | None = None
    hosts: Collection[str] = HOSTS
    applies: Applies | None = None
    _by_format: Mapping[BodyFormat, Validator] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.mode not in get_args(Mode):
            raise ValueError(f"the mode of a guard must be one of {', '.join(get_args(Mode))}, not {self.mode!r}")
        if isinstance(self.hosts, str):
            raise ValueError(f"the hosts of a guard must be a collection of strings, not the string {self.hosts!r}")
        has_formats = self.validator is not None and self.validator.settings.contract == MAY
        settings = self.validator.settings if self.validator is not None else None
        by_format = {each: Validator(settings, body_format=each) for each in BodyFormat} if has_formats else {}
        object.__setattr__(self, "_by_format", by_format)

    def watches(self, method: str, host: str | None, path: str, headers: Mapping[str, str]) -> bool:
        """Whether the body of what is sent is worth reading.

        ``path`` is percent-decoded, ``headers`` do not mind case.
        """
        if method != "POST" or host not in self.hosts or not (self.applies or self._is_known(path)):
            return False
        media_type = headers.get("content-type")
        return (media_type is None or _JSON.match(media_type) is not None) and headers.get(
            "content-encoding", "identity"
        ) == "identity"

    def release(self, path: str, headers: Mapping[str, str], body: bytes) -> bytes:
        """The body to send in place of one that is watched: the very same object, unless a fix changed it.

        A body that carries a digest or a signature in its headers is never changed.

        Raises:
            InvalidRequestError: it has errors, and the mode is not ``warn``.
        """
        validator = self._validator_at(path)
        value = _quickly(body)
        pointers = self._pointers(path, value) if value is not ABSENT else None
        if pointers is not None and all(
            self._passes(validator.check(value_at(value, pointer))) for pointer in pointers
        ):
            return body
        document = _exactly(body)
        document = replace(document, requests=self._pointers(path, document.value) if pointers is None else pointers)
        if not document.requests:
            return body
        report = check_document(validator, document)
        if self.mode == "fix" and not document.faults and not any(name in headers for name in _SEALS):
            body, report = _fixed(validator, document, body, report)
        if not report.ok:
            if self.mode != "warn":
                raise InvalidRequestError(report)
            _logger.warning("%s", InvalidRequestError(report))
        return body

    def _is_known(self, path: str) -> bool:
        """Whether the model is served at a path, in a format that the contract has."""
        return bool(_PATH.search(path) or (self._by_format and _MESSAGES.search(path)))

    def _validator_at(self, path: str) -> Validator:
        """The validator of what is sent to a path."""
        if self.validator is None:
            return default_validator()
        if self._by_format:
            if _MESSAGES.search(path):
                return self._by_format[BodyFormat.MESSAGES]
            if _CHAT.search(path):
                return self._by_format[BodyFormat.CHAT]
        return self.validator

    def _passes(self, report: Report) -> bool:
        return report is CLEAN or (report.ok and self.mode != "fix")

    def _pointers(self, path: str, value: Any) -> tuple[Pointer, ...]:
        """Where in a body the requests for the model are."""
        if self.applies is not None:
            return ((),) if self.applies(path, value) else ()
        if _names_model(path, value):
            return ((),)
        if isinstance(value, list):  # the steps of a gateway
            steps = ((index, step) for index, step in enumerate(value) if isinstance(step, dict) and "query" in step)
            return tuple(
                (index, "query") for index, step in steps if _names_model(str(step.get("endpoint")), step["query"])
            )
        return ()


DEFAULT = Guard()
"""Raises for what is wrong under the default settings."""


def _names_model(path: str, value: Any) -> bool:
    return (isinstance(value, dict) and value.get("model") == MODEL) or f"/{path}".rstrip("/").endswith(f"/{MODEL}")


def _quickly(body: bytes) -> object:
    """The value of a body, if it is such as clients write, else ``ABSENT``."""
    if orjson is not None:
        try:
            value: object = orjson.loads(body)
            return value
        except ValueError:
            pass
    return ABSENT


def _exactly(body: bytes) -> Document:
    """The body with all that is wrong with its text, and numbers of any length as they are written."""
    from minimax_validate.texts.readers.encoding import decode_line  # no sound request needs these
    from minimax_validate.texts.readers.json_document import read_json

    text, fault = decode_line(body)
    return read_json(Source("", text)) if fault is None else Document(Source("", text), ABSENT, (fault,))


def _fixed(validator: Validator, document: Document, body: bytes, report: Report) -> tuple[bytes, Report]:
    """The body with the safe fixes made and all else as it is written, and what is left.

    The same two where nothing can be done.
    """
    from minimax_validate.texts.fixing import fix_document  # as above

    def checked(found: Document) -> Report:
        return check_document(validator, replace(found, requests=document.requests))

    fixed = fix_document(document, lambda found: checked(found).diagnostics)
    if not fixed.applied:
        return body, report
    _logger.info(
        "fixed before sending: %s",
        "; ".join(f"{to_path(gone.pointer)}: {gone.code} {gone.message}" for gone in fixed.applied),
    )
    return fixed.document.source.text.encode(), checked(fixed.document)
