"""Exact counters: what they count, and how their faults are told."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from minimax_validate.tokens import (
    CounterError,
    TokenCounter,
    from_tokenizer_json,
    lower_bound,
    named_counter,
    o200k,
    upper_bound,
)

GOLDEN = Path(__file__).parents[3] / "shared" / "tokens" / "golden.json"


class Panic(BaseException):
    """What a panic in Rust code looks like from Python."""


def word_count(text: str) -> int:
    """A counter of words."""
    return len(text.split())


def test_any_callable_is_a_counter() -> None:
    """A callable goes by its own name, or the one it is given, and its counts are taken for exact."""
    counter = named_counter(word_count)
    assert (counter.name, counter.exact, counter.count("three small words")) == ("word_count", True, 3)
    assert named_counter(word_count, "words").name == "words"
    assert named_counter(counter) is counter


def test_a_callable_object_goes_by_its_class() -> None:
    """An object without a name of its own is called what it is."""

    class Abacus:
        def __call__(self, text: str, /) -> int:
            return len(text)

    assert named_counter(Abacus()).name == "Abacus"


def test_lone_surrogates_reach_a_counter_as_replacement_characters() -> None:
    """No tokenizer takes half a character."""
    seen: list[str] = []

    def noted(text: str, /) -> int:
        seen.append(text)
        return 1

    TokenCounter("noted", noted).count("a\ud800b\udfff😀")
    assert seen == ["a\ufffdb\ufffd😀"]


@pytest.mark.parametrize("fault", [Panic("overflow"), ValueError("overflow")])
def test_a_counter_that_fails_is_named(fault: BaseException) -> None:
    """Exceptions and panics become one error, which says who failed and on how much."""

    def failing(_text: str, /) -> int:
        raise fault

    with pytest.raises(CounterError, match=r"^broken failed on a text of 1,200 characters: overflow$") as caught:
        TokenCounter("broken", failing).count("x" * 1_200)
    assert caught.value.__cause__ is fault


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, SystemExit, GeneratorExit])
def test_an_interruption_passes(interruption: type[BaseException]) -> None:
    """What is meant to end the program does."""

    def interrupted(_text: str, /) -> int:
        raise interruption

    with pytest.raises(interruption):
        TokenCounter("slow", interrupted).count("x")


@pytest.mark.parametrize("answer", [None, "12", 1.5, True, -1])
def test_an_answer_that_is_no_number_of_tokens_is_refused(answer: object) -> None:
    """Only whole numbers from 0 are counts."""
    with pytest.raises(CounterError, match=r"instead of a number of tokens$"):
        TokenCounter("odd", lambda _: answer).count("x")  # type: ignore[arg-type]


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the optional packages the error says which to install."""
    for module in ("tokenizers", "splintr"):
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(CounterError, match=r"pip install 'minimax-validate\[tokens\]'$"):
        from_tokenizer_json("tokenizer.json")
    with pytest.raises(CounterError, match=r"pip install 'minimax-validate\[tokens\]'$"):
        o200k()


TOKENIZER: dict[str, object] = {
    "version": "1.0",
    "truncation": {"direction": "Right", "max_length": 2, "strategy": "LongestFirst", "stride": 0},
    "padding": {
        "strategy": {"Fixed": 9},
        "direction": "Right",
        "pad_to_multiple_of": None,
        "pad_id": 0,
        "pad_type_id": 0,
        "pad_token": "x",
    },
    "added_tokens": [],
    "normalizer": None,
    "pre_tokenizer": {"type": "WhitespaceSplit"},
    "post_processor": None,
    "decoder": None,
    "model": {"type": "WordLevel", "vocab": {"x": 0, "y": 1}, "unk_token": "x"},
}


def test_a_tokenizer_json_counts_without_cutting_off_or_filling_up(tmp_path: Path) -> None:
    """What a file says of truncation and padding does not falsify its counts."""
    pytest.importorskip("tokenizers")
    path = tmp_path / "tokenizer.json"
    path.write_text(json.dumps(TOKENIZER))
    counter = from_tokenizer_json(path)
    assert (counter.name, counter.exact) == (str(path), True)
    assert [counter.count(text) for text in ("", "x", "x y z x", "y \ud800")] == [0, 1, 4, 2]


@pytest.mark.parametrize("content", [None, "", "{}", "[1]"])
def test_a_file_that_is_no_tokenizer_is_named(tmp_path: Path, content: str | None) -> None:
    """A missing or wrong file is an error that names it."""
    pytest.importorskip("tokenizers")
    path = tmp_path / "tokenizer.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(CounterError, match=r"tokenizer\.json is not a readable tokenizer\.json: "):
        from_tokenizer_json(path)


def test_o200k_is_a_proxy_that_knows_the_special_tokens() -> None:
    """Its name says what it is; the model's special tokens count one, o200k's own are ordinary text."""
    pytest.importorskip("splintr")
    counter = o200k()
    assert (counter.name, counter.exact) == ("o200k (proxy)", False)
    assert counter.count("hello world") == 2
    assert counter.count("]~b]user\nhello[e~[") == 5
    assert counter.count("<|endoftext|>") > 1
    assert counter.count("\ud800") == counter.count("\ufffd")
    assert counter.count(" " * 1_000_000) > 0


@pytest.mark.skipif(not GOLDEN.is_file(), reason="the shared counts are not here")
def test_the_models_own_counts_lie_within_the_bounds() -> None:
    """67 short texts with the model's own counts: within the bounds, and o200k near them in sum."""
    golden = [(case["text"], case["tokens"]) for case in json.loads(GOLDEN.read_text(encoding="utf-8"))]
    for text, tokens in golden:
        assert lower_bound(text) <= tokens <= upper_bound(text), text
    pytest.importorskip("splintr")
    proxy = o200k()
    assert abs(sum(proxy.count(text) for text, _ in golden) / sum(tokens for _, tokens in golden) - 1) < 0.02


def test_counter_is_called_like_what_it_counts_with() -> None:
    """A counter with a name counts a text, also where it is called itself."""
    counter = TokenCounter("words", lambda text: len(text.split()))
    assert counter("two words") == counter.count("two words") == 2
