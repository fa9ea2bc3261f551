"""Each kind of expression: its type alone may be known, or its value, and what is not known is told nothing of."""

M = "minimax/m2.7"
USER = [{"role": "user", "content": "x"}]
MORE = {"temperature": 5}  # expect MM105


async def known(env, o, **given):
    await env.AI.run(M, {"messages": [{"role": "user", "content": "x"}], "max_tokens": f"{o.most:d}"})  # expect MM102
    await env.AI.run(M, {"messages": USER, "max_tokens": not o.few})  # expect MM102
    await env.AI.run(M, {"messages": USER, "max_tokens": o.few is None})  # expect MM102
    await env.AI.run(M, {"messages": USER, "max_tokens": o.few not in o.many})  # expect MM102
    await env.AI.run(M, {"messages": USER, "stream": [one for one in o.many]})  # expect MM102
    await env.AI.run(M, {"messages": USER, "stream": {one: 1 for one in o.many}})  # expect MM102
    await env.AI.run(M, {"messages": USER, "stream": ", ".join(o.many)})  # expect MM102
    await env.AI.run(M, {"messages": USER, "temperature": o.warm and 5})  # expect MM105
    await env.AI.run(M, {"messages": (bad := [{"role": "usr", "content": "x"}])})  # expect MM112
    await env.AI.run(M, {"messages": USER, **MORE})
    await env.AI.run(M, {"messages": USER, **{"top_p": 5}})  # expect MM105
    await env.AI.run(M, {"messages": USER, **{}, "top_p": 5, **o.more})  # expect MM105
    await env.AI.run(M, {"mess" + "ages": [{"role": f"us{'r'}", "content": "x"}]})  # expect MM112
    await env.AI.run(M, {"messages": USER, o.key: 5, 7: 7, "top_p": -5})  # expect MM105
    await env.AI.run(M, {"messages": USER, "temperature": -True, "top_p": b"5", "stream": ...})
    await env.AI.run(M, {"messages": USER, "temperature": o.a < o.b, "top_p": 1 < o.a < 2, "stream": -o.a})
    await env.AI.run(M, {"messages": USER, "temperature": o.a + 5, "top_p": lambda: 5, "stream": o.a[5]})
    await env.AI.run(M, *o.inputs)
    await env.AI.run(*o.inputs)
    await env.AI.run(M)
    await env.AI.run()
    await env.AI.run(5, {"messages": 5})
    await env.AI.run(None, {"messages": 5})
    (await o.made()).run(M, {"messages": 5})  # expect MM102
    o.made[5](M, {"messages": 5})
