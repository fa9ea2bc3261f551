// What a visitor loads at the first visit, as a server sends it: packed with gzip.
import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";

/** The bytes of each file of a folder when it is packed. */
export function packedSizes(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "_headers")
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [relative(folder, path), gzipSync(readFileSync(path), { level: 9 }).length]);
}

export function total(folder) {
  return packedSizes(folder).reduce((sum, [, size]) => sum + size, 0);
}

export function report(folder) {
  const megabytes = (size) => `${(size / 1e6).toFixed(2)} MB`;
  const sizes = packedSizes(folder);
  const assets = sizes.filter(([path]) => path.startsWith("assets/")).sort((a, b) => b[1] - a[1]);
  const rest = sizes.filter(([path]) => !path.startsWith("assets/")).reduce((sum, [, size]) => sum + size, 0);
  return [
    ...assets.map(([path, size]) => `${megabytes(size).padStart(10)}  ${path}`),
    `${megabytes(rest).padStart(10)}  pages`,
    `${megabytes(total(folder)).padStart(10)}  with gzip`,
  ].join("\n");
}
