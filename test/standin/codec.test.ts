import fc from "fast-check";
import { providerSchema } from "./schema/derive";
import { schemaMessage } from "./schema/message";
import { bool, bytes, decode, encode, int, many, mapOf, message, string } from "./wire/codec";
import { schema } from "./wire/messages";
import { decodeValue, encodeValue, UNKNOWN, type Value } from "./wire/values";

describe("the protobuf codec", () => {
  const inner = { name: string(1) };
  const fields = {
    text: string(1),
    raw: bytes(2),
    flag: bool(3),
    count: int(4),
    items: many(message<{ name?: string }>(5, () => inner)),
    entries: mapOf(message<{ name?: string }>(6, () => inner)),
    names: many(string(70)),
  };
  const option = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
  const anyInner = fc.record({ name: fc.string({ unit: "binary" }) });
  const anyMessage = fc
    .record({
      text: option(fc.string({ unit: "binary" })),
      raw: option(fc.uint8Array({ minLength: 1 }).map((content) => Buffer.from(content))),
      flag: option(fc.boolean()),
      count: option(fc.maxSafeNat()),
      items: option(fc.array(anyInner, { minLength: 1 })),
      entries: option(
        fc.dictionary(fc.string({ minLength: 1 }), anyInner, { minKeys: 1, noNullPrototype: true }),
      ),
      names: option(fc.array(fc.string(), { minLength: 1 })),
    })
    .map((content) => Object.fromEntries(Object.entries(content).filter(([, value]) => value !== undefined)));

  test("reads what it wrote", () => {
    fc.assert(
      fc.property(anyMessage, (content) => expect(decode(fields, encode(fields, content))).toEqual(content)),
    );
  });

  test("passes over fields that it does not know", () => {
    const { text, names, ...unknown } = fields;
    fc.assert(
      fc.property(anyMessage, (content) => {
        const wanted = Object.fromEntries(Object.entries(content).filter(([name]) => !(name in unknown)));
        expect(decode({ text, names }, encode(fields, content))).toEqual(wanted);
      }),
    );
  });

  test("writes the bytes that the format asks for", () => {
    expect(encode(fields, { text: "é", count: 300 }).toString("hex")).toBe("0a02c3a920ac02");
    expect(encode(fields, { entries: { a: { name: "b" } } }).toString("hex")).toBe("32080a016112030a0162");
  });

  test("refuses a message that is cut off", () => {
    expect(() => decode(fields, encode(fields, { text: "text" }).subarray(0, 3))).toThrow(
      /ends inside a field/,
    );
  });

  test("carries a schema unchanged", () => {
    const written = encode(schema, schemaMessage(providerSchema()));
    const read = decode(schema, written);
    expect(encode(schema, read)).toEqual(written);
    expect(read.block?.attributes).toContainEqual({
      name: "region",
      type: Buffer.from('"string"'),
      required: false,
      optional: true,
      computed: false,
    });
  });
});

describe("the value codec", () => {
  const { value: anyValue } = fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, depthSize: "small" },
      fc.constantFrom<Value>(null, true, false, UNKNOWN),
      fc.string({ unit: "binary" }),
      fc.maxSafeInteger(),
      fc
        .double({ noNaN: true, noDefaultInfinity: true })
        .map((number) => (Object.is(number, -0) ? 0 : number)),
      fc.bigInt(2n ** 53n, 2n ** 64n - 1n),
      fc.bigInt(-(2n ** 63n), -(2n ** 53n)),
      fc.array(tie("value")),
      fc.dictionary(fc.string(), tie("value"), { noNullPrototype: true }),
    ),
  }));

  test("reads what it wrote", () => {
    fc.assert(fc.property(anyValue, (value) => expect(decodeValue(encodeValue(value))).toEqual(value)));
  });

  test.each<[string, string, Value]>([
    ["a small integer", "07", 7],
    ["a small negative integer", "ff", -1],
    [
      "integers of every width",
      "98ccffcdffffceffffffffcf0000000100000000d080d18000d280000000d3ffffffff00000000",
      [255, 65535, 4294967295, 4294967296, -128, -32768, -2147483648, -4294967296],
    ],
    ["a single float", "ca3fc00000", 1.5],
    ["a short text", "a3616263", "abc"],
    ["a text of 8-bit length", "d903616263", "abc"],
    ["a text of 16-bit length", "da0003616263", "abc"],
    ["a list of 16-bit length", "dc0001c0", [null]],
    ["a map of 16-bit length", "de0001a161c2", { a: false }],
    ["a short map", "81a161c3", { a: true }],
    ["an unknown value", "d40000", UNKNOWN],
    ["an unknown value of which something is known", "c7020c8101", UNKNOWN],
  ])("reads %s as Terraform writes it", (_name, hex, value) => {
    expect(decodeValue(Buffer.from(hex, "hex"))).toEqual(value);
  });

  test("refuses a value that is cut off, and one that is followed by more", () => {
    expect(() => decodeValue(Buffer.from("a36162", "hex"))).toThrow(/ends too early/);
    expect(() => decodeValue(Buffer.from("c0c0", "hex"))).toThrow(/further bytes/);
  });
});
