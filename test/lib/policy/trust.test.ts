import { policyDocument } from "../../../lib/policy/statement";
import { GLUE_ROLE_TRUST, LAMBDA_ROLE_TRUST } from "../../../lib/policy/trust";
import type { PolicyDocument } from "../../support/policy-evaluator";
import { allows } from "../../support/policy-evaluator";

describe.each([
  ["AWS Glue", GLUE_ROLE_TRUST, "glue.amazonaws.com", "lambda.amazonaws.com"],
  ["AWS Lambda", LAMBDA_ROLE_TRUST, "lambda.amazonaws.com", "glue.amazonaws.com"],
])("the trust policy of %s", (_, statement, service, other) => {
  const trust = policyDocument([statement]) as unknown as PolicyDocument;

  test("lets it assume the role", () => {
    expect(allows("trust", [trust], { principal: { Service: service }, action: "sts:AssumeRole" })).toBe(
      true,
    );
  });

  test.each([{ Service: other }, { AWS: "arn:aws:iam::111122223333:root" }])("refuses %j", (principal) => {
    expect(allows("trust", [trust], { principal, action: "sts:AssumeRole" })).toBe(false);
  });
});
