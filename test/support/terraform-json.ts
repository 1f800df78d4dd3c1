// JSON that a Terraform argument holds: a literal, or `jsonencode` of an object where Terraform alone knows a part of it.

/** The value of such an argument; what only Terraform knows is its expression as a text, `${...}`. */
export function decoded(argument: unknown): unknown {
  const text = String(argument);
  const expression = /^\$\{jsonencode\((.*)\)\}$/s.exec(text)?.[1];
  if (expression === undefined) return JSON.parse(text);
  const reader = new Reader(expression);
  const value = reader.value();
  reader.end();
  return value;
}

/** Reads an expression as CDKTF writes it. */
class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  value(): unknown {
    this.space();
    switch (this.text[this.at]) {
      case "{":
        return Object.fromEntries(this.items("{", "}", () => [this.key(), this.value()]));
      case "[":
        return this.items("[", "]", () => this.value());
      case '"':
        return this.quoted();
      default:
        return this.bare();
    }
  }

  end(): void {
    if (this.at !== this.text.length) throw new Error(`unread: ${this.text.slice(this.at)}`);
  }

  private items<T>(open: string, close: string, item: () => T): T[] {
    const found: T[] = [];
    this.take(open);
    for (this.space(); this.text[this.at] !== close; this.space()) {
      if (found.length > 0) this.take(",");
      found.push(item());
    }
    this.take(close);
    return found;
  }

  private key(): string {
    this.space();
    const key = this.quoted();
    this.space();
    this.take("=");
    return key;
  }

  // A text may hold templates, and those texts again.
  private quoted(): string {
    const start = this.at;
    for (this.at++; this.text[this.at] !== '"'; this.at++) {
      if (this.at >= this.text.length) throw new Error(`a text without end: ${this.text.slice(start)}`);
      if (this.text[this.at] === "\\") this.at++;
      else if (this.text.startsWith("$${", this.at)) this.at += 2;
      else if (this.text.startsWith("${", this.at)) this.at = this.endOfTemplate(this.at + 2);
    }
    const raw = this.text.slice(start + 1, this.at++);
    return raw.replace(/\\(.)/g, (_, escaped: string) => (escaped === "n" ? "\n" : escaped));
  }

  private endOfTemplate(from: number): number {
    let depth = 1;
    let at = from;
    for (; depth > 0; at++) {
      if (at >= this.text.length) throw new Error(`a template without end: ${this.text.slice(from)}`);
      if (this.text[at] === "{") depth++;
      if (this.text[at] === "}") depth--;
    }
    return at - 1;
  }

  // A number, a keyword, or an expression up to where the item ends.
  private bare(): unknown {
    const start = this.at;
    for (let depth = 0; this.at < this.text.length; this.at++) {
      const next = this.text[this.at] ?? "";
      if (next === '"') {
        this.quoted();
        this.at--;
      } else if (depth === 0 && ",]}".includes(next)) break;
      else if ("([{".includes(next)) depth++;
      else if (")]}".includes(next)) depth--;
    }
    const text = this.text.slice(start, this.at).trim();
    return /^(?:-?\d+(?:\.\d+)?|true|false|null)$/.test(text) ? JSON.parse(text) : `\${${text}}`;
  }

  private space(): void {
    while (/\s/.test(this.text[this.at] ?? "")) this.at++;
  }

  private take(expected: string): void {
    if (this.text[this.at] !== expected)
      throw new Error(`expected ${expected}, found ${this.text.slice(this.at, this.at + 20)}`);
    this.at++;
  }
}
