"""What pair() says of histories: healthy ones, faulty ones, and ones that hold malformed parts."""

from __future__ import annotations

import sys
from collections.abc import Callable
from copy import deepcopy
from dataclasses import asdict
from types import FrameType
from typing import Any
from unittest.mock import ANY

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minimax_validate import Validator
from minimax_validate.request.pairing import pair
from minimax_validate.request.pairing_facts import (
    Call,
    Duplicate,
    Early,
    NamelessCall,
    NamelessResult,
    Orphan,
    Reordered,
    Repeated,
    Separated,
    Unanswered,
)
from minimax_validate.request.roles import acts_as, speaker
from minimax_validate.rules.examples import assistant, call, calling, request, result, system, user, without

Json = dict[str, Any]


def facts(*messages: object) -> dict[str, tuple[Any, ...]]:
    """The facts that are told of a history, by their kind."""
    pairing = pair(messages)
    return {kind: getattr(pairing, kind) for kind in asdict(pairing) if getattr(pairing, kind)}


def calls(*identifiers: str) -> Json:
    """An assistant message that makes calls of these ids."""
    return calling(*map(call, identifiers))


def nameless(**keys: Any) -> Json:
    """A result without an id."""
    return {**without(result(), "tool_call_id"), **keys}


class TestHealthy:
    """Histories that pair up."""

    @pytest.mark.parametrize(
        "messages",
        [
            (),
            (user(),),
            (user(), assistant(), assistant(), user(), user()),
            (user(), calls("a"), result("a")),
            (user(), calls("a", "b"), result("a"), result("b"), assistant()),
            (user(), calls("a"), result("a"), calls("b"), result("b")),
            (user(), assistant(tool_calls=[]), user()),
        ],
        ids=[
            "nothing",
            "one message",
            "no calls",
            "one call",
            "two calls",
            "two blocks at once",
            "no calls in an array",
        ],
    )
    def test_nothing_is_told(self, messages: tuple[Json, ...]) -> None:
        """A history whose results follow their calls has no facts to tell."""
        assert facts(*messages) == {}

    def test_ids_may_be_used_again_in_each_turn(self) -> None:
        """An id means the call of its own block, whatever had that id before."""
        turn = (user(), calls("a", "b"), result("a"), result("b"))
        assert facts(*turn, *turn, *turn) == {}


class TestOrphan:
    """Results without a call."""

    def test_id_that_nothing_called(self) -> None:
        """A result of an id that no message calls is an orphan."""
        assert facts(user(), calls("a"), result("a"), result("b")) == {"orphans": (Orphan(3, None),)}

    def test_result_before_any_call(self) -> None:
        """A result in a history without calls is an orphan."""
        assert facts(system(), result("a"), user()) == {"orphans": (Orphan(1, None),)}

    def test_result_after_the_next_calls(self) -> None:
        """A result that comes after other calls is an orphan that knows its call, which is unanswered."""
        assert facts(calls("a"), calls("b"), result("a"), result("b")) == {
            "orphans": (Orphan(2, Call(0, 0), ANY),),
            "unanswered": (Unanswered(Call(0, 0), 1, ANY, ANY, ANY),),
        }

    def test_call_in_a_message_that_cannot_call(self) -> None:
        """Calls on a user message are none, so their result is an orphan."""
        assert facts(user(tool_calls=[call("a")]), result("a")) == {"orphans": (Orphan(1, None),)}

    def test_closed_call_that_is_made_again(self) -> None:
        """A late result belongs to the call that was left open, not to a later one of the same id."""
        assert facts(calls("a"), calls("b"), result("b"), result("a"), calls("a"), result("a")) == {
            "orphans": (Orphan(3, Call(0, 0), ANY),),
            "unanswered": (Unanswered(Call(0, 0), 1, ANY, ANY, ANY),),
        }

    def test_answer_of_an_older_turn_does_not_make_a_duplicate(self) -> None:
        """What became of the latest call of an id counts: here it was left open."""
        history = (calls("a"), result("a"), calls("a"), calls("b"), result("b"), result("a"))
        assert facts(*history)["orphans"] == (Orphan(5, Call(2, 0), ANY),)


class TestEarly:
    """Results before their calls."""

    def test_call_is_answered_by_it(self) -> None:
        """An early result is the answer of its call, which is not told as unanswered."""
        assert facts(user(), result("a"), calls("a")) == {"early": (Early(1, Call(2, 0), None, 3),)}

    def test_call_with_an_answer_of_its_own(self) -> None:
        """An early result knows of the result in the right place."""
        assert facts(result("a"), calls("a"), result("a")) == {"early": (Early(0, Call(1, 0), 2, 3),)}

    def test_place_is_between_the_other_results(self) -> None:
        """An early result belongs before the first result of a later call."""
        assert facts(result("b"), calls("a", "b", "c"), result("a"), result("c")) == {
            "early": (Early(0, Call(1, 1), None, 3),)
        }

    def test_nearest_call_ahead_is_meant(self) -> None:
        """Of several calls ahead the next one is meant, and the others need results of their own."""
        assert facts(result("a"), calls("a"), calls("a"), result("a")) == {"early": (Early(0, Call(1, 0), None, 2),)}

    def test_second_early_result(self) -> None:
        """A second early result of one call is its duplicate."""
        assert facts(result("a"), result("a"), calls("a")) == {
            "early": (Early(0, Call(2, 0), None, 3),),
            "duplicates": (Duplicate(1, 0),),
        }

    def test_later_copy_of_an_early_result(self) -> None:
        """Once an early result has answered its call, a result in a later block is its duplicate."""
        assert facts(result("a"), calls("a"), calls("b"), result("b"), result("a"))["duplicates"] == (Duplicate(4, 0),)

    def test_inside_the_block_of_another_call(self) -> None:
        """An early result does not end the block that it stands in."""
        assert facts(calls("a"), result("b"), result("a"), calls("b")) == {"early": (Early(1, Call(3, 0), None, 4),)}

    def test_call_that_an_older_turn_answered_too(self) -> None:
        """An id that was answered before is not early but a duplicate, and the later call is unanswered."""
        assert facts(calls("a"), result("a"), user(), result("a"), calls("a")) == {
            "duplicates": (Duplicate(3, 1),),
            "unanswered": (Unanswered(Call(4, 0), None, ANY, ANY, ANY),),
        }


class TestDuplicate:
    """Second results."""

    def test_in_its_block(self) -> None:
        """A second result of a call in its own block knows the first."""
        assert facts(calls("a"), result("a"), result("a")) == {"duplicates": (Duplicate(2, 1),)}

    def test_behind_another_message(self) -> None:
        """It stays a duplicate when something stands between: a block that waits for nothing is not interrupted."""
        assert facts(calls("a"), result("a"), user(), result("a")) == {"duplicates": (Duplicate(3, 1),)}

    def test_in_a_later_block(self) -> None:
        """A result that is replayed in a later block is a duplicate of the last one of its id."""
        history = (calls("a"), result("a"), calls("a"), result("a"), calls("b"), result("a"), result("b"))
        assert facts(*history) == {"duplicates": (Duplicate(5, 3),)}

    def test_several(self) -> None:
        """Each further result is told, with the same first one."""
        assert facts(calls("a"), *[result("a")] * 4)["duplicates"] == (
            Duplicate(2, 1),
            Duplicate(3, 1),
            Duplicate(4, 1),
        )


class TestSeparated:
    """Results with something between them and their calls."""

    @pytest.mark.parametrize(
        "intruder", [user(), system(), assistant(), assistant(tool_calls=[]), user(tool_call_id="a")]
    )
    def test_by_any_message_that_is_no_result(self, intruder: Json) -> None:
        """Every message of another role ends the block."""
        assert facts(calls("a"), intruder, result("a")) == {"separated": (Separated(2, Call(0, 0), 1, 1),)}

    def test_first_intruder_is_told(self) -> None:
        """All results that come too late name the first message that stands between."""
        history = (calls("a", "b", "c"), result("a"), user(), assistant(), result("b"), user(), result("c"))
        assert facts(*history) == {"separated": (Separated(4, Call(0, 1), 2, 2), Separated(6, Call(0, 2), 2, 2))}

    def test_place_is_before_the_results_of_later_calls(self) -> None:
        """A late result belongs where the order of the calls has it."""
        assert facts(calls("a", "b"), result("b"), user(), result("a")) == {
            "separated": (Separated(3, Call(0, 0), 2, 1),)
        }

    def test_place_in_a_block_without_order(self) -> None:
        """Where the block's results are out of order anyway, a late one goes behind them."""
        assert facts(calls("a", "b", "c"), result("c"), result("b"), user(), result("a"))["separated"] == (
            Separated(4, Call(0, 0), 3, 3),
        )

    def test_does_not_count_for_the_order(self) -> None:
        """A late result is told as that alone, not as out of order too."""
        assert set(facts(calls("a", "b"), result("b"), user(), result("a"))) == {"separated"}

    def test_nothing_waits_any_more(self) -> None:
        """Behind a block that is complete anything may stand."""
        assert facts(calls("a"), result("a"), user(), assistant()) == {}


class TestUnanswered:
    """Calls without a result."""

    def test_at_the_end(self) -> None:
        """A call that the history ends with waits for its result, and nothing came between."""
        assert facts(user(), calls("a")) == {"unanswered": (Unanswered(Call(1, 0), None, ANY, ANY, ANY),)}

    def test_one_fact_for_each_call(self) -> None:
        """All calls without a result are told, with the message that ended the wait."""
        assert facts(calls("a", "b", "c"), result("b"), user()) == {
            "unanswered": (Unanswered(Call(0, 0), 2, ANY, ANY, ANY), Unanswered(Call(0, 2), 2, ANY, ANY, ANY)),
        }

    def test_next_calls_end_the_wait(self) -> None:
        """The next message that makes calls is as good an intruder as any."""
        assert facts(calls("a"), calls("b"), result("b")) == {"unanswered": (Unanswered(Call(0, 0), 1, ANY, ANY, ANY),)}

    def test_answer_in_an_older_turn(self) -> None:
        """A result of the same id in an earlier turn answers nothing here."""
        history = (calls("a"), result("a"), user(), calls("a"), user())
        assert facts(*history) == {"unanswered": (Unanswered(Call(3, 0), 4, ANY, ANY, ANY),)}


class TestRepeated:
    """Ids that come twice in one message."""

    def test_each_call_but_the_first(self) -> None:
        """Every further call of an id is told, with the first."""
        assert facts(calls("a", "a", "b", "a"), result("a"), result("a"), result("b"), result("a"))["repeated"] == (
            Repeated(Call(0, 1), Call(0, 0)),
            Repeated(Call(0, 3), Call(0, 0)),
        )

    @pytest.mark.parametrize("answers", [1, 2])
    def test_is_the_only_fact(self, answers: int) -> None:
        """One result for all calls of an id, or one for each: the repetition alone is told."""
        assert set(facts(calls("a", "a"), *[result("a")] * answers)) == {"repeated"}

    def test_no_result_at_all(self) -> None:
        """Without any result the id is told as unanswered, once."""
        assert facts(calls("a", "a"))["unanswered"] == (Unanswered(Call(0, 0), None, ANY, ANY, ANY),)

    def test_more_results_than_calls(self) -> None:
        """A result beyond the number of calls is a duplicate."""
        assert facts(calls("a", "a"), *[result("a")] * 3)["duplicates"] == (Duplicate(3, 1),)


class TestNameless:
    """Calls and results without an id."""

    @pytest.mark.parametrize("answer", [nameless(), result(""), nameless(tool_call_id=None), nameless(tool_call_id=5)])
    def test_result_for_the_only_call(self, answer: Json) -> None:
        """A result without an id answers the one call that waits, which is then not unanswered."""
        assert facts(calls("a"), answer) == {"nameless_results": (NamelessResult(1, Call(0, 0)),)}

    def test_result_for_the_call_that_is_left(self) -> None:
        """What the other results answer is known at the end of the block, not before."""
        assert facts(calls("a", "b"), nameless(), result("b")) == {"nameless_results": (NamelessResult(1, Call(0, 0)),)}

    def test_result_for_one_of_two_calls(self) -> None:
        """Where two calls wait, a result without an id answers neither."""
        assert facts(calls("a", "b"), nameless()) == {
            "nameless_results": (NamelessResult(1, None),),
            "unanswered": (Unanswered(Call(0, 0), None, ANY, ANY, ANY), Unanswered(Call(0, 1), None, ANY, ANY, ANY)),
        }

    def test_two_results_for_one_call(self) -> None:
        """One of the two is the answer, and nobody knows which."""
        assert facts(calls("a"), nameless(), nameless()) == {
            "nameless_results": (NamelessResult(1, None), NamelessResult(2, None))
        }

    def test_later_result_for_the_same_call(self) -> None:
        """A result without an id has answered its call, so that a later one of the call's id is its duplicate."""
        assert facts(calls("a"), nameless(), calls("b"), result("b"), result("a")) == {
            "nameless_results": (NamelessResult(1, Call(0, 0)),),
            "duplicates": (Duplicate(4, 1),),
        }

    def test_result_beside_a_repeated_id(self) -> None:
        """One result is enough for an id that two calls share, so that nothing is left for one without an id."""
        assert facts(calls("a", "a", "b"), result("a"), nameless())["nameless_results"] == (
            NamelessResult(2, Call(0, 2)),
        )

    def test_result_that_nothing_waits_for(self) -> None:
        """Without a call that waits, a result without an id has no counterpart."""
        assert facts(nameless(), calls("a"), result("a"), nameless()) == {
            "nameless_results": (NamelessResult(0, None), NamelessResult(3, None)),
        }

    def test_result_behind_an_intruder(self) -> None:
        """An interrupted block takes no result without an id: giving it one would not make it follow its call."""
        assert facts(calls("a"), user(), nameless()) == {
            "nameless_results": (NamelessResult(2, None),),
            "unanswered": (Unanswered(Call(0, 0), 1, ANY, ANY, ANY),),
        }

    def test_call_whose_result_has_an_id(self) -> None:
        """The one result with an unknown id answers the one call without any, and is no orphan."""
        assert facts(calls(""), result("a")) == {"nameless_calls": (NamelessCall(Call(0, 0), 1),)}

    def test_call_whose_result_has_the_id_of_an_older_turn(self) -> None:
        """The id may have been used before or be used again; here it is this call's."""
        turn = (calls("a"), result("a"))
        assert facts(*turn, calls(""), result("a"), *turn) == {"nameless_calls": (NamelessCall(Call(2, 0), 3),)}

    def test_call_and_result(self) -> None:
        """One call and one result without ids belong together."""
        assert facts(calls("", "b"), nameless(), result("b")) == {
            "nameless_calls": (NamelessCall(Call(0, 0), 1),),
            "nameless_results": (NamelessResult(1, Call(0, 0)),),
        }

    def test_several_calls(self) -> None:
        """Two calls without ids cannot be told apart, nor are their results orphans; a third result is one."""
        assert facts(calls("", ""), result("x"), result("y"), result("z")) == {
            "nameless_calls": (NamelessCall(Call(0, 0), None), NamelessCall(Call(0, 1), None)),
            "orphans": (Orphan(3, None),),
        }

    def test_call_without_a_result(self) -> None:
        """A call without an id and a result is told once, for its id."""
        assert facts(calls("")) == {"nameless_calls": (NamelessCall(Call(0, 0), None),)}

    def test_call_and_result_crosswise(self) -> None:
        """A nameless call with a stranger's result, and a nameless result for the call that is left.

        Both pairs are certain.
        """
        assert facts(calls("a", ""), result("x"), nameless()) == {
            "nameless_calls": (NamelessCall(Call(0, 1), 1),),
            "nameless_results": (NamelessResult(2, Call(0, 0)),),
        }

    def test_result_of_a_call_behind_an_intruder(self) -> None:
        """A result with an unknown id behind an intruder is an orphan, even if a call without an id waits."""
        assert facts(calls(""), user(), result("a")) == {
            "nameless_calls": (NamelessCall(Call(0, 0), None),),
            "orphans": (Orphan(2, None),),
        }


class TestReordered:
    """Results in another order than their calls."""

    def test_messages_and_their_order(self) -> None:
        """The fact holds where the results stand and which belongs there."""
        assert facts(user(), calls("a", "b", "c"), result("c"), result("a"), result("b")) == {
            "reordered": (Reordered((2, 3, 4), (3, 4, 2)),),
        }

    def test_each_block_for_itself(self) -> None:
        """Every block out of order is told."""
        swapped, straight = (calls("a", "b"), result("b"), result("a")), (calls("a", "b"), result("a"), result("b"))
        history = (*swapped, *straight, *swapped)
        assert facts(*history)["reordered"] == (Reordered((1, 2), (2, 1)), Reordered((7, 8), (8, 7)))

    def test_foreign_results_between(self) -> None:
        """Results that do not belong to the block keep their places."""
        assert facts(calls("a", "b"), result("b"), result("x"), result("a")) == {
            "orphans": (Orphan(2, None),),
            "reordered": (Reordered((1, 3), (3, 1)),),
        }


class TestMalformed:
    """What cannot be read takes no part, and fakes nothing."""

    @pytest.mark.parametrize("junk", [None, 5, "result", [], [result("a")]])
    def test_message_that_is_no_object(self, junk: object) -> None:
        """It does not end a block."""
        assert facts(calls("a", "b"), junk, result("a"), junk, result("b"), junk, user()) == {}

    def test_message_that_may_be_the_result(self) -> None:
        """A call is not unanswered if a message that cannot be read stands where its result may."""
        assert facts(calls("a"), None, user()) == {}

    def test_message_that_may_be_the_caller(self) -> None:
        """A result is not an orphan, early or a duplicate if a message that cannot be read may have called it."""
        assert (
            facts(calls("a"), result("a"), None, result("a"), result("b"), result("c"), calls("b"), result("b")) == {}
        )

    def test_doubt_ends_with_the_next_message(self) -> None:
        """Behind a message that can be read, and is no result, all is told again."""
        assert facts(None, user(), result("a"), user(), calls("b"), user()) == {
            "orphans": (Orphan(2, None),),
            "unanswered": (Unanswered(Call(4, 0), 5, ANY, ANY, ANY),),
        }

    def test_result_of_an_older_interface(self) -> None:
        """A message of the role function may be the result that a call waits for."""
        assert facts(calls("a"), {"role": "function", "name": "get_weather", "content": "5 °C"}, user()) == {}

    @pytest.mark.parametrize("role", ["function", "toool", None, 5])
    def test_unknown_role_with_an_id(self, role: object) -> None:
        """A message with a tool_call_id is taken for a result, whatever its role is called."""
        assert facts(calls("a"), {**result("a"), "role": role}, user()) == {}

    @pytest.mark.parametrize("role", ["model", None, {}])
    def test_unknown_role_with_calls(self, role: object) -> None:
        """A message with tool_calls is taken for the assistant's, whatever its role is called."""
        assert facts({**calls("a"), "role": role}, result("a")) == {}

    @pytest.mark.parametrize("made", [{}, {"id": "a"}, "a", 5, True])
    def test_calls_that_are_no_array(self, made: object) -> None:
        """Results of calls that cannot be read are no orphans."""
        assert facts(assistant(tool_calls=made), result("a"), result("b")) == {}

    def test_calls_that_are_null(self) -> None:
        """Null makes no calls."""
        assert facts(assistant(tool_calls=None), result("a")) == {"orphans": (Orphan(1, None),)}

    @pytest.mark.parametrize(
        "broken", [without(call(), "id"), {**call(), "id": 5}, {**call(), "id": None}, "call_1", None]
    )
    def test_call_without_a_readable_id(self, broken: object) -> None:
        """As many results with unknown ids as there are such calls are no orphans, nor duplicates of an older turn."""
        history = (calls("x"), result("x"), calling(call("a"), broken))  # type: ignore[arg-type]
        assert facts(*history, result("a"), result("x")) == {}
        assert facts(*history, result("a"), result("x"), result("y")) == {"orphans": (Orphan(5, None),)}

    def test_neighbour_of_a_broken_call(self) -> None:
        """A call that can be read is unanswered whatever stands beside it."""
        assert facts(calling(call("a"), without(call(), "id")), user()) == {
            "unanswered": (Unanswered(Call(0, 0), 1, ANY, ANY, ANY),)
        }

    def test_nameless_result_beside_a_broken_call(self) -> None:
        """It may answer either call, so it gets no counterpart, and neither call is unanswered for certain."""
        assert facts(calling(call("a"), without(call(), "id")), nameless()) == {
            "nameless_results": (NamelessResult(1, None),)
        }


class TestWords:
    """Small helpers."""

    @pytest.mark.parametrize(
        ("message", "role"),
        [
            (user(), "user"),
            (user(tool_calls=[call()]), "user"),
            (result(tool_calls=[call()]), "tool"),
            ({"tool_calls": [call()], "tool_call_id": "a"}, "assistant"),
            ({"tool_calls": [], "tool_call_id": "a"}, "tool"),
            ({"tool_calls": []}, "assistant"),
            ({"role": "function", "tool_call_id": 5}, "unreadable"),
            ({"role": "developer", "content": "Hi"}, "other"),
            ({}, "other"),
        ],
    )
    def test_role_by_keys(self, message: Json, role: str) -> None:
        """A known role counts; without one, the keys do."""
        assert acts_as(message) == role

    def test_pointer_of_a_call(self) -> None:
        """A call by place knows its pointer."""
        assert Call(3, 1).pointer == ("messages", 3, "tool_calls", 1)

    @pytest.mark.parametrize(
        ("message", "words"),
        [
            (user(), "a user message"),
            (assistant(), "an assistant message"),
            ({"role": "bot"}, "another message"),
            (None, "another message"),
        ],
    )
    def test_speaker(self, message: object, words: str) -> None:
        """A message is spoken of by its role, if that is a known one."""
        assert speaker(message) == words


IDS = st.lists(st.sampled_from(["a", "b", "c", "call_1", "é"]), min_size=1, max_size=4, unique=True)


@st.composite
def blocks(draw: st.DrawFn) -> list[Json]:
    """Some talk, then calls and all their results in any order."""
    talk = draw(st.lists(st.sampled_from([user(), assistant(), assistant(tool_calls=[])]), max_size=2))
    identifiers = draw(IDS)
    return [*talk, calls(*identifiers), *map(result, draw(st.permutations(identifiers)))]


HISTORIES = st.lists(blocks(), max_size=5).map(lambda parts: [message for part in parts for message in part])


@given(HISTORIES)
def test_healthy_history_has_no_facts_but_its_order(history: list[Json]) -> None:
    """Whatever calls are made and in whichever order they are answered, only the order is ever told."""
    assert set(facts(*history)) <= {"reordered"}


@given(HISTORIES)
def test_order_restores_the_order_of_the_calls(history: list[Json]) -> None:
    """Results put where the fact says they belong are in order."""
    restored = list(history)
    for stands, order in pair(history).reordered:
        for place, source in zip(stands, order, strict=True):
            restored[place] = history[source]
    assert facts(*restored) == {}


@given(HISTORIES)
def test_slots_lead_to_a_history_without_facts(history: list[Json]) -> None:
    """A late or early result that is moved to its slot leaves nothing to tell."""
    ordered = list(history)
    for stands, order in pair(history).reordered:
        for place, source in zip(stands, order, strict=True):
            ordered[place] = history[source]
    for index, message in enumerate(ordered):
        if message["role"] == "tool":
            moved = [*ordered[:index], *ordered[index + 1 :], user(), message]
            pairing = pair(moved)
            for separated in pairing.separated[:1]:
                assert separated.message == len(moved) - 1
                moved.insert(separated.slot, moved.pop())
                assert facts(*moved) == {}


Break = Callable[[Json], object]


def _with_unreadable_call(message: Json) -> object:
    if not message.get("tool_calls"):
        return message
    first, *others = message["tool_calls"]
    return {**message, "tool_calls": [without(first, "id"), *others]}


BREAKS: list[Break] = [
    lambda message: None,  # noqa: ARG005
    lambda message: [message],
    lambda message: {**message, "role": "banana"},
    lambda message: without(message, "role"),
    lambda message: {**message, "tool_calls": {}} if message.get("tool_calls") else message,
    _with_unreadable_call,
]


@given(HISTORIES.filter(bool), st.data())
def test_one_broken_message_fakes_nothing(history: list[Json], data: st.DataObject) -> None:
    """A healthy history with one message broken has no facts but the order of results."""
    index = data.draw(st.integers(0, len(history) - 1))
    broken: list[Any] = list(history)
    broken[index] = data.draw(st.sampled_from(BREAKS))(history[index])
    assert set(facts(*broken)) <= {"reordered"}


PARTS: st.SearchStrategy[Any] = st.one_of(
    st.builds(result, st.sampled_from(["a", "b", "c", ""])),
    st.lists(st.sampled_from(["a", "b", "c", ""]), max_size=3).map(
        lambda ids: assistant(tool_calls=list(map(call, ids)))
    ),
    st.sampled_from(
        [user(), None, nameless(), {"role": "function"}, assistant(tool_calls={}), calling(without(call(), "id"))]
    ),
)


@given(st.lists(PARTS, max_size=12))
def test_each_result_has_one_fact_at_most(history: list[Any]) -> None:
    """Whatever the history, a result is told once, each place exists, and the messages stay as they are."""
    before = deepcopy(history)
    pairing = pair(history)
    told = [
        fact.message
        for kind in (pairing.orphans, pairing.early, pairing.duplicates, pairing.separated, pairing.nameless_results)
        for fact in kind
    ]
    assert len(told) == len(set(told))
    assert all(history[index]["role"] == "tool" for index in told)
    open_calls = [*(fact.call for fact in pairing.unanswered), *(fact.call for fact in pairing.nameless_calls)]
    assert len(open_calls) == len(set(open_calls))
    assert all(history[place.message]["tool_calls"][place.number] for place in open_calls)
    assert all(separated.slot <= separated.intruder < separated.message for separated in pairing.separated)
    assert all(early.message < early.call.message < early.slot for early in pairing.early)
    assert history == before


def _many(count: int) -> list[str]:
    return [f"call_{number}" for number in range(count)]


HOSTILE: dict[str, Callable[[int], list[Any]]] = {
    "healthy": lambda n: [message for name in _many(n) for message in (calls(name), result(name))],
    "one id": lambda n: [message for _ in range(n) for message in (calls("a"), result("a"))],
    "backwards": lambda n: [calls(*_many(n)), *map(result, reversed(_many(n)))],
    "separated": lambda n: [calls(*_many(n)), user(), *map(result, _many(n))],
    "separated in part": lambda n: [
        calls(*_many(n)),
        *map(result, _many(n)[::2]),
        user(),
        *map(result, _many(n)[1::2]),
    ],
    "early": lambda n: [*map(result, _many(n)), calls(*_many(n))],
    "early, one id": lambda n: [message for _ in range(n) for message in (result("a"), calls("a"))],
    "duplicates": lambda n: [calls("a"), *[result("a")] * n],
    "orphans": lambda n: [calls("a"), *map(result, _many(n))],
    "unanswered": lambda n: [message for name in _many(n) for message in (calls(name), user())],
    "repeated": lambda n: [calls(*["a"] * n), *[result("a")] * n],
    "nameless": lambda n: [calls(*[""] * n), *[nameless()] * n],
    "nameless turns": lambda n: [message for _ in range(n) for message in (calls(""), nameless())],
    "unreadable": lambda n: [calls("a"), *[None] * n],
}


def _lines(history: list[Any]) -> int:
    """How many lines of Python pairing a history takes."""
    count = 0

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace if frame.f_code.co_filename == pair.__code__.co_filename else None

    tracer = sys.gettrace()
    sys.settrace(trace)
    try:
        pair(history)
    finally:
        sys.settrace(tracer)
    return count


@pytest.mark.parametrize("shape", HOSTILE)
def test_work_grows_with_the_history_and_no_faster(shape: str) -> None:
    """Four times the messages take four times the steps, in every shape of fault."""
    small, large = _lines(HOSTILE[shape](50)), _lines(HOSTILE[shape](200))
    assert large < 4.5 * small


def test_call_in_the_second_message_of_a_turn_is_pointed_at() -> None:
    """A finding about a call of a turn that is split over messages points at the message that has the call."""
    split = request(
        user("a"), calling(call("x")), calling(call("y"), call("z")), result("x"), result("y"), user("b"), result("z")
    )
    (finding,) = (one for one in Validator().check(split).diagnostics if one.code == "MM204")
    assert finding.pointer == ("messages", 6, "tool_call_id")
    assert finding.related[0].pointer == ("messages", 2, "tool_calls", 1, "id")


def test_call_of_a_message_in_a_dialect_is_the_message() -> None:
    """A call without a number in a list of calls stands where its message does, and so does its id."""
    assert Call(3, None).pointer == Call(3, None).identifier == ("messages", 3)
    assert Call(3, 1).identifier == ("messages", 3, "tool_calls", 1, "id")
