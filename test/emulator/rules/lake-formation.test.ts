import type { LakeFormationGrant } from "../account";
import {
  ACCOUNT,
  AUTHORIZE_STATEMENT,
  CALLER,
  CATALOG_ARN,
  DATABASE_ARN,
  FakeAccount,
  ROLE_ARN,
  ROLE_STATEMENTS,
  TABLE_ARN,
  TRUST_STATEMENT,
  policy,
} from "../fake-account";
import { CONNECTION_ARN, addConnection } from "../fake-pairs";
import { Integrations } from "../integrations";
import { ZeroEtlState } from "../state";

const DENIED =
  "TARGET_ACCESS_DENIED: Authorization failed because the target role does not have access to the target database due to Lake Formation permissions";

const GRANTS: readonly LakeFormationGrant[] = [
  {
    principal: ROLE_ARN,
    permissions: ["ALTER", "CREATE_TABLE", "DESCRIBE", "DROP"],
    resource: { Database: { Name: "sales_lake" } },
  },
  {
    principal: ROLE_ARN,
    permissions: ["ALL"],
    resource: { Table: { DatabaseName: "sales_lake", TableWildcard: {} } },
  },
  {
    principal: ROLE_ARN,
    permissions: ["DATA_LOCATION_ACCESS"],
    resource: { DataLocation: { ResourceArn: "arn:aws:s3:::acme-lake/sales" } },
  },
];

let account: FakeAccount;
let state: ZeroEtlState;

beforeEach(() => {
  account = new FakeAccount();
  state = new ZeroEtlState();
  account.lakeFormationFacts = { guarded: true, grants: GRANTS };
  account.roles[ROLE_ARN] = {
    trust: policy(TRUST_STATEMENT),
    policies: [
      policy(...ROLE_STATEMENTS, { Effect: "Allow", Action: "lakeformation:GetDataAccess", Resource: "*" }),
    ],
  };
  state.resourceProperties.set(DATABASE_ARN, {
    resourceArn: DATABASE_ARN,
    arn: CATALOG_ARN,
    target: { RoleArn: ROLE_ARN },
    tags: [],
  });
});

const errors = async (sourceArn = TABLE_ARN): Promise<string[]> => {
  const integrations = new Integrations(state, account);
  const made = await integrations.create(CALLER, { name: "orders", sourceArn, targetArn: DATABASE_ARN });
  const condition = await integrations.settle(made);
  return (condition?.errors ?? []).map(({ ErrorCode, ErrorMessage }) => `${ErrorCode}: ${ErrorMessage}`);
};

test("opens with the three grants", async () => {
  expect(await errors()).toEqual([]);
});

test.each([0, 1, 2])("stays shut without grant %d", async (index) => {
  account.lakeFormationFacts = { guarded: true, grants: GRANTS.filter((_, place) => place !== index) };
  expect(await errors()).toEqual([DENIED]);
});

test.each([
  ["another role", { principal: `${ROLE_ARN}-2` }],
  ["less than is needed", { permissions: ["DESCRIBE"] }],
  ["another database", { resource: { Database: { Name: "hr" } } }],
])("stays shut with a grant of %s", async (_, changed) => {
  const [database, ...others] = GRANTS;
  if (database === undefined) throw new Error("no grant");
  account.lakeFormationFacts = { guarded: true, grants: [{ ...database, ...changed }, ...others] };
  expect(await errors()).toEqual([DENIED]);
});

test.each([
  ["arn:aws:s3:::acme-lake", []],
  ["arn:aws:s3:::acme-lake/sales/", []],
  ["arn:aws:s3:::acme-lake/sales/orders", [DENIED]],
  ["arn:aws:s3:::acme-lake/sal", [DENIED]],
  ["arn:aws:s3:::acme", [DENIED]],
])("a grant on %s gives access, or not", async (ResourceArn, expected) => {
  const place = {
    principal: ROLE_ARN,
    permissions: ["DATA_LOCATION_ACCESS"],
    resource: { DataLocation: { ResourceArn } },
  };
  account.lakeFormationFacts = { guarded: true, grants: [...GRANTS.slice(0, 2), place] };
  expect(await errors()).toEqual(expected);
});

test("stays shut for a role that may not ask for data", async () => {
  account.roles[ROLE_ARN] = { trust: policy(TRUST_STATEMENT), policies: [policy(...ROLE_STATEMENTS)] };
  expect(await errors()).toEqual([DENIED]);
});

test("says it in other words to an integration from Salesforce", async () => {
  addConnection(account, state);
  account.catalogPolicies[ACCOUNT] = policy({
    ...AUTHORIZE_STATEMENT,
    Condition: { StringEquals: { "aws:SourceArn": CONNECTION_ARN } },
  });
  account.lakeFormationFacts = { guarded: true, grants: [] };
  expect(await errors(CONNECTION_ARN)).toEqual([
    "TARGET_ACCESS_DENIED: Insufficient lake formation permissions on Target Glue database.",
  ]);
});

test("asks nothing where databases are left to IAM", async () => {
  account.lakeFormationFacts = { guarded: false, grants: [] };
  expect(await errors()).toEqual([]);
});
