// Whether changing the layout of a table would make AWS load it again.
import { AwsError, isAwsError } from "./aws-error";
import type { Integration, TableConfigs, TableKey } from "./clients";
import type { Session } from "./session";

/** Integrations in these states replicate nothing any more (user guide, "Integration states"). */
const LIFELESS: ReadonlySet<string> = new Set(["FAILED", "DELETING"]);

/** More pages than an account may have integrations. */
const MOST_PAGES = 20;

/** Why the table may be loaded again when its layout changes; nothing when no integration can replicate it. */
export async function reloadRisk(
  session: Session,
  key: TableKey,
  record: TableConfigs | undefined,
): Promise<string | undefined> {
  try {
    const integrations = await inboundIntegrations(session, key);
    const alive = integrations.filter(({ Status = "" }) => !LIFELESS.has(Status));
    // The owner that the record names may be gone, and another may replicate the table in its place by now.
    const owner = record?.TargetTableConfig?.IntegrationArn;
    const replicating =
      alive.find(({ IntegrationArn }) => IntegrationArn === owner) ??
      alive.find((integration) => mayBring(integration, key));
    return replicating && `${replicating.IntegrationArn ?? "an integration"} replicates it`;
  } catch (error) {
    if (isAwsError(error, "TargetResourceNotFound", "EntityNotFoundException", "IntegrationNotFoundFault")) {
      return undefined;
    }
    if (!(error instanceof AwsError)) throw error;
    return `whether an integration replicates it cannot be told (${error.code}: ${error.message}), so one is assumed`;
  }
}

async function inboundIntegrations(
  session: Session,
  { ResourceArn }: TableKey,
): Promise<readonly Integration[]> {
  const found: Integration[] = [];
  let marker: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const request = { TargetArn: ResourceArn, ...(marker !== undefined && { Marker: marker }) };
    const { InboundIntegrations = [], Marker } = await session.patience.call(
      `looking for integrations into ${ResourceArn}`,
      () => session.glue.describeInboundIntegrations(request),
    );
    found.push(...InboundIntegrations);
    if (Marker === undefined || Marker === "") break;
    marker = Marker;
  }
  return found;
}

// Integrations of other tables write into the same database. Of a connection it cannot be told which entities it brings.
function mayBring({ SourceArn = "" }: Integration, { TableName }: TableKey): boolean {
  const table = /^arn:[^:]+:dynamodb:[^:]+:[^:]+:table\/([^/]+)/.exec(SourceArn)?.[1];
  return table === undefined || table === TableName;
}
