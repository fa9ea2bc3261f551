"""Which declaration a name means: one that hides the constant, or changes it, leaves nothing to be found."""

from options import warmth as top_p

M: str = "minimax/m2.7"
ROLE = "usr"
WARM = 5
role: str = "usr"  # expect MM112
top_p = 5
annotated: list = [{"role": "usr", "content": "x"}]  # expect MM112


async def meant(env, o):
    await env.AI.run(M, {"messages": [{"role": role, "content": "x"}]})
    await env.AI.run(M, {"messages": annotated})
    if (found := [{"role": "usr", "content": "x"}]) and o.a:  # expect MM112
        await env.AI.run(M, {"messages": found})


async def by_keyword(env, text, *, temperature=5, most, warm=None):  # expect MM105, expect MM120
    await env.AI.run(M, {"messages": [{"role": "user", "content": text}], "temperature": temperature})
    await env.AI.run(M, {"messages": [{"role": "user", "content": text}], "max_tokens": most, "temperature": warm})


async def hidden(env, many, *ROLES, **WARMTH):
    global WARM
    WARM = 0.5
    await env.AI.run(M, {"messages": [{"role": "user", "content": "x"}], "temperature": WARM, "top_p": top_p})
    await env.AI.run(M, {"messages": ROLES, "temperature": WARMTH})
    send = lambda ROLE: env.AI.run(M, {"messages": [{"role": ROLE, "content": "x"}]})
    roles = [env.AI.run(M, {"messages": [{"role": ROLE, "content": "x"}]}) for ROLE in many]
    match many:
        case {"role": "user", **ROLE}:
            await env.AI.run(M, {"messages": [{"role": ROLE, "content": "x"}]})
    return send, roles


class Options:
    ROLE = "usr"  # expect MM112
    send = lambda self, env, role=ROLE: env.AI.run(M, {"messages": [{"role": role, "content": "x"}]})
