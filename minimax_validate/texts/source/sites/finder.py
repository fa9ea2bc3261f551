"""Find where a program asks a chat model: binding calls, calls of SDKs, bodies of HTTP requests, objects."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from minimax_validate.texts.source.evaluation.evaluator import BrokenError, TooMuchError
from minimax_validate.texts.source.evaluation.paths import path_of
from minimax_validate.texts.source.sites.bindings import find_run
from minimax_validate.texts.source.sites.http import find_post
from minimax_validate.texts.source.sites.known import CREATORS, POSTERS
from minimax_validate.texts.source.sites.objects import find_object
from minimax_validate.texts.source.sites.sdk import find_create
from minimax_validate.texts.source.sites.search import Search
from minimax_validate.texts.source.sites.site import Site, Skipped
from minimax_validate.texts.source.syntax import Call, Handle, Syntax

_MOST_CALLS = 20_000
"""Calls and objects that are looked at in one program."""


def find_sites(syntax: Syntax) -> tuple[list[Site], Skipped]:
    """The sites of a program in the order of their places, and the count of what is skipped."""
    search = Search(syntax)
    for call in islice(syntax.calls(), _MOST_CALLS):
        _guarded(search, call, _find_call)
    for handle in islice(syntax.objects(), _MOST_CALLS):
        _guarded(search, handle, find_object)
    return sorted(search.sites, key=lambda site: site.span), search.skipped


def _guarded(search: Search, handle: Handle, find: Callable[[Search, Handle], None]) -> None:
    before = len(search.sites)
    try:
        find(search, handle)
        if len(search.sites) > before and search.syntax.is_broken(handle):
            raise BrokenError
    except (TooMuchError, BrokenError, RecursionError):
        del search.sites[before:]
        search.skipped.unread += 1


def _find_call(search: Search, handle: Handle) -> None:
    view = search.syntax.view(handle)
    path = path_of(search.syntax, view.callee) if isinstance(view, Call) else ()
    if not isinstance(view, Call) or not path:
        return
    if path[-1] == "run" and len(path) > 1:
        find_run(search, handle, view, path)
    elif path[-1] in CREATORS and len(path) > 1:
        find_create(search, handle, view, path)
    if path[-1] in POSTERS:
        find_post(search, handle, view)
