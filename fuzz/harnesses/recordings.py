"""Recordings, collections and logs: places stand inside of the text, in every layout and notation."""

from __future__ import annotations

import json

from layout_samples import ALONE, PACKED, SAMPLES, Sample, packed

from fuzz import seeds
from fuzz.harness import Harness, Seen
from fuzz.laws.documents import read_soundly


def _seeds() -> tuple[bytes, ...]:
    samples = (*SAMPLES.values(), *ALONE.values())
    bodies = seeds.requests()[:: max(1, len(seeds.requests()) // len(samples))]
    found = [_recording(sample, body.decode()) for sample, body in zip(samples, bodies, strict=False)]
    found += [_recording(sample, seeds.BODY) for sample in samples]
    found += [json.dumps(sample.wrap([packed(seeds.BODY)])).encode() for sample in PACKED.values()]
    return (*seeds.short(found), *seeds.fixtures(".har", "cassette.yaml"))


def _recording(sample: Sample, body: str) -> bytes:
    return json.dumps(sample.wrap([body if sample.has_texts else json.loads(body)])).encode()


def _run(data: bytes) -> Seen:
    as_json = read_soundly("a.har" if data[-2:-1] == b"}" else "a.json", data)
    return as_json, read_soundly("a.yaml", data) if len(data) < 2_000 else None


HARNESS = Harness("recordings", _seeds, _run, is_json=True)
