/** A text in the address: compressed into the fragment, which browsers do not send to any server. */

export interface Shared {
  suffix: string;
  text: string;
}

const KEY = /^#(\w+):([\w-]+)$/;

/** Characters that a link may grow to: a small one could hold a text that fills the memory. */
const MOST = 8_000_000;

export async function toFragment({ suffix, text }: Shared): Promise<string> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return `#${suffix}:${btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
}

/** The text of a fragment; undefined if it holds none.
 *
 * @throws what is there cannot be unpacked
 */
export async function fromFragment(fragment: string): Promise<Shared | undefined> {
  const [, suffix, packed] = KEY.exec(fragment) ?? [];
  if (!suffix || !packed) return undefined;
  const binary = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const reader = unpacked.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += part.value;
    if (text.length > MOST) {
      await reader.cancel();
      throw new Error("the text of this link is too long");
    }
  }
  return { suffix, text };
}
