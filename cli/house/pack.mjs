// After the export: every file that packs, packed as tightly as it goes and laid beside itself, so that no server need do it.
import { readdirSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const brotli = promisify(brotliCompress);
const packs = /\.(?:html|js|css|json|svg|wasm|webmanifest)$/;

/** Writes `name.br` beside each such file of `out`. How tight that is differs from Node to Node; what it unpacks to, never. */
export async function packExport(out) {
  const files = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && packs.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  const pack = async (path) => {
    const body = await readFile(path);
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
    };
    await writeFile(`${path}.br`, await brotli(body, { params }));
  };
  await Promise.all(files.map(pack));
}
