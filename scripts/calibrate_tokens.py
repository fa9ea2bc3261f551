"""Calibrate the weights of ``estimate_tokens`` on texts that you name, and write ``tokens/weights.py``.

    python scripts/calibrate_tokens.py TEXT... [--hold-out TEXT...] [--weight GLOB=NUMBER...] [--write]

A TEXT is a file in UTF-8 or a folder of ``*.txt``; every file is one kind of text, named after itself, and counts the
same however long it is. The texts stay where they are: none is part of the project. The counts come from o200k (``pip
install splintr-rs``).

Each text is normalised, as the model does, and cut into pieces of a few thousand characters. A piece gives one
equation: its numbers of pairs and pages, times the weights, should be its number of tokens, save those of its long runs
of one byte, which ``scripts/calibrate_runs.py`` measures by themselves; errors are relative to the number of tokens.
The squares of the errors are made least by coordinate descent, the weights held between 0 and 63, and every weight
pulled gently towards its present value, so that scripts which the named texts lack keep theirs. Without ``--write``
nothing changes: the errors before and after are printed.
"""

from __future__ import annotations

import argparse
import fnmatch
import textwrap
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import mul
from pathlib import Path

from minimax_validate.tokens import CounterError, estimate, o200k, weights
from minimax_validate.tokens.runs import long_runs

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "minimax_validate" / "tokens" / "weights.py"
PIECE = 4_000
SHORTEST_PIECE = 500
MOST_SWEEPS = 300
SETTLED = 1e-3
PAIRS = 256
PAGES = 256

# Which bytes behave alike beside each other. The frequent vowels and consonants of English make longer tokens than the
# rest.
CLASSES: tuple[tuple[int, str], ...] = (
    (0, "aeo"),
    (1, "iu"),
    (2, "dhlnrst"),
    (3, "bcfgmpvwy"),
    (12, "jkqxz"),
    (4, " "),
    (5, "\t\n\v\f\r"),
    (6, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    (7, "0123456789"),
    (8, "-/_"),
    (9, '"(<[{'),
    (10, ")>]}"),
    (11, "',.:;"),
)
OTHER_ASCII = 13
LEADING_BYTE = 14
CONTINUATION_BYTE = 15

# Pages that share one weight, as scripts: one text rarely holds all of a script's pages.
SCRIPTS: tuple[tuple[int, int], ...] = (
    (0x12, 0x13),  # Ethiopic
    (0x34, 0x4D),  # Han, extension A
    (0x4E, 0x9F),  # Han
    (0xA0, 0xA4),  # Yi
    (0xAC, 0xD7),  # Hangul
    (0xD8, 0xDB),  # first surrogates
    (0xDC, 0xDF),  # second surrogates
    (0xE0, 0xF8),  # private use
    (0xF9, 0xFA),  # Han, compatibility
)


@dataclass(frozen=True)
class Piece:
    """Part of a text: how often each code occurs outside long runs, the tokens of these runs, and all its tokens.

    Pairs are codes from 0, pages from 256.
    """

    codes: tuple[tuple[int, int], ...]
    in_runs: int
    tokens: int


@dataclass(frozen=True)
class Kind:
    """One kind of text and its pieces."""

    name: str
    pieces: tuple[Piece, ...]

    @property
    def tokens(self) -> int:
        """The tokens of all its pieces."""
        return sum(piece.tokens for piece in self.pieces)

    def error(self, model: Sequence[float]) -> float:
        """By which part of the true number a model is off: 0.1 is a tenth too many."""
        weight = sum(model[code] * times for piece in self.pieces for code, times in piece.codes)
        in_runs = sum(piece.in_runs for piece in self.pieces)
        return (weight / estimate.WEIGHTS_PER_TOKEN + in_runs) / self.tokens - 1


def class_of_byte() -> bytes:
    """The class of each of the 256 bytes."""
    table = bytearray([OTHER_ASCII] * 0x80 + [CONTINUATION_BYTE] * 0x40 + [LEADING_BYTE] * 0x40)
    for number, members in CLASSES:
        for byte in members.encode("ascii"):
            table[byte] = number
    return bytes(table)


def leader_of_page() -> list[int]:
    """For each page, the first page of its script: the one whose weight it shares."""
    leaders = list(range(PAGES))
    for first, last in SCRIPTS:
        leaders[first : last + 1] = [first] * (last + 1 - first)
    return leaders


def read_piece(text: str, tokens: int, leaders: Sequence[int]) -> Piece:
    """Part of a text whose tokens are known."""
    encoded = text.encode("utf-8", "surrogatepass")
    counted: Counter[int] = Counter()
    for block in estimate.pair_codes(encoded):
        counted.update(block)
    counted.update(PAIRS + leaders[page] for page in estimate.page_codes(text, encoded))
    in_runs = 0
    for byte, length in long_runs(encoded):
        counted[weights.CLASS_OF_BYTE[byte] * (16 + 1)] -= length - 1
        in_runs += estimate.run_tokens(byte, length)
    return Piece(tuple((code, times) for code, times in counted.items() if times), in_runs, tokens)


def text_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files that some paths name, those of a folder in the order of their names."""
    for path in paths:
        if path.is_dir():
            yield from sorted(path.glob("*.txt"))
        else:
            yield path


def read_kind(path: Path, count: Callable[[str], int], leaders: Sequence[int]) -> Kind:
    """Read a text, cut it up and count it."""
    text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
    parts = [text[at : at + PIECE] for at in range(0, len(text), PIECE)]
    parts = [part for part in parts if len(part) >= SHORTEST_PIECE] or parts
    return Kind(path.stem, tuple(read_piece(part, count(part), leaders) for part in parts if part))


def blank_model() -> list[float]:
    """Weights that know nothing.

    A quarter of a token for every pair, and the most for a character of a script never seen.
    """
    return [estimate.WEIGHTS_PER_TOKEN / 4] * PAIRS + [float(estimate.LARGEST_WEIGHT)] * PAGES


def present_model() -> list[float]:
    """The weights that the project has now, or blank ones where the classes have changed since."""
    if class_of_byte() != weights.CLASS_OF_BYTE:
        return blank_model()
    return [float(weight) for weight in weights.PAIR_WEIGHTS + weights.PAGE_WEIGHTS]


def least_squares(
    kinds: Sequence[Kind], importance: Callable[[str], float], start: Sequence[float], pull: float
) -> list[int]:
    """The weights with the least squared relative errors of all pieces; ``pull`` is the price of leaving ``start``."""
    size = len(start)
    normal = [[0.0] * size for _ in range(size)]
    wanted = [pull * weight for weight in start]
    for code in range(size):
        normal[code][code] = pull
    for kind in kinds:
        for piece in kind.pieces:
            factor = importance(kind.name) / len(kind.pieces)
            row = [(code, times / piece.tokens / estimate.WEIGHTS_PER_TOKEN) for code, times in piece.codes]
            outside_runs = 1 - piece.in_runs / piece.tokens
            for code, share in row:
                wanted[code] += factor * share * outside_runs
                line = normal[code]
                for other, other_share in row:
                    line[other] += factor * share * other_share

    model = list(start)

    def best(code: int) -> float:
        foreseen: float = sum(map(mul, normal[code], model))
        step = (wanted[code] - foreseen) / normal[code][code]
        return min(max(model[code] + step, 0.0), float(estimate.LARGEST_WEIGHT))

    for _ in range(MOST_SWEEPS):
        farthest = 0.0
        for code in range(size):
            better = best(code)
            farthest = max(farthest, abs(better - model[code]))
            model[code] = better
        if farthest < SETTLED:
            break
    # Round, then let each weight make up for the rounding of the others.
    model = [float(round(weight)) for weight in model]
    weightiest_first = sorted(range(size), key=lambda code: -normal[code][code])
    for _ in range(MOST_SWEEPS):
        changed = False
        for code in weightiest_first:
            better = float(round(best(code)))
            changed = changed or better != model[code]
            model[code] = better
        if not changed:
            break
    return [int(weight) for weight in model]


def share_pages(model: Sequence[int], leaders: Sequence[int]) -> list[int]:
    """The model with every page at the weight of its script."""
    return [*model[:PAIRS], *(model[PAIRS + leader] for leader in leaders)]


def mean_error(kinds: Sequence[Kind], model: Sequence[float]) -> float:
    """The mean of the errors of some kinds, each without its sign."""
    return sum(abs(kind.error(model)) for kind in kinds) / len(kinds)


def hexadecimal(values: Iterable[int]) -> str:
    """Bytes as lines of a Python source."""
    return "\n".join(f'    "{line}"' for line in textwrap.wrap(bytes(values).hex(), 128))


def render_module(model: Sequence[int], kinds: Sequence[Kind], held_out: Sequence[Kind]) -> str:
    """The text of ``weights.py``."""
    told = f"Mean error over {len(kinds)} kinds of text: {mean_error(kinds, model):.1%}"
    if held_out:
        told += f"; over {len(held_out)} kinds that took no part: {mean_error(held_out, model):.1%}"
    return f'''"""The weights of ``estimate_tokens``, in 32nds of a token.

Written by ``scripts/calibrate_tokens.py``: do not edit by hand.
{told}.
"""

from __future__ import annotations

CLASS_OF_BYTE = bytes.fromhex(
{hexadecimal(class_of_byte())}
)
"""The class, 0 to 15, of each of the 256 bytes of UTF-8."""

PAIR_WEIGHTS = bytes.fromhex(
{hexadecimal(model[:PAIRS])}
)
"""By the class of a byte times 16 plus the class of the byte after it."""

PAGE_WEIGHTS = bytes.fromhex(
{hexadecimal(model[PAIRS:])}
)
"""By the page of a character beyond ASCII: the upper half of a UTF-16 unit."""
'''


def importance_from(options: Sequence[str]) -> Callable[[str], float]:
    """How much each kind counts: the number of the last GLOB=NUMBER that its name matches, else 1."""
    rules = [(pattern, float(number)) for pattern, _, number in (option.rpartition("=") for option in options)]
    return lambda name: next((number for pattern, number in reversed(rules) if fnmatch.fnmatchcase(name, pattern)), 1.0)


def main() -> int:
    """Read the options, calibrate, print the errors."""
    parser = argparse.ArgumentParser(description="Calibrate the weights of the token estimate.")
    parser.add_argument("texts", nargs="+", type=Path, help="files, or folders of *.txt")
    parser.add_argument("--hold-out", nargs="+", type=Path, default=[], help="texts to measure on only")
    parser.add_argument(
        "--weight", nargs="+", default=[], metavar="GLOB=NUMBER", help="how much the kinds of these names count"
    )
    parser.add_argument(
        "--pull", type=float, default=1e-4, help="how strongly weights stay where they are (default: %(default)s)"
    )
    parser.add_argument("--from-scratch", action="store_true", help="do not start from the present weights")
    parser.add_argument("--write", action="store_true", help=f"replace {TARGET.relative_to(ROOT)}")
    options = parser.parse_args()
    try:
        counter = o200k()
    except CounterError as error:
        parser.error(str(error))
    leaders = leader_of_page()
    kinds = [read_kind(path, counter.count, leaders) for path in text_files(options.texts)]
    held_out = [read_kind(path, counter.count, leaders) for path in text_files(options.hold_out)]
    before = present_model()
    start = blank_model() if options.from_scratch else before
    after = share_pages(least_squares(kinds, importance_from(options.weight), start, options.pull), leaders)
    print(f"{'kind':32} {'tokens':>9} {'before':>8} {'after':>8}")
    for title, group in (("calibrated on", kinds), ("held out", held_out)):
        if not group:
            continue
        for kind in group:
            print(f"{kind.name:32} {kind.tokens:9} {kind.error(before):+8.1%} {kind.error(after):+8.1%}")
        print(f"{title + ', mean':32} {len(group):9} {mean_error(group, before):8.1%} {mean_error(group, after):8.1%}")
    if options.write:
        TARGET.write_text(render_module(after, kinds, held_out), encoding="utf-8")
        print(f"wrote {TARGET.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
