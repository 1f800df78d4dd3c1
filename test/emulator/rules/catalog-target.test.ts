import {
  ACCOUNT,
  CALLER,
  FakeAccount,
  OTHER_ACCOUNT,
  TABLE_ARN,
  TRUST_STATEMENT,
  policy,
} from "../fake-account";
import {
  BUCKET_ARN,
  BUCKET_CATALOG_ARN,
  CATALOG_ROLE_ARN,
  MANAGED_STORAGE_ARN,
  S3_TABLES_ACTIONS,
  TABLE_BUCKETS_ARN,
  addBucketCatalog,
  addManagedStorage,
  authorize,
} from "../fake-pairs";
import { type Condition, Integrations } from "../integrations";
import { refusal } from "../refusal";
import { ZeroEtlState } from "../state";

let account: FakeAccount;
let state: ZeroEtlState;
let integrations: Integrations;

beforeEach(() => {
  account = new FakeAccount();
  state = new ZeroEtlState();
  integrations = new Integrations(state, account);
});

const create = (targetArn: string): Promise<string> =>
  refusal(integrations.create(CALLER, { name: "orders", sourceArn: TABLE_ARN, targetArn }));

const settled = async (targetArn: string): Promise<Condition | undefined> =>
  integrations.settle(await integrations.create(CALLER, { name: "orders", sourceArn: TABLE_ARN, targetArn }));

const errors = async (targetArn: string): Promise<string[]> =>
  ((await settled(targetArn))?.errors ?? []).map(
    ({ ErrorCode, ErrorMessage }) => `${ErrorCode}: ${ErrorMessage}`,
  );

const roleStatements = (): object[] =>
  account.roles[CATALOG_ROLE_ARN]?.policies.flatMap(({ Statement }) => [Statement].flat()) ?? [];

describe("the catalog of a table bucket", () => {
  beforeEach(() => addBucketCatalog(account, state, TABLE_ARN));

  test("takes an integration", async () => {
    expect(await settled(BUCKET_CATALOG_ARN)).toEqual({ status: "ACTIVE", errors: [] });
  });

  test.each([
    ["a namespace of it", `${BUCKET_CATALOG_ARN}/sales`],
    ["nothing below the catalog of all of them", `${TABLE_BUCKETS_ARN}/`],
    ["the table bucket itself", BUCKET_ARN],
    ["all table buckets", TABLE_BUCKETS_ARN],
    ["the default catalog", `arn:aws:glue:us-east-1:${ACCOUNT}:catalog`],
  ])("is not %s", async (_, targetArn) => {
    expect(await create(targetArn)).toBe(
      `ValidationException: Provided target id is not valid: ${targetArn}`,
    );
  });

  test("is not below a catalog of another kind", async () => {
    account.catalogs[TABLE_BUCKETS_ARN] = { kind: "redshift" };
    expect(await create(BUCKET_CATALOG_ARN)).toBe(
      `ValidationException: Provided target id is not valid: ${BUCKET_CATALOG_ARN}`,
    );
  });

  test("needs the analytics integration of S3 Tables", async () => {
    delete account.catalogs[TABLE_BUCKETS_ARN];
    expect(await create(BUCKET_CATALOG_ARN)).toBe(
      "EntityNotFoundException: Catalog s3tablescatalog not found.",
    );
  });

  test("needs the table bucket", async () => {
    account.tableBuckets.length = 0;
    expect(await create(BUCKET_CATALOG_ARN)).toBe(
      `EntityNotFoundException: Table bucket ${BUCKET_ARN} not found.`,
    );
  });

  test("is complained of once its bucket is gone", async () => {
    const made = await integrations.create(CALLER, {
      name: "orders",
      sourceArn: TABLE_ARN,
      targetArn: BUCKET_CATALOG_ARN,
    });
    account.tableBuckets.length = 0;
    expect((await integrations.settle(made))?.errors).toEqual([
      {
        ErrorCode: "TARGET_NOT_FOUND",
        ErrorMessage: `Target catalog ${BUCKET_CATALOG_ARN} does not exist.`,
      },
    ]);
  });

  test.each([
    ["the parent catalog only", TABLE_ARN, [TABLE_BUCKETS_ARN]],
    ["the default catalog only", TABLE_ARN, [`arn:aws:glue:us-east-1:${ACCOUNT}:catalog`]],
    ["another source", `${TABLE_ARN}-archive`, [`${TABLE_BUCKETS_ARN}/*`]],
  ])("is not opened by a policy for %s", async (_, sourceArn, resources) => {
    authorize(account, sourceArn, ...resources);
    expect(await errors(BUCKET_CATALOG_ARN)).toEqual([
      `TARGET_AUTHORIZATION_FAILED: The catalog policy does not allow glue.amazonaws.com glue:AuthorizeInboundIntegration on ${BUCKET_CATALOG_ARN} for ${TABLE_ARN}.`,
    ]);
  });

  test("needs a resource property on the very same ARN", async () => {
    const property = state.resourceProperties.get(BUCKET_CATALOG_ARN);
    if (property === undefined) throw new Error("no property");
    state.resourceProperties.delete(BUCKET_CATALOG_ARN);
    state.resourceProperties.set(TABLE_BUCKETS_ARN, property);
    expect(await errors(BUCKET_CATALOG_ARN)).toEqual([
      `UNRECOVERABLE_ACCESS_DENIED: No target processing properties exist for ${BUCKET_CATALOG_ARN}.`,
    ]);
  });

  test.each(S3_TABLES_ACTIONS)("needs a role that may %s, on the bucket and in it", async (lacking) => {
    const [, ...others] = roleStatements();
    const rest = {
      Effect: "Allow" as const,
      Action: S3_TABLES_ACTIONS.filter((action) => action !== lacking),
      Resource: [BUCKET_ARN, `${BUCKET_ARN}/*`],
    };
    account.roles[CATALOG_ROLE_ARN] = {
      trust: policy(TRUST_STATEMENT),
      policies: [policy(rest, ...(others as []))],
    };
    expect(await errors(BUCKET_CATALOG_ARN)).toEqual([
      `TARGET_ACCESS_DENIED: Role ${CATALOG_ROLE_ARN} lacks permissions: ${lacking} on ${BUCKET_ARN}, ${lacking} on ${BUCKET_ARN}/table/0a1b2c3d.`,
    ]);
  });

  test.each([
    ["the bucket only", [BUCKET_ARN], `${BUCKET_ARN}/table/0a1b2c3d`],
    ["what is in the bucket only", [`${BUCKET_ARN}/*`], BUCKET_ARN],
    ["another bucket", [`${BUCKET_ARN}s`, `${BUCKET_ARN}s/*`], BUCKET_ARN],
  ])("needs more than a role for %s", async (_, resources, lacking) => {
    const [, ...others] = roleStatements();
    const some = { Effect: "Allow" as const, Action: S3_TABLES_ACTIONS, Resource: resources };
    account.roles[CATALOG_ROLE_ARN] = {
      trust: policy(TRUST_STATEMENT),
      policies: [policy(some, ...(others as []))],
    };
    expect(await errors(BUCKET_CATALOG_ARN)).toEqual([
      expect.stringContaining(`s3tables:GetNamespace on ${lacking}`),
    ]);
  });

  test("needs the leave of another account that it lies in", async () => {
    const foreign = (arn: string): string => arn.replace(ACCOUNT, OTHER_ACCOUNT);
    account.catalogs[foreign(TABLE_BUCKETS_ARN)] = { kind: "s3-tables" };
    account.tableBuckets.push(foreign(BUCKET_ARN));
    expect(await create(foreign(BUCKET_CATALOG_ARN))).toBe(
      `AccessDeniedException: User: arn:aws:iam::${ACCOUNT}:root is not authorized to perform: glue:CreateInboundIntegration on resource: ${foreign(BUCKET_CATALOG_ARN)}`,
    );
    account.catalogPolicies[OTHER_ACCOUNT] = policy({
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
      Action: "glue:CreateInboundIntegration",
      Resource: foreign(`${TABLE_BUCKETS_ARN}/*`),
      Condition: { StringEquals: { "aws:SourceArn": TABLE_ARN } },
    });
    expect(await create(foreign(BUCKET_CATALOG_ARN))).toBe("accepted");
  });
});

describe("a catalog of Redshift Managed Storage", () => {
  beforeEach(() => addManagedStorage(account, state, TABLE_ARN));

  test("takes an integration", async () => {
    expect(await settled(MANAGED_STORAGE_ARN)).toEqual({ status: "ACTIVE", errors: [] });
  });

  test("must exist", async () => {
    delete account.catalogs[MANAGED_STORAGE_ARN];
    expect(await create(MANAGED_STORAGE_ARN)).toBe("EntityNotFoundException: Catalog sales not found.");
  });

  test("must be one of Redshift", async () => {
    account.catalogs[MANAGED_STORAGE_ARN] = { kind: "other" };
    expect(await create(MANAGED_STORAGE_ARN)).toBe(
      `ValidationException: Provided target id is not valid: ${MANAGED_STORAGE_ARN}`,
    );
  });

  test("must be open to the source", async () => {
    delete account.catalogPolicies[ACCOUNT];
    expect(await errors(MANAGED_STORAGE_ARN)).toEqual([
      `TARGET_AUTHORIZATION_FAILED: The catalog policy does not allow glue.amazonaws.com glue:AuthorizeInboundIntegration on ${MANAGED_STORAGE_ARN} for ${TABLE_ARN}.`,
    ]);
  });

  test("needs a resource property", async () => {
    state.resourceProperties.clear();
    expect(await errors(MANAGED_STORAGE_ARN)).toEqual([
      `UNRECOVERABLE_ACCESS_DENIED: No target processing properties exist for ${MANAGED_STORAGE_ARN}.`,
    ]);
  });

  test("needs a role that can write metrics and logs, the part that AWS publishes", async () => {
    account.roles[CATALOG_ROLE_ARN] = { trust: policy(TRUST_STATEMENT), policies: [] };
    expect(await errors(MANAGED_STORAGE_ARN)).toEqual([
      expect.stringContaining(
        `Role ${CATALOG_ROLE_ARN} lacks permissions: cloudwatch:PutMetricData on *, logs:`,
      ),
    ]);
  });

  test("is complained of once it is gone", async () => {
    const made = await integrations.create(CALLER, {
      name: "orders",
      sourceArn: TABLE_ARN,
      targetArn: MANAGED_STORAGE_ARN,
    });
    delete account.catalogs[MANAGED_STORAGE_ARN];
    expect((await integrations.settle(made))?.errors).toEqual([
      {
        ErrorCode: "TARGET_NOT_FOUND",
        ErrorMessage: `Target catalog ${MANAGED_STORAGE_ARN} does not exist.`,
      },
    ]);
  });
});
