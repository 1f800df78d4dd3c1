import fc from "fast-check";
import type { AwsAddress } from "../../../lib/arn";
import {
  accountRootArn,
  arn,
  dynamoDbTableArn,
  glueConnectionArn,
  glueIntegrationsArn,
  iamRoleArn,
  redshiftIntegrationsArn,
} from "../../../lib/arn";
import type { Json } from "../../../lib/json";
import { stableJson } from "../../../lib/json";
import type { LiveStatement } from "../../../lib/policy/canonical";
import {
  glueDatabaseResources,
  inboundStatements,
  managedStorageResources,
  s3TablesResources,
} from "../../../lib/policy/catalog";
import { letInArns } from "../../../lib/policy/accounts";
import { tableExportStatement } from "../../../lib/policy/dynamodb-table";
import { mergeStatements } from "../../../lib/policy/merge";
import { markedStatements } from "../../../lib/policy/own-statements";
import { redshiftTableExportStatements } from "../../../lib/policy/redshift";
import type { MergedPolicy } from "../../../lib/policy/shapes";
import { isRemovable, statementRefusal } from "../../../lib/policy/shapes";
import type { Statement } from "../../../lib/policy/statement";
import { accountOf } from "../../../lib/rules/arns";

const ADDRESS: AwsAddress = { partition: "aws", region: "us-east-1", account: "111122223333" };
const FOREIGN: AwsAddress = { ...ADDRESS, account: "444455556666" };
const STRANGER: AwsAddress = { ...ADDRESS, account: "777788889999" };

const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(..."0123456789"), minLength: length, maxLength: length });
const word = (letters: string) =>
  fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 20 });
const name = word("abcxyz019_");

const addresses: fc.Arbitrary<AwsAddress> = fc.record({
  partition: fc.constantFrom("aws", "aws-us-gov", "aws-cn"),
  region: fc.constantFrom("us-east-1", "ap-southeast-2", "us-gov-west-1"),
  account: digits(12),
});

/** Everything that the library puts into the catalog policy, for every kind of target and source. */
const catalogs = addresses.chain((address) => {
  const account = digits(12).map((id): AwsAddress => ({ ...address, account: id }));
  const source = fc.oneof(
    fc.tuple(account, word("abc019_.-")).map(([at, table]) => dynamoDbTableArn(at, table)),
    fc.tuple(account, word("abc 019_.-/:")).map(([at, connection]) => glueConnectionArn(at, connection)),
    fc
      .tuple(account, fc.constantFrom("cloud-vm-cluster", "cloud-autonomous-vm-cluster"), word("abc-019"))
      .map(([at, kind, id]) => arn("odb", at, `${kind}/${id}`)),
  );
  const sources = fc.array(
    fc.record(
      {
        arn: source,
        foreignAccount: account.map((at) => ({ key: at.account, rootArn: accountRootArn(at) })),
      },
      { requiredKeys: ["arn"] },
    ),
    { minLength: 1, maxLength: 4 },
  );
  const deployers = fc.array(
    fc.oneof(
      fc.tuple(account, word("abcXYZ019+=,.@_-")).map(([at, role]) => iamRoleArn(at, role)),
      account.map(accountRootArn),
    ),
    { maxLength: 2 },
  );
  const resources = fc.oneof(
    name.map((database) => glueDatabaseResources(address, database)),
    fc.oneof(fc.constant(undefined), name).map((catalog) => s3TablesResources(address, catalog)),
    name.map((catalog) => managedStorageResources(address, catalog)),
  );
  return fc
    .array(fc.record({ targetKey: fc.string(), resources, sources, deployerArns: deployers }), {
      minLength: 1,
      maxLength: 4,
    })
    .map((grants) => grants.flatMap(inboundStatements))
    .map((statements) => {
      const accounts = letInArns(statements).flatMap((letIn) => accountOf(letIn) ?? []);
      return { policy: { kind: "catalog-policy", address, accounts } as MergedPolicy, statements };
    });
});

/** Everything that the library puts into the policy of a table, for both services. */
const tables = fc
  .tuple(addresses, word("abc019_.-"), fc.uniqueArray(word("abc-019"), { minLength: 1 }))
  .chain(([address, table, ids]) => {
    const named = (all: string) =>
      fc.constantFrom(
        undefined,
        ids.map((id) => all.replace("*", id)),
      );
    return fc
      .tuple(named(glueIntegrationsArn(address)), named(redshiftIntegrationsArn(address)))
      .map(([glue, redshift]) => ({
        policy: { kind: "table-policy", address, tableArn: dynamoDbTableArn(address, table) } as MergedPolicy,
        statements: [
          tableExportStatement({ address, integrationArns: glue }),
          ...redshiftTableExportStatements({ address, table, integrationArns: redshift }),
        ] as Statement[],
      }));
  });

const generated = fc.oneof(catalogs, tables);

function asSent(statement: Statement): LiveStatement {
  return JSON.parse(stableJson(statement as unknown as Json)) as LiveStatement;
}

describe("everything that the library generates", () => {
  test("is accepted, as it is, merged and marked", () => {
    fc.assert(
      fc.property(generated, fc.string(), ({ policy, statements }, functionName) => {
        const merged = mergeStatements(statements);
        for (const statement of [...statements, ...merged, ...markedStatements(functionName, statements)]) {
          expect(statementRefusal(policy, asSent(statement))).toBeUndefined();
          expect(isRemovable(policy, asSent(statement))).toBe(true);
        }
      }),
    );
  });

  test("is refused in the other policy, in another account, region and partition", () => {
    fc.assert(
      fc.property(catalogs, tables, (catalog, table) => {
        for (const statement of catalog.statements) {
          expect(statementRefusal(table.policy, asSent(statement))).toBeDefined();
        }
        for (const statement of table.statements) {
          expect(statementRefusal(catalog.policy, asSent(statement))).toBeDefined();
        }
      }),
    );
    fc.assert(
      fc.property(
        generated,
        fc.constantFrom<Partial<AwsAddress>>(
          { account: "000000000000" },
          { region: "eu-west-3" },
          { partition: "aws-iso" },
        ),
        ({ policy, statements }, other) => {
          fc.pre(policy.address.account !== "000000000000");
          const address = { ...policy.address, ...other };
          for (const statement of statements) {
            expect(statementRefusal({ ...policy, address }, asSent(statement))).toBeDefined();
          }
        },
      ),
    );
  });
});

const CATALOG_POLICY: MergedPolicy = {
  kind: "catalog-policy",
  address: ADDRESS,
  accounts: [FOREIGN.account],
};
const TABLE_POLICY: MergedPolicy = {
  kind: "table-policy",
  address: ADDRESS,
  tableArn: dynamoDbTableArn(ADDRESS, "orders"),
};
const SOURCE = dynamoDbTableArn(ADDRESS, "orders");
const [AUTHORIZE, CREATE] = inboundStatements({
  targetKey: "lake",
  resources: glueDatabaseResources(ADDRESS, "lake"),
  sources: [{ arn: SOURCE }],
  deployerArns: [iamRoleArn(FOREIGN, "deployer")],
}).map(asSent) as [LiveStatement, LiveStatement];
const EXPORT = asSent(tableExportStatement({ address: ADDRESS }));
const NAMED_EXPORT = asSent(
  tableExportStatement({
    address: ADDRESS,
    integrationArns: [glueIntegrationsArn(ADDRESS).replace("*", "1")],
  }),
);
const [REDSHIFT_EXPORT, REDSHIFT_DESCRIBE] = redshiftTableExportStatements({
  address: ADDRESS,
  table: "orders",
}).map(asSent) as [LiveStatement, LiveStatement];

const ALL: readonly (readonly [string, MergedPolicy, LiveStatement])[] = [
  ["authorize", CATALOG_POLICY, AUTHORIZE],
  ["create", CATALOG_POLICY, CREATE],
  ["export", TABLE_POLICY, EXPORT],
  ["export to named integrations", TABLE_POLICY, NAMED_EXPORT],
  ["export to Redshift", TABLE_POLICY, REDSHIFT_EXPORT],
  ["describe export to Redshift", TABLE_POLICY, REDSHIFT_DESCRIBE],
];

describe.each(ALL)("the statement %s", (_, policy, statement) => {
  test("is accepted", () => expect(statementRefusal(policy, statement)).toBeUndefined());

  test.each<[string, LiveStatement]>([
    ["Sid", { Sid: "AllowAll" }],
    ["Sid", { Sid: "ZeroEtl" }],
    ["Sid", { Sid: "ZeroEtl-a" }],
    ["Sid", { Sid: undefined as never }],
    ["Effect", { Effect: "Deny" }],
    ["Effect", { Effect: undefined as never }],
    ["Action", { Action: "*" }],
    ["Action", { Action: [...(statement["Action"] as string[]), "glue:GetTable"] }],
    ["Action", { Action: undefined as never }],
    ["Principal", { Principal: "*" }],
    ["Principal", { Principal: { AWS: "*" } }],
    ["Principal", { Principal: { Service: ["glue.amazonaws.com", "redshift.amazonaws.com"] } }],
    ["Principal", { Principal: { Service: "lambda.amazonaws.com" } }],
    ["Principal", { Principal: { ...(statement["Principal"] as object), Federated: "cognito" } }],
    ["Principal", { Principal: undefined as never }],
    ["Resource", { Resource: ["arn:aws:glue:us-east-1:444455556666:catalog"] }],
    ["Resource", { Resource: ["arn:aws:dynamodb:us-east-1:111122223333:table/other"] }],
    ["Resource", { Resource: undefined as never }],
    ["Condition", { Condition: {} }],
    ["Condition", { Condition: undefined as never }],
    [
      "Condition",
      { Condition: { ...(statement["Condition"] as object), Bool: { "aws:SecureTransport": "true" } } },
    ],
    ["NotPrincipal", { NotPrincipal: { AWS: "arn:aws:iam::111122223333:root" } }],
    ["NotAction", { NotAction: ["glue:*"] }],
    ["NotResource", { NotResource: ["*"] }],
  ])("is refused with another %s: %j", (element, change) => {
    const changed = { ...statement, ...change };
    expect(statementRefusal(policy, changed)?.element).toBe(element);
  });

  test("is refused with any value of any element changed", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("Effect", "Principal", "Action", "Resource", "Condition"),
        fc.jsonValue(),
        (element, value) => {
          fc.pre(stableJson(value as Json) !== stableJson(statement[element] ?? null));
          // A text in the place of a list of one is the same.
          fc.pre(stableJson([value] as Json) !== stableJson(statement[element] ?? null));
          expect(statementRefusal(policy, { ...statement, [element]: value as Json })).toBeDefined();
        },
      ),
    );
  });
});

describe("in the catalog policy", () => {
  const withSources = (...sources: Json[]): LiveStatement => ({
    ...AUTHORIZE,
    Condition: { StringEquals: { "aws:SourceArn": sources } },
  });
  const withResources = (...resources: string[]): LiveStatement => ({ ...AUTHORIZE, Resource: resources });
  const withCreators = (...creators: string[]): LiveStatement => ({
    ...CREATE,
    Principal: { AWS: creators },
  });

  test.each<[string, LiveStatement]>([
    ["a connection of another account", withSources(glueConnectionArn(FOREIGN, "crm prod"))],
    ["a table of another region", withSources(dynamoDbTableArn({ ...FOREIGN, region: "eu-west-1" }, "t"))],
    [
      "all table buckets of a catalog",
      withResources("arn:aws:glue:us-east-1:111122223333:catalog/s3tablescatalog/*"),
    ],
    ["one table bucket", withResources("arn:aws:glue:us-east-1:111122223333:catalog/s3tablescatalog/lake")],
    ["a user", withCreators("arn:aws:iam::111122223333:user/deployer")],
    ["a foreign account", withCreators(accountRootArn(FOREIGN))],
  ])("accepts %s", (_, statement) => {
    expect(statementRefusal(CATALOG_POLICY, statement)).toBeUndefined();
  });

  test.each<[string, LiveStatement, string]>([
    ["no source", withSources(), "Condition is empty"],
    [
      "a wildcard for a source",
      withSources("*"),
      "Condition holds *, which no zero-ETL integration needs here",
    ],
    [
      "a policy variable for a source",
      withSources("arn:aws:glue:us-east-1:111122223333:connection/${aws:username}"),
      "Condition holds arn:aws:glue:us-east-1:111122223333:connection/${aws:username}, which no zero-ETL integration needs here",
    ],
    [
      "a bucket for a source",
      withSources("arn:aws:s3:::bucket"),
      "Condition holds arn:aws:s3:::bucket, which no zero-ETL integration needs here",
    ],
    [
      "a source of another partition",
      withSources(dynamoDbTableArn({ ...ADDRESS, partition: "aws-cn" }, "t")),
      "Condition holds arn:aws-cn:dynamodb:us-east-1:111122223333:table/t, which no zero-ETL integration needs here",
    ],
    [
      "a source that is no text",
      withSources(SOURCE, 7),
      `Condition is not what a zero-ETL integration needs, which is {"StringEquals":{"aws:SourceArn":["${SOURCE}"]}}`,
    ],
    [
      "every table",
      withResources("arn:aws:glue:us-east-1:111122223333:*"),
      "Resource holds arn:aws:glue:us-east-1:111122223333:*, which no zero-ETL integration needs here",
    ],
    [
      "every database",
      withResources("arn:aws:glue:us-east-1:111122223333:database/*"),
      "Resource holds arn:aws:glue:us-east-1:111122223333:database/*, which no zero-ETL integration needs here",
    ],
    [
      "every catalog",
      withResources("arn:aws:glue:us-east-1:111122223333:catalog/*"),
      "Resource holds arn:aws:glue:us-east-1:111122223333:catalog/*, which no zero-ETL integration needs here",
    ],
    ["no resource", withResources(), "Resource is empty"],
    [
      "everybody as creator",
      withCreators("*"),
      "Principal holds *, which no zero-ETL integration needs here",
    ],
    [
      "a session as creator",
      withCreators("arn:aws:sts::111122223333:assumed-role/a/b"),
      "Principal holds arn:aws:sts::111122223333:assumed-role/a/b, which no zero-ETL integration needs here",
    ],
    [
      "a creator of another partition",
      withCreators("arn:aws-cn:iam::111122223333:root"),
      "Principal holds arn:aws-cn:iam::111122223333:root, which no zero-ETL integration needs here",
    ],
    [
      "a creator of an account that nobody declared",
      withCreators(accountRootArn(STRANGER)),
      "Principal holds arn:aws:iam::777788889999:root, of an account that the function does not let in",
    ],
    [
      "a source of an account that nobody declared",
      withSources(SOURCE, glueConnectionArn(STRANGER, "crm")),
      "Condition holds arn:aws:glue:us-east-1:777788889999:connection/crm, of an account that the function does not let in",
    ],
    [
      "a role that authorises",
      { ...AUTHORIZE, Principal: CREATE["Principal"] },
      'Principal is not what a zero-ETL integration needs, which is {"Service":["glue.amazonaws.com"]}',
    ],
    [
      "a second spelling of the condition key",
      { ...AUTHORIZE, Condition: { StringEquals: { "AWS:SourceArn": ["*"], "aws:SourceArn": [SOURCE] } } },
      `Condition is not what a zero-ETL integration needs, which is {"StringEquals":{"aws:SourceArn":["${SOURCE}"]}}`,
    ],
    [
      "another action",
      { ...AUTHORIZE, Action: ["glue:GetTable"] },
      "Action is not what a zero-ETL integration needs",
    ],
    [
      "another Sid",
      { ...AUTHORIZE, Sid: "Ours" },
      "Sid does not begin with ZeroEtl, letters and digits only",
    ],
  ])("refuses %s", (_, statement, message) => {
    const refusal = statementRefusal(CATALOG_POLICY, statement);
    expect(`${refusal?.element} ${refusal?.message}`).toBe(message);
  });
});

describe("in the policy of a table", () => {
  const withIntegrations = (
    statement: LiveStatement,
    operator: string,
    ...arns: string[]
  ): LiveStatement => ({
    ...statement,
    Condition: {
      StringEquals: {
        "aws:SourceAccount": [ADDRESS.account],
        ...(operator === "StringEquals" && { "aws:SourceArn": arns }),
      },
      ...(operator !== "StringEquals" && { [operator]: { "aws:SourceArn": arns } }),
    },
  });
  const own = glueIntegrationsArn(ADDRESS);

  test.each<[string, LiveStatement]>([
    ["an account that is not named", { ...EXPORT, Condition: { ArnLike: { "aws:SourceArn": [own] } } }],
    ["another account", withIntegrations(EXPORT, "ArnLike", glueIntegrationsArn(FOREIGN))],
    [
      "another region",
      withIntegrations(EXPORT, "ArnLike", glueIntegrationsArn({ ...ADDRESS, region: "eu-west-1" })),
    ],
    ["anything", withIntegrations(EXPORT, "ArnLike", "*")],
    [
      "an integration of Redshift for AWS Glue",
      withIntegrations(EXPORT, "StringEquals", `${redshiftIntegrationsArn(ADDRESS)}`),
    ],
    ["an integration of AWS Glue for Redshift", withIntegrations(REDSHIFT_EXPORT, "ArnEquals", own)],
    [
      "a foreign integration by name",
      withIntegrations(EXPORT, "StringEquals", `${glueIntegrationsArn(FOREIGN).replace("*", "1")}`),
    ],
    ["no integration", withIntegrations(EXPORT, "StringEquals")],
    ["another table", { ...REDSHIFT_EXPORT, Resource: [dynamoDbTableArn(ADDRESS, "orders2")] }],
    ["every resource for Redshift", { ...REDSHIFT_EXPORT, Resource: ["*"] }],
    ["another service", { ...EXPORT, Principal: { Service: ["redshift.amazonaws.com"] } }],
  ])("refuses %s", (_, statement) => {
    expect(statementRefusal(TABLE_POLICY, statement)).toBeDefined();
  });
});

test("whatever is asked about is answered", () => {
  const element = fc.oneof(fc.jsonValue(), fc.constantFrom(...Object.values(AUTHORIZE)));
  const statement = fc.record(
    {
      Sid: element,
      Effect: element,
      Principal: element,
      Action: element,
      Resource: element,
      Condition: element,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.constantFrom(CATALOG_POLICY, TABLE_POLICY), statement, (policy, asked) => {
      statementRefusal(policy, asked as LiveStatement);
      isRemovable(policy, asked as LiveStatement);
    }),
    { numRuns: 1000 },
  );
});

describe("what may be taken out again", () => {
  test.each<[string, MergedPolicy, LiveStatement, boolean]>([
    ["a statement with other conditions", CATALOG_POLICY, { ...AUTHORIZE, Condition: {} }, true],
    ["part of the actions", TABLE_POLICY, { ...EXPORT, Action: "dynamodb:DescribeTable" }, true],
    ["a statement of another Sid", CATALOG_POLICY, { ...AUTHORIZE, Sid: "Theirs" }, false],
    ["a denial", CATALOG_POLICY, { ...AUTHORIZE, Effect: "Deny" }, false],
    ["another action", CATALOG_POLICY, { ...AUTHORIZE, Action: ["glue:GetTable"] }, false],
    [
      "one action too many",
      TABLE_POLICY,
      { ...EXPORT, Action: ["dynamodb:DescribeTable", "dynamodb:GetItem"] },
      false,
    ],
    ["no action", CATALOG_POLICY, { Sid: "ZeroEtlA", Effect: "Allow", NotAction: ["glue:GetTable"] }, false],
    ["a statement of the other policy", CATALOG_POLICY, EXPORT, false],
  ])("%s: %#", (_, policy, statement, expected) => {
    expect(isRemovable(policy, statement)).toBe(expected);
  });
});
