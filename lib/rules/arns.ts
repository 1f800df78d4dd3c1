// The shapes of the ARNs that a declaration holds.
import type { Length } from "../facts/limits";
import { ROLE_ARN } from "../facts/limits";
import type { Issue, IssueCode, IssuePath } from "../issues";
import { error } from "../issues";
import { lengthRules, show } from "./text";

interface ArnShape {
  readonly code: IssueCode;
  /** What has such an ARN: `a role`. */
  readonly what: string;
  readonly pattern: RegExp;
  readonly expected: string;
}

const shape = (code: IssueCode, what: string, body: string, expected: string): ArnShape => ({
  code,
  what,
  pattern: new RegExp(`^arn:aws[a-z-]*:${body}$`),
  expected,
});

const REGION = "[a-z0-9-]+";
const ACCOUNT = "\\d{12}";

/** What each kind of ARN looks like. */
export const ARN_SHAPES = {
  role: shape(
    "role-arn",
    "a role",
    `iam::${ACCOUNT}:role/[\\w+=,.@/-]*[\\w+=,.@-]`,
    "arn:aws:iam::111122223333:role/name",
  ),
  deployer: shape(
    "deployer-arn",
    "a role, a user or an account",
    `iam::${ACCOUNT}:(?:root|(?:role|user)/[\\w+=,.@/-]*[\\w+=,.@-])`,
    "arn:aws:iam::111122223333:role/name, or a user in its place",
  ),
  kmsKey: shape(
    "kms-key-arn",
    "a KMS key",
    `kms:${REGION}:${ACCOUNT}:key/[A-Za-z0-9-]+`,
    "arn:aws:kms:us-east-1:111122223333:key/id",
  ),
  integration: shape(
    "integration-arn",
    "an integration",
    `(?:glue|redshift):${REGION}:${ACCOUNT}:integration:[A-Za-z0-9-]+`,
    "arn:aws:glue:us-east-1:111122223333:integration:id, or redshift in the place of glue",
  ),
  eventBus: shape(
    "event-bus-arn",
    "an event bus",
    `events:${REGION}:${ACCOUNT}:event-bus/[\\w./-]+`,
    "arn:aws:events:us-east-1:111122223333:event-bus/name",
  ),
  topic: shape(
    "topic-arn",
    "an SNS topic",
    `sns:${REGION}:${ACCOUNT}:[\\w-]+(?:\\.fifo)?`,
    "arn:aws:sns:us-east-1:111122223333:name",
  ),
  secret: shape(
    "secret-arn",
    "a secret",
    `secretsmanager:${REGION}:${ACCOUNT}:secret:[\\w/+=.@-]+`,
    "arn:aws:secretsmanager:us-east-1:111122223333:secret:name",
  ),
  oracle: shape(
    "oracle-arn",
    "an Oracle VM cluster",
    `odb:${REGION}:${ACCOUNT}:cloud-(?:autonomous-)?vm-cluster/[\\w-]+`,
    "arn:aws:odb:us-east-1:111122223333:cloud-vm-cluster/id, or cloud-autonomous-vm-cluster in its place",
  ),
  // AWS separates the id by a colon for a provisioned namespace and by a slash for a serverless one.
  namespace: shape(
    "namespace-arn",
    "a Redshift namespace",
    `(?:redshift:${REGION}:${ACCOUNT}:namespace:|redshift-serverless:${REGION}:${ACCOUNT}:namespace/)[A-Za-z0-9-]+`,
    "arn:aws:redshift:us-east-1:111122223333:namespace:id, or arn:aws:redshift-serverless:us-east-1:111122223333:namespace/id",
  ),
} as const;

/** Refuses a text that is not the kind of ARN it should be. */
export function arnRules(
  { code, what, pattern, expected }: ArnShape,
  path: IssuePath,
  noun: string,
  value: string | undefined,
): Issue[] {
  if (value === undefined || pattern.test(value)) return [];
  return [
    error(code, path, `${noun} is not the ARN of ${what}`, { got: show(value), expected, ...mend(value) }),
  ];
}

/** Refuses a role ARN that Glue does not take: another shape, or more than 128 characters. */
export function roleArnRules(path: IssuePath, noun: string, value: string | undefined): Issue[] {
  const issues = arnRules(ARN_SHAPES.role, path, noun, value);
  if (issues.length > 0) return issues;
  return lengthRules(
    "role-arn-length",
    path,
    noun,
    value,
    ROLE_ARN,
    "shorten the path or the name of the role",
  );
}

/** Refuses a KMS key ARN of another shape, and one that is longer than where it goes allows. */
export function kmsKeyArnRules(
  path: IssuePath,
  noun: string,
  value: string | undefined,
  limit?: Length,
): Issue[] {
  const issues = arnRules(ARN_SHAPES.kmsKey, path, noun, value);
  if (issues.length > 0 || limit === undefined) return issues;
  return lengthRules("kms-key-arn-length", path, noun, value, limit);
}

/** The account of an ARN that has one. */
export function accountOf(arn: string): string | undefined {
  const account = arn.split(":")[4];
  return account !== undefined && /^\d{12}$/.test(account) ? account : undefined;
}

// The mistakes that ARNs of these kinds invite.
function mend(value: string): { readonly remedy?: string } {
  const session = /^arn:(aws[a-z-]*):sts::(\d{12}):assumed-role\/([^/]+)\//.exec(value);
  if (session !== null) {
    return {
      remedy: `name the role, not its session: arn:${session[1]}:iam::${session[2]}:role/${session[3]}`,
    };
  }
  if (/:kms:.*:alias\//.test(value))
    return { remedy: "name the key itself: policies do not apply to an alias" };
  if (/:integration\//.test(value)) return { remedy: "AWS separates the id by a colon: integration:id" };
  if (/:redshift:.*:namespace\//.test(value))
    return { remedy: "a provisioned namespace has a colon before its id" };
  if (/:redshift-serverless:.*:namespace:/.test(value))
    return { remedy: "a serverless namespace has a slash before its id" };
  if (value.includes("*")) return { remedy: "name one resource, without a wildcard" };
  return {};
}
