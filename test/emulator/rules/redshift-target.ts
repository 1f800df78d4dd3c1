// A Redshift data warehouse as target, for both APIs: encrypted, case sensitive, and its policy lets the source in.
import { allows } from "../../support/policy-evaluator";
import type { NamespaceFacts } from "../account";
import { type Caller, principalOf } from "../operation";
import type { IntegrationError } from "../state";
import { AwsError } from "../wire";
import { type Rule, type Side, problem } from "./rule";

interface Ends {
  readonly sourceArn: string;
  readonly targetArn: string;
}

export function warehouseProblems(
  namespace: NamespaceFacts | undefined,
  { sourceArn, targetArn }: Ends,
): IntegrationError[] {
  if (namespace === undefined) {
    return [problem("TARGET_NOT_FOUND", `The specified integration target ${targetArn} can't be found.`)];
  }
  const problems: IntegrationError[] = [];
  if (!namespace.available) {
    problems.push(problem("TARGET_NOT_AVAILABLE", `The warehouse of ${targetArn} is not available.`));
  }
  if (namespace.nodeType !== undefined && !namespace.nodeType.startsWith("ra3.")) {
    problems.push(
      problem(
        "TARGET_NODE_TYPE_NOT_SUPPORTED",
        `Node type ${namespace.nodeType} of ${targetArn} is not supported: it must be RA3.`,
      ),
    );
  }
  if (!namespace.encrypted) {
    problems.push(problem("TARGET_NOT_ENCRYPTED", `The cluster of ${targetArn} is not encrypted.`));
  }
  if (!namespace.caseSensitive) {
    problems.push(
      problem(
        "TARGET_NOT_CASE_SENSITIVE",
        `enable_case_sensitive_identifier is not true for the warehouse of ${targetArn}.`,
      ),
    );
  }
  const authorized = allows("resource", documentsOf(namespace), {
    principal: { Service: "redshift.amazonaws.com" },
    action: "redshift:AuthorizeInboundIntegration",
    resource: targetArn,
    context: { "aws:SourceArn": sourceArn },
  });
  if (!authorized) {
    problems.push(
      problem(
        "TARGET_AUTHORIZATION_FAILED",
        `The resource policy of ${targetArn} does not allow redshift.amazonaws.com redshift:AuthorizeInboundIntegration for ${sourceArn}.`,
      ),
    );
  }
  return problems;
}

/** What the namespace's own account must allow to a caller of another one. */
export function mayCreateInbound(
  namespace: NamespaceFacts,
  caller: Caller,
  { sourceArn, targetArn }: Ends,
): boolean {
  return allows("resource", documentsOf(namespace), {
    principal: { AWS: principalOf(caller) },
    action: "redshift:CreateInboundIntegration",
    resource: targetArn,
    context: { "aws:SourceArn": sourceArn },
  });
}

/** Errors of the Glue API for what it cannot leave to the future. */
const CODES: Readonly<Record<string, string>> = {
  TARGET_NOT_FOUND: "ResourceNotFoundException",
  TARGET_AUTHORIZATION_FAILED: "AccessDeniedException",
};

/** The warehouse is asked at once, so that nothing is left for later but what changes afterwards. */
export const REDSHIFT_TARGET: Rule = {
  async refuse({ arn, account, integration }: Side, caller: Caller) {
    const namespace = await account.namespace(arn);
    const foreign = arn.account !== integration.account;
    if (namespace !== undefined && foreign && !mayCreateInbound(namespace, caller, integration)) {
      return new AwsError(
        "AccessDeniedException",
        `User: ${principalOf(caller)} is not authorized to perform: redshift:CreateInboundIntegration on resource: ${arn.text}`,
      );
    }
    const [first] = warehouseProblems(namespace, integration);
    return first && new AwsError(CODES[first.ErrorCode] ?? "ValidationException", first.ErrorMessage);
  },

  async problems({ arn, account, integration }: Side) {
    return warehouseProblems(await account.namespace(arn), integration);
  },
};

function documentsOf({ policy }: NamespaceFacts) {
  return policy === undefined ? [] : [policy];
}
