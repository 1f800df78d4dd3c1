// What changed between two looks, one line each.
import type { IntegrationStatus, StatusReport } from "./report";
import { plain } from "./words";

/** `12:00:15 orders-to-lake: CREATING, now ACTIVE`; at the first look every state. */
export function changeLines({ at, integrations }: StatusReport, before: StatusReport | undefined): string[] {
  return integrations.flatMap((one, index) => {
    const was = before?.integrations[index]?.state;
    if (was === one.state) return [];
    const text = was === undefined ? one.state : `${was}, now ${one.state}`;
    return [`${at.slice(11, 19)} ${called(one, integrations)}: ${plain(`${text}${why(one)}`)}`];
  });
}

// Names are those of one account and region: others may have them, too.
function called({ name, environment, region }: IntegrationStatus, all: readonly IntegrationStatus[]): string {
  const isAmbiguous = all.filter((one) => one.name === name).length > 1;
  return isAmbiguous ? `${plain(name)} (${environment ?? region})` : plain(name);
}

// Whoever waits reads these lines long before the last picture.
function why({ outcome, unknown: [reason] }: IntegrationStatus): string {
  return outcome === "unread" && reason !== undefined ? ` (${reason})` : "";
}
