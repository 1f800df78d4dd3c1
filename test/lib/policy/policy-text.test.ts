import fc from "fast-check";
import type { Json } from "../../../lib/json";
import { changePolicyText, compactJson, readPolicyText } from "../../../lib/policy/policy-text";

/** A document as people and AWS write them: spaced, with elements in any order and more than `Statement`. */
const documents = fc
  .record({
    before: fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 2 }),
    statements: fc.array(fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 3 }), { maxLength: 5 }),
    after: fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 2 }),
    indent: fc.constantFrom(0, 1, 4, "\t"),
  })
  .filter(({ before, after }) => !("Statement" in before) && !("Statement" in after))
  .map(({ before, statements, after, indent }) => ({
    // As they are read back: JSON has no -0.
    statements: JSON.parse(JSON.stringify(statements)) as Json[],
    text: JSON.stringify({ ...before, Statement: statements, ...after }, undefined, indent),
  }));

function kept(text: string): string[] {
  return readPolicyText(text)?.statements.map(({ start, end }) => text.slice(start, end)) ?? [];
}

describe("reading", () => {
  test("finds every statement as it is written", () => {
    fc.assert(
      fc.property(documents, ({ text, statements }) => {
        expect(readPolicyText(text)?.statements.map(({ value }) => value)).toEqual(statements);
        expect(kept(text).map((piece) => JSON.parse(piece))).toEqual(statements);
      }),
    );
  });

  test("takes a single statement for a list of one", () => {
    const text = '{"Statement": {"Sid" : "A,]}"} , "Id":"x"}';
    expect(kept(text)).toEqual(['{"Sid" : "A,]}"}']);
  });

  test.each([
    ["no JSON", "{"],
    ["a list", "[]"],
    ["no Statement", '{"Version":"2012-10-17"}'],
    ["two of them", '{"Statement":[],"Statement":[]}'],
    ["something else than statements", '{"Statement":[1]}'],
    ["a text", '{"Statement":"all"}'],
  ])("refuses %s", (_, text) => {
    expect(readPolicyText(text)).toBeUndefined();
  });

  test("never breaks", () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void readPolicyText(text)));
  });
});

describe("changing", () => {
  const ADDED = '{"Sid":"New"}';

  test("keeps every other statement, and what is around them, character by character", () => {
    fc.assert(
      fc.property(
        documents,
        fc.infiniteStream(fc.constantFrom("keep", "replace", "drop")),
        ({ text }, plan) => {
          const document = readPolicyText(text);
          if (document === undefined) throw new Error(text);
          const choices = document.statements.map(() => plan.next().value);
          const replacements = kept(text).map((piece, index) => {
            if (choices[index] === "drop") return undefined;
            return choices[index] === "replace" ? ADDED : piece;
          });
          const changed = changePolicyText(document, replacements, [ADDED]);
          const expected = [...replacements.filter((piece) => piece !== undefined), ADDED];
          expect(kept(changed)).toEqual(expected);
          expect(JSON.parse(changed)).toEqual({
            ...JSON.parse(text),
            Statement: expected.map((piece) => JSON.parse(piece)),
          });
          expect(changed.startsWith(text.slice(0, document.container.start))).toBe(true);
          expect(changed.endsWith(text.slice(document.container.end))).toBe(true);
        },
      ),
    );
  });

  test("what is added and taken out again leaves the document as it was", () => {
    fc.assert(
      fc.property(documents, ({ text }) => {
        const before = readPolicyText(text);
        if (before === undefined) throw new Error(text);
        const added = changePolicyText(before, kept(text), [ADDED, ADDED]);
        const after = readPolicyText(added);
        if (after === undefined) throw new Error(added);
        const own = after.statements.length - 2;
        const left = kept(added).map((piece, index) => (index < own ? piece : undefined));
        expect(changePolicyText(after, left, [])).toBe(text);
      }),
    );
  });

  test("turns a single statement into a list", () => {
    const text = ' {"Id":"x", "Statement" : {"Sid": "A"} }';
    const document = readPolicyText(text);
    if (document === undefined) throw new Error(text);
    expect(changePolicyText(document, kept(text), [ADDED])).toBe(
      ' {"Id":"x", "Statement" : [{"Sid": "A"},{"Sid":"New"}] }',
    );
    expect(changePolicyText(document, [undefined], [])).toBe(' {"Id":"x", "Statement" : [] }');
  });

  test("keeps numbers, escapes and repeated members as they are written", () => {
    const text = '{"Statement":[{"Sid":"\\u0041","n":1.0,"big":12345678901234567890,"n":2}]}';
    const document = readPolicyText(text);
    if (document === undefined) throw new Error(text);
    expect(changePolicyText(document, kept(text), [ADDED])).toBe(text.replace("]", `,${ADDED}]`));
  });
});

test("white space is left out between tokens only", () => {
  expect(compactJson('{ "a b" : [ 1,\n\t"\\" x" ] }')).toBe('{"a b":[1,"\\" x"]}');
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(compactJson(JSON.stringify(value, undefined, 3))).toBe(JSON.stringify(value));
    }),
  );
});
