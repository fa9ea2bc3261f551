// Who gets a request that a function is given, which may complete it: what is written of it is judged alone.
const M = 'minimax/m2.7'
export async function judged(chat: any, o: any) {
  await chat({ ...o.options, model: M, messages: [{ role: 'a1', content: 'x' }] }) // expect MM112
  await chat({ model: M, input: { messages: [{ role: 'a2', content: 'x' }] } }) // expect MM112
  await chat({ model: M, messages: o.a ? [{ role: 'a3', content: 'x' }] : o.list }) // expect MM112
  await chat({ model: M, messages: o.list, temperature: 7 }) // expect MM105
  await chat({ model: M, messages: [o.first, { role: 'a4', content: 'x' }] }) // expect MM112
  await chat({ model: M, messages: o.list, temperatur: 1 }) // expect MM601
  const a = { model: M, messages: [{ role: 'a5', content: 'x' }] } // expect MM112
  const b = a
  await chat(b)
}
export async function left(chat: any, o: any) {
  await chat({ model: M, messages: [{ role: 'b1', content: 'x' }], tools: { weather: o.tool } })
  await chat({ model: M, messages: o.a ? [{ text: 'b2' }] : [], temperature: 7 })
  await chat({ model: M, input: { messages: [{ role: 'user', content: [{ type: 'image' }] }] }, temperature: 7 })
  let a = { model: M, messages: [{ role: 'b3', content: 'x' }] }
  let b = a
  b = o.other
  await chat(b)
  await chat([[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[{ model: M, messages: [{ role: 'b4', content: 'x' }] }]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]])
  const c = { messages: [{ role: 'b5', content: 'x' }] }
  o.log([[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[c]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]])
  await o.env.AI.run(M, c)
}
