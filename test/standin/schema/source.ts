import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const library = join(dirname(require.resolve("@cdktf/provider-aws/package.json")), "lib");

/** The top-level declarations of one generated TypeScript module, each with its text. */
export class GeneratedSource {
  private readonly declarations = new Map<string, string>();

  constructor(
    readonly path: string,
    text: string,
  ) {
    for (const [body, kind, name] of text.matchAll(/^export (interface|class|function) (\w+)[\s\S]*?^\}/gm)) {
      this.declarations.set(`${kind} ${name}`, body);
    }
  }

  find(kind: "interface" | "class" | "function", name: string): string | undefined {
    return this.declarations.get(`${kind} ${name}`);
  }

  /** The class that stands for the provider, the resource or the data source itself, and the interface of its settings. */
  main(): { readonly class: string; readonly config: string } {
    for (const [key, body] of this.declarations) {
      const [, config] =
        / extends cdktf\.Terraform(?:Resource|DataSource|Provider) [^]*? id: string, config: (\w+)/.exec(
          body,
        ) ?? [];
      if (config !== undefined) return { class: key.replace("class ", ""), config };
    }
    throw new Error(
      `${this.path}: no class extends a Terraform element; has the generator of the bindings changed?`,
    );
  }
}

/** The TypeScript that a folder of the bindings was compiled from; undefined where the provider has no such type. */
export function generatedSource(folder: string): GeneratedSource | undefined {
  const path = join(library, folder, "index.js");
  return existsSync(path) ? new GeneratedSource(path, embeddedSource(path)) : undefined;
}

/**
 * The compiled JavaScript has lost which attributes are computed; only the TypeScript inside its source map still says so.
 */
export function embeddedSource(path: string): string {
  const [, encoded] =
    readFileSync(path, "utf8").match(/^\/\/# sourceMappingURL=data:application\/json;base64,(\S+)\s*$/m) ??
    [];
  if (encoded === undefined)
    throw new Error(`${path}: no inline source map, so the schema cannot be derived from it`);
  const map = JSON.parse(Buffer.from(encoded, "base64").toString("utf8")) as {
    sourcesContent?: (string | null)[];
  };
  const source = map.sourcesContent?.[0];
  if (!source)
    throw new Error(`${path}: its source map embeds no source, so the schema cannot be derived from it`);
  return source;
}
