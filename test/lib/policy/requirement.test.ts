import fc from "fast-check";
import type { DocumentRequirements, Requirement } from "../../../lib/policy/requirement";
import { mergeRequirements } from "../../../lib/policy/requirement";

const requirement = (Sid: string, action = "kms:Decrypt"): Requirement => ({
  statement: {
    Sid,
    Effect: "Allow",
    Principal: { Service: ["glue.amazonaws.com"] },
    Action: [action],
    Resource: ["*"],
  },
  verified: false,
  source: "a guide",
});
const need = (arn: string, ...sids: string[]): DocumentRequirements => ({
  document: "key policy",
  arn,
  applied: false,
  requirements: sids.map((sid) => requirement(sid)),
});
const idsOf = ({ arn, requirements }: DocumentRequirements) => [
  arn,
  ...requirements.map(({ statement }) => statement.Sid),
];

test("nothing needs nothing", () => {
  expect(mergeRequirements([])).toEqual([]);
});

test("one document is listed once, with every statement once, ordered by their ids", () => {
  expect(mergeRequirements([need("key", "B"), need("key", "C", "A"), need("key", "A")]).map(idsOf)).toEqual([
    ["key", "A", "B", "C"],
  ]);
});

test("two statements of one id are both kept, for nobody can tell which is wanted", () => {
  const requirements = [requirement("A", "kms:Encrypt"), requirement("A", "kms:Decrypt")];
  const [merged] = mergeRequirements([{ ...need("key"), requirements }]);
  expect(merged?.requirements.map(({ statement }) => statement.Action)).toEqual([
    ["kms:Decrypt"],
    ["kms:Encrypt"],
  ]);
});

test.each<[string, Partial<DocumentRequirements>]>([
  ["of another resource", { arn: "key 2" }],
  ["of another kind", { document: "secret policy" }],
  ["that the app writes", { applied: true }],
])("a document %s is another one", (_, other) => {
  expect(mergeRequirements([need("key", "A"), { ...need("key", "A"), ...other }])).toHaveLength(2);
});

test("keys come before secrets, and documents are ordered by their statements before their ARNs", () => {
  const secret: DocumentRequirements = { ...need("secret", "A"), document: "secret policy" };
  expect(mergeRequirements([secret, need("a", "B"), need("z", "A"), need("b", "B")]).map(idsOf)).toEqual([
    ["z", "A"],
    ["a", "B"],
    ["b", "B"],
    ["secret", "A"],
  ]);
});

test("the order of those who ask never shows", () => {
  const sids = fc.uniqueArray(fc.constantFrom("A", "B", "C", "D"), { minLength: 1 });
  const needs = fc.array(
    fc.tuple(fc.constantFrom("k1", "k2", "k3"), sids).map(([arn, ids]) => need(arn, ...ids)),
  );
  fc.assert(
    fc.property(
      needs.chain((list) =>
        fc.tuple(
          fc.constant(list),
          fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }),
        ),
      ),
      ([given, other]) => {
        const merged = mergeRequirements(given);
        expect(mergeRequirements(other)).toEqual(merged);
        expect(mergeRequirements(merged)).toEqual(merged);
        const asked = given.flatMap(({ arn, requirements }) =>
          requirements.map(({ statement }) => `${arn} ${statement.Sid}`),
        );
        const listed = merged.flatMap(({ arn, requirements }) =>
          requirements.map(({ statement }) => `${arn} ${statement.Sid}`),
        );
        expect(listed.sort()).toEqual([...new Set(asked)].sort());
      },
    ),
  );
});
