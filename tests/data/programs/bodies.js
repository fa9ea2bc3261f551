const base = 'https://api.cloudflare.com/client/v4/accounts/' + process.env.ACCOUNT;

export async function correct(text) {
  const body = { model: 'minimax/m2.7', messages: [{ role: 'user', content: text }] };
  if (text.length > 100) body.max_tokens = 2000;
  await fetch(`${base}/ai/v1/chat/completions`, { method: 'POST', body: JSON.stringify(body) });
  await fetch(`${base}/ai/run/minimax/m2.7`, { method: 'POST', body: JSON.stringify({ messages: [{ role: 'user', content: text }] }) });
  await fetch(`${base}/ai/run/@cf/meta/llama-3`, { method: 'POST', body: JSON.stringify({ messages: [{ role: 'usr', content: 5 }] }) });
  await fetch(`${base}/ai/v1/embeddings`, { body: JSON.stringify({ model: 'minimax/m2.7', input: 'text' }) });
  const state = { title: 'New', model: 'minimax/m2.7', messages: [], createdAt: 0 };
  const counted = { model: 'minimax/m2.7', messages: 5, temperature: 7 };
  socket.send(JSON.stringify({ model: 'minimax/m2.7', messages: [{ role: 'usr', content: 'x' }] }));
  expect(sent).toEqual({ model: 'minimax/m2.7', messages: [{ role: 'usr', content: 'x' }] });
  return streamText({ model: 'minimax/m2.7', messages: [{ role: 'user', parts: [] }], maxOutputTokens: 5 });
}

export async function faulty(text) {
  const body = JSON.stringify({
    model: 'minimax/m2.7',
    messages: [{ role: 'user', content: text }],
    stop: ['\n'], // expect MM601
  });
  await fetch(`${base}/ai/v1/chat/completions`, { method: 'POST', body });
  await fetch(`${base}/ai/run/minimax/m2.7`, {
    method: 'POST',
    body: JSON.stringify({ messages: [{ role: 'user', content: text }], top_p: 2 }), // expect MM105
  });
  await axios.post(base + '/ai/run/minimax/m2.7', { messages: 'Hello' }); // expect MM102
}
