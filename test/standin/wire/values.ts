/** Stands for a value that Terraform does not know before apply. */
export const UNKNOWN: unique symbol = Symbol("unknown");

/** A value of Terraform's type system. A number out of the safe range is a bigint, or a text where it is a decimal one. */
export type Value = null | boolean | number | bigint | string | typeof UNKNOWN | Value[] | ObjectValue;
export interface ObjectValue {
  [name: string]: Value;
}

export const isObject = (value: Value | undefined): value is ObjectValue =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Writes a value as MessagePack, the form in which values cross the plugin protocol. */
export function encodeValue(value: Value): Buffer {
  const parts: Uint8Array[] = [];
  write(value, (part) => parts.push(part));
  return Buffer.concat(parts);
}

// Numbers and lengths are always written in their widest form: every reader takes it, and the socket is local.
function write(value: Value, sink: (part: Uint8Array) => void): void {
  if (value === UNKNOWN) return sink(Uint8Array.of(0xd4, 0x00, 0x00));
  if (value === null) return sink(Uint8Array.of(0xc0));
  if (typeof value === "boolean") return sink(Uint8Array.of(value ? 0xc3 : 0xc2));
  if (typeof value === "number" && !Number.isSafeInteger(value))
    return sink(lead(0xcb, 8, (buffer) => buffer.writeDoubleBE(value, 1)));
  if (typeof value === "number" || typeof value === "bigint") return sink(integer(BigInt(value)));
  if (typeof value === "string") {
    const text = Buffer.from(value, "utf8");
    sink(length(0xdb, text.length));
    return sink(text);
  }
  if (Array.isArray(value)) {
    sink(length(0xdd, value.length));
    return value.forEach((item) => write(item, sink));
  }
  const entries = Object.entries(value);
  sink(length(0xdf, entries.length));
  for (const entry of entries) entry.forEach((part) => write(part, sink));
}

function lead(byte: number, width: number, fill: (buffer: Buffer) => void): Buffer {
  const buffer = Buffer.alloc(1 + width, byte);
  fill(buffer);
  return buffer;
}

const length = (byte: number, count: number): Buffer =>
  lead(byte, 4, (buffer) => buffer.writeUInt32BE(count, 1));

const integer = (value: bigint): Buffer =>
  value < 2n ** 63n
    ? lead(0xd3, 8, (buffer) => buffer.writeBigInt64BE(value, 1))
    : lead(0xcf, 8, (buffer) => buffer.writeBigUInt64BE(value, 1));

/** Reads one MessagePack value. */
export function decodeValue(content: Uint8Array): Value {
  const reader = new Reader(content);
  const value = reader.value();
  if (!reader.done) throw new Error("the value is followed by further bytes");
  return value;
}

class Reader {
  private readonly view: Buffer;
  private offset = 0;

  constructor(content: Uint8Array) {
    this.view = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  }

  get done(): boolean {
    return this.offset === this.view.length;
  }

  value(): Value {
    const byte = this.unsigned(1);
    if (byte <= 0x7f) return byte;
    if (byte <= 0x8f) return this.object(byte - 0x80);
    if (byte <= 0x9f) return this.array(byte - 0x90);
    if (byte <= 0xbf) return this.text(byte - 0xa0);
    if (byte >= 0xe0) return byte - 0x100;
    if (byte >= 0xcc && byte <= 0xcf)
      return safe(this.view.subarray(...this.span(2 ** (byte - 0xcc))), false);
    if (byte >= 0xd0 && byte <= 0xd3) return safe(this.view.subarray(...this.span(2 ** (byte - 0xd0))), true);
    // Extension 0 is an unknown value, extension 12 one of which something is known: both are unknown here.
    if (byte >= 0xd4 && byte <= 0xd8) return this.extension(2 ** (byte - 0xd4));
    if (byte >= 0xc7 && byte <= 0xc9) return this.extension(this.unsigned(2 ** (byte - 0xc7)));
    if (byte >= 0xd9 && byte <= 0xdb) return this.text(this.unsigned(2 ** (byte - 0xd9)));
    switch (byte) {
      case 0xc0:
        return null;
      case 0xc2:
        return false;
      case 0xc3:
        return true;
      case 0xca:
        return this.view.readFloatBE(this.span(4)[0]);
      case 0xcb:
        return this.view.readDoubleBE(this.span(8)[0]);
      case 0xdc:
        return this.array(this.unsigned(2));
      case 0xdd:
        return this.array(this.unsigned(4));
      case 0xde:
        return this.object(this.unsigned(2));
      case 0xdf:
        return this.object(this.unsigned(4));
      default:
        throw new Error(`no value of Terraform starts with 0x${byte.toString(16)}`);
    }
  }

  private array(count: number): Value[] {
    return Array.from({ length: count }, () => this.value());
  }

  private object(count: number): ObjectValue {
    return Object.fromEntries(
      Array.from({ length: count }, () => [this.value() as string, this.value()] as const),
    );
  }

  private text(count: number): string {
    return this.view.toString("utf8", ...this.span(count));
  }

  private extension(count: number): typeof UNKNOWN {
    this.span(1 + count);
    return UNKNOWN;
  }

  private unsigned(width: number): number {
    return this.view.readUIntBE(this.span(width)[0], width);
  }

  private span(count: number): [start: number, end: number] {
    const start = this.offset;
    this.offset += count;
    if (this.offset > this.view.length) throw new Error("the value ends too early");
    return [start, this.offset];
  }
}

function safe(digits: Buffer, signed: boolean): number | bigint {
  const magnitude = BigInt(`0x${digits.toString("hex")}`);
  const value = signed ? BigInt.asIntN(8 * digits.length, magnitude) : magnitude;
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
