"""Check the documents of files: those of a named file, and of one met on a walk what looks like a request."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from minimax_validate.engine.validator import Validator
from minimax_validate.project.discover import Filters, Found, assumes_model
from minimax_validate.project.files import read_file, unreadable
from minimax_validate.request.envelope import is_conversation, looks_like_request
from minimax_validate.rules.document import unreadable_file
from minimax_validate.texts.checked import Checked, check_document
from minimax_validate.texts.document import ABSENT, PROVEN, Document, Proof, Walk

_SPEAKS_OF_MESSAGES = re.compile(r"[\"']messages[\"']|^[ -]*messages *:", re.MULTILINE)


def meant(document: Document) -> Document | None:
    """The part of a document from a walk that is checked.

    Its requests, or all of it if it can't be read and may hold some.
    """
    if document.program is not None or document.value is PROVEN:
        return document
    if document.value is ABSENT:
        return document if _is_told(document) else None
    requests = tuple(
        pointer
        for pointer, payload in document.payloads()
        if (
            looks_like_request(payload) or is_conversation(payload)
            if document.on_a_walk is None
            else pointer in document.on_a_walk  # by what it says, or where it is sent
        )
    )
    if len(requests) == len(document.requests):
        return document if requests or document.walk is Walk.TELLS else None
    return replace(document, requests=requests) if requests or document.walk is Walk.TELLS else None


def _is_told(document: Document) -> bool:
    if document.walk is not Walk.GUESSES:
        return document.walk is Walk.TELLS
    from minimax_validate.project.unread import may_mean_request  # few files of a walk cannot be read

    text = document.source.text
    if any(fault.diagnostic.code == unreadable_file.RULE.code for fault in document.faults):
        return not text or _SPEAKS_OF_MESSAGES.search(text) is not None
    return may_mean_request(text)


Passed = Callable[[Document], None]


def _to_be_read(document: Document) -> Document:
    """A document that somebody named: one for which a parser is missing says so."""
    program = document.program
    return unreadable(document.source.name, program.missing) if program and program.missing else document


def proof(validator: Validator, *, named: bool) -> Proof:
    """What proves requests clean while they are read; those of a file that is not ``named`` have to look like some."""
    if named:
        return validator.proves
    return lambda value, encoded: looks_like_request(value) and validator.proves(value, encoded)


def check_file(found: Found, validator: Validator) -> Iterator[Checked]:
    """Check every request of a file; of one met on a walk, what looks like a request."""
    documents = read_file(found, proof(validator, named=found.named))
    return check_documents(documents, validator, named=found.named)


def assuming(found: Found, documents: Iterable[Document], filters: Filters) -> Iterable[Document]:
    """The documents of a file, with the model that is assumed in it if the filters name the file."""
    return map(assumed, documents) if filters.assume_model and assumes_model(found.path, filters) else documents


def assumed(document: Document) -> Document:
    """A program in which a model that is not known is taken for ours; it is not rewritten."""
    if document.program is None or not document.program.assumed:
        return document
    from minimax_validate.texts.readers.program_documents import with_program  # few programs are

    return replace(with_program(document, document.program.assuming()), rewriter=None)


def check_documents(
    documents: Iterable[Document], validator: Validator, *, named: bool, passed: Passed | None = None
) -> Iterator[Checked]:
    """Check documents one by one; those that are not ``named`` only if they look like requests.

    The others are ``passed`` over.
    """
    for document in documents:
        wanted = _to_be_read(document) if named else meant(document)
        if wanted is not None:
            yield Checked(wanted, check_document(validator, wanted))
        elif passed is not None:
            passed(document)
