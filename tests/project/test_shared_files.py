"""The kinds of files beside the checkout: what a walk finds, what is said of a named file, and what fixes change."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from minimax_validate.cli import cli

FILES = Path(__file__).parents[3] / "shared" / "files"

pytestmark = pytest.mark.skipif(not FILES.is_dir(), reason="the shared files are not beside this checkout")


class Wanted(NamedTuple):
    """What is wanted of a file: the codes on a walk and by its name, words said of it, and whether fixes change it."""

    walk: tuple[str, ...] = ()
    named: tuple[str, ...] = ()
    words: str = ""
    is_fixed: bool = False


BOTH = ("MM110", "MM105")
TABLE = {
    "noise/cloudflare_api_response.json": Wanted(named=("MM003",), words="a response of Cloudflare's API"),
    "noise/vcr_response_only.yaml": Wanted(named=("MM003",), words="the recording contains no chat request"),
    "noise/openapi_example.yaml": Wanted(named=("MM003",)),
    "batch/embeddings.jsonl": Wanted(named=("MM003", "MM003"), words='"/v1/embeddings"'),
    "batch/completions.jsonl": Wanted(named=("MM003",), words='"/v1/completions"'),
    "batch/anthropic.jsonl": Wanted(named=("MM003",), words="`params`"),
    "batch/bedrock.jsonl": Wanted(named=("MM003",), words="`modelInput`"),
    "training/openai_ft.jsonl": Wanted(),
    "training/kto.json": Wanted(),
    "training/preference.jsonl": Wanted(named=("MM003",)),
    "training/sharegpt.json": Wanted(named=("MM003",)),
    "text/pretty_in.jsonl": Wanted(("MM001",), ("MM001",), "an object spans several lines"),
    "text/concatenated.json": Wanted(("MM001",), ("MM001",), "concatenated JSON"),
    "text/json_seq.jsonl": Wanted(("MM001",), ("MM001",), "JSON text sequences (RFC 7464)"),
    "text/lfs_pointer.jsonl": Wanted(("MM002",), ("MM002",), "a Git LFS pointer"),
    "text/utf16_bom.jsonl": Wanted(("MM002",), ("MM002",), "UTF-16"),
    "text/utf16le_bom.json": Wanted(("MM002",), ("MM002",), "UTF-16"),
    "text/utf16_other.json": Wanted(named=("MM002",), words="UTF-16"),
    "text/bom_crlf.json": Wanted(BOTH, BOTH, is_fixed=True),
    "text/cr_only.json": Wanted(BOTH, BOTH, is_fixed=True),
    "text/jinja.json": Wanted(named=("MM001",), words="a template"),
    "text/helm_template.yaml": Wanted(named=("MM001",), words="a template"),
    "text/i18n_commented.json": Wanted(named=("MM001",), words="JSON does not accept comments"),
    "text/uimessages.json": Wanted(("MM127",) * 2, ("MM127",) * 2, "UI messages", is_fixed=True),
    "text/anthropic.json": Wanted(
        ("MM128", "MM119", "MM127", "MM127"), ("MM128", "MM119", "MM127", "MM127"), "Anthropic", is_fixed=True
    ),
    "text/discord_export.json": Wanted(named=("MM003",), words="a chat between people"),
    "text/slack_export.json": Wanted(named=("MM003",), words="a chat between people"),
    "text/gmail_like.json": Wanted(named=("MM003",), words="a chat between people"),
    "text/session_wrapped.json": Wanted(named=("MM003",)),
    "text/lambda_event.json": Wanted(named=("MM003",)),
    "text/body_wrapped.json": Wanted(BOTH, BOTH),
    "text/ask.json5": Wanted(named=("MM001",), words="JSON5"),
    "text/ask.toml": Wanted(named=("MM001",), words="TOML"),
    "notebook/ask.ipynb": Wanted(BOTH * 2, BOTH * 2, is_fixed=True),
    "text/merge.yaml": Wanted(named=("MM003", "MM003")),
    "text/merge2.yaml": Wanted(("MM105", "MM112"), ("MM105", "MM112"), is_fixed=True),
}


@pytest.fixture
def copy(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of one of the files, alone in the working directory."""
    monkeypatch.chdir(tmp_path)
    source = FILES / str(request.param)
    target = tmp_path / source.name
    target.write_bytes(source.read_bytes())
    return target


def codes(*arguments: str) -> tuple[tuple[str, ...], str]:
    """The codes that a check finds, and all that it says."""
    done = CliRunner().invoke(cli, ("check", *arguments, "--isolated", "--output-format", "concise"))
    lines = [line for line in done.stdout.splitlines() if ": MM" in line]
    return tuple(line.split(": MM", 1)[1].split(" ")[0] for line in lines), done.stdout


@pytest.mark.parametrize(("copy", "wanted"), TABLE.items(), indirect=["copy"], ids=TABLE)
def test_file(copy: Path, wanted: Wanted) -> None:
    """A file of each kind is found or passed over, called what it is, and rewritten only if it is a request."""
    before = copy.read_bytes()
    assert codes(".")[0] == tuple(code.removeprefix("MM") for code in wanted.walk)
    found, said = codes(copy.name)
    assert found == tuple(code.removeprefix("MM") for code in wanted.named)
    assert wanted.words in said
    codes(copy.name, "--fix", "--unsafe-fixes")
    assert (copy.read_bytes() != before) is wanted.is_fixed


def test_the_table_names_every_file() -> None:
    """Each file of these folders has its line in the table."""
    names = {
        f"{folder}/{file.name}"
        for folder in ("noise", "batch", "training", "text")
        for file in (FILES / folder).iterdir()
    }
    assert names == set(TABLE) - {"notebook/ask.ipynb"}


@pytest.mark.parametrize("copy", ["text/body_wrapped.json"], indirect=True)
def test_places_inside_an_escaped_body(copy: Path) -> None:
    """A finding in a body that is a text points at its characters there."""
    _, said = codes(copy.name)
    text = copy.read_text("utf-8").splitlines()
    for place, characters in zip(said.splitlines()[:2], ("null", "1.5"), strict=True):
        line, column = map(int, place.split(":")[1:3])
        assert text[line - 1][column - 1 :].startswith(characters)
