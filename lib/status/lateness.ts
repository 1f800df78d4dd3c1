// How old the data of an integration may get.
import type { SourceKind } from "../facts/kinds";
import { STALE_INTERVALS, defaultInterval } from "../monitoring/alarms";
import type { DescribedIntegration } from "./clients";

/** Minutes between two syncs; nothing where AWS tells and documents none, or where there is one sync and no other. */
export function refreshInterval({
  SourceArn = "",
  IntegrationConfig = {},
}: DescribedIntegration): number | undefined {
  const { RefreshInterval = "", ContinuousSync } = IntegrationConfig;
  // A one-off snapshot gets old, and is not late.
  if (ContinuousSync === false) return undefined;
  if (/^[1-9]\d*$/.test(RefreshInterval)) return Number(RefreshInterval);
  const kind = kindOf(SourceArn);
  return kind === undefined ? undefined : defaultInterval(kind);
}

/** Whether data is older than the intervals after which an alarm calls it stale. */
export function isLate(lagSeconds: number | undefined, interval: number | undefined): boolean | undefined {
  if (lagSeconds === undefined || interval === undefined) return undefined;
  return lagSeconds > STALE_INTERVALS * interval * 60;
}

// An ARN of a connection does not tell its product, and every product has the same interval.
function kindOf(sourceArn: string): SourceKind | undefined {
  const [, , service = "", , , resource = ""] = sourceArn.split(":");
  if (service === "dynamodb") return "dynamodb";
  if (service === "odb") return "oracle";
  return service === "glue" && resource.startsWith("connection/") ? "salesforce" : undefined;
}
