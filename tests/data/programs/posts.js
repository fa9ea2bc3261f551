// Who is asked over HTTP, and what is sent there: bodies of which too little is known are told nothing of.
const base = 'https://api.cloudflare.com/client/v4/accounts/' + process.env.ACCOUNT;
const ours = `${base}/ai/run/minimax/m2.7`;
const theirs = `${base}/ai/run/@cf/meta/llama-3`;
const bad = { messages: [{ role: 'a1', content: 'x' }] }; // expect MM112

export async function faulty(o) {
  await fetch(o.fast ? ours : `${base}/ai/run/minimax/m2.7/`, { body: JSON.stringify({ messages: 5 }) }); // expect MM102
  await fetch(`${base}/ai/run/MiniMax-M2.7`, { body: JSON.stringify({ messages: 5 }) }); // expect MM102
  await axios.post(ours, bad, { headers: o.headers });
  await axios.post(ours, 5, { messages: [{ role: 'a2', content: 'x' }] }); // expect MM112
  await fetch(ours, /* all */ ({ method: 'POST', body: JSON.stringify({ messages: [{ role: 'a3', content: 'x' }] }) })); // expect MM112
  const text = JSON.stringify({ messages: [{ role: 'a4', content: 'x' }] }); // expect MM112
  const same = text;
  await fetch(ours, { method: 'POST', body: same });
  await fetch(ours, ...o.more, { data: { messages: [{ role: 'a5', content: 'x' }] } }); // expect MM112
}

export async function correct(o, init) {
  await fetch(o.fast ? ours : theirs, { body: JSON.stringify({ messages: 5 }) });
  await fetch(theirs);
  await fetch(ours);
  await fetch(ours, init);
  await fetch(ours, o.init);
  await fetch(ours, ...o.all);
  await fetch(ours, { method: 'POST', body: o.pack({ messages: 5 }) });
  await fetch(ours, { method: 'POST', body: init });
  await fetch(`https://gateway.example/ai/run/MiniMax-M2.7`, { body: JSON.stringify({ messages: 5 }) });
  const changed = { method: 'POST', body: JSON.stringify({ messages: 5 }) };
  changed.body = o.body;
  await fetch(ours, changed);
  const defaults = (init = { body: JSON.stringify({ messages: 5 }) }) => fetch(ours, init);
  const a = { method: 'POST', body: JSON.stringify({ messages: [{ role: 'b1', content: 'x' }] }) };
  const b = a, c = b, d = c, e = d;
  await fetch(ours, e);
  await fetch(ours, { body: JSON.stringify(...o.values) });
  return defaults;
}
