/** Protocol Buffers, as far as the plugin protocol needs them: fields are declared as data, types follow from the data. */
export interface Field<T> {
  readonly id: number;
  readonly kind: "string" | "bytes" | "bool" | "int" | (() => Fields);
  readonly label: "one" | "many" | "map";
  /** Never set: carries the type of the value. */
  readonly value?: T;
}

export type Fields = Readonly<Record<string, Field<unknown>>>;
export type Message<F extends Fields> = { [K in keyof F]?: F[K] extends Field<infer T> ? T : never };

export const string = (id: number): Field<string> => ({ id, kind: "string", label: "one" });
export const bytes = (id: number): Field<Uint8Array> => ({ id, kind: "bytes", label: "one" });
export const bool = (id: number): Field<boolean> => ({ id, kind: "bool", label: "one" });
export const int = (id: number): Field<number> => ({ id, kind: "int", label: "one" });
export const message = <T>(id: number, fields: () => Fields): Field<T> => ({
  id,
  kind: fields,
  label: "one",
});
export const many = <T>(field: Field<T>): Field<T[]> => ({ id: field.id, kind: field.kind, label: "many" });
export const mapOf = <T>(field: Field<T>): Field<Record<string, T>> => ({
  id: field.id,
  kind: field.kind,
  label: "map",
});

const VARINT = 0;
const FIXED64 = 1;
const DELIMITED = 2;
const FIXED32 = 5;

export function encode<F extends Fields>(fields: F, value: Message<F>): Buffer {
  const parts: Uint8Array[] = [];
  for (const [name, field] of Object.entries(fields)) {
    const content = (value as Record<string, unknown>)[name];
    if (content === undefined) continue;
    if (field.label === "one") parts.push(...encodeField(field, content));
    else if (field.label === "many")
      for (const item of content as unknown[]) parts.push(...encodeField(field, item));
    else for (const entry of Object.entries(content as object)) parts.push(...encodeEntry(field, entry));
  }
  return Buffer.concat(parts);
}

/** A map travels as repeated pairs of a key, field 1, and a value, field 2. */
const entryFields = (field: Field<unknown>): Fields => ({
  key: string(1),
  value: { id: 2, kind: field.kind, label: "one" },
});

const encodeEntry = (field: Field<unknown>, [key, value]: [string, unknown]): Uint8Array[] =>
  delimited(field.id, encode(entryFields(field), { key, value }));

function encodeField({ id, kind }: Field<unknown>, value: unknown): Uint8Array[] {
  switch (kind) {
    case "string":
      return delimited(id, Buffer.from(value as string, "utf8"));
    case "bytes":
      return delimited(id, value as Uint8Array);
    case "bool":
      return [varint(id * 8 + VARINT), varint(value ? 1 : 0)];
    case "int":
      return [varint(id * 8 + VARINT), varint(value as number)];
    default:
      return delimited(id, encode(kind(), value as Message<Fields>));
  }
}

const delimited = (id: number, content: Uint8Array): Uint8Array[] => [
  varint(id * 8 + DELIMITED),
  varint(content.length),
  content,
];

function varint(value: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new RangeError(`not a non-negative safe integer: ${value}`);
  const digits: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) digits.push((rest % 128) + 128);
  return Uint8Array.from([...digits, rest]);
}

export function decode<F extends Fields>(fields: F, buffer: Uint8Array): Message<F> {
  const byId = new Map(Object.entries(fields).map(([name, field]) => [field.id, { name, field }] as const));
  const result: Record<string, unknown> = {};
  const reader = new Reader(buffer);
  while (!reader.done) {
    const tag = reader.varint();
    const known = byId.get(Math.floor(tag / 8));
    const raw = reader.content(tag % 8);
    if (known) add(result, known.name, known.field, raw);
  }
  return result as Message<F>;
}

function add(
  result: Record<string, unknown>,
  name: string,
  field: Field<unknown>,
  raw: number | Uint8Array,
): void {
  if (field.label === "map") {
    const entry = decode(entryFields(field), raw as Uint8Array) as { key?: string; value?: unknown };
    ((result[name] ??= {}) as Record<string, unknown>)[entry.key ?? ""] =
      entry.value ?? decodeField(field, new Uint8Array());
  } else if (field.label === "many") {
    ((result[name] ??= []) as unknown[]).push(decodeField(field, raw));
  } else {
    result[name] = decodeField(field, raw);
  }
}

function decodeField({ kind }: Field<unknown>, raw: number | Uint8Array): unknown {
  if (typeof raw === "number") return kind === "bool" ? raw !== 0 : raw;
  if (kind === "bytes") return raw;
  if (kind === "string") return Buffer.from(raw).toString("utf8");
  if (typeof kind === "function") return decode(kind(), raw);
  throw new Error(`a ${kind} cannot be read from delimited content`);
}

class Reader {
  private offset = 0;

  constructor(private readonly buffer: Uint8Array) {}

  get done(): boolean {
    return this.offset >= this.buffer.length;
  }

  varint(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const [byte] = this.take(1) as unknown as [number];
      value += (byte % 128) * factor;
      if (byte < 128) return value;
    }
  }

  content(wireType: number): number | Uint8Array {
    switch (wireType) {
      case VARINT:
        return this.varint();
      case FIXED64:
        return this.take(8);
      case DELIMITED:
        return this.take(this.varint());
      case FIXED32:
        return this.take(4);
      default:
        throw new Error(`unknown wire type ${wireType}`);
    }
  }

  private take(length: number): Uint8Array {
    const end = this.offset + length;
    if (end > this.buffer.length) throw new Error("the message ends inside a field");
    const content = this.buffer.subarray(this.offset, end);
    this.offset = end;
    return content;
  }
}
