"""Whose client a request is sent with: only Cloudflare's own address says which model an unknown name is."""

import anthropic
import other
from openai import OpenAI

M = "minimax/m2.7"
BASE = "https://api.cloudflare.com/client/v4/accounts/" + ACCOUNT + "/ai/v1"
client = OpenAI(base_url=BASE)
alias = other.client


def faulty(o, messages, temperature=2):  # expect MM105
    client.chat.completions.create(model=M, messages=messages, temperature=temperature)
    client.chat.completions.create(model=M, messages=messages, top_p=2)  # expect MM105
    client.chat.completions.create(model="MiniMax-M2.7", messages=messages)  # expect MM009
    alias.chat.completions.create(model=M, messages=[{"role": "usr", "content": "x"}])  # expect MM112
    o.made().chat.completions.create(model=M, messages=[{"role": "usr", "content": "x"}], extra_body=None)  # expect MM112
    o.a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t.u.v.w.completions.create(model=M, messages=[{"role": "usr", "content": "x"}])  # expect MM112
    client.chat.completions.create(*o.more, model=M, messages=[{"role": "usr", "content": "x"}])  # expect MM112
    client.chat.completions.create(model=M, messages=messages, extra_body=o.body, top_p=2)  # expect MM105


def correct(o, messages):
    alias.chat.completions.create(model="MiniMax-M2.7", messages=messages, top_p=2)
    o.table.create({"model": M, "rows": 5})
    anthropic.messages.create(model="claude", messages=[{"role": "usr", "content": 5}])
    client.chat.completions.create(model=M, messages=messages, extra_body={"top_p": 0.5}, **o.options)
