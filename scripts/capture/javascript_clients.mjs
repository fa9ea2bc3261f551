// Sends the requests of each scenario by the SDKs of JavaScript: node javascript_clients.mjs SERVER

import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { ChatCloudflareWorkersAI } from "@langchain/cloudflare";
import { AIMessage, HumanMessage, SystemMessage, ToolMessage } from "@langchain/core/messages";
import { Output, generateText, isStepCount, streamText, tool } from "ai";
import { createWorkersAI } from "workers-ai-provider";
import { z } from "zod";

globalThis.AI_SDK_LOG_WARNINGS = false;

const MODEL = "minimax/m2.7";
const SYSTEM = "Answer in one sentence.";
const QUESTION = "What is the weather in Oslo?";
const RESULT = "Clear, 5 degrees";
const PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const LOOK = [
  { type: "text", text: "What is in this picture?" },
  { type: "file", mediaType: "image/png", data: PIXEL },
];
const WEATHER = z.object({ city: z.string(), celsius: z.number() });
const TOOLS = {
  get_weather: tool({
    description: "Look up the weather of a city.",
    inputSchema: z.object({ city: z.string() }),
    execute: async () => RESULT,
  }),
};
const ASKED = { instructions: SYSTEM, prompt: QUESTION };
const PARAMETERS = { temperature: 0.5, maxOutputTokens: 2000, topP: 0.9, stopSequences: ["END"] };

/** What the AI SDK is told to do in each scenario, whatever provider the model is of. */
const AI_SDK = {
  simple: (model) => generateText({ model, ...ASKED }),
  stream: (model) => streamText({ model, ...ASKED }).text,
  tool: (model) => generateText({ model, ...ASKED, tools: TOOLS }),
  "second-round": (model) => generateText({ model, ...ASKED, tools: TOOLS, stopWhen: isStepCount(2) }),
  "required-tool": (model) => generateText({ model, ...ASKED, tools: TOOLS, toolChoice: "required" }),
  "forced-tool": (model) =>
    generateText({ model, ...ASKED, tools: TOOLS, toolChoice: { type: "tool", toolName: "get_weather" } }),
  "structured-output": (model) => generateText({ model, ...ASKED, output: Output.object({ schema: WEATHER }) }),
  "json-mode": (model) => generateText({ model, ...ASKED, output: Output.json() }),
  image: (model) => generateText({ model, instructions: SYSTEM, messages: [{ role: "user", content: LOOK }] }),
  parameters: (model) => generateText({ model, ...ASKED, ...PARAMETERS }),
};

const HISTORY = [
  new SystemMessage(SYSTEM),
  new HumanMessage(QUESTION),
  new AIMessage({ content: "", tool_calls: [{ id: "call_function_1", name: "get_weather", args: { city: "Oslo" } }] }),
  new ToolMessage({ content: RESULT, tool_call_id: "call_function_1", name: "get_weather" }),
];

/** What LangChain's model can be told: it knows neither tools nor parameters. */
const LANGCHAIN = {
  simple: (model) => model.invoke(HISTORY.slice(0, 2)),
  stream: async (model) => drain(await model.stream(HISTORY.slice(0, 2))),
  "second-round": (model) => model.invoke(HISTORY),
};

async function drain(stream) {
  for await (const _ of stream);
}

/** A stand-in of env.AI that hands its arguments to the server, as JSON: undefined is left out. */
function binding(base) {
  return {
    async run(model, inputs, options) {
      const body = JSON.stringify({ model, inputs, options });
      const response = await fetch(`${base}/binding`, { method: "POST", body });
      return inputs.stream ? response.body : (await response.json()).result;
    },
  };
}

/** The REST mode insists on its host: the path alone is kept. */
function workersAi(base) {
  const here = (url, options) => fetch(base + new URL(url).pathname, options);
  return createWorkersAI({ accountId: "account", apiKey: "key", fetch: here })(MODEL);
}

function openAiCompatible(base, settings) {
  return createOpenAICompatible({ name: "workers-ai", baseURL: `${base}/ai/v1`, apiKey: "key", ...settings })(MODEL);
}

function langChain(base) {
  return new ChatCloudflareWorkersAI({
    model: MODEL,
    cloudflareAccountId: "account",
    cloudflareApiToken: "token",
    baseUrl: `${base}/client/v4/accounts/account/ai/run`,
    maxRetries: 0,
  });
}

const STRUCTURED = { "json-schema": AI_SDK["structured-output"] };
const SDKS = [
  ["ai-sdk-openai-compatible", openAiCompatible, AI_SDK],
  ["ai-sdk-openai-compatible", (base) => openAiCompatible(base, { supportsStructuredOutputs: true }), STRUCTURED],
  ["langchain-cloudflare-js", langChain, LANGCHAIN],
  ["workers-ai-provider", workersAi, AI_SDK],
  ["workers-ai-provider-binding", (base) => createWorkersAI({ binding: binding(base) })(MODEL), AI_SDK],
];

const [server] = process.argv.slice(2);
for (const [name, client, scenarios] of SDKS) {
  for (const [scenario, call] of Object.entries(scenarios)) {
    await call(client(`${server}/${name}/${scenario}`));
  }
}
