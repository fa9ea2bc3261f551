"""Requests that run a model by its binding, as in ``env.AI.run(model, inputs)``."""

from __future__ import annotations

from minimax_validate.source_code.values import Absent, Array, Entry, Known, Object
from minimax_validate.texts.source.models import named
from minimax_validate.texts.source.sites.entries import entry_of, without
from minimax_validate.texts.source.sites.known import LEFT_OUT
from minimax_validate.texts.source.sites.requests import inputs_in
from minimax_validate.texts.source.sites.search import Search
from minimax_validate.texts.source.syntax import Call, Handle

_RECEIVERS = frozenset({"AI", "ai", "hubAI()"})


def find_run(search: Search, handle: Handle, view: Call, path: tuple[str, ...]) -> None:
    """Look at a call of ``run``: its model and its inputs are judged as a request in an envelope."""
    given = [argument for argument in view.arguments if argument.keyword is None]
    if not given or any(argument.is_spread for argument in given[:2]):
        return
    is_receiver = path[-2] in _RECEIVERS or path[-2].endswith("AI")
    model = search.evaluator.value(given[0].value)
    kind = named(model)
    if kind == "ours" or (kind == "near" and is_receiver):
        pass
    elif is_receiver and (kind == "other" or not isinstance(model, Known | Absent | Array | Object)):
        if kind == "other":
            search.skipped.others += 1
            return
        kind = "unknown"
    else:
        return
    keywords = [argument for argument in view.arguments if argument.keyword is not None]
    span = search.syntax.span(handle)
    if len(given) > 1:
        inputs = search.evaluator.value(given[1].value)
    elif keywords:
        inputs = search.evaluator.keywords(view, span, LEFT_OUT, "extra_body")
    else:
        return
    found = inputs_in(without(inputs, "account_id"))
    if found is None:
        if kind == "unknown":
            search.skipped.unknown += 1
        else:
            search.skipped.unread += 1
        return
    if kind == "unknown":
        search.skipped.unknown += 1
    search.take(inputs)
    # Other models' requests go through the binding, too: one without messages may be for such a model.
    if kind == "unknown" and isinstance(found, Object) and entry_of(found, "messages") is None:
        return
    entries = (
        Entry("model", model, key_span=model.span, span=model.span),
        Entry("input", found, key_span=found.span, span=found.span),
    )
    search.add(Object(entries, span), span, kind)
