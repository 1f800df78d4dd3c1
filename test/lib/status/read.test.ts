// What AWS may answer that an emulated account does not: clients in memory.
import type { StatusClients } from "../../../lib/status/clients";
import { assess } from "../../../lib/status/assess";
import { readStatus } from "../../../lib/status/read";
import { statusText } from "../../../lib/status/text";
import type { Wanted } from "../../../lib/status/wanted";

const NOW = new Date("2026-09-30T12:00:00Z");
const ARN = "arn:aws:glue:us-east-1:111122223333:integration:1";
const WANTED: Wanted = { name: "a", api: "glue", place: { region: "us-east-1" } };

function clients(changed: Partial<StatusClients> = {}): StatusClients {
  return {
    account: () => Promise.resolve("111122223333"),
    integrations: () =>
      Promise.resolve({ integrations: [{ IntegrationArn: ARN, IntegrationName: "a", Status: "ACTIVE" }] }),
    metrics: () => Promise.resolve({ metrics: [] }),
    metricData: () => Promise.reject(new Error("nothing was asked for")),
    ...changed,
  };
}

const fails = (name: string, message: string) => () =>
  Promise.reject(Object.assign(new Error(message), { name, $fault: "client" }));

async function statusOf(changed: Partial<StatusClients>, wanted: Wanted = WANTED) {
  const { integrations } = assess(await readStatus([wanted], () => clients(changed), NOW), NOW);
  return integrations[0];
}

test.each([
  [
    "ThrottlingException",
    "Rate exceeded",
    "its state: AWS throttled reading the integrations of us-east-1 in spite of several tries; run it again in a minute",
  ],
  ["AccessDeniedException", "No.", "its state: access denied: allow glue:DescribeIntegrations"],
  [
    "AccessDeniedException",
    "User: arn:aws:sts::111122223333:assumed-role/ci/x is not authorized to perform: glue:DescribeIntegrations on resource: * with an explicit deny in a service control policy",
    "its state: access denied: allow glue:DescribeIntegrations; AWS speaks of an explicit deny in a service control policy",
  ],
  [
    "InternalServerException",
    "Sorry.",
    "its state: reading the integrations of us-east-1 failed: InternalServerException: Sorry",
  ],
])("integrations: %s", async (code, message, unknown) => {
  expect(await statusOf({ integrations: fails(code, message) })).toMatchObject({
    state: "UNREAD",
    unknown: [unknown],
  });
});

test.each([
  ["ThrottlingException", true],
  ["TooManyRequestsException", true],
  ["InternalServerException", true],
  ["ServiceUnavailable", true],
  ["ETIMEDOUT", true],
  ["EAI_AGAIN", true],
  ["TimeoutError", true],
  ["ENOTFOUND", undefined],
  ["ECONNREFUSED", undefined],
  ["AccessDeniedException", undefined],
  ["ExpiredTokenException", undefined],
  ["CredentialsProviderError", undefined],
])("what passes by itself is marked: %s", async (code, passes) => {
  for (const call of ["account", "integrations"] as const) {
    const status = await statusOf({ [call]: fails(code, "No.") });
    expect(status?.state).toBe("UNREAD");
    expect(status?.passes).toBe(passes);
  }
});

test.each([
  [
    "CredentialsProviderError",
    "Could not load credentials from any providers",
    "there are no AWS credentials; log in, or set AWS_PROFILE to a profile that has some",
  ],
  [
    "CredentialsProviderError",
    "Could not resolve credentials using profile: [nope] in configuration/credentials file(s).",
    "there are no AWS credentials: Could not resolve credentials using profile: [nope] in configuration/credentials file(s)",
  ],
  [
    "CredentialsProviderError",
    "The SSO session associated with this profile has expired. To refresh this SSO session run aws sso login with the corresponding profile.",
    "the AWS credentials have expired; log in again",
  ],
  [
    "InvalidClientTokenId",
    "The security token included in the request is invalid.",
    "AWS refuses the credentials: InvalidClientTokenId: The security token included in the request is invalid; check them, the clock, and whether the account has this region enabled",
  ],
  [
    "ENOTFOUND",
    "getaddrinfo ENOTFOUND sts.us-esat-1.amazonaws.com",
    "AWS could not be reached: ENOTFOUND: getaddrinfo ENOTFOUND sts.us-esat-1.amazonaws.com; check the network, the proxy and the region",
  ],
  [
    "EAI_AGAIN",
    "getaddrinfo EAI_AGAIN sts.us-east-1.amazonaws.com",
    "AWS could not be reached: EAI_AGAIN: getaddrinfo EAI_AGAIN sts.us-east-1.amazonaws.com; check the network, the proxy and the region",
  ],
  [
    "ERR_INVALID_URL",
    "Invalid URL",
    "an endpoint is no URL; check AWS_ENDPOINT_URL and endpoint_url of the profile",
  ],
  [
    "SELF_SIGNED_CERT_IN_CHAIN",
    "self-signed certificate in certificate chain",
    "the certificate of AWS is not trusted: SELF_SIGNED_CERT_IN_CHAIN: self-signed certificate in certificate chain; behind a proxy, set NODE_EXTRA_CA_CERTS to its certificates",
  ],
  [
    "ValidationException",
    "Credential should be scoped to a valid region.",
    "reading the account of the credentials failed: ValidationException: Credential should be scoped to a valid region",
  ],
  [
    "ExpiredTokenException",
    "The security token included in the request is expired",
    "the AWS credentials have expired; log in again",
  ],
])("the account: %s", async (code, message, why) => {
  expect(await statusOf({ account: fails(code, message) })).toMatchObject({ unknown: [`its state: ${why}`] });
});

test("metrics that are throttled to the end leave the state", async () => {
  expect(await statusOf({ metrics: fails("ThrottlingException", "Rate exceeded") })).toMatchObject({
    state: "ACTIVE",
    unknown: ["last sync: AWS throttled reading metrics in spite of several tries; run it again in a minute"],
  });
});

describe("metrics", () => {
  const syncing = (value: number, table?: string): Partial<StatusClients> => ({
    metrics: () =>
      Promise.resolve({
        metrics: [
          {
            MetricName: "LastSyncTimestamp",
            Dimensions: [
              { Name: "integrationArn", Value: ARN },
              ...(table === undefined ? [] : [{ Name: "tableName", Value: table }]),
            ],
          },
          { MetricName: "InsertCount", Dimensions: [] },
        ],
      }),
    metricData: ({ queries }) =>
      Promise.resolve({ series: queries.map(({ id }) => ({ Id: id, Timestamps: [NOW], Values: [value] })) }),
  });

  test.each([
    ["milliseconds", Date.parse("2026-09-30T11:00:00Z")],
    ["seconds", Date.parse("2026-09-30T11:00:00Z") / 1000],
  ])("the last sync in %s", async (_unit, value) => {
    expect(await statusOf(syncing(value, "orders"))).toMatchObject({
      lastSync: "2026-09-30T11:00:00.000Z",
      lagSeconds: 3600,
      tables: [{ table: "orders" }],
    });
  });

  test("a sync that is ahead of this clock has no lag", async () => {
    expect(await statusOf(syncing(NOW.getTime() + 5_000, "orders"))).toMatchObject({ lagSeconds: 0 });
  });

  test("a sync of no moment is none", async () => {
    const status = await statusOf(syncing(0, "orders"));
    expect(status).not.toHaveProperty("lastSync");
    expect(status?.unknown).toEqual([
      "last sync of orders: no table of that name was synced in the last two weeks",
    ]);
  });

  test("metrics that name no table are of the integration", async () => {
    expect(await statusOf(syncing(NOW.getTime()))).toMatchObject({ tables: [{ table: "" }] });
  });

  test("only metrics that say something are asked for, at most 70 at once", async () => {
    const asked: number[] = [];
    const metrics = Array.from({ length: 150 }, (_, index) => ({
      MetricName: "IngestionSucceeded",
      Dimensions: [{ Name: "tableName", Value: `t${index}` }],
    }));
    await statusOf({
      metrics: () => Promise.resolve({ metrics: [...metrics, { MetricName: "DeleteCount" }] }),
      metricData: ({ queries }) => {
        asked.push(queries.length);
        return Promise.resolve({ series: [] });
      },
    });
    expect(asked).toEqual([70, 70, 10]);
  });
});

test("an error of a role whose action is not in the catalogue names the action", async () => {
  const message =
    "User: arn:aws:sts::111122223333:assumed-role/target/x is not authorized to perform: s3:PutObject on resource: y";
  const status = await statusOf({
    integrations: () =>
      Promise.resolve({
        integrations: [
          {
            IntegrationArn: ARN,
            IntegrationName: "a",
            Status: "NEEDS_ATTENTION",
            Errors: [{ ErrorCode: "client_error", ErrorMessage: message }, {}],
          },
        ],
      }),
  });
  expect(status?.errors).toEqual([
    {
      code: "client_error",
      message,
      remedy: "allow s3:PutObject to the role that the message names",
      entry: "role-permissions",
    },
    { code: "Unknown", message: "" },
  ]);
});

test("a state that AWS has added later is in progress, and said to be unknown", async () => {
  const status = await statusOf({
    integrations: () => Promise.resolve({ integrations: [{ IntegrationName: "a", Status: "PAUSED" }] }),
  });
  expect(status).toMatchObject({
    state: "PAUSED",
    outcome: "progress",
    next: "look the state PAUSED up in the AWS Glue user guide: this version does not know it",
    unknown: ["last sync: AWS did not tell the ARN"],
  });
});

test("fifty integrations are a line each", async () => {
  const names = Array.from({ length: 50 }, (_, index) => `n${index}`);
  const all = clients({
    integrations: () =>
      Promise.resolve({
        integrations: names.map((name) => ({
          IntegrationName: name,
          IntegrationArn: `${ARN}${name}`,
          Status: "ACTIVE",
        })),
      }),
    metrics: fails("AccessDeniedException", "No."),
  });
  const readings = await readStatus(
    names.map((name) => ({ ...WANTED, name })),
    () => all,
    NOW,
  );
  const lines = statusText(assess(readings, NOW), { docs: "" }).split("\n");
  expect(lines.filter((line) => / ACTIVE /.test(line))).toHaveLength(50);
});

test.each([
  [60, "  n                ACTIVE           -                 -"],
  [59, "  n                                 ACTIVE           -"],
  [40, "  n              ACTIVE           -"],
  [20, "  n              ACTIVE           -"],
])("a window of %d columns", async (columns, line) => {
  const readings = await readStatus(
    [{ ...WANTED, name: "n" }],
    () => clients({ integrations: named("n") }),
    NOW,
  );
  const lines = statusText(assess(readings, NOW), { docs: "", columns }).split("\n");
  expect(lines).toContain(line);
  for (const one of lines) expect(one.length).toBeLessThanOrEqual(Math.max(40, columns));
});

function named(name: string): StatusClients["integrations"] {
  return () =>
    Promise.resolve({ integrations: [{ IntegrationArn: ARN, IntegrationName: name, Status: "ACTIVE" }] });
}
