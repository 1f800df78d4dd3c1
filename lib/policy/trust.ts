// Who may assume the roles that integrations read and write with.
import { GLUE_SERVICE, LAMBDA_SERVICE } from "./principals";
import type { Statement } from "./statement";

/** Lets AWS Glue assume a source or target role. AWS documents no condition here, and none is known to be safe. */
export const GLUE_ROLE_TRUST: Statement = {
  Effect: "Allow",
  Principal: { Service: [GLUE_SERVICE] },
  Action: ["sts:AssumeRole"],
};

/** Lets AWS Lambda run the function of the operator with its role. */
export const LAMBDA_ROLE_TRUST: Statement = {
  Effect: "Allow",
  Principal: { Service: [LAMBDA_SERVICE] },
  Action: ["sts:AssumeRole"],
};
