"""One validator in many threads, under asyncio and after a fork says what it says alone.

Run by a free-threaded Python, the threads are at work at once; that its wheels keep the lock away is asked there too.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import random
import sys
import sysconfig
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from minimax_validate import Report, Settings, Validator
from minimax_validate.rules.catalogue import RULES

THREADS = 32
PAYLOADS: list[Any] = [
    *(example.payload for rule in RULES for example in rule.valid),
    *(example.payload for rule in RULES for example in rule.invalid),
]


def alone() -> list[Report]:
    """The reports of all payloads, one after the other."""
    validator = Validator(Settings(select=("ALL",)))
    return [validator.check(payload) for payload in PAYLOADS]


def in_any_order(validator: Validator, seed: int) -> list[Report]:
    """The reports of all payloads, which are checked in an order of their own."""
    order = list(range(len(PAYLOADS)))
    random.Random(seed).shuffle(order)
    reports = {index: validator.check(PAYLOADS[index]) for index in order}
    return [reports[index] for index in range(len(PAYLOADS))]


def test_one_validator_in_many_threads() -> None:
    """All threads begin at once, on a validator that has checked nothing before, and find the same."""
    expected, validator, barrier = alone(), Validator(Settings(select=("ALL",))), threading.Barrier(THREADS)

    def check(seed: int) -> list[Report]:
        barrier.wait(60)
        return in_any_order(validator, seed)

    with ThreadPoolExecutor(THREADS) as pool:
        for reports in pool.map(check, range(THREADS)):
            assert reports == expected


def test_under_asyncio() -> None:
    """Tasks in a loop, and in the threads beside it, find the same."""
    expected, validator = alone(), Validator(Settings(select=("ALL",)))

    async def check(seed: int) -> list[Report]:
        await asyncio.sleep(0)
        return in_any_order(validator, seed)

    async def all_of_them() -> list[list[Report]]:
        threads = (asyncio.to_thread(in_any_order, validator, seed) for seed in range(4))
        return await asyncio.gather(*map(check, range(4)), *threads)

    assert all(reports == expected for reports in asyncio.run(all_of_them()))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot be forked here")
def test_after_a_fork() -> None:
    """Processes that are forked from one whose validator is in use find the same."""
    expected, validator = alone(), Validator(Settings(select=("ALL",)))
    validator.check(PAYLOADS[0])

    def check(seed: int, answers: Any) -> None:
        answers.put(in_any_order(validator, seed) == expected)

    context = multiprocessing.get_context("fork")
    answers = context.SimpleQueue()
    processes = [context.Process(target=check, args=(seed, answers)) for seed in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)
    assert [process.exitcode for process in processes] == [0] * 4
    assert all(answers.get() for _ in processes)


@pytest.mark.skipif(not sysconfig.get_config_var("Py_GIL_DISABLED"), reason="this Python has its lock built in")
def test_free_threaded_python_stays_so() -> None:
    """Importing the package does not bring the lock back."""
    assert not getattr(sys, "_is_gil_enabled", lambda: True)()
