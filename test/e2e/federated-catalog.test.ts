// The catalog of all table buckets, where the account has none: made once for every target, and never destroyed.
import { statesOf } from "./account-contents";
import { applied, expectProtected, planned } from "./life";
import { Project } from "./project";
import { ACCOUNT, MINUTES, Stage } from "./stage";

const DECLARATION = `
version: 1
environments:
  prod: { region: us-east-1, account: "${ACCOUNT}" }
stacks:
  orders:
    environment: prod
    sources:
      orders: { type: dynamodb, table: orders }
    targets:
      one: { type: s3-tables, tableBucket: acme-one, create: true, createCatalog: true }
      other: { type: s3-tables, tableBucket: acme-other, create: true, createCatalog: true }
    integrations:
      orders-to-one: { source: orders, target: one, protect: false }
      orders-to-other: { source: orders, target: other, protect: false }
`;

let stage: Stage;

beforeAll(async () => {
  stage = await Stage.open();
}, MINUTES);

afterAll(() => stage.close());

test(
  "two new table buckets in an account without the catalog",
  async () => {
    const { account } = stage;
    await account.createTable("orders");
    const project = new Project(await stage.folder("catalog"));
    await project.synthesize(DECLARATION);
    const terraform = await applied(stage, await planned(stage, project.stackDir("orders")));
    expect(await account.inspection.catalogs()).toEqual(["s3tablescatalog"]);
    expect(await account.inspection.tableBuckets()).toEqual(["acme-one", "acme-other"]);
    expect(await statesOf(account)).toEqual({ "orders-to-one": "ACTIVE", "orders-to-other": "ACTIVE" });
    // Other table buckets of the account are seen through it.
    await expectProtected(terraform, 1);
  },
  2 * MINUTES,
);
