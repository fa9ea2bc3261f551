"""Requests in programs: what has to be found stands beside it as ``expect MM105``, and nothing else is found."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from minimax_validate import Validator
from minimax_validate.project.ignoring.comments import apply_comments
from minimax_validate.rules.catalogue import BY_CODE
from minimax_validate.texts.checked import Checked, check_document
from minimax_validate.texts.document import Document
from minimax_validate.texts.fixing import fix_document
from minimax_validate.texts.placed import Finding, place
from minimax_validate.texts.readers import encoding, programs, read

OWN = Path(__file__).parent.parent / "data" / "programs"
SHARED = Path(__file__).parents[3] / "shared" / "source"
_EXPECTED = re.compile(r"expect (MM\d+)")

MOVED = {("07-template.ts", "MM512"): "MM502", ("15-worker.py", "MM127"): "MM112"}
"""What the catalogue tells under another code since the shared programs were marked."""

VALIDATOR = Validator()


def documents(name: str, text: str | bytes) -> list[Document]:
    """The documents of a program."""
    data = text.encode() if isinstance(text, str) else text
    return list(read(name, io.BufferedReader(io.BytesIO(data))))


def found(name: str, text: str | bytes) -> list[Finding]:
    """What is found in a program and not ignored in it."""
    results = [Checked(document, check_document(VALIDATOR, document)) for document in documents(name, text)]
    return [finding for result in results for finding in place(apply_comments(result, BY_CODE)[0]).findings]


def marks(name: str, text: str) -> list[tuple[int, str]]:
    """The lines and codes of what is found in a program."""
    return sorted((finding.location.line, finding.diagnostic.code) for finding in found(name, text))


def expected(text: str) -> list[tuple[int, str]]:
    """The lines and codes of what has to be found."""
    return sorted((line, code) for line, row in enumerate(text.split("\n"), 1) for code in _EXPECTED.findall(row))


@pytest.mark.parametrize("path", sorted(OWN.iterdir()), ids=lambda path: path.name)
def test_own_programs(path: Path) -> None:
    """Each mistake of our own programs is found on its line, and nothing else."""
    text = path.read_text("utf-8")
    assert marks(path.name, text) == expected(text)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared programs are not here")
@pytest.mark.parametrize("path", sorted(SHARED.glob("*.*")), ids=lambda path: path.name)
def test_shared_programs(path: Path) -> None:
    """So it is in the programs beside the checkout, those of the vendor's page among them."""
    text = path.read_text("utf-8")
    told = [(line, MOVED.get((path.name, code), code)) for line, code in marks(path.name, text)]
    assert sorted(told) == expected(text)


def place_of(name: str, text: str) -> tuple[str, str]:
    """The characters that the one finding of a program stands at, and its code."""
    (finding,) = found(name, text)
    line, column, end_line, end_column = finding.location
    assert line == end_line
    row = re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff"))[line - 1]
    return row[column - 1 : end_column - 1], finding.diagnostic.code


BEFORE = {
    "nothing": "",
    "byte order mark": "\ufeff",
    "other scripts": "// ñ 中文 🙂 — minimax\n",
    "other scripts on the line": "/* 🙂🙂 é */ ",
    "carriage returns": "// one\r\n// two 🙂\r\n",
    "long": "// " + "é🙂x" * 5000 + "\n",
    "a character in two blocks": "//" + "中" * 500 + "\n",
}


@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE)
def test_columns_of_typescript(before: str) -> None:
    """A finding stands at its characters, whatever is before it."""
    text = before + "env.AI.run('minimax/m2.7', { messages: [{ role: 'usr', content: 'é🙂' }] })\n"
    assert place_of("a.ts", text) == ("'usr'", "MM112")


@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE)
def test_columns_of_python(before: str) -> None:
    """So it does in Python."""
    before = re.sub(r"/\*.*\*/ ", "x = '🙂🙂 é'; ", before).replace("//", "#")
    text = before + 'env.AI.run("minimax/m2.7", {"messages": [{"role": "usr", "content": "é🙂"}]})\n'
    assert place_of("a.py", text) == ('"usr"', "MM112")


def test_finding_in_constant_names_call() -> None:
    """A finding stands where the constant is written, once for all calls, with a call beside it."""
    text = (
        "const SYSTEM = { role: 'sys', content: 'Hi' }\n"
        "env.AI.run('minimax/m2.7', { messages: [SYSTEM] })\n"
        "env.AI.run('minimax/m2.7', { messages: [SYSTEM] })\n"
    )
    (finding,) = found("a.ts", text)
    assert (finding.location.line, finding.diagnostic.code) == (1, "MM112")
    assert [
        (other.line, related.message)
        for other, related in zip(finding.related, finding.diagnostic.related, strict=True)
    ] == [(2, "the call that sends it")]


def test_message_quotes_expression() -> None:
    """A message shows the expression of a hole, never what the hole was filled with."""
    text = "env.AI.run('minimax/m2.7', { messages: [{ role: `a ${who}`, content: x }], max_tokens: Boolean(y) })"
    assert sorted(finding.diagnostic.message for finding in found("a.ts", text)) == [
        "max_tokens must be a number; this is a boolean (`Boolean(y)`)",
        'role "a ${who}" is not accepted, only "system", "user", "assistant" or "tool"',
    ]


def test_skipped_sites_are_counted() -> None:
    """Sites of other models and of unknown ones are counted, and told nothing of."""
    text = (
        "// minimax\n"
        "env.AI.run('@cf/x', { messages: [{ role: 'usr', content: 5 }] })\n"
        "env.AI.run(pick(), { messages: [{ role: 'usr', content: 5 }] })\n"
        "env.AI.run('minimax/m2.7', make())\n"
    )
    (document,) = documents("a.ts", text)
    program = document.program
    assert program is not None
    assert (len(program.sites), program.others, program.unknown, program.unread) == (0, 1, 1, 1)
    assert found("a.ts", text) == []
    first = next(program.assuming().judged(VALIDATOR))
    assert first.code == "MM112"


URL = "https://api.cloudflare.com/client/v4/accounts/${id}/ai/run/${model}"
UNKNOWN: dict[str, tuple[str, list[str]]] = {
    "binding": ("env.AI.run(pick(), { messages: [{ role: 'usr', content: 5 }] })", ["MM112", "MM106"]),
    "binding without a written request": ("env.AI.run(pick(), make())", []),
    "binding without messages": ("env.AI.run(pick(), { text, temperature: 5 })", []),
    "address": (f"fetch(`{URL}`, {{ body: JSON.stringify({{ messages: 5 }}) }})", ["MM102"]),
    "address without messages": (f"fetch(`{URL}`, {{ body: JSON.stringify({{ text, temperature: 5 }}) }})", []),
    "address that goes on": (f"fetch(`{URL}?stream=1`, {{ body: JSON.stringify({{ messages: 5 }}) }})", ["MM102"]),
    "address with an unknown end": (
        "fetch(`https://x.example/ai/run/minimax/${rest}`, { body: JSON.stringify({ messages: 5 }) })",
        ["MM102"],
    ),
    "client": (
        "const client = new OpenAI({ baseURL: `https://api.cloudflare.com/client/v4/accounts/${id}/ai/v1` })\n"
        "client.chat.completions.create({ model: pick(), messages: [{ role: 'usr', content: 'x' }] })",
        ["MM112"],
    ),
}


@pytest.mark.parametrize(("text", "codes"), UNKNOWN.values(), ids=UNKNOWN)
def test_request_of_unknown_model_is_counted(text: str, codes: list[str]) -> None:
    """A request whose model is not known is counted; what is wrong if the model is ours is found when that is assumed."""
    (document,) = documents("a.ts", f"// minimax\n{text}\n")
    program = document.program
    assert program is not None
    assert (len(program.sites), program.others, program.unknown, program.unread) == (0, 0, 1, 0)
    assert [finding.code for finding in program.assuming().judged(VALIDATOR)] == codes


def test_program_in_another_encoding() -> None:
    """A program in an encoding that it names is read; in one that it does not, it is read but for some signs."""
    text = "# é minimax\nenv.AI.run('minimax/m2.7', {'messages': [{'role': 'usr', 'content': 'x'}]})\n"
    assert [one.diagnostic.code for one in found("a.py", text.encode("utf-16"))] == ["MM112"]
    (document,) = documents("a.py", text.encode("latin-1"))
    assert document.rewriter is None
    assert [(one.location.line, one.diagnostic.code) for one in found("a.py", text.encode("latin-1"))] == [(2, "MM112")]


def test_program_that_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a program that is too large to be read, this is the one finding."""
    monkeypatch.setattr(encoding, "LARGEST", 1024)
    text = "env.AI.run('minimax/m2.7', {'messages': 5})\n" * 2_000
    (finding,) = found("a.py", text)
    assert (finding.diagnostic.code, finding.location.line) == ("MM002", 1)


def test_text_without_model_is_no_document() -> None:
    """A program that never names the model is not read."""
    assert documents("a.ts", "env.AI.run(pick(), { messages: 5 }") == []
    assert documents("a.py", "def (") == []


HOSTILE = {
    "nested arrays": ("a.ts", "const minimax = " + "[" * 50_000 + "]" * 50_000),
    "nested arrays of Python": ("a.py", "minimax = " + "[" * 50_000 + "]" * 50_000),
    "doubling constants": (
        "a.ts",
        "const a0 = [{ role: 'user', content: 'x' }]\n"
        + "".join(f"const a{n + 1} = [...a{n}, ...a{n}]\n" for n in range(40))
        + "env.AI.run('minimax/m2.7', { messages: a40 })\n",
    ),
    "doubling constants without spread": (
        "a.py",
        "a0 = [1]\n"
        + "".join(f"a{n + 1} = [a{n}, a{n}]\n" for n in range(40))
        + "env.AI.run('minimax/m2.7', {'messages': [{'role': 'user', 'content': 'x', 'meta': a40}]})\n",
    ),
    "cyclic constants": (
        "a.ts",
        "const a = [...b]\nconst b = [...a]\nenv.AI.run('minimax/m2.7', { messages: a, tools: b })\n",
    ),
    "long sum": ("a.py", "env.AI.run('minimax/m2.7', {'messages': " + "x + " * 5_000 + "x})\n"),
    "long chain": ("a.ts", "env.AI.run('minimax/m2.7', { messages: " + "x.y(" * 1_000 + ")" * 1_000 + " })\n"),
    "long line": ("a.ts", "const minimax = '" + "x" * 5_000_000 + "'; f({ model, messages });" * 200),
    "syntax errors": ("a.ts", "const minimax = {{{ ((( env.AI.run('minimax/m2.7', { messages: [{ role: 'usr' \n" * 50),
    "endless to the parser": (
        "a.js",
        "f({ minimax/m2.7role: 'user', content: '' })\n"
        "f('minimax/m2.7', { mespt\nf('minimax/m2.7', { sages: [{ role: 'user', content }], ...optio'ns })\n}\n",
    ),
    "many names": ("a.ts", "// minimax\n" + "x = x + x;" * 20_000 + "env.AI.run(x, { messages: x })"),
}


@pytest.mark.parametrize(("name", "text"), HOSTILE.values(), ids=HOSTILE)
def test_hostile_program_ends(name: str, text: str) -> None:
    """Whatever a program is like, reading it ends, and what was not understood is told nothing of."""
    assert found(name, text) == []


def test_request_in_messages_format_is_counted() -> None:
    """A request by Anthropic's SDK is not judged as a chat request, but counted as one that is not read."""
    part = '{"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "AA=="}}'
    text = (
        'client.messages.create(model="minimax/m2.7", max_tokens=9, messages=[{"role": "user", "content": [%s]}])\n'
        'client.beta.messages.stream(model=MODEL, max_tokens=9, messages=[{"role": "user", "content": [%s]}])\n'
        'MODEL = "minimax/m2.7"\n'
    )
    (document,) = documents("a.py", text % (part, part))
    assert document.program is not None
    assert (document.program.sites, document.program.unread) == ((), 2)


def test_error_in_site_is_no_finding() -> None:
    """A site with an error of syntax in it is skipped and counted."""
    text = "env.AI.run('minimax/m2.7', { messages: [{ role: 'usr', content: `${}` }], temperature: })\n"
    (document,) = documents("a.ts", text)
    assert document.program is not None
    assert (document.program.sites, document.program.unread) == ((), 1)


FIXED = {
    "values": (
        "a.ts",
        "env.AI.run('MiniMax-M2.7', { messages: [{ role: 'developer', content: text }] })\n",
        "env.AI.run('minimax/m2.7', { messages: [{ role: 'system', content: text }] })\n",
    ),
    "keys with comments and commas": (
        "a.ts",
        "env.AI.run('minimax/m2.7', {\n  messages: [{ role: 'user', content: a }],\n  max_token: 5, // five\n"
        "  temperature: null,\n  'gateway': { id: 'x' },\n})\n",
        "env.AI.run('minimax/m2.7', {\n  messages: [{ role: 'user', content: a }],\n  max_tokens: 5, // five\n})\n",
    ),
    "shorthand": (
        "a.js",
        "const max_token = 5\nenv.AI.run('minimax/m2.7', { messages: [{ role: 'user', content: a }], max_token })\n",
        "const max_token = 5\n"
        "env.AI.run('minimax/m2.7', { messages: [{ role: 'user', content: a }], max_tokens: max_token })\n",
    ),
    "keywords of Python": (
        "a.py",
        'client.chat.completions.create(model="minimax/m2.7", max_token=5, messages=[{"role": "user", "content": a}])\n',
        'client.chat.completions.create(model="minimax/m2.7", max_tokens=5, messages=[{"role": "user", "content": a}])\n',
    ),
    "last keyword": (
        "a.py",
        "flare.ai.run('minimax/m2.7', account_id='0', messages=[{'role': 'user', 'content': a}], stop=['x'])\n",
        "flare.ai.run('minimax/m2.7', account_id='0', messages=[{'role': 'user', 'content': a}])\n",
    ),
    "keywords on lines of their own": (
        "a.py",
        "flare.ai.run(\n    'minimax/m2.7',\n    account_id='0',\n    n=2,\n    messages=[{'role': 'user', 'content': a}],\n"
        "    stop='x',  # why\n    temperature=1)\n",
        "flare.ai.run(\n    'minimax/m2.7',\n    account_id='0',\n    messages=[{'role': 'user', 'content': a}],\n"
        "    # why\n    temperature=1)\n",
    ),
    "keywords before others": (
        "a.py",
        "flare.ai.run('minimax/m2.7', n=2, stop='x', account_id='0', messages=[{'role': 'user', 'content': a}])\n",
        "flare.ai.run('minimax/m2.7', account_id='0', messages=[{'role': 'user', 'content': a}])\n",
    ),
    "texts of Python": (
        "a.py",
        "env.AI.run('minimax/m2.7', {'messages': [{'role': 'developer', 'content': None}], 'tools': []})\n",
        "env.AI.run('minimax/m2.7', {'messages': [{'role': 'system', 'content': ''}]})\n",
    ),
}


@pytest.mark.parametrize(("name", "before", "after"), FIXED.values(), ids=FIXED)
def test_written_literals_are_fixed(name: str, before: str, after: str) -> None:
    """What is written out is fixed in the program's own spelling."""
    (document,) = documents(name, before)
    fixed = fix_document(document, lambda one: check_document(VALIDATOR, one).diagnostics, unsafe=True)
    assert fixed.document.source.text == after


UNFIXED = {
    "shared": (
        "const s = { role: 'developer', content: 'x' }\n"
        "env.AI.run('minimax/m2.7', { messages: [s, { role: 'user', content: a }] })\n"
        "env.AI.run('minimax/m2.7', { messages: [s, { role: 'user', content: b }] })\n"
    ),
    "choice": "env.AI.run('minimax/m2.7', { messages: [{ role: a ? 'developer' : 'user', content: b }] })\n",
    "spread": (
        "const s = [{ role: 'developer', content: 'x' }]\n"
        "env.AI.run('minimax/m2.7', { messages: [...s, { role: 'user', content: a }] })\n"
    ),
    "behind a rest": "env.AI.run('minimax/m2.7', { messages: [{ role: 'developer', content: b }], ...rest })\n",
    "comment in the argument of a call": (
        "flare.ai.run('minimax/m2.7', account_id='0', messages=[{'role': 'user', 'content': a}], stop=[  # why\n'x'])\n"
    ),
}


@pytest.mark.parametrize("text", UNFIXED.values(), ids=UNFIXED)
def test_what_is_not_written_out_is_not_fixed(text: str) -> None:
    """Values that other places share, branches, what is spread in and comments in arguments stay as they are."""
    name = "a.py" if "account_id" in text else "a.ts"
    (document,) = documents(name, text)
    assert check_document(VALIDATOR, document).diagnostics
    fixed = fix_document(document, lambda one: check_document(VALIDATOR, one).diagnostics, unsafe=True)
    assert fixed.document.source.text == text
    assert not fixed.applied


FOR_OTHERS = {
    "wrapper with keys of its own": "chat({ model: 'minimax/m2.7', maxTokens: 5, messages: [{ role: 'usr', content: 'x' }] })",
    "wrapper with messages of its own": "chat({ model: 'minimax/m2.7', messages: [{ role: 'human', content: 5 }] })",
    "wrapper with parts of its own": (
        "chat({ model: 'minimax/m2.7', messages: [{ role: 'user', content: [{ type: 'image', source: 5 }] }] })"
    ),
    "wrapper with tools of its own": (
        "chat({ model: 'minimax/m2.7', messages: [{ role: 'user', content: 'x' }], tools: [{ name: 'f' }] })"
    ),
    "wrapper with calls of its own": (
        "chat({ model: 'minimax/m2.7', messages: [{ role: 'assistant', content: '', tool_calls: "
        "[{ function: { name: 'f', arguments: {} } }] }] })"
    ),
    "wrapper under test": (
        "it.each([1])('mends roles', async () => {\n"
        "const r = { model: 'minimax/m2.7', messages: [{ role: 'usr', content: null }] }\n"
        "expect(mended(r)).toBeTruthy()\n})"
    ),
    "wrapper that puts messages before": (
        "chat({ model: 'minimax/m2.7', messages: [{ role: 'tool', tool_call_id: 'a', content: 'x' }] })"
    ),
    "changed": (
        "const r = { model: 'minimax/m2.7', messages: [{ role: 'usr', content: 'x' }] }\nr.messages[0].role = 'user'\nsend(r)"
    ),
    "changed by whoever has it first": (
        "const r = { model: 'minimax/m2.7', messages: [{ role: 'usr', content: 'x' }] }\nmend(r)\nchat(r)"
    ),
    "part of another one": (
        "const r = { model: 'minimax/m2.7', messages: [{ role: 'usr', content: 'x' }] }\nchat({ ...r, messages: o })"
    ),
    "expected value": "expect(a).toEqual({ model: 'minimax/m2.7', messages: [{ role: 'usr', content: 'x' }] })",
    "frame of a socket": "ws.send(JSON.stringify({ model: 'minimax/m2.7', messages: [{ role: 'usr', content: 'x' }] }))",
    "statistic": "const s = { model: 'minimax/m2.7', messages: 5, temperature: 3 }",
    "embeddings": "create({ model: 'minimax/m2.7', input: 'text', temperature: 3 })",
    "another gateway's parameter": (
        "new OpenAI({ baseURL: url }).chat.completions.create("
        "{ model: 'minimax/m2.7', messages: [{ role: 'user', content: 'x' }], top_k: 5, seed: 3 })"
    ),
    "Anthropic's SDK": (
        "anthropic.messages.create({ model: 'minimax/m2.7', max_tokens: 9, messages: [{ role: 'user', content: [{ type: 'image' }] }] })\n"
        "anthropic.messages.stream({ ...o, model: 'minimax/m2.7', messages: [{ role: 'usr', content: 5 }] })\n"
    ),
    "Messages format over HTTP": (
        "const url = `${base}/v1/messages?beta=true`\n"
        "fetch(url, { body: JSON.stringify({ model: 'minimax/m2.7', messages: [{ role: 'user', content: [{ type: 'image' }] }] }) })"
    ),
    "state": "const s = { model: 'minimax/m2.7', messages: [], temperature: 3 }",
    "row": "const s = { id: 5, model: 'minimax/m2.7', messages: [{ role: 'usr', content: 'x' }] }",
    "provider of one's own": (
        "const c = new OpenAI({ baseURL: `https://gateway.ai.cloudflare.com/v1/${a}/g/custom-minimax` })\n"
        "c.chat.completions.create({ model: 'MiniMax-M2.7', messages: [{ role: 'usr', content: 'x' }] })"
    ),
}


@pytest.mark.parametrize("text", FOR_OTHERS.values(), ids=FOR_OTHERS)
def test_what_others_read_is_no_site(text: str) -> None:
    """What is written in another format, changed before it is sent, expected in tests, or counted, is no request."""
    assert found("a.ts", text) == []


def test_wrapper_under_test_in_python_is_no_site() -> None:
    """What a function gets in a test of Python is no request either; what a service gets is one."""
    text = (
        "def test_mends_roles(client):\n"
        "    ask(model='minimax/m2.7', messages=[{'role': 'usr', 'content': 'x'}])\n"
        "    client.chat.completions.create(model='minimax/m2.7', messages=[{'role': 'usr', 'content': 'x'}])\n"
    )
    assert marks("a.py", text) == [(3, "MM112")]


FAULTY = "{ model: 'minimax/m2.7', messages: [{ role: 'usr', content: 'x' }] }"
ANYWHERE = {
    "argument": ("a.ts", f"callModel({FAULTY})"),
    "argument of a method": ("a.ts", f"adapter.chat({FAULTY}, (part) => show(part))"),
    "part of an argument": ("a.ts", f"await queue({{ retries: 3, request: {FAULTY} }})"),
    "variable": ("a.ts", f"const r = {FAULTY}\nconsole.log(r.model)\nchat(r)"),
    "answer of a function": ("a.ts", f"const build = () => {{ return {FAULTY} }}"),
    "item": ("a.ts", f"export const CASES = [{FAULTY}]"),
    "member": ("a.ts", f"this.request = {FAULTY}"),
    "dict": (
        "a.py",
        f"ask({FAULTY.replace('model:', repr('model') + ':').replace('messages:', repr('messages') + ':')})",
    ),
    "keywords": ("a.py", "completion(model='minimax/m2.7', messages=[{'role': 'usr', 'content': 'x'}])"),
    "dataclass": ("a.py", "r = ChatRequest(model='minimax/m2.7', messages=[{'role': 'usr', 'content': 'x'}])"),
}


@pytest.mark.parametrize(("name", "text"), ANYWHERE.values(), ids=ANYWHERE)
def test_object_with_our_model_is_site_anywhere(name: str, text: str) -> None:
    """An object or keywords with our model and messages are a request, whoever gets them."""
    text = re.sub(r"\b(role|content): ", r"'\1': ", text) if name.endswith(".py") else text
    assert [code for _, code in marks(name, text)] == ["MM112"]


GOOD, BAD = "{ messages: [{ role: 'user', content: a }] }", "{ messages: [{ role: 'usr', content: a }] }"
CHOICES = {
    "conditional": ("a.ts", f"env.AI.run('minimax/m2.7', c ? {GOOD} : {BAD})", ["MM112"]),
    "both branches": ("a.ts", f"env.AI.run('minimax/m2.7', c ? {BAD} : {BAD})", ["MM112", "MM112"]),
    "conditional in a constant": ("a.ts", f"const i = c ? {BAD} : {GOOD}\nenv.AI.run('minimax/m2.7', i)", ["MM112"]),
    "default": ("a.ts", f"env.AI.run('minimax/m2.7', o ?? {BAD})", ["MM112"]),
    "other default": ("a.ts", f"env.AI.run('minimax/m2.7', o || {BAD})", ["MM112"]),
    "default under a guard": ("a.ts", "if (!o?.messages) throw 0\nenv.AI.run('minimax/m2.7', o ?? {})", []),
    "Python": (
        "a.py",
        "env.AI.run('minimax/m2.7', {'messages': [{'role': 'usr', 'content': a}]} if c else b)",
        ["MM112"],
    ),
    "body of an SDK": (
        "a.ts",
        "client.chat.completions.create(c ? { model: 'minimax/m2.7', messages: [{ role: 'usr', content: a }] }"
        " : { model: 'gpt-4o', messages: [{ role: 'developer', content: a }] })",
        ["MM112"],
    ),
    "body over HTTP": (
        "a.ts",
        "fetch(`https://api.cloudflare.com/client/v4/accounts/${id}/ai/run/minimax/m2.7`,"
        f" {{ body: JSON.stringify(c ? {GOOD} : {BAD}) }})",
        ["MM112"],
    ),
    "two system prompts in a branch": (
        "a.ts",
        f"env.AI.run('minimax/m2.7', c ? {GOOD} : {{ messages: [{{ role: 'system', content: a }},"
        " { role: 'system', content: a }] })",
        [],
    ),
}


@pytest.mark.parametrize(("name", "text", "codes"), CHOICES.values(), ids=CHOICES)
def test_branches_of_whole_requests_are_read(name: str, text: str, codes: list[str]) -> None:
    """Of a choice of requests each branch is read; what more than one value shows is left alone in a branch."""
    assert [code for _, code in marks(name, text)] == codes
    (document,) = documents(name, text)
    assert document.program is not None
    assert document.program.unread == (text.endswith("o ?? {})"))


BROKEN = {
    "half an object": "const a = { model: 'minimax/m2.7', messages: [{ role: 'usr' }]\n",
    "dots alone in a call": "env.AI.run('minimax/m2.7', ...)\n",
    "dots alone in an argument": "env.AI.run(..., { model: 'minimax/m2.7', messages: [{ role: 'usr' }] })\n",
    "dots alone in an object": "const r = { model: 'minimax/m2.7', messages: [{ role: 'usr', content: 'x' }], ... }\n",
    "no key": "const r = { model: 'minimax/m2.7', messages: [{ role: 'usr', content: 'x' }], : 5 }\n",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_half_written_request_is_no_finding(text: str) -> None:
    """What is being written, so that the parser does not understand it yet, is no finding."""
    assert found("a.ts", text) == []


IGNORED = {
    "a continued line that ends in a carriage return": (
        "def ask(env):\r\n    limit = 1 + \\\r\n  2\r\n"
        "    env.AI.run('minimax/m2.7', {'messages': 5})  # minimax-validate: ignore[MM102]\r\n"
    ),
    "an end that the tokenizer does not understand": (
        "def ask(env):\n    if env:\n"
        "        env.AI.run('minimax/m2.7', {'messages': 5})  # minimax-validate: ignore[MM102]\n      \\\n  "
    ),
}


@pytest.mark.parametrize("text", IGNORED.values(), ids=IGNORED)
def test_comment_ignores_findings_of_python(text: str) -> None:
    """A comment ignores findings on its line however the lines around it are broken."""
    assert marks("a.py", text) == []
    assert marks("a.py", text.replace("ignore[MM102]", "")) != []


@pytest.mark.parametrize("name", ["minimax", "MiniMax-M2.7", "M2.7"])
@pytest.mark.parametrize("before", [0, 1, 6, 7, 100])
def test_model_is_named_anywhere_in_a_large_text(name: str, before: int) -> None:
    """A large text is looked through in parts, and a name that stands in two of them is seen."""
    text = "x" * (programs._PART - before) + name
    assert programs.may_ask(text)
    assert not programs.may_ask(text.replace(name, "m2_7 minimal"))


@pytest.mark.parametrize(
    ("before", "codes"),
    [
        ('{ role: "user", content: "hi" }', ["MM201"]),
        ('{ role: "user", content: `hi ${name}` }', ["MM201"]),
        ('{ role: "user", content }', ["MM201"]),
        # Parts that are not known may hold the call, as parts of other APIs do.
        ('{ role: "user", content: [part] }', []),
        ('{ role: "user", content: [...parts] }', []),
        ('{ role: "user", ...(c && { content: "hi" }) }', []),
        ("{ role, content: 'hi' }", []),
        # A result of an unknown id before it may have answered the same call.
        ('{ role: "tool", tool_call_id: id, content: "4" }', []),
        ("message", []),
    ],
)
def test_a_result_behind_what_may_have_called(before: str, codes: list[str]) -> None:
    """A result is surely of no call only if all messages before it are written."""
    result = '{ role: "tool", tool_call_id: "a", content: "5" }'
    text = f'await env.AI.run("minimax/m2.7", {{ messages: [{before}, {result}] }});\n'
    assert [code for _, code in marks("a.ts", text) if code == "MM201"] == codes
