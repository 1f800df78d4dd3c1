// Policy documents of resources, and what changes in them.
import type { Json } from "../../json";
import { stableJson } from "../../json";
import type {
  Field,
  OperatorCall,
  PlanObject,
  PlanValue,
  Policy,
  PolicyDocument,
  PolicyKind,
  Resource,
} from "../plan-view";
import { UNKNOWN, isHidden, isKnown, isPlanObject } from "../plan-view";
import { compareDocuments } from "../policy/compare-documents";
import { documentRows } from "../policy/statement-rows";
import { at, member, parseObject, textAt } from "./document";

/** Where the documents of a resource type are. */
interface Place {
  readonly kind: PolicyKind;
  /** Attribute that holds the document. */
  readonly attribute: string;
  /** Attribute that names what it belongs to. */
  readonly subject: string;
}

const place = (kind: PolicyKind, subject: string, attribute = "policy"): Place => ({
  kind,
  attribute,
  subject,
});

/** The attributes of the AWS provider that hold the policies of what integrations touch. */
export const POLICY_PLACES: Readonly<Record<string, Place>> = {
  aws_dynamodb_resource_policy: place("dynamodb-table", "resource_arn"),
  aws_glue_resource_policy: place("catalog", "id"),
  aws_iam_policy: place("role-permissions", "name"),
  aws_iam_role: place("role-trust", "name", "assume_role_policy"),
  aws_iam_role_policy: place("role-permissions", "role"),
  aws_kms_key: place("key", "arn"),
  aws_kms_key_policy: place("key", "key_id"),
  aws_redshift_resource_policy: place("redshift-namespace", "resource_arn"),
  aws_redshiftserverless_resource_policy: place("redshift-namespace", "resource_arn"),
  aws_s3_bucket: place("bucket", "bucket"),
  aws_s3_bucket_policy: place("bucket", "bucket"),
  aws_s3tables_table_bucket_policy: place("table-bucket", "table_bucket_arn", "resource_policy"),
  aws_secretsmanager_secret: place("secret", "arn"),
  aws_secretsmanager_secret_policy: place("secret", "secret_arn"),
};

/**
 * The policy documents of a resource. `isConfigured` tells whether the configuration sets an attribute: what AWS alone fills in is
 * unknown in every plan of a creation, and no change of ours.
 */
export function policiesOf(resource: Resource, isConfigured: (attribute: string) => boolean): Policy[] {
  const found = Object.hasOwn(POLICY_PLACES, resource.type) ? POLICY_PLACES[resource.type] : undefined;
  if (found === undefined || resource.mode !== "managed") return [];
  const { kind, attribute, subject } = found;
  const sides = sidesOf(resource, (attributes) => documentOf(at(attributes, attribute)));
  const isOurs = isConfigured(attribute) || !isUnknown(sides.after);
  const main = policyOf(resource, kind, attribute, subjectOf(resource, subject), sides);
  const isThere = sides.before.state !== "absent" || sides.after.state !== "absent";
  // The provider shows every inline policy of a role here, also those that are resources of their own.
  const inline = isConfigured("inline_policy") ? inlinePolicies(resource) : [];
  return [...(isOurs && isThere ? [main] : []), ...inline];
}

/** The own statements of a policy that the operator merges; nothing where a call is about something else. */
export function mergedPolicyOf(call: OperatorCall): Policy | undefined {
  const { kind, resource } = call;
  if (kind !== "catalog-policy" && kind !== "table-policy") return undefined;
  const sides = {
    before: resource.before ? ownStatements(call.before) : ABSENT,
    after: resource.after ? ownStatements(call.after) : ABSENT,
  };
  const subject = textAt(call.after, "tableArn") ?? textAt(call.before, "tableArn");
  const policyKind = kind === "catalog-policy" ? "catalog" : "dynamodb-table";
  return { ...policyOf(resource, policyKind, "input.statements", subject, sides), isMerged: true };
}

type Sides = Pick<Policy, "before" | "after">;

const ABSENT: PolicyDocument = { state: "absent" };

function policyOf(
  resource: Resource,
  kind: PolicyKind,
  attribute: string,
  subject: Field<string>,
  { before, after }: Sides,
): Policy {
  const [earlier, later] = [statementsOf(before), statementsOf(after)];
  const isSame = before === after || earlier === undefined || later === undefined;
  const changes = isSame ? [] : compareDocuments(earlier, later);
  return { resource, kind, attribute, isMerged: false, subject, before, after, changes };
}

function statementsOf(
  document: PolicyDocument,
): Extract<PolicyDocument, { state: "known" }>["statements"] | undefined {
  if (document.state === "absent") return [];
  return document.state === "known" ? document.statements : undefined;
}

function sidesOf({ before, after }: Resource, read: (attributes: PlanObject) => PolicyDocument): Sides {
  const earlier = before ? read(before) : ABSENT;
  return { before: earlier, after: after === before ? earlier : after ? read(after) : ABSENT };
}

function subjectOf({ before, after }: Resource, attribute: string): Field<string> {
  const later = after && textAt(after, attribute);
  const earlier = before && textAt(before, attribute);
  return isKnown(later) ? later : (earlier ?? later);
}

// `inline_policy` blocks have names of their own and come in any order.
function inlinePolicies(resource: Resource): Policy[] {
  if (resource.type !== "aws_iam_role") return [];
  const [before, after] = [blocksOf(resource.before), blocksOf(resource.after)];
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.map((name) => {
    const documents = {
      before: documentOf(before.get(name)),
      after: documentOf(after.get(name)),
    };
    const subject = subjectOf(resource, "name");
    return policyOf(resource, "role-permissions", `inline_policy.${name}`, subject, documents);
  });
}

function blocksOf(attributes: PlanObject | undefined): ReadonlyMap<string, PlanValue | undefined> {
  const blocks = attributes && member(attributes, "inline_policy");
  const list: readonly PlanValue[] = Array.isArray(blocks) ? blocks : [];
  return new Map(
    list.filter(isPlanObject).flatMap((block): [string, PlanValue | undefined][] => {
      const name = textAt(block, "name");
      return isKnown(name) ? [[name, member(block, "policy")]] : [];
    }),
  );
}

function documentOf(value: PlanValue | undefined): PolicyDocument {
  if (value === undefined || value === null || value === "") return ABSENT;
  if (isHidden(value)) return { state: "hidden", hidden: value.kind };
  const statements = typeof value === "string" ? documentRows(parseObject(value)) : undefined;
  return statements === undefined || typeof value !== "string"
    ? { state: "unreadable" }
    : { state: "known", statements, text: value };
}

function ownStatements(input: Field<PlanObject>): PolicyDocument {
  const statements = isPlanObject(input) ? at(input, "statements") : (input ?? UNKNOWN);
  if (isHidden(statements)) return { state: "hidden", hidden: statements.kind };
  const document = { Version: "2012-10-17", Statement: (statements ?? []) as Json };
  const rows = documentRows(document);
  return rows === undefined
    ? { state: "unreadable" }
    : { state: "known", statements: rows, text: stableJson(document) };
}

function isUnknown(document: PolicyDocument): boolean {
  return document.state === "hidden" && document.hidden === "unknown";
}
