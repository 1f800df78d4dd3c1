// What monitoring makes of the integrations of its stack.
import { integrationApi } from "../facts/compatibility";
import type { IntegrationApi } from "../facts/compatibility";
import type { Issue } from "../issues";
import { under, warning } from "../issues";
import { defaultInterval } from "../monitoring/alarms";
import { staleAlarmRules, topicPlaceRules, unwatchedRules } from "../rules/monitoring";
import { parseRefreshInterval } from "../rules/refresh-interval";
import type { DraftDeclaration } from "./draft";
import { memberOf } from "./draft";
import { laterOnes } from "./later-ones";
import type { Use } from "./uses";
import { usesOf } from "./uses";

/** The API that serves an integration, where its source and target are known. */
export function apiOf({ source, target }: Pick<Use, "source" | "target">): IntegrationApi | undefined {
  const [from, to] = [source?.value.type, target?.value.type];
  return from === undefined || to === undefined ? undefined : integrationApi(from, to);
}

/** Says what monitoring cannot watch, which topics nothing reaches, and which events are sent twice. */
export function watchingRules(declaration: DraftDeclaration): Issue[] {
  const uses = usesOf(declaration);
  return [...watchedRules(declaration, uses), ...eventsTwice(declaration, uses)];
}

function watchedRules(declaration: DraftDeclaration, uses: readonly Use[]): Issue[] {
  return uses.flatMap((use) => {
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

// A rule hears of every integration of an account and region, whichever stack made it.
function eventsTwice(declaration: DraftDeclaration, uses: readonly Use[]): Issue[] {
  const told = uses.flatMap((use) => {
    const { stack, source, environmentKey } = use;
    if (memberOf(declaration.stacks, stack)?.monitoring?.events === undefined || apiOf(use) !== "glue")
      return [];
    return [{ stack, place: source?.environmentKey ?? environmentKey }];
  });
  const once = [...new Map(told.map((one) => [JSON.stringify([one.stack, one.place]), one])).values()];
  return laterOnes(once, ({ place }) => place).map(({ later, first }) =>
    warning(
      "events-twice",
      ["stacks", later.stack, "monitoring", "events"],
      `stacks ${first.stack} and ${later.stack} both send the events of every integration of one account and region`,
      {
        at: "key",
        remedy: "leave events to one of them, unless both topics are to hear of all",
        related: [["stacks", first.stack, "monitoring", "events"]],
      },
    ),
  );
}

function intervalOf({ integration, source }: Use): number | undefined {
  const { refreshInterval } = integration;
  if (refreshInterval !== undefined) return parseRefreshInterval(refreshInterval);
  const kind = source?.value.type;
  return kind === undefined ? undefined : defaultInterval(kind);
}
