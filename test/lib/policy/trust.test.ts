import { policyDocument } from "../../../lib/policy/statement";
import { GLUE_ROLE_TRUST } from "../../../lib/policy/trust";
import type { PolicyDocument } from "../../support/policy-evaluator";
import { allows } from "../../support/policy-evaluator";

describe("the trust policy", () => {
  const trust = policyDocument([GLUE_ROLE_TRUST]) as unknown as PolicyDocument;

  test("lets AWS Glue assume the role", () => {
    expect(
      allows("trust", [trust], { principal: { Service: "glue.amazonaws.com" }, action: "sts:AssumeRole" }),
    ).toBe(true);
  });

  test.each([{ Service: "lambda.amazonaws.com" }, { AWS: "arn:aws:iam::111122223333:root" }])(
    "refuses %j",
    (principal) => {
      expect(allows("trust", [trust], { principal, action: "sts:AssumeRole" })).toBe(false);
    },
  );
});
