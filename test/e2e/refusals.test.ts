// What a plan or an apply refuses, with the words that the user gets to read.
import type { EmulatedAccount, TableSeed } from "./account";
import { Project, readDeclaration } from "./project";
import { ACCOUNT, MINUTES, Stage } from "./stage";
import { type Outcome, type Terraform, texts } from "./terraform";

const FOREIGN_POLICY = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "Analysts",
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::444455556666:root" },
      Action: "glue:GetTable",
      Resource: `arn:aws:glue:us-east-1:${ACCOUNT}:catalog`,
    },
  ],
};

let stage: Stage;
let account: EmulatedAccount;
let sample: string;

beforeAll(async () => {
  stage = await Stage.open();
  account = stage.account;
  sample = await readDeclaration("zero-etl.yaml");
}, MINUTES);

beforeEach(() => stage.reset());
afterAll(() => stage.close());

async function initialised(declaration: string): Promise<Terraform> {
  const project = new Project(await stage.folder("refused"));
  await project.synthesize(declaration);
  const terraform = await stage.terraform(project.stackDir("orders"));
  expect(await terraform.init()).toMatchObject({ code: 0 });
  return terraform;
}

async function planned(declaration: string): Promise<Outcome> {
  return (await initialised(declaration)).plan();
}

const errorsOf = (outcome: Outcome): string[] => texts(outcome, "error");

describe("a plan refuses", () => {
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
      const plan = await planWithTable({ encryption: { kmsKeyArn: await account.createKey() } });
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
      const plan = await planned(sample.replace(ACCOUNT, "444455556666"));
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

describe("an apply refuses", () => {
  test(
    "to overwrite a catalog policy that is there already",
    async () => {
      await account.createTable("orders");
      await account.putCatalogPolicy(FOREIGN_POLICY);
      const terraform = await initialised(sample);
      expect(await terraform.plan()).toMatchObject({ code: 2 });
      const apply = await terraform.apply();
      expect(apply.code).toBe(1);
      expect(errorsOf(apply)).toEqual([expect.stringContaining("Policy already exists")]);
      expect(await account.catalogPolicy()).toEqual(FOREIGN_POLICY);
      expect(await account.integrations()).toEqual([]);

      // Once the policy is out of the way, the next apply goes on where this one stopped.
      await account.deleteCatalogPolicy();
      expect(await terraform.plan()).toMatchObject({ code: 2 });
      expect(await terraform.apply()).toMatchObject({ code: 0 });
      expect(await account.integrations()).toMatchObject([{ Status: "ACTIVE" }]);
    },
    2 * MINUTES,
  );
});
