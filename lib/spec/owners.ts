// Documents that exist once in AWS, of which two stacks would each write their own.
import type { Issue, IssueCode } from "../issues";
import { error } from "../issues";
import { show } from "../rules/text";
import { S3_TABLES_CATALOG } from "../arn";
import type { DraftDeclaration } from "./draft";
import { entriesOf, memberOf } from "./draft";
import { laterOnes } from "./later-ones";
import type { PolicyMode } from "./types";
import { apiOf } from "./watching";
import type { Use } from "./uses";

/** A document and the stack that writes it. */
interface Claim {
  readonly stack: string;
  readonly document: string;
  /** Whether the stack leaves what others write into the document as it is. @default false */
  readonly merges?: boolean;
}

/** Refuses two stacks that write one document: each would remove what the other wrote. */
export function ownerRules(declaration: DraftDeclaration, uses: readonly Use[]): Issue[] {
  return [
    ...owners(
      catalogPolicies(declaration, uses),
      "catalog-policy-owners",
      "the Glue catalog policy of one account and region",
      "set catalogPolicy: merge in both, or put the targets into one stack, and refer to them as <stack>/<label> from others",
    ),
    ...owners(
      tablePolicies(uses),
      "table-policy-owners",
      "the policy of one DynamoDB table",
      "set tablePolicy: merge in both, or put the source into one stack, and refer to it as <stack>/<label> from the other",
    ),
    ...owners(
      namespacePolicies(uses),
      "namespace-policy-owners",
      "the policy of one Redshift namespace",
      "put the target into one stack, and refer to it as <stack>/<label> from the other",
    ),
    ...owners(
      resourceProperties(uses),
      "resource-property-owners",
      "the resource property of one target or connection",
      "put it into one stack, and refer to it as <stack>/<label> from the other",
    ),
    ...owners(
      federatedCatalogs(uses),
      "federated-catalog-owners",
      "the catalog of S3 Tables of one account and region",
      "leave createCatalog to one of them",
    ),
    ...owners(
      logGroups(declaration, uses),
      "log-retention-owners",
      "the log group of one account and region",
      "leave logRetentionDays to one of them",
    ),
    ...stateOwners(declaration),
  ];
}

function catalogPolicies(declaration: DraftDeclaration, uses: readonly Use[]): Claim[] {
  return uses.flatMap(({ target }) => {
    if (target?.value.type === undefined || target.value.type === "redshift") return [];
    const mode = memberOf(declaration.stacks, target.stack)?.catalogPolicy;
    return writing(mode, { stack: target.stack, document: target.environmentKey });
  });
}

function tablePolicies(uses: readonly Use[]): Claim[] {
  return uses.flatMap(({ source, sourceKey }) =>
    source?.value.type === "dynamodb"
      ? writing(source.value.tablePolicy, { stack: source.stack, document: sourceKey })
      : [],
  );
}

function writing(mode: PolicyMode = "merge", claim: Claim): Claim[] {
  return mode === "external" ? [] : [{ ...claim, merges: mode === "merge" }];
}

function namespacePolicies(uses: readonly Use[]): Claim[] {
  return uses.flatMap(({ target, targetKey }) =>
    target?.value.type === "redshift" ? [{ stack: target.stack, document: targetKey }] : [],
  );
}

function resourceProperties(uses: readonly Use[]): Claim[] {
  return uses.flatMap(({ source, target, sourceKey, targetKey }) => [
    ...(source !== undefined && "connection" in source.value
      ? [{ stack: source.stack, document: sourceKey }]
      : []),
    ...(target?.value.type === undefined || target.value.type === "redshift"
      ? []
      : [{ stack: target.stack, document: targetKey }]),
  ]);
}

function federatedCatalogs(uses: readonly Use[]): Claim[] {
  return uses.flatMap(({ target }) =>
    target?.value.type === "s3-tables" && target.value.createCatalog === true
      ? [
          {
            stack: target.stack,
            document: JSON.stringify([target.environmentKey, target.value.catalog ?? S3_TABLES_CATALOG]),
          },
        ]
      : [],
  );
}

function logGroups(declaration: DraftDeclaration, uses: readonly Use[]): Claim[] {
  return uses.flatMap(({ stack, source, target, environmentKey }) => {
    if (memberOf(declaration.stacks, stack)?.monitoring?.logRetentionDays === undefined) return [];
    if (apiOf({ source, target }) === "redshift") return [];
    const places = new Set([
      source?.environmentKey ?? environmentKey,
      target?.environmentKey ?? environmentKey,
    ]);
    return [...places].map((document) => ({ stack, document }));
  });
}

function owners(claims: readonly Claim[], code: IssueCode, document: string, remedy: string): Issue[] {
  // Each stack once, however many of its integrations need the document.
  const distinct = [
    ...new Map(claims.map((claim) => [JSON.stringify([claim.document, claim.stack]), claim])).values(),
  ];
  const collisions = laterOnes(distinct, (claim) => claim.document);
  return collisions.flatMap(({ later, first }) =>
    later.merges === true && first.merges === true
      ? []
      : [
          error(
            code,
            ["stacks", later.stack],
            `stacks ${first.stack} and ${later.stack} would both write ${document}, and each would remove what the other wrote`,
            {
              at: "key",
              expected: "one stack that writes it",
              remedy,
              related: [["stacks", first.stack]],
            },
          ),
        ],
  );
}

function stateOwners(declaration: DraftDeclaration): Issue[] {
  const states = entriesOf(declaration.stacks).flatMap(([stack, { backend }]) => {
    const { bucket, key } = backend?.s3 ?? {};
    return bucket === undefined || key === undefined ? [] : [{ stack, bucket, key }];
  });
  return laterOnes(states, ({ bucket, key }) => JSON.stringify([bucket, key])).map(({ later, first }) =>
    error(
      "duplicate-state",
      ["stacks", later.stack, "backend", "s3", "key"],
      `stacks ${first.stack} and ${later.stack} would keep their state in one file`,
      {
        got: show(`s3://${later.bucket}/${later.key}`),
        remedy: "give each stack a key of its own: each would destroy what the other made",
        related: [["stacks", first.stack, "backend", "s3", "key"]],
      },
    ),
  );
}
