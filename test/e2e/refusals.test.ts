// What a plan refuses, with the words that the user gets to read.
import type { EmulatedAccount, TableSeed } from "./account";
import { Project, readDeclaration } from "./project";
import { ACCOUNT, MINUTES, OTHER_ACCOUNT, Stage } from "./stage";
import { type Outcome, type Terraform, texts } from "./terraform";

let stage: Stage;
let account: EmulatedAccount;
let sample: string;
let project: Project;
let terraform: Terraform;

beforeAll(async () => {
  stage = await Stage.open();
  account = stage.account;
  sample = await readDeclaration("zero-etl.yaml");
  project = new Project(await stage.folder("refused"));
  await project.synthesize(sample);
  terraform = await stage.terraform(project.stackDir("orders"));
  expect(await terraform.init()).toMatchObject({ code: 0 });
}, MINUTES);

afterAll(() => stage.close());

async function planned(declaration: string): Promise<Outcome> {
  await project.synthesize(declaration);
  return terraform.plan();
}

const errorsOf = (outcome: Outcome): string[] => texts(outcome, "error");

describe("a plan refuses", () => {
  beforeEach(() => stage.reset());

  const planWithTable = async (seed: TableSeed): Promise<Outcome> => {
    await account.createTable("orders", seed);
    return planned(sample);
  };

  test(
    "a table without point-in-time recovery",
    async () => {
      const plan = await planWithTable({ pointInTimeRecovery: false });
      expect(plan.code).toBe(1);
      expect(errorsOf(plan)).toEqual([
        "Resource postcondition failed: point-in-time recovery is off on the DynamoDB table orders, and AWS Glue cannot " +
          "export the table without it. Turn it on: aws dynamodb update-continuous-backups --table-name orders " +
          "--point-in-time-recovery-specification PointInTimeRecoveryEnabled=true",
      ]);
    },
    MINUTES,
  );

  test(
    "a table encrypted with the key that AWS manages",
    async () => {
      const plan = await planWithTable({ encryption: "aws-managed" });
      expect(plan.code).toBe(1);
      expect(errorsOf(plan)).toEqual([
        "Resource postcondition failed: the DynamoDB table orders is encrypted with the AWS managed key aws/dynamodb, " +
          "which AWS Glue zero-ETL does not support. Change the table to a key owned by AWS (server_side_encryption " +
          "enabled = false) or to a customer managed key.",
      ]);
    },
    MINUTES,
  );

  test(
    "but not a table encrypted with a customer's key",
    async () => {
      const plan = await planWithTable({ encryption: { kmsKeyArn: await account.seeding.key() } });
      expect({ code: plan.code, errors: errorsOf(plan) }).toEqual({ code: 2, errors: [] });
    },
    MINUTES,
  );

  test(
    "a table that does not exist",
    async () => {
      const plan = await planned(sample);
      expect(plan.code).toBe(1);
      expect(errorsOf(plan)).toEqual(["reading Dynamodb Table (orders): couldn't find resource: "]);
    },
    MINUTES,
  );

  test(
    "another account than the declared one",
    async () => {
      await account.createTable("orders");
      const plan = await planned(sample.replace(ACCOUNT, OTHER_ACCOUNT));
      expect(plan.code).toBe(1);
      expect(errorsOf(plan)).toEqual([expect.stringMatching(/AWS account ID not allowed: 111122223333/)]);
    },
    MINUTES,
  );

  describe("an existing database", () => {
    const existing = (): string => sample.replace('sales/" }', 'sales/", create: false }');

    beforeEach(() => account.createTable("orders"));

    test(
      "that is missing",
      async () => {
        const plan = await planned(existing());
        expect(plan.code).toBe(1);
        expect(errorsOf(plan)).toEqual([
          "reading Cloud Control API (AWS::Glue::Database) Resource (sales_lake): couldn't find resource: ",
        ]);
      },
      MINUTES,
    );

    test(
      "without a location",
      async () => {
        await account.createDatabase("sales_lake");
        const plan = await planned(existing());
        expect(plan.code).toBe(1);
        expect(errorsOf(plan)).toEqual([
          "Resource postcondition failed: the Glue database sales_lake has no location, and an integration cannot write " +
            "without one. Set it: LocationUri = s3://acme-lake/sales/",
        ]);
      },
      MINUTES,
    );

    test(
      "in another place",
      async () => {
        await account.createDatabase("sales_lake", "s3://acme-lake/hr/");
        const plan = await planned(existing());
        expect(plan.code).toBe(1);
        expect(errorsOf(plan)).toEqual([
          "Resource postcondition failed: the Glue database sales_lake is located at s3://acme-lake/hr, not at " +
            "s3://acme-lake/sales/ as declared. Declare the location that it has: the permissions of the target role are " +
            "made from it.",
        ]);
      },
      MINUTES,
    );
  });
});

/** Sources and targets of which each has one thing wrong, in as many integrations as it takes to use each one. */
const SPOILT = `
version: 1
environments:
  prod: { region: us-east-1, account: "${ACCOUNT}" }
stacks:
  orders:
    environment: prod
    sources:
      fine: { type: zendesk, connection: zendesk-prod }
      otherType: { type: zendesk, connection: salesforce-prod }
      noConnection: { type: servicenow, connection: nobody }
    targets:
      lake: { type: glue-database, database: lake, location: s3://acme-lake/ }
      noBucket: { type: s3-tables, tableBucket: acme-nowhere }
      noCatalog: { type: s3-tables, tableBucket: acme-tables, catalog: nowhere }
      otherCatalog: { type: s3-tables, tableBucket: acme-tables, catalog: managed }
      noManaged: { type: redshift-managed-storage, catalog: unmanaged }
      otherManaged: { type: redshift-managed-storage, catalog: s3tablescatalog }
      plain: { type: redshift, cluster: plain }
      foldingCluster: { type: redshift, cluster: folding }
      foldingWorkgroup: { type: redshift, workgroup: folding }
      noCluster: { type: redshift, cluster: nowhere }
      noWorkgroup: { type: redshift, workgroup: nowhere }
    integrations:
      other-type: { source: otherType, target: lake }
      no-connection: { source: noConnection, target: lake }
      no-bucket: { source: fine, target: noBucket }
      no-catalog: { source: fine, target: noCatalog }
      other-catalog: { source: fine, target: otherCatalog }
      no-managed: { source: fine, target: noManaged }
      other-managed: { source: fine, target: otherManaged }
      plain: { source: fine, target: plain }
      folding-cluster: { source: fine, target: foldingCluster }
      folding-workgroup: { source: fine, target: foldingWorkgroup }
      no-cluster: { source: fine, target: noCluster }
      no-workgroup: { source: fine, target: noWorkgroup }
`;

describe("a single plan tells everything that is wrong with sources and targets that exist:", () => {
  let errors: string[];

  beforeAll(async () => {
    await stage.reset();
    const { seeding } = account;
    await seeding.connection("zendesk-prod", "ZENDESK");
    await seeding.connection("salesforce-prod", "SALESFORCE");
    await seeding.tableBucketsCatalog();
    await seeding.tableBucket("acme-tables");
    await seeding.managedStorageCatalog("managed");
    await seeding.cluster("plain", { encrypted: false });
    await seeding.cluster("folding", { caseSensitive: false });
    await seeding.workgroup("folding", { caseSensitive: false });
    const plan = await planned(SPOILT);
    expect(plan.code).toBe(1);
    errors = errorsOf(plan);
  }, MINUTES);

  const notFound = (type: string, identifier: string): string =>
    `reading Cloud Control API (${type}) Resource (${identifier}): couldn't find resource: `;

  const REFUSALS: readonly (readonly [what: string, message: string])[] = [
    [
      "a connection of another type than declared",
      "Resource postcondition failed: the Glue connection salesforce-prod is of type SALESFORCE, and a zendesk source needs one of " +
        "type ZENDESK (Zendesk). Declare the type that the connection has, or another connection.",
    ],
    ["a missing connection", `Glue Connection (${ACCOUNT}:nobody) not found: `],
    [
      "a missing table bucket",
      notFound("AWS::S3Tables::TableBucket", `arn:aws:s3tables:us-east-1:${ACCOUNT}:bucket/acme-nowhere`),
    ],
    [
      "a missing catalog of table buckets",
      notFound("AWS::Glue::Catalog", `arn:aws:glue:us-east-1:${ACCOUNT}:catalog/nowhere`),
    ],
    [
      "a catalog of something else than table buckets",
      "Resource postcondition failed: the Glue catalog managed is not the catalog of S3 Tables. Enable the integration of S3 Tables " +
        "with AWS analytics services in this account and region, or name the catalog that it made.",
    ],
    [
      "a missing catalog of managed storage",
      notFound("AWS::Glue::Catalog", `arn:aws:glue:us-east-1:${ACCOUNT}:catalog/unmanaged`),
    ],
    [
      "the catalog of table buckets as managed storage",
      "Resource postcondition failed: the Glue catalog s3tablescatalog is the catalog of S3 Tables, not one of Redshift Managed " +
        "Storage. Name a catalog of Redshift, or use a target for S3 Tables.",
    ],
    [
      "a cluster that is not encrypted",
      "Resource postcondition failed: the Redshift cluster plain is not encrypted, and integrations replicate into encrypted " +
        "clusters only. Encrypt it: aws redshift modify-cluster --cluster-identifier plain --encrypted",
    ],
    [
      "a cluster whose identifiers are not case-sensitive",
      "Resource postcondition failed: the Redshift cluster folding has the parameter group folding-parameters, which does not set " +
        "enable_case_sensitive_identifier to true, and integrations need that. Set it and reboot the cluster, which needs a parameter " +
        "group of its own where it has the default one: aws redshift modify-cluster-parameter-group --parameter-group-name " +
        "folding-parameters --parameters ParameterName=enable_case_sensitive_identifier,ParameterValue=true",
    ],
    [
      "a workgroup whose identifiers are not case-sensitive",
      "Resource postcondition failed: the Redshift Serverless workgroup folding does not set enable_case_sensitive_identifier to " +
        "true, and integrations need that. Set it: aws redshift-serverless update-workgroup --workgroup-name folding " +
        "--config-parameters parameterKey=enable_case_sensitive_identifier,parameterValue=true",
    ],
    ["a missing cluster", "reading Redshift Cluster (nowhere): couldn't find resource: "],
    ["a missing workgroup", notFound("AWS::RedshiftServerless::Workgroup", "nowhere")],
  ];

  test.each(REFUSALS)("%s", (_, message) => expect(errors).toContain(message));

  test("and nothing else", () =>
    expect([...errors].sort()).toEqual(REFUSALS.map(([, message]) => message).sort()));
});
