"""Which findings are counted as fixable: those whose fix can be made in the text that they are of."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from io import BytesIO

import pytest

from minimax_validate import Settings, Validator
from minimax_validate.output.tally import Tally
from minimax_validate.rules.examples import call, calling, request, result, user
from minimax_validate.texts import fixing
from minimax_validate.texts.checked import Checked, check_document
from minimax_validate.texts.fixing import fix_document, writable
from minimax_validate.texts.readers import read

VALIDATOR = Validator(Settings(ignore=("MM510",)))

SHARED = """\
from openai import OpenAI
client = OpenAI()
SPOKEN = {"role": "human", "content": "x"}
client.chat.completions.create(model="minimax/m2.7", messages=[SPOKEN])
client.chat.completions.create(model="minimax/m2.7", messages=[SPOKEN], max_token=5)
"""
"""A message that is written once for two requests, and a key that is not."""

ALIASED = """\
model: minimax/m2.7
messages:
- &said {role: human, content: hi}
meta: {first: *said}
input: *said
max_token: 5
"""


def counted(name: str, text: str | bytes) -> tuple[dict[str, bool], Tally]:
    """The codes of the findings that have a fix, with whether they are counted as fixable; and all that is counted."""
    tally = Tally()
    codes: dict[str, bool] = {}
    for document in read(name, BytesIO(text if isinstance(text, bytes) else text.encode())):
        checked = Checked(document, check_document(VALIDATOR, document))
        tally.add(checked)
        made = {id(finding) for finding in writable(document, checked.report.diagnostics)}
        codes |= {each.code: id(each) in made for each in checked.report.diagnostics if each.fix}
    return codes, tally


def test_what_a_program_writes_once_is_not_counted() -> None:
    """A constant that two requests share stays as it is, and what stands in one of them does not."""
    codes, tally = counted("a.py", SHARED)
    assert codes == {"MM112": False, "MM601": True}
    assert tally.summary().endswith("; 1 fixable with --fix")
    assert {kind.code: kind.safe for kind in tally.kinds} == {"MM112": None, "MM601": True}


@pytest.mark.parametrize("name", ["page.md", "calls.http", "log.jsonl.gz", "tape.json"])
def test_what_is_not_rewritten_is_not_counted(name: str) -> None:
    """Prose, recordings and packed files have fixes to read, and none to make."""
    body = json.dumps(request(user(None), calling(call(index=0)), result(), model="minimax/m2.7"))
    address = "https://api.cloudflare.com/client/v4/accounts/a/ai/v1/chat/completions"
    text: dict[str, bytes] = {
        "page.md": f"```json\n{body}\n```\n".encode(),
        "calls.http": f"POST {address}\nContent-Type: application/json\n\n{body}\n".encode(),
        "log.jsonl.gz": gzip.compress(body.encode()),
        "tape.json": json.dumps({"interactions": [{"request": {"method": "POST", "uri": "", "body": body}}]}).encode(),
    }
    codes, tally = counted(name, text[name])
    assert codes == {"MM110": False, "MM116": False}
    assert "fixable" not in tally.summary()
    assert {kind.safe for kind in tally.kinds} == {None}


def test_what_is_counted_is_made() -> None:
    """The fixes that are counted are those that fixing makes, one fix that cannot be made beside them."""
    for name, text in (("a.py", SHARED), ("a.yaml", ALIASED)):
        (document,) = read(name, BytesIO(text.encode()))
        found = check_document(VALIDATOR, document).diagnostics
        made = writable(document, found)
        done = fix_document(document, lambda each: check_document(VALIDATOR, each).diagnostics, unsafe=True)
        assert made
        assert {each.code for each in made} <= {each.code for each in done.applied}
        assert {each.code for each in done.unwritable}.isdisjoint(each.code for each in made)


def test_requests_that_json_cannot_hold_are_not_counted() -> None:
    """They are left alone, and their neighbours are not."""
    text = '[{"messages": [{"role": "human", "content": "a"}], "seed": NaN}, {"messages": [{"role": "ai", "content": "b"}]}]'
    (document,) = read("a.json", BytesIO(text.encode()))
    found = check_document(VALIDATOR, document).diagnostics
    assert {each.pointer[0] for each in writable(document, found)} == {1}


def test_many_fixes_take_few_attempts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fix that cannot be made among hundreds is found by halves; and there is an end to it."""
    asked: list[int] = []
    written = fixing._written

    def count(document: object, rewriter: object, findings: tuple[object, ...]) -> object:
        asked.append(len(findings))
        return written(document, rewriter, findings)  # type: ignore[arg-type]

    monkeypatch.setattr(fixing, "_written", count)
    messages = [{"role": "human", "content": str(number)} for number in range(300)]
    (document,) = read("a.json", BytesIO(json.dumps({"messages": messages}).encode()))
    assert document.rewriter is not None
    document = replace(document, rewriter=document.rewriter._replace(is_certain=None))
    found = check_document(VALIDATOR, document).diagnostics
    assert len(writable(document, found)) == 300
    assert asked == [300]
    asked.clear()
    bad = found[7]

    def count_but_one(document: object, rewriter: object, findings: tuple[object, ...]) -> object:
        return None if bad in findings else count(document, rewriter, findings)

    monkeypatch.setattr(fixing, "_written", count_but_one)
    assert len(writable(document, found)) == 299
    assert len(asked) <= 10
    asked.clear()

    def refuse(_document: object, _rewriter: object, findings: tuple[object, ...]) -> None:
        asked.append(len(findings))

    monkeypatch.setattr(fixing, "_written", refuse)
    assert writable(document, found) == ()
    assert len(asked) == fixing._MOST_ATTEMPTS
