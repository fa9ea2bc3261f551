// What becomes of a request before it is sent: looked at, it stays as it is; what may be changed is not judged.
const M = 'minimax/m2.7'
export async function looked(env: any, o: any) {
  const a = { messages: [{ role: 'a1', content: 'x' }] } // expect MM112
  if (!a || typeof a === 'string' || a === o.last) return
  await env.AI.run(M, o.fast ? a : o.other)
  const b = { messages: [{ role: 'a2', content: 'x' }] } // expect MM112
  const other = b ?? o.other
  await env.AI.run(M, b ? b : other, `${b}`)
  const c = { messages: [{ role: 'a3', content: 'x' }] } // expect MM112
  type Kept = typeof c
  console.log(c.messages.length, o[c], typeof c.messages, c.messages.slice(1))
  await env.AI.run(M, c)
  const d = [{ role: 'a4', content: 'x' }] // expect MM112
  d.push!({ role: 'user', content: 'x' });
  (d.push)({ role: 'user', content: 'x' })
  await env.AI.run(M, { messages: d, temperature: 7 }) // expect MM105
  const e = { messages: [{ role: 'a5', content: 'x' }] } // expect MM112
  while (e) await env.AI.run(M, e)
}
const given = { messages: [{ role: 'a6', content: 'x' }] } // expect MM112
export { given }
export const send = (env: any) => env.AI.run(M, given)
export async function ignored(env: any, o: any) {
  o.kept = 'https://minimax.example' // one comment // in another
  /* two // in one */ await env.AI.run(M, { messages: [{ role: 'c1', content: 'x' }] }) // minimax-validate: ignore[MM112]
  await o.a(o.b(o.c(o.d(o.e(o.f(o.g({ model: M, messages: [{ role: 'c2', content: 'x' }] }))))))) // expect MM112
}
export async function changed(env: any, o: any) {
  const a = { messages: [{ role: 'b1', content: 'x' }], temperature: 5 }
  delete a.temperature
  await env.AI.run(M, a)
  const b = { messages: [{ role: 'b2', content: 'x' }] }
  for (b.messages of o.lists) await env.AI.run(M, b)
  const c = { messages: [{ role: 'b3', content: 'x' }], max_tokens: 0 }
  c.max_tokens++
  await env.AI.run(M, c)
  const d = { messages: [{ role: 'b4', content: 'x' }] }
  const [first, ...others] = (d.messages as any[])
  await env.AI.run(M, d)
  const e = { messages: [{ role: 'b5', content: 'x' }] }
  const { messages: inner = e } = o
  inner.messages[0].role = 'user'
  await env.AI.run(M, e)
  const f = o.a ? { role: 'b6', content: 'x' } : o.c
  f.push(o)
  await env.AI.run(M, { messages: [f] })
  const g = { messages: [{ role: 'b7', content: 'x' }] }
  throw g
}
