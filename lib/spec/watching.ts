// What monitoring makes of the integrations of its stack.
import { integrationApi } from "../facts/compatibility";
import type { IntegrationApi } from "../facts/compatibility";
import type { Issue } from "../issues";
import { under } from "../issues";
import { defaultInterval } from "../monitoring/alarms";
import { staleAlarmRules, topicPlaceRules, unwatchedRules } from "../rules/monitoring";
import { parseRefreshInterval } from "../rules/refresh-interval";
import type { DraftDeclaration } from "./draft";
import { memberOf } from "./draft";
import type { Use } from "./uses";
import { usesOf } from "./uses";

/** The API that serves an integration, where its source and target are known. */
export function apiOf({ source, target }: Pick<Use, "source" | "target">): IntegrationApi | undefined {
  const [from, to] = [source?.value.type, target?.value.type];
  return from === undefined || to === undefined ? undefined : integrationApi(from, to);
}

/** Says what monitoring cannot watch, and which topics nothing reaches. */
export function watchingRules(declaration: DraftDeclaration): Issue[] {
  return usesOf(declaration).flatMap((use) => {
    const monitoring = memberOf(declaration.stacks, use.stack)?.monitoring;
    const api = apiOf(use);
    if (monitoring === undefined || api === undefined) return [];
    const { integration, label, source, target, path } = use;
    const name = integration.name ?? label;
    if (api === "redshift") return under(path, unwatchedRules(name, api));
    const { alarms, events } = monitoring;
    const regionOf = (environment: string | undefined): string | undefined =>
      environment === undefined ? undefined : memberOf(declaration.environments, environment)?.region;
    const at = ["stacks", use.stack, "monitoring"];
    return [
      ...(alarms === undefined
        ? []
        : [
            ...under(
              path,
              staleAlarmRules({
                ...integration,
                integrationName: name,
                api,
                interval: intervalOf(use),
                continuous: integration.continuousSync,
                staleAfter: alarms.staleAfter,
              }),
            ),
            ...topicPlaceRules([...at, "alarms", "topicArn"], alarms.topicArn, regionOf(target?.environment)),
          ]),
      ...topicPlaceRules([...at, "events", "topicArn"], events?.topicArn, regionOf(source?.environment)),
    ];
  });
}

function intervalOf({ integration, source }: Use): number | undefined {
  const { refreshInterval } = integration;
  if (refreshInterval !== undefined) return parseRefreshInterval(refreshInterval);
  const kind = source?.value.type;
  return kind === undefined ? undefined : defaultInterval(kind);
}
