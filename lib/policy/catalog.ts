// What the Glue catalog policy must allow so that integrations can write into a target of the catalog.
import { sid } from "../names";
import { GLUE_SERVICE } from "./principals";
import type { Statement } from "./statement";

/** The right to send data from some sources into one target of the catalog. */
export interface InboundGrant {
  /** What the target is, free of tokens: the statement ids derive from it. */
  readonly targetKey: string;
  /** ARNs of the catalog and of the target in it. */
  readonly resources: readonly string[];
  readonly sourceArns: readonly string[];
  /** Who may create integrations into the target; none: an identity policy of the same account must allow it. */
  readonly deployerArns: readonly string[];
}

/**
 * The statements of one target: the service is always authorised; naming a deployer adds the right to create.
 * Sources of one target share its statements, because the document as a whole is limited in size.
 */
export function inboundStatements(grant: InboundGrant): Statement[] {
  const shared = {
    Effect: "Allow" as const,
    Resource: [...grant.resources].sort(),
    Condition: { StringEquals: { "aws:SourceArn": [...grant.sourceArns].sort() } },
  };
  const authorize: Statement = {
    ...shared,
    Sid: sid("ZeroEtlAuthorize", grant.targetKey),
    Principal: { Service: [GLUE_SERVICE] },
    Action: ["glue:AuthorizeInboundIntegration"],
  };
  if (grant.deployerArns.length === 0) return [authorize];
  const create: Statement = {
    ...shared,
    Sid: sid("ZeroEtlCreate", grant.targetKey),
    Principal: { AWS: [...grant.deployerArns].sort() },
    Action: ["glue:CreateInboundIntegration"],
  };
  return [authorize, create];
}
