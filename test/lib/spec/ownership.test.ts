import { parseDeclaration } from "../../../lib/spec";

interface StackText {
  readonly environment?: string;
  /** Mode of both policies. */
  readonly mode?: string;
  readonly table?: string;
  readonly database?: string;
}

const environments = `
  prod: { region: us-east-1, account: "111122223333" }
  same: { region: us-east-1, account: "111122223333", profile: other }
  elsewhere: { region: eu-west-1, account: "111122223333" }
  unknown: { region: us-east-1, profile: a }
  alike: { region: us-east-1, profile: a }
  different: { region: us-east-1, profile: b }`;

function codes(stacks: Readonly<Record<string, StackText>>): string[] {
  const text = Object.entries(stacks).map(
    ([label, { environment = "prod", mode = "own", table = label, database = label }]) => `
  ${label}:
    environment: ${environment}
    catalogPolicy: ${mode}
    sources:
      orders: { type: dynamodb, table: ${table}, tablePolicy: ${mode} }
    targets:
      lake: { type: glue-database, database: ${database}, location: "s3://acme-lake/" }
    integrations:
      ${label}: { source: orders, target: lake }`,
  );
  const { issues } = parseDeclaration(
    `version: 1\nenvironments:${environments}\nstacks:${text.join("")}\n`,
    "x.yaml",
  );
  return issues.map(({ code, line }) => `${line} ${code}`);
}

describe("the catalog policy", () => {
  test("of one account and region has one stack", () => {
    expect(codes({ one: {}, two: {} })).toEqual(["19 catalog-policy-owners"]);
    expect(codes({ one: {}, two: { environment: "same" } })).toEqual(["19 catalog-policy-owners"]);
    expect(codes({ one: {}, two: {}, three: {} })).toEqual([
      "19 catalog-policy-owners",
      "28 catalog-policy-owners",
    ]);
  });

  test("of different ones has several", () => {
    expect(codes({ one: {}, two: { environment: "elsewhere" } })).toEqual([]);
    expect(codes({ one: {}, two: { environment: "unknown" } })).toEqual([]);
  });

  test("is one where equal credentials meet an equal region", () => {
    expect(codes({ one: { environment: "unknown" }, two: { environment: "alike" } })).toEqual([
      "19 catalog-policy-owners",
    ]);
    expect(codes({ one: { environment: "unknown" }, two: { environment: "different" } })).toEqual([]);
  });

  test("is not written by a stack that leaves it to others", () => {
    expect(codes({ one: {}, two: { mode: "external" } })).toEqual([]);
  });

  test("may be merged by several stacks, and by none beside one that owns the whole", () => {
    const merging = { mode: "merge" };
    expect(codes({ one: merging, two: merging, three: merging })).toEqual([]);
    expect(codes({ one: {}, two: merging, three: merging })).toEqual([
      "19 catalog-policy-owners",
      "28 catalog-policy-owners",
    ]);
    expect(codes({ one: merging, two: merging, three: {} })).toEqual(["28 catalog-policy-owners"]);
  });
});

test("the policy of a table has one stack, unless all of them merge", () => {
  const orders = { table: "orders", mode: "merge" };
  expect(codes({ one: orders, two: orders })).toEqual([]);
  expect(codes({ one: { table: "orders" }, two: { table: "orders" } })).toEqual([
    "19 catalog-policy-owners",
    "19 table-policy-owners",
  ]);
  expect(codes({ one: { table: "orders" }, two: { table: "orders", environment: "elsewhere" } })).toEqual([]);
});

test("the resource property of a database has one stack", () => {
  expect(codes({ one: { database: "lake" }, two: { database: "lake" } })).toEqual([
    "19 catalog-policy-owners",
    "19 resource-property-owners",
  ]);
});

test("a stack claims a document once, however many of its integrations need it", () => {
  const more = "\n      second: { source: second, target: lake }";
  const text = (label: string) => `
  ${label}:
    environment: prod
    catalogPolicy: own
    sources:
      first: { type: dynamodb, table: ${label}1 }
      second: { type: dynamodb, table: ${label}2 }
    targets:
      lake: { type: glue-database, database: ${label}, location: "s3://acme-lake/" }
    integrations:
      ${label}first: { source: first, target: lake }${more.replace("second:", `${label}second:`)}`;
  const { issues } = parseDeclaration(
    `version: 1\nenvironments:${environments}\nstacks:${text("one")}${text("two")}\n`,
    "x.yaml",
  );
  expect(issues.map(({ code }) => code)).toEqual(["catalog-policy-owners"]);
});

test("sources that are equal may be declared twice", () => {
  const text = (second: string) => `version: 1
environments:${environments}
stacks:
  orders:
    environment: prod
    sources:
      first: { type: dynamodb, table: orders }
      second: { type: dynamodb, table: orders${second} }
    targets:
      lake: { type: glue-database, database: lake, location: "s3://acme-lake/" }
      archive: { type: glue-database, database: archive, location: "s3://acme-lake/" }
    integrations:
      one: { source: first, target: lake }
      two: { source: second, target: archive }
`;
  const read = (second: string) => parseDeclaration(text(second), "x").issues.map(({ code }) => code);
  expect(read("")).toEqual([]);
  expect(read(", environment: prod")).toEqual([]);
  expect(read(', kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/0a1b"')).toEqual(["conflicting-sources"]);
});

describe("sources of one connection", () => {
  const read = (first: string, second: string, options = "") => {
    const { issues } = parseDeclaration(
      `version: 1
environments:${environments}
stacks:
  orders:
    environment: prod
    sources:
      first: { type: sap-odata, connection: sap-prod${first} }
      second: { type: sap-odata, connection: sap-prod${second} }
    targets:
      lake: { type: glue-database, database: lake, location: "s3://acme-lake/" }
      archive: { type: glue-database, database: archive, location: "s3://acme-lake/" }
    integrations:
      one: { source: first, target: lake }
      two: { source: second, target: archive${options} }
`,
      "x",
    );
    return issues.map(({ code }) => code);
  };

  test("may select different entities, with their keys", () => {
    expect(read(", entities: [A]", ", entities: [B]")).toEqual([]);
    const codes = read(
      ", entities: [EntityOfA], primaryKeys: { EntityOfA: [Id] }",
      ", entities: [EntityOfB], primaryKeys: { EntityOfB: [Id] }",
    );
    expect(new Set(codes)).toEqual(new Set(["primary-key-enablement"]));
  });

  test("have one role", () => {
    const role = (name: string) => `, roleArn: "arn:aws:iam::111122223333:role/${name}"`;
    expect(read(`, entities: [A]${role("a")}`, `, entities: [B]${role("a")}`)).toEqual([]);
    expect(read(`, entities: [A]${role("a")}`, `, entities: [B]${role("b")}`)).toEqual([
      "conflicting-sources",
    ]);
  });

  test("of SAP share no entity", () => {
    expect(read(", entities: [A]", ", entities: [A, B]")).toEqual(["sap-delta-token"]);
    expect(read("", ", entities: [B]")).toEqual(["sap-delta-token"]);
    expect(read("", "")).toEqual(["sap-delta-token"]);
  });

  test("may share one as far as a data filter tells", () => {
    expect(read(", entities: [A]", "", ', dataFilter: "include: B"')).toEqual([]);
  });

  test("are not all that is replicated when a list could not be read", () => {
    expect(read(", entities: A", ", entities: [B]")).toEqual(["wrong-type"]);
  });
});

test("sources of one Oracle cluster may be of different databases", () => {
  const oracle = (name: string) =>
    `{ type: oracle, arn: "arn:aws:odb:us-east-1:111122223333:cloud-vm-cluster/vm_1", pluggableDatabase: ${name}, secretArn: "arn:aws:secretsmanager:us-east-1:111122223333:secret:odb-AbCdEf" }`;
  const { issues } = parseDeclaration(
    `version: 1
environments:${environments}
stacks:
  orders:
    environment: prod
    sources:
      first: ${oracle("SALES")}
      second: ${oracle("HR")}
    targets:
      house: { type: redshift, workgroup: analytics }
    integrations:
      one: { source: first, target: house }
      two: { source: second, target: house }
`,
    "x",
  );
  expect(issues).toEqual([]);
});

test("a stack is not empty whose targets other stacks use", () => {
  const text = (target: string) => `version: 1
environments: { prod: { region: us-east-1, account: "111122223333" } }
stacks:
  lake:
    environment: prod
    targets: { lake: { type: glue-database, database: lake, location: "s3://acme-lake" } }
  orders:
    environment: prod
    sources: { orders: { type: dynamodb, table: orders } }
    targets: { own: { type: s3-tables, tableBucket: acme-tables } }
    integrations: { orders: { source: orders, target: ${target} } }
`;
  const codes = (target: string) => parseDeclaration(text(target), "x").issues.map(({ code }) => code);
  expect(codes("lake/lake")).toEqual(["unused-label"]);
  expect(codes("own")).toEqual(["empty-stack", "unused-label"]);
});

test("a cluster and a workgroup of one name are two warehouses, and each of them is one", () => {
  const codes = (one: string, other: string) =>
    parseDeclaration(
      `version: 1
environments:${environments}
stacks:
  orders:
    environment: prod
    sources:
      orders: { type: dynamodb, table: orders }
    targets:
      one: { type: redshift, ${one}: analytics }
      other: { type: redshift, ${other}: analytics }
    integrations:
      orders-to-one: { source: orders, target: one }
      orders-to-other: { source: orders, target: other }
`,
      "x",
    ).issues.map(({ code }) => code);
  expect(codes("cluster", "workgroup")).toEqual([]);
  expect(codes("cluster", "cluster")).toEqual(["duplicate-target"]);
  expect(codes("workgroup", "workgroup")).toEqual(["duplicate-target"]);
});
