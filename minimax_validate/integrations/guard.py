"""The guard between a client and the model.

It decides which of the sent requests are for the model, and what happens to a bad one. It does not depend on an HTTP
library: the other modules of this package pass method, host, path, headers and body to it.
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
"""What a guard does with a request that has errors.

``raise``: raise ``InvalidRequestError`` and send nothing. ``warn``: log a warning and send the request unchanged.
``fix``: apply the safe fixes, log them and send the fixed request; raise if errors remain.
"""

Applies = Callable[[str, Any], bool]
"""A function that returns whether a body sent to a path is a request for the model.

It receives the percent-decoded path and the parsed JSON value. The value is ``ABSENT`` from this module if the body is
not valid JSON.
"""

HOSTS = frozenset({"api.cloudflare.com", "gateway.ai.cloudflare.com"})
"""The hosts that serve the model, according to Cloudflare's documentation of its REST API and of AI Gateway."""

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
    """Checks requests before a client sends them; one guard can serve all clients and threads.

    ``mode`` is what happens to a request with errors: ``"raise"``, ``"warn"`` or ``"fix"``. ``hosts`` contains the
    host names to check, in lower case and without port. ``applies`` decides which bodies sent to these hosts are
    requests for the model; by default, the path and the model name decide. Requests other than a POST with an
    uncompressed JSON body in memory are not read. ``validator`` defines the settings, and thereby what is an error.
    If its contract has several formats, the path determines the format of a body: the Messages format for
    ``/ai/v1/messages``, the chat format for ``/chat/completions``. For other paths, the format is detected.

    Raises:
        ValueError: the mode is unknown, or ``hosts`` is a single string.
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
        """Return whether the body of a request must be checked.

        ``path`` is percent-decoded; the keys of ``headers`` are case-insensitive.
        """
        if method != "POST" or host not in self.hosts or not (self.applies or self._is_known(path)):
            return False
        media_type = headers.get("content-type")
        return (media_type is None or _JSON.match(media_type) is not None) and headers.get(
            "content-encoding", "identity"
        ) == "identity"

    def release(self, path: str, headers: Mapping[str, str], body: bytes) -> bytes:
        """Return the body to send: the same object, or a fixed body.

        A body whose headers contain a digest or a signature is never changed.

        Raises:
            InvalidRequestError: the body has errors, and the mode is not ``warn``.
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
"""The default guard: it raises if a request has an error under the default settings."""


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
