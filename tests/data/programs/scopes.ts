// Which declaration a name means: one of a name that hides the constant leaves nothing to be found.
import run, { type Options, temperature as warmth } from './options'
import * as limits from './limits'
const M = 'minimax/m2.7'
const role = 'usr'
let turns = 5
let warm = 5
export async function hidden(env: any, list: any[], o: any) {
  await Promise.all(list.map(role => env.AI.run(M, { messages: [{ role, content: 'x' }] })))
  for (const role of list) await env.AI.run(M, { messages: [{ role, content: 'x' }] })
  for (let role in o) await env.AI.run(M, { messages: [{ role, content: 'x' }] })
  try { o.go() } catch (role) { await env.AI.run(M, { messages: [{ role, content: 'x' }] }) }
  if (o.a) {
    await env.AI.run(M, { messages: [{ role, content: 'x' }] })
    function role() {}
  }
  if (o.b) {
    class role {}
    await env.AI.run(M, { messages: [{ role, content: 'x' }] })
  }
  if (o.c) {
    const [[role], ...others] = list
    await env.AI.run(M, { messages: [{ role, content: 'x' }] })
  }
  const choose = function* role() { yield env.AI.run(M, { messages: [{ role: 'user', content: 'x' }] }) }
  turns++
  await env.AI.run(M, { messages: [{ role: 'user', content: 'x' }], temperature: turns })
  for (warm of list) await env.AI.run(M, { messages: [{ role: 'user', content: 'x' }], temperature: warm })
  await env.AI.run(M, { messages: [{ role: 'user', content: 'x' }], temperature: warmth, max_tokens: limits.most })
  await env.AI.run(M, { messages: [{ role: 'user', content: 'x' }], temperature: o.w, top_p: (o.p = 7, o.p) })
}
export async function meant(env: any, o: any, list: any[]) {
  const part = 'usr' // expect MM112
  { const part = 'user'; o.go(part) }
  if (o.a) { for (const one of part) o.go(one, (part)) }
  o.table[part] = part
  await env.AI.run(M, { messages: [{ role: part, content: 'x' }] })
}
