// Each kind of expression: its type alone may be known, or its value, and what is not known is told nothing of.
const M = 'minimax/m2.7'
const m = [{ role: 'user', content: 'x' }]
export async function known(env: any, o: any) {
  await env.AI.run(M, { messages: m, stream: o.a - o.b }) // expect MM102
  await env.AI.run(M, { messages: m, stream: 2 ** o.b }) // expect MM102
  await env.AI.run(M, { messages: m, max_tokens: o.a === o.b }) // expect MM102
  await env.AI.run(M, { messages: m, max_tokens: 'a' in o }) // expect MM102
  await env.AI.run(M, { messages: m, temperature: typeof o.a }) // expect MM102
  await env.AI.run(M, { messages: void o.a }) // expect MM101
  await env.AI.run(M, { messages: m, temperature: o.a && 5 }) // expect MM105
  await env.AI.run(M, { messages: [{ role: `usr${5}`, content: 'x' }] }) // expect MM112
  await env.AI.run(M, { messages: [{ role: 'us' + 'r', content: 'x' }] }) // expect MM112
  await env.AI.run(M, { messages: [{ role: 'user', content: 'x', ...null }], ...undefined, top_p: 0b11 }) // expect MM105
  await env.AI.run(M, { messages: m, temperature: 0x10 }) // expect MM105
  await env.AI.run(M, { messages: m, stream: 017 }) // expect MM102
  await env.AI.run(M, { messages: m, stream: 1e999 }) // expect MM102
  await env.AI.run(M, { ['messages']: [{ ['role']: 'usr', content: 'x' }] }) // expect MM112
  await env.AI.run(M, { messages: m, [/* which */ 'temperature']: 5 }) // expect MM105
  await env.AI.run(M, { messages: m, stream: [1, , 2] }) // expect MM102
  await env.AI.run(M, { messages: [{ role: o['role'], content: [, ] }], temperature: 7 }) // expect MM105
  await env.AI.run(M, { messages: [{ role: '\x75sr', content: 'x' }] }) // expect MM112
  await env.AI.run(M, { messages: (/* the first */ [{ role: 'usr', content: 'x' }]) }) // expect MM112
}
export async function templates(env: any, o: any) {
  await env.AI.run(M, { messages: [{ role: `u${o.a}e${o.b}r`, content: 'x' }, { role: `u${o.a}s${o.b}${o.c}r`, content: 'x' }] })
  await env.AI.run(M, { messages: [{ role: `u${o.a}x${o.b}r`, content: 'x' }] }) // expect MM112
  await env.AI.run(M, { messages: [{ role: `u${o.a}r${o.b}r`, content: 'x' }] }) // expect MM112
  await env.AI.run(M, { messages: m, temperature: 5, temperature: 0.5, top_p: 0.5, top_p: 5 }) // expect MM105
}
export async function commented(env: any, o: any) {
  const bad = [{ role: 'usr', content: 'x' }] // expect MM112
  await env.AI.run(M, { messages: [.../* some */ bad, { role: 'user', content: 'x' }], .../* none */ {} })
  await create(.../* all */ bad)
}
export async function unknown(env: any, o: any) {
  await env.AI.run(M, { messages: m, temperature: -o.a, max_tokens: ~o.b, stream: o.a | o.b })
  await env.AI.run(M, { messages: m, temperature: o.a + o.b, max_tokens: 10n })
  await env.AI.run(M, { messages: m, temperature: void 0 })
  await env.AI.run(M, { messages: o[0], temperature: 5, [o.key]: 1 }) // expect MM105
  await env.AI.run(M, { messages: m, temperature() { return 5 } })
  await env.AI.run(M, { messages: m, get temperature() { return 5 } })
  await env.AI.run(M, { messages: m, temperature: 5, ...(o.more as any) }) // expect MM105
  await env.AI.run(M, { ...o.a })
  await env.AI.run(M, ...o)
  await env.AI.run(...o)
  await env.AI.run(M)
  await env.AI.run()
  await env.AI.run`minimax`;
  ((((((env.AI.run))))))(M, { messages: 5 }) // so deep in brackets that it is not looked for
  await env.AI.run(M, { messages: [{ role: String.raw`usr`, content: new Text }] }) // env.AI.run(M, { messages: 5 }) // 5
  o.labels = { url: 'https://minimax.example // no comment', run: o.run, 'model': M, messages: [] }
  const { model: renamed } = o
}
