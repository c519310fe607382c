/**
 * Worker: the thread in which Typst (compiled to WebAssembly) sets one document after
 * another. It reads the typesetter and the typefaces from node_modules and nothing
 * else: no file system, no package registry and no network is given to Typst.
 */

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parentPort } from "node:worker_threads";
import init, {
  type TypstCompiler,
  TypstCompilerBuilder,
} from "@myriaddreamin/typst-ts-web-compiler";
import { TEMPLATE } from "./template.ts";

/** What comes back for one document: its bytes, or what Typst said against it. */
export type Printed = { readonly bytes: Uint8Array<ArrayBuffer> } | { readonly broken: string };

/** TTF, never WOFF2: of that Typst makes a PDF without any text, and says nothing. */
const FACES = [
  "@expo-google-fonts/source-serif-4/400Regular/SourceSerif4_400Regular.ttf",
  "@expo-google-fonts/source-serif-4/600SemiBold/SourceSerif4_600SemiBold.ttf",
  "@expo-google-fonts/noto-naskh-arabic/400Regular/NotoNaskhArabic_400Regular.ttf",
  "@expo-google-fonts/noto-naskh-arabic/600SemiBold/NotoNaskhArabic_600SemiBold.ttf",
];

const MAIN = "/main.typ";
/** Typst's numbers for "as PDF" and "every diagnostic". */
const [PDF, ALL] = [1, 3];

const { resolve } = createRequire(import.meta.url);
const compiler = ready();

parentPort?.on("message", (input: string) => {
  void compiler
    .then((typst) => print(typst, input))
    .catch((error: unknown) => ({ broken: String(error) }))
    .then((printed: Printed) => parentPort?.postMessage(printed));
});

async function ready(): Promise<TypstCompiler> {
  await init({
    module_or_path: readFileSync(resolve("@myriaddreamin/typst-ts-web-compiler/wasm")),
  });
  const builder = new TypstCompilerBuilder();
  builder.set_dummy_access_model();
  for (const face of FACES) await builder.add_raw_font(readFileSync(resolve(face)));
  const typst = await builder.build();
  typst.add_source(MAIN, TEMPLATE);
  return typst;
}

function print(typst: TypstCompiler, input: string): Printed {
  const world = typst.snapshot("/", MAIN, [["doc", input]]);
  try {
    const { result, diagnostics } = world.get_artifact(PDF, ALL) as {
      result?: Uint8Array<ArrayBuffer>;
      diagnostics?: readonly unknown[];
    };
    return result ? { bytes: result } : { broken: JSON.stringify(diagnostics ?? "no result") };
  } finally {
    world.free();
    // Or it keeps what it remembers of every document it ever set.
    typst.reset();
  }
}
