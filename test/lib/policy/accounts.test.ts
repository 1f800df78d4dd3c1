import { inboundStatements } from "../../../lib/policy/catalog";
import { letInArns } from "../../../lib/policy/accounts";
import { tableExportStatement } from "../../../lib/policy/dynamodb-table";

const ADDRESS = { partition: "aws", region: "us-east-1", account: "111122223333" };
const [ORDERS, CUSTOMERS] = ["111122223333:table/orders", "444455556666:table/customers"].map(
  (table) => `arn:aws:dynamodb:us-east-1:${table}`,
) as [string, string];

test("what is let in are principals and sources, each once, and no service", () => {
  const rootArn = "arn:aws:iam::444455556666:root";
  const statements = inboundStatements({
    targetKey: "lake",
    resources: ["arn:aws:glue:us-east-1:999999999999:database/lake"],
    sources: [{ arn: CUSTOMERS, foreignAccount: { key: "customers", rootArn } }, { arn: ORDERS }],
    deployerArns: [],
  });
  expect(letInArns(statements)).toEqual([ORDERS, CUSTOMERS, rootArn]);
});

test("integrations are sources", () => {
  expect(letInArns([tableExportStatement({ address: ADDRESS })])).toEqual([
    "arn:aws:glue:us-east-1:111122223333:integration:*",
  ]);
});

test("of nothing is nothing", () => expect(letInArns([])).toEqual([]));
