// What changed between two looks, one line each.
import type { StatusReport } from "./report";
import { plain } from "./words";

/** `12:00:15 orders-to-lake: CREATING, now ACTIVE`; at the first look every state. */
export function changeLines({ at, integrations }: StatusReport, before: StatusReport | undefined): string[] {
  return integrations.flatMap(({ name, state }, index) => {
    const was = before?.integrations[index]?.state;
    if (was === state) return [];
    const text = was === undefined ? state : `${was}, now ${state}`;
    return [`${at.slice(11, 19)} ${plain(name)}: ${text}`];
  });
}
