"""Words of shell commands: what they say, and the characters that they are written in."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from minimax_validate.texts.readers.shell_words import Command, Word, commands_of

BASH = shutil.which("bash")


def said(command: Command) -> list[str]:
    """The words of a command."""
    return [word.text for word in command.words]


def written(text: str, words: list[Word]) -> list[str]:
    """The characters that words are written in."""
    return [text[word.places[0] : word.places[-1]] for word in words]


WORDS = [
    ("a b  c", ["a", "b", "c"], ["a", "b", "c"]),
    ("a\tb\r", ["a", "b"], ["a", "b"]),
    ("a#b # c d", ["a#b"], ["a#b"]),
    ("a '#' b", ["a", "#", "b"], ["a", "#", "b"]),
    ("'b c'd\"e f\"", ["b cde f"], ["b c'd\"e f"]),
    ("a 'b c", ["a", "b c"], ["a", "b c"]),
    ('a "b c', ["a", "b c"], ["a", "b c"]),
    ("a '' b", ["a", "", "b"], ["a", "", "b"]),
    ('a "" b', ["a", "", "b"], ["a", "", "b"]),
    (r"a\ b\"c", ['a b"c'], [r"a\ b\"c"]),
    ("a b\\", ["a", "b"], ["a", "b"]),
    ("a \\\n b", ["a", "b"], ["a", "b"]),
    ("a \\\r\n b", ["a", "b"], ["a", "b"]),
    ("a\\\nb", ["ab"], ["a\\\nb"]),
    ('"a\\\nb" c', ["ab", "c"], ["a\\\nb", "c"]),
    (r'"a\$\`\"\\\n" b', [r"a$`\"\\n".replace(r"\"", '"'), "b"], [r"a\$\`\"\\\n", "b"]),
    ('"b\\', ["b\\"], ["b\\"]),
    ('"$x ${y}" $z', ["$x ${y}", "$z"], ["$x ${y}", "$z"]),
    (r"$'a\n\t\r\b\f\'\\x' b", ["a\n\t\r\b\f'\\x", "b"], [r"a\n\t\r\b\f\'\\x", "b"]),
    ("$'a b", ["a b"], ["a b"]),
    ("$'a\\", ["a\\"], ["a\\"]),
    ("a=1 b-c@d", ["a=1", "b-c@d"], ["a=1", "b-c@d"]),
    ("a >b 2>&1 c", ["a", ">b", "2>&1", "c"], ["a", ">b", "2>&1", "c"]),
    ("a &>b c", ["a", "&>b", "c"], ["a", "&>b", "c"]),
    ("a < b c", ["a", "b", "c"], ["a", "b", "c"]),
]


@pytest.mark.parametrize(("text", "words", "characters"), WORDS, ids=[repr(text) for text, _, _ in WORDS])
def test_words_say_what_their_quotes_hold(text: str, words: list[str], characters: list[str]) -> None:
    """Quotes and backslashes are taken away, and a word knows from where to where it is written."""
    (command,) = commands_of(text)
    assert said(command) == words
    assert [written(text, [word])[0] if word.text else "" for word in command.words] == characters
    assert all(len(word.places) == len(word.text) + 1 for word in command.words)


@pytest.mark.skipif(BASH is None, reason="bash is not installed")
@pytest.mark.parametrize(
    "text",
    [
        text
        for text, _, _ in WORDS
        if text.count("'") % 2 == 0 and text.count('"') % 2 == 0 and not text.endswith("\\")
        and not any(sign in text for sign in "<>$\r")
    ],
)  # fmt: skip
def test_words_are_those_of_bash(text: str) -> None:
    """What quotes and backslashes mean is what bash says they mean."""
    assert BASH is not None
    script = f"words() {{ printf '%s\\0' \"$@\"; }}\nwords {text}\n"
    answer = subprocess.run([BASH, "-c", script], capture_output=True, text=True, check=True).stdout
    (command,) = commands_of(text)
    assert said(command) == answer.split("\0")[:-1]


def test_each_character_has_its_place() -> None:
    """A character behind a backslash stands where the backslash does, and any other one where it is."""
    (command,) = commands_of("""x 'a'"b\\"c"$'d\\te'f\\ g""")
    word = command.words[1]
    assert word.text == 'ab"cd\tef g'
    assert word.places == (3, 6, 7, 9, 13, 14, 16, 18, 19, 21, 22)
    assert word.after(3) == Word("cd\tef g", (9, 13, 14, 16, 18, 19, 21, 22))


COMMANDS = [
    ("a b\nc", [["a", "b"], ["c"]]),
    ("# a b\nc # d\ne", [["c"], ["e"]]),
    ("a && b || c; d & e", [["a"], ["b"], ["c"], ["d"], ["e"]]),
    ("(a; b) c", [["a"], ["b"], ["c"]]),
    ("f() { a; }", [["f"], ["{", "a"], ["}"]]),
    ("a)b", [["a"], ["b"]]),
    ("a $(b c) d", [["b", "c"], ["a", "$(b c)", "d"]]),
    ("a $(b; (c) d; e) f", [["b"], ["c"], ["d"], ["e"], ["a", "$(b; (c) d; e)", "f"]]),
    ("a $(b", [["b"], ["a", "$(b"]]),
    ('a "$(b "c d") e" f', [["b", "c d"], ["a", '$(b "c d") e', "f"]]),
    ("a `b c` d", [["b", "c"], ["a", "`b c`", "d"]]),
    (r"a `b \`c\` \$d \x` e", [["c"], ["b", "`c`", "$d", "x"], ["a", r"`b \`c\` \$d \x`", "e"]]),
    (r'a "`b \"c d\"`" e', [["b", "c d"], ["a", r'`b \"c d\"`', "e"]]),
    ("a `` b", [["a", "``", "b"]]),
    ('a "b ` c"', [["a", "b ` c"]]),
    ("a ` b", [["a"], ["b"]]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "commands"), COMMANDS, ids=[repr(text) for text, _ in COMMANDS])
def test_commands_end_where_the_shell_ends_them(text: str, commands: list[list[str]]) -> None:
    """Line ends, signs between commands and brackets end one; those inside of a word come before its own command."""
    assert [said(command) for command in commands_of(text)] == commands


def test_places_in_backticks_are_those_of_the_script() -> None:
    """What stands between backticks is read without its backslashes, and stays where it is."""
    text = r"a `b \$c 'd' <<< \\ef`"
    inner, _ = commands_of(text)
    assert said(inner) == ["b", "$c", "d"]
    assert written(text, inner.words) == ["b", r"\$c", "d"]
    assert [word.text for word in inner.inputs] == ["ef"]
    assert text[inner.inputs[0].places[1]] == "f"


FED = [
    "echo x | curl",
    "echo x |& curl",
    "echo x |\n  curl",
    "echo x | # as it is\n\n  curl",
    "echo x | (curl)",
    "echo x 2>&1 | curl",
]


@pytest.mark.parametrize("text", FED)
def test_a_pipe_feeds_the_command_behind_it(text: str) -> None:
    """What is fed by a pipe may stand on a line below it."""
    first, last = commands_of(text)
    assert said(first)[:2] == ["echo", "x"]
    assert said(last) == ["curl"]
    assert last.fed_by is first


@pytest.mark.parametrize("text", ["echo x || curl", "echo x; curl", "echo x && curl", "echo x\ncurl", "echo x & curl"])
def test_commands_without_a_pipe_are_fed_by_none(text: str) -> None:
    """A command beside or behind another one gets nothing from it."""
    _, last = commands_of(text)
    assert said(last) == ["curl"]
    assert last.fed_by is None


INPUTS = [
    ("a <<< 'b c' d", ["b c"], ["b c"]),
    ("a<<<b", ["b"], ["b"]),
    ("a <<E d\nx\ny\nE\n", ["x\ny\n"], ["x\ny\n"]),
    ("a d << E\nx\nE", ["x\n"], ["x\n"]),
    ("a d <<-E\n\t\tx\n\t y\n\tE\n", ["x\n y\n"], ["x\n\t y\n"]),
    ("a d <<E\n\tx\n\n  E \n", ["\tx\n\n"], ["\tx\n\n"]),
    ("a <<'E' <<F d\n1\nE\n2\nF\n", ["1\n", "2\n"], ["1\n", "2\n"]),
    ("a d <<E-1.x!\nx\nE\nE-1.x!\n", ["x\nE\n"], ["x\nE\n"]),
    ("a d <<'E F'\nx\nE F\n", ["x\n"], ["x\n"]),
    ('a d <<"E"\n$x\\$\\\nE\n', ["$x\\$\\\n"], ["$x\\$\\\n"]),
    ("a d <<\\E\n\\$x\\\\\nE\n", ["\\$x\\\\\n"], ["\\$x\\\\\n"]),
    ("a d <<'E'\n\\$x\nE\n", ["\\$x\n"], ["\\$x\n"]),
    ("a d <<E\n\\$x \\` \\\\ \\n \\\ny\nE\n", ["$x ` \\ \\n y\n"], ["\\$x \\` \\\\ \\n \\\ny\n"]),
    ("a d <<E\r\nx\r\nE\r\n", ["x\r\n"], ["x\r\n"]),
    ("a d <<E\nx", ["x"], ["x"]),
    ("a d <<E <<F\nx\nE", ["x\n", ""], ["x\n", ""]),
    ("a d <<E <<F\nx", ["x", ""], ["x", ""]),
    ("a d <<E\nx\n", ["x\n"], ["x\n"]),
]


@pytest.mark.parametrize(("text", "inputs", "characters"), INPUTS, ids=[repr(text) for text, _, _ in INPUTS])
def test_inputs_stand_in_the_script(text: str, inputs: list[str], characters: list[str]) -> None:
    """Strings and documents behind ``<<`` are what a command is given, and the words around them are its words."""
    first, *_ = commands_of(text)
    assert said(first) in (["a", "d"], ["a"])
    assert [word.text for word in first.inputs] == inputs
    assert written(text, first.inputs) == characters


def test_an_input_without_a_command_is_nobody_s() -> None:
    """The command on the next line is not given it."""
    first, last = commands_of("<<< a\nb")
    assert (said(first), said(last), last.inputs) == ([], ["b"], [])


@pytest.mark.parametrize("inside", ["b <<E <<F\nx\nE", "b <<E", "b <<E\nx", "b '", 'b "', "b $(", "b \\\\", "b $'"])
@pytest.mark.parametrize("around", ["a `{}`", 'a "`{}`"', "a $({})", "a `$({})`"])
def test_what_is_not_closed_ends_with_what_is_around_it(around: str, inside: str) -> None:
    """No place is outside of the script, however its parts end."""
    text = around.format(inside)
    for command in commands_of(text):
        for word in (*command.words, *command.inputs):
            assert all(0 <= place <= len(text) for place in word.places)


def test_commands_go_on_behind_a_document() -> None:
    """The line behind the delimiter is the next command, and the rest of the first line is read before the document."""
    commands = commands_of("a <<E | b; c <<F\n1\nE\n2\nF\nd e\n")
    assert [said(command) for command in commands] == [["a"], ["b"], ["c"], ["d", "e"]]
    assert [[word.text for word in command.inputs] for command in commands] == [["1\n"], [], ["2\n"], []]


def test_what_cat_prints_is_a_part_of_a_word() -> None:
    """A document that is copied in the place of a word is that word; of other commands there is the spelling."""
    text = "a \"b $(cat <<'E'\n$x\nE\n) c\" d"
    (command,) = commands_of(text)
    assert said(command) == ["a", "b $x\n c", "d"]
    word = command.words[1]
    assert "".join(text[place] for place in word.places[:-1]) == word.text
    for other in ("tac <<'E'\n$x\nE\n", "cat -n <<'E'\n$x\nE\n", "cat f", "cat <<'E'\n$x\nE\nls", ""):
        assert f"$({other})" in [word for each in commands_of(f'a "$({other})"') for word in said(each)]
