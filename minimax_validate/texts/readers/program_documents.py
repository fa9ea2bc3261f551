"""Make a document of the text of a program."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from minimax_validate.texts.document import Document, Rewriter, Source
from minimax_validate.texts.ignore_comments import MARK, ignore_comments_in
from minimax_validate.texts.readers.excerpts import InExcerpt
from minimax_validate.texts.replacement import Replacement, UnwritableError
from minimax_validate.texts.source.outline import Places, outline
from minimax_validate.texts.source.program import Program
from minimax_validate.texts.source.sites.finder import find_sites
from minimax_validate.texts.source.sites.site import Site
from minimax_validate.texts.source.syntax import NotParsedError, Syntax
from minimax_validate.values.diagnostic import Edit

Parse = Callable[[str], Syntax]
Amend = Callable[[Syntax, Site], Site]
"""Makes a site of what a page only hints at (see ``elisions``)."""


def program_document(source: Source, parse: Parse, *, is_python: bool, amend: Amend | None = None) -> Document | None:
    """The document of a program that names the model; None where it has no site, and nothing was skipped.

    ``amend`` is given each site before anything is made of it.
    """
    try:
        syntax = parse(source.text)
    except NotParsedError:
        return _document(source, Program(unread=1))
    found, skipped = find_sites(syntax)
    if amend is not None:
        found = [amend(syntax, site) for site in found]
    program = Program(
        tuple(site for site in found if not site.is_assumed),
        tuple(site for site in found if site.is_assumed),
        skipped.others,
        skipped.unknown,
        skipped.unread,
    )
    if not found and not (skipped.others or skipped.unknown or skipped.unread):
        return None
    document = _document(source, program)

    def rewrite(text: str, edits: Iterable[Edit]) -> tuple[Replacement, ...]:
        from minimax_validate.texts.source.rewrite import rewrite_program  # only who fixes needs it

        if text != source.text:  # that of a program in which something was fixed already
            later = reread(replace(source, text=text)).rewriter
            return later.rewrite(text, edits) if later else ()
        return rewrite_program(text, edits, program.sites, syntax.comments, is_python=is_python)

    def reread(new: Source) -> Document:
        again = program_document(new, parse, is_python=is_python, amend=amend)
        if again is None:
            raise UnwritableError("what was a request would be none")
        return again

    document = replace(document, rewriter=Rewriter(rewrite, reread))
    if MARK in source.text:
        document = replace(document, ignore_comments=ignore_comments_in(source.text, syntax.comments()))
    return document


def missing_document(source: Source, needs: str) -> Document:
    """The document of a program that cannot be read for want of a parser."""
    return _document(source, Program(missing=needs))


def with_program(document: Document, program: Program) -> Document:
    """A document with the sites of a program; places in a part of a text stay places in it."""
    places = Places(program.sites)
    return replace(
        document,
        value=[outline(site.root) for site in program.sites],
        locate=replace(document.locate, locate=places) if isinstance(document.locate, InExcerpt) else places,
        requests=tuple((number,) for number in range(len(program.sites))),
        program=program,
    )


def _document(source: Source, program: Program) -> Document:
    return with_program(Document(source, []), program)
