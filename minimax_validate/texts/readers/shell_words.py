"""Split a text of shell commands into words, as a POSIX shell and bash do, with the place of each character.

What only a running shell knows, such as the value of a variable, stays spelled as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

_PLAIN = re.compile(r"[^\s'\"\\$`;&|()<#]+")
_IN_DOUBLE = re.compile(r"[^\"\\$`]+")
_HERE = re.compile(r"<<(-?)[ \t]*(?:'([^'\n]+)'|\"([^\"\n]+)\"|\\([\w.!-]+)|([\w.!-]+))")
_IN_BACKTICKS = re.compile(r"`((?:[^`\\]|\\.)*+)`", re.DOTALL)
_DEEPEST = 50
"""Commands in the place of a word, one in another; what is deeper is text."""

_ANSI = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}


@dataclass(frozen=True, slots=True)
class Word:
    """What a word says when its quotes are taken away, where each character of that stands, and the end."""

    text: str
    places: tuple[int, ...]

    def after(self, length: int) -> Word:
        """The word without its first characters."""
        return Word(self.text[length:], self.places[length:])

    def moved(self, places: Sequence[int]) -> Word:
        """The word of a text whose characters stand at these places."""
        return Word(self.text, tuple(places[place] for place in self.places))


@dataclass(slots=True)
class Command:
    """The words of a command, what is given to it as input by the text itself, and the command that it is fed by."""

    words: list[Word] = field(default_factory=list)
    inputs: list[Word] = field(default_factory=list)
    fed_by: Command | None = None


def commands_of(text: str) -> list[Command]:
    """The commands of a text; one that is cut short is as long as it is."""
    return _Lexer(text).run()


class _Lexer:
    """One pass over a text."""

    def __init__(self, text: str, at: int = 0, level: int = 0) -> None:
        self.text = text
        self.at = at
        self.level = level
        self.depth = 0
        self.chars: list[str] = []
        self.places: list[int] = []
        self.in_word = False
        self.is_input = False
        self.command = Command()
        self.done: list[Command] = []
        self.waiting: list[tuple[str, bool, bool, Command]] = []

    def run(self) -> list[Command]:
        """The commands up to the end; of what stands in the place of a word, up to its bracket."""
        text = self.text
        while self.at < len(text):
            char = text[self.at]
            if char == "\n":
                self._end_command(None)
                self.at += 1
                self._here_documents()
            elif char.isspace():
                self._end_word()
                self.at += 1
            elif char == "#" and not self.in_word:
                self.at = _offset_of("\n", text, self.at)
            elif text.startswith("||", self.at):
                self._end_command(None)
                self.at += 2
            elif char == "|":
                self._end_command(self.command)
                self.at += 1
            elif char == "&" and (text.startswith("&>", self.at) or text[self.at - 1 : self.at] == ">"):
                self._part(char)
            elif char == ")" and self.level and not self.depth:
                break
            elif char == "`" and self._backticks("$`\\"):
                self.in_word = True
            elif char in ";&|()`":
                self.depth += {"(": 1, ")": -1}.get(char, 0)
                self._end_command(None)
                self.at += 1
            elif char == "<":
                self._redirection()
            else:
                self._part(char)
        self._end_command(None)
        return self.done

    def _take(self, said: str, length: int = 1) -> None:
        """Add what some characters of the text say, at the place of the first of them."""
        self.chars.append(said)
        self.places.extend([self.at] * len(said) if length != len(said) else range(self.at, self.at + length))
        self.at += length

    def _part(self, char: str) -> None:
        """A part of a word."""
        self.in_word = True
        text = self.text
        if char == "'":
            self.at += 1
            end = _offset_of("'", text, self.at)
            self._take(text[self.at : end], end - self.at)
            self.at += 1
        elif char == '"':
            self.at += 1
            self._double()
        elif text.startswith("$'", self.at):
            self.at += 2
            self._ansi()
        elif text.startswith("$(", self.at):
            self._substitution()
        elif char == "\\":
            following = text[self.at + 1 : self.at + 3]
            if following.startswith(("\n", "\r\n")):
                self.at += 2 if following[0] == "\n" else 3
                self.in_word = bool(self.chars)
            else:
                self._take(following[:1], 2)
        else:
            plain = _PLAIN.match(text, self.at)
            said = plain[0] if plain is not None else char
            self._take(said, len(said))

    def _double(self) -> None:
        text = self.text
        while self.at < len(text) and text[self.at] != '"':
            plain = _IN_DOUBLE.match(text, self.at)
            if plain is not None:
                self._take(plain[0], len(plain[0]))
            elif text[self.at] == "\\":
                following = text[self.at + 1 : self.at + 2]
                if following == "\n":
                    self.at += 2
                elif following and following in '$`"\\':
                    self._take(following, 2)
                else:
                    self._take("\\")
            elif text.startswith("$(", self.at):
                self._substitution()
            elif text[self.at] == "$" or not self._backticks('$`\\"'):
                self._take(text[self.at])
        self.at += 1

    def _ansi(self) -> None:
        text = self.text
        while self.at < len(text) and text[self.at] != "'":
            if text[self.at] == "\\" and self.at + 1 < len(text):
                following = text[self.at + 1]
                self._take(_ANSI.get(following, following), 2)
            else:
                self._take(text[self.at])
        self.at += 1

    def _substitution(self) -> None:
        """What a command prints is known of a here-document that is copied; of others there is the spelling."""
        start = self.at
        if self.level == _DEEPEST:
            self._take("$")
            return
        inside = _Lexer(self.text, start + 2, self.level + 1)
        found = inside.run()
        self.at = min(inside.at + 1, len(self.text))
        if len(found) == 1 and [word.text for word in found[0].words] == ["cat"] and found[0].inputs:
            copied = found[0].inputs[0]
            self.chars.append(copied.text)
            self.places.extend(copied.places[:-1])
            return
        self.done += found
        self.chars.append(self.text[start : self.at])
        self.places.extend(range(start, self.at))

    def _backticks(self, escaped: str) -> bool:
        """Read commands between backticks, in which these characters may have a backslash; False if none are there."""
        found = _IN_BACKTICKS.match(self.text, self.at) if self.level < _DEEPEST else None
        if found is None:
            return False
        said, places = zip(*_unescaped(found[1], found.start(1), escaped), strict=True) if found[1] else ((), ())
        places += (found.end(1),)
        for command in _Lexer("".join(said), level=self.level + 1).run():
            command.words = [word.moved(places) for word in command.words]
            command.inputs = [word.moved(places) for word in command.inputs]
            self.done.append(command)
        self._take(found[0], len(found[0]))
        return True

    def _redirection(self) -> None:
        if self.text.startswith("<<<", self.at):
            self._end_word()
            self.at += 3
            self.is_input = True
            return
        here = _HERE.match(self.text, self.at)
        self._end_word()
        if here is None:
            self.at += 1
            return
        self.at = here.end()
        delimiter = here[2] or here[3] or here[4] or here[5]
        self.waiting.append((delimiter, here[5] is not None, here[1] == "-", self.command))

    def _here_documents(self) -> None:
        """Read what follows a line with ``<<``."""
        for delimiter, has_escapes, has_tabs, command in self.waiting:
            found = _here_document(self.text, self.at, delimiter, has_escapes, has_tabs)
            command.inputs.append(found)
            self.at = min(_offset_of("\n", self.text, found.places[-1]) + 1, len(self.text))
        self.waiting.clear()

    def _end_word(self) -> None:
        if self.in_word:
            word = Word("".join(self.chars), (*self.places, _end_of(self.places)))
            (self.command.inputs if self.is_input else self.command.words).append(word)
            self.is_input = False
        self.chars, self.places, self.in_word = [], [], False

    def _end_command(self, feeding: Command | None) -> None:
        self._end_word()
        if self.command.words or self.command.inputs:
            self.done.append(self.command)
            self.command = Command(fed_by=feeding)
        # Else a command is yet to come, maybe on the line below the pipe that feeds it.


def _offset_of(sign: str, text: str, start: int) -> int:
    """Where a sign stands next; the end of the text where it does not."""
    found = text.find(sign, start)
    return found if found >= 0 else len(text)


def _end_of(places: list[int]) -> int:
    return places[-1] + 1 if places else 0


def _here_document(text: str, start: int, delimiter: str, has_escapes: bool, has_tabs: bool) -> Word:
    """What a here-document says; its end is where the line with its delimiter begins, or the text ends."""
    said: list[str] = []
    places: list[int] = []
    at = start
    while at < len(text):
        end = min(_offset_of("\n", text, at) + 1, len(text))
        line = text[at:end]
        bare = line.lstrip("\t") if has_tabs else line
        if bare.strip("\r\n") == delimiter or bare.strip() == delimiter:
            break
        for char, place in _characters(bare, at + len(line) - len(bare), has_escapes):
            said.append(char)
            places.append(place)
        at = end
    return Word("".join(said), (*places, at))


def _characters(line: str, start: int, has_escapes: bool) -> Iterable[tuple[str, int]]:
    return _unescaped(line, start) if has_escapes else zip(line, range(start, start + len(line)), strict=True)


def _unescaped(line: str, start: int, escaped: str = "$`\\\n") -> Iterator[tuple[str, int]]:
    index = 0
    while index < len(line):
        following = line[index + 1 : index + 2]
        if line[index] == "\\" and following and following in escaped:
            if following != "\n":
                yield following, start + index
            index += 2
        else:
            yield line[index], start + index
            index += 1
