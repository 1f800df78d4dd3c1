import type { Json } from "../../../lib/json";
import { stableJson } from "../../../lib/json";
import type { LiveStatement } from "../../../lib/policy/canonical";
import { glueDatabaseResources, inboundStatements } from "../../../lib/policy/catalog";
import type { Ownership } from "../../../lib/policy/own-statements";
import { changeOf, driftOf, markedStatements, ownerMark } from "../../../lib/policy/own-statements";
import { isRemovable } from "../../../lib/policy/shapes";
import type { IdentifiedStatement } from "../../../lib/policy/statement";

const ADDRESS = { partition: "aws", region: "us-east-1", account: "111122223333" };
const MARK = ownerMark("zero-etl-orders");
const NOUN = "the Glue catalog policy";

function authorize(database: string, ...tables: string[]): IdentifiedStatement {
  const sources = tables.map((table) => ({ arn: `arn:aws:dynamodb:us-east-1:111122223333:table/${table}` }));
  const resources = glueDatabaseResources(ADDRESS, database);
  const [statement] = inboundStatements({ targetKey: database, resources, sources, deployerArns: [] });
  return statement as IdentifiedStatement;
}

function marked(statement: IdentifiedStatement): IdentifiedStatement {
  return markedStatements("zero-etl-orders", [statement])[0] as IdentifiedStatement;
}

function ownership(
  desired: readonly IdentifiedStatement[],
  previous: readonly IdentifiedStatement[] = [],
): Ownership {
  return {
    desired,
    previous: previous as unknown as LiveStatement[],
    mark: MARK,
    isRemovable: (statement) => isRemovable({ kind: "catalog-policy" }, statement),
  };
}

function text(statement: object): string {
  return stableJson(statement as Json);
}

function documentOf(...statements: string[]): string {
  return `{ "Version" : "2012-10-17", "Statement" : [ ${statements.join(" , ")} ] }`;
}

const FOREIGN = '{ "Sid":"Theirs", "Effect":"Deny", "Principal":"*", "Action":"glue:*", "Resource":"*" }';
const LAKE = authorize("lake", "orders");
const LAKE_BEFORE = authorize("lake", "customers");
const SHOP = authorize("shop", "orders");

describe("a policy that does not exist", () => {
  test("is made of own statements, sorted", () => {
    const [first, second] = [LAKE, SHOP].sort((a, b) => (a.Sid < b.Sid ? -1 : 1)) as [object, object];
    expect(changeOf(undefined, ownership([SHOP, LAKE]))).toEqual({
      kind: "write",
      text: `{"Statement":[${text(first)},${text(second)}],"Version":"2012-10-17"}`,
    });
  });

  test("stays away where there are none", () => {
    expect(changeOf(undefined, ownership([], [LAKE]))).toEqual({ kind: "none" });
  });
});

describe("own statements", () => {
  test("are appended, and everything else stays as it is written", () => {
    expect(changeOf(documentOf(FOREIGN), ownership([LAKE]))).toEqual({
      kind: "write",
      text: `{ "Version" : "2012-10-17", "Statement" : [ ${FOREIGN},${text(LAKE)} ] }`,
    });
  });

  test("are replaced where they are", () => {
    const live = documentOf(text(LAKE_BEFORE), FOREIGN);
    expect(changeOf(live, ownership([LAKE], [LAKE_BEFORE]))).toEqual({
      kind: "write",
      text: documentOf(text(LAKE), FOREIGN),
    });
  });

  test("are taken out when they are no longer wanted", () => {
    const live = documentOf(text(SHOP), FOREIGN, text(LAKE));
    expect(changeOf(live, ownership([LAKE], [LAKE, SHOP]))).toEqual({
      kind: "write",
      text: `{ "Version" : "2012-10-17", "Statement" : [ ${FOREIGN} , ${text(LAKE)} ] }`,
    });
  });

  test("leave no document behind when they were all there was", () => {
    expect(changeOf(documentOf(text(LAKE)), ownership([], [LAKE]))).toEqual({ kind: "remove" });
  });

  test("leave the document of others", () => {
    expect(changeOf(documentOf(FOREIGN, text(LAKE)), ownership([], [LAKE]))).toEqual({
      kind: "write",
      text: `{ "Version" : "2012-10-17", "Statement" : [ ${FOREIGN}  ] }`,
    });
  });

  test.each<[string, object]>([
    ["as it is", LAKE],
    [
      "in AWS's words",
      { ...LAKE, Principal: { Service: "glue.amazonaws.com" }, Action: "glue:AuthorizeInboundIntegration" },
    ],
  ])("that are there need no change: %s", (_, live) => {
    expect(changeOf(documentOf(FOREIGN, text(live)), ownership([LAKE]))).toEqual({ kind: "none" });
  });

  test("are found again when their principal was deleted", () => {
    const created: IdentifiedStatement = {
      ...LAKE,
      Principal: { AWS: ["arn:aws:iam::111122223333:role/deployer"] },
      Action: ["glue:CreateInboundIntegration"],
    };
    const live = { ...created, Principal: { AWS: "AROAIOSFODNN7EXAMPLE1" } };
    expect(changeOf(documentOf(text(live)), ownership([created]))).toEqual({
      kind: "write",
      text: documentOf(text(created)),
    });
    expect(changeOf(documentOf(text(live)), ownership([], [created]))).toEqual({ kind: "remove" });
  });
});

describe("somebody else's statement under a Sid of ours", () => {
  const THEIRS = text({ ...LAKE, Action: ["glue:GetTable"] });

  test("is a conflict", () => {
    expect(changeOf(documentOf(FOREIGN, THEIRS), ownership([LAKE], [LAKE_BEFORE]))).toEqual({
      kind: "conflict",
      sids: [LAKE.Sid],
    });
  });

  test("is a conflict even in our own form", () => {
    expect(changeOf(documentOf(text(LAKE_BEFORE)), ownership([LAKE])).kind).toBe("conflict");
  });

  test("stays where ours is to go", () => {
    expect(changeOf(documentOf(THEIRS), ownership([], [LAKE]))).toEqual({ kind: "none" });
  });
});

describe("a statement with the mark of the owner", () => {
  test("is the owner's, even if a failed update has forgotten it", () => {
    expect(
      changeOf(documentOf(text(marked(LAKE_BEFORE))), ownership([marked(LAKE)], [marked(LAKE)])),
    ).toEqual({
      kind: "write",
      text: documentOf(text(marked(LAKE))),
    });
  });

  test("goes where it is no longer wanted and no longer remembered", () => {
    const live = documentOf(FOREIGN, text(marked(SHOP)), text(marked(LAKE)));
    expect(changeOf(live, ownership([marked(LAKE)], []))).toEqual({
      kind: "write",
      text: `{ "Version" : "2012-10-17", "Statement" : [ ${FOREIGN} , ${text(marked(LAKE))} ] }`,
    });
  });

  test("is not the owner's in another form", () => {
    const theirs = { ...marked(LAKE), Effect: "Deny" };
    expect(changeOf(documentOf(text(theirs)), ownership([marked(LAKE)]))).toEqual({
      kind: "conflict",
      sids: [marked(LAKE).Sid],
    });
    expect(changeOf(documentOf(text(theirs)), ownership([]))).toEqual({ kind: "none" });
  });

  test("of another owner is not touched", () => {
    const [theirs] = markedStatements("zero-etl-shop", [LAKE]);
    const live = documentOf(text(theirs as object));
    expect(changeOf(live, ownership([], [marked(LAKE)]))).toEqual({ kind: "none" });
  });

  test("has a Sid that AWS takes", () => {
    expect(marked(LAKE).Sid).toMatch(/^ZeroEtlAuthorize[0-9a-f]{16}By[0-9a-f]{16}$/);
    expect(ownerMark("a")).not.toBe(ownerMark("b"));
    expect(markedStatements("a", [{ Effect: "Allow", Action: [] }])[0]?.Sid).toBe(`ZeroEtl${ownerMark("a")}`);
  });
});

test.each(["{", '{"Version":"2012-10-17"}', "[]"])("the document %s is not touched", (live) => {
  expect(changeOf(live, ownership([LAKE]))).toEqual({ kind: "unreadable" });
  expect(driftOf(live, NOUN, ownership([LAKE]))).toEqual(["the Glue catalog policy cannot be read"]);
});

describe("drift", () => {
  test.each<[string, string | undefined, string[]]>([
    ["no policy", undefined, [`statement ${LAKE.Sid} is missing: there is no Glue catalog policy`]],
    [
      "a missing statement",
      documentOf(FOREIGN),
      [`statement ${LAKE.Sid} is missing from the Glue catalog policy`],
    ],
    [
      "another statement",
      documentOf(text(LAKE_BEFORE)),
      [`statement ${LAKE.Sid} of the Glue catalog policy says something else than declared`],
    ],
    ["the statement", documentOf(text(LAKE)), []],
    [
      "one statement more of ours",
      documentOf(text(LAKE), text(marked(SHOP))),
      [`statement ${marked(SHOP).Sid} of the Glue catalog policy is no longer declared`],
    ],
  ])("with %s", (_, live, expected) => {
    expect(driftOf(live, NOUN, ownership([LAKE]))).toEqual(expected);
  });
});
