// How many integrations there are, and how many change at once: both ends of every limit.
import {
  INTEGRATIONS_PER_ACCOUNT,
  INTEGRATIONS_PER_SOURCE,
  INTEGRATIONS_PER_TARGET,
  PARALLEL_INTEGRATIONS_PER_TARGET,
} from "../../../../lib/facts/limits";
import {
  accountQuota,
  integrationsCollide,
  manyOnOneTarget,
  sourceQuota,
  targetQuota,
} from "../../../../lib/review/rules/quotas";
import type { WrittenResource } from "../../../review/view";
import { said, writtenPlan } from "../../../review/view";
import { arnOf, integration, newIntegration } from "../../../review/written";

type Make = (name: string, state?: object) => WrittenResource;

function many(
  count: number,
  spread: (index: number) => object,
  make: Make = newIntegration,
): WrittenResource[] {
  return Array.from({ length: count }, (_, index) =>
    make(`i${String(index).padStart(2, "0")}`, spread(index)),
  );
}

const apart = (index: number) => ({
  SourceArn: arnOf.table(`t${index}`),
  TargetArn: arnOf.database(`d${index}`),
});
const ofOneSource = (index: number) => ({ TargetArn: arnOf.database(`d${index}`) });
const ofOneTarget = (index: number) => ({ SourceArn: arnOf.table(`t${index}`) });

describe.each([
  [accountQuota, INTEGRATIONS_PER_ACCOUNT, apart, "in one account and region"],
  [sourceQuota, INTEGRATIONS_PER_SOURCE, ofOneSource, "of one source"],
  [targetQuota, INTEGRATIONS_PER_TARGET, ofOneTarget, "into one target"],
])("the quota of $id", (rule, limit, spread, where) => {
  test(`is kept by ${limit}`, () => {
    expect(said(rule, writtenPlan(many(limit, spread)))).toEqual([]);
  });

  test(`is broken by ${limit + 1}, once`, () => {
    const found = said(rule, writtenPlan(many(limit + 1, spread)));
    expect(found.map(({ reason }) => reason)).toEqual([
      `there are more than ${limit} integrations ${where}, the default quota (${limit + 1} integrations)`,
    ]);
  });

  test("is broken by the new integration, whatever its name", () => {
    const view = writtenPlan([newIntegration("a", spread(limit)), ...many(limit, spread, integration)]);
    expect(said(rule, view).map(({ address }) => address)).toEqual(["aws_cloudcontrolapi_resource.a"]);
  });

  test("is no news where it was broken before", () => {
    expect(said(rule, writtenPlan(many(limit + 1, spread, integration)))).toEqual([]);
  });

  test("is kept by what is left after the plan", () => {
    const gone = { ...integration("a", spread(limit)), after: null };
    expect(said(rule, writtenPlan([gone, ...many(limit, spread)]))).toEqual([]);
  });
});

test("a quota counts the stacks that are reviewed together, and is reported in one of them", () => {
  const [first, second] = [
    writtenPlan(many(20, apart), { stack: "first" }),
    writtenPlan(
      many(6, (index) => apart(index + 20)),
      { stack: "second" },
    ),
  ];
  const all = [first, second];
  expect(said(accountQuota, first, all)).toEqual([]);
  expect(said(accountQuota, second, all)).toHaveLength(1);
  expect(said(accountQuota, second)).toEqual([]);
});

test("another account or region has a quota of its own", () => {
  const elsewhere = { SourceArn: arnOf.table("t").replace("us-east-1", "eu-west-1") };
  expect(said(accountQuota, writtenPlan([...many(25, apart), newIntegration("other", elsewhere)]))).toEqual(
    [],
  );
});

describe("integrations at once", () => {
  const busy = (count: number, references: (index: number) => readonly string[] = () => []) =>
    writtenPlan(many(count, ofOneTarget).map((one, index) => ({ ...one, references: references(index) })));
  const limit = PARALLEL_INTEGRATIONS_PER_TARGET;

  test(`are ${limit} at most, unless they are ordered`, () => {
    expect(said(manyOnOneTarget, busy(limit))).toEqual([]);
    expect(said(manyOnOneTarget, busy(limit + 1)).map(({ reason }) => reason)).toEqual([
      `makes or destroys ${limit + 1} integrations of ${arnOf.database("lake")} at once`,
    ]);
  });

  test("in lanes are as many as there are lanes", () => {
    const before = (index: number) =>
      index < limit ? [] : [`aws_cloudcontrolapi_resource.i${String(index - limit).padStart(2, "0")}`];
    expect(said(manyOnOneTarget, busy(20, before))).toEqual([]);
  });

  test("that wait for what they all need do not wait for each other", () => {
    expect(
      said(
        manyOnOneTarget,
        busy(limit + 1, () => ["aws_iam_role.target"]),
      ),
    ).toHaveLength(1);
  });

  test("that go count, those that stay do not", () => {
    const all = many(limit + 1, ofOneTarget, integration);
    expect(said(manyOnOneTarget, writtenPlan(all))).toEqual([]);
    expect(said(manyOnOneTarget, writtenPlan(all.map((one) => ({ ...one, after: null }))))).toHaveLength(1);
  });

  test("into different targets are not in each other's way", () => {
    expect(said(manyOnOneTarget, writtenPlan(many(20, apart)))).toEqual([]);
  });
});

describe("two integrations", () => {
  test("of one name collide", () => {
    const view = writtenPlan([
      integration("one", { IntegrationName: "orders" }),
      newIntegration("two", { IntegrationName: "orders", ...apart(1) }),
    ]);
    expect(said(integrationsCollide, view).map(({ address, reason }) => [address, reason])).toEqual([
      [
        "aws_cloudcontrolapi_resource.two",
        'two integrations of one account and region have the name "orders"',
      ],
    ]);
  });

  test("of one table into one target collide", () => {
    const view = writtenPlan([integration("one"), newIntegration("two")]);
    expect(said(integrationsCollide, view).map(({ reason }) => reason)).toEqual([
      'two integrations replicate a table "orders" into one target',
    ]);
  });

  test("that have been so before are no news", () => {
    expect(said(integrationsCollide, writtenPlan([integration("one"), integration("two")]))).toEqual([]);
  });
});
