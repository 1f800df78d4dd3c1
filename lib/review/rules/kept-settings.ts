// Settings that were taken out of the code and stay as they are.
import { CONNECTION_DEFAULT_REFRESH_INTERVAL, DYNAMODB_DEFAULT_REFRESH_INTERVAL } from "../../facts/limits";
import type { Observation } from "../finding";
import type { Integration, IntegrationState } from "../plan-view";
import { isKnown } from "../plan-view";
import { rule } from "./declare";

/** Arguments that the provider computes where the code sets none, and what they hold. */
const ARGUMENTS: Readonly<Record<string, readonly (keyof IntegrationState)[]>> = {
  data_filter: ["dataFilter"],
  description: ["description"],
  integration_config: ["refreshInterval", "continuousSync"],
};

/** What AWS itself says where nothing was ever set. */
const DEFAULTS: ReadonlySet<unknown> = new Set([
  String(DYNAMODB_DEFAULT_REFRESH_INTERVAL),
  String(CONNECTION_DEFAULT_REFRESH_INTERVAL),
  true,
  "",
]);

function kept({ before, after }: Integration, fields: readonly (keyof IntegrationState)[]): boolean {
  return fields.some((field) => {
    const value = after?.[field];
    return isKnown(value) && value === before?.[field] && !DEFAULTS.has(value);
  });
}

export const settingKept = rule({
  id: "setting-kept",
  levels: ["warn"],
  title: "a setting is not in the code, and the provider keeps the value that it has",
  check: (view) =>
    view.integrations
      .filter(({ holder, resource }) => holder === "awscc" && resource.action !== "delete")
      .flatMap((integration): Observation[] => {
        const { resource, label } = integration;
        const set = view.arguments(resource.address);
        if (set === undefined) return [];
        return Object.entries(ARGUMENTS)
          .filter(([argument, fields]) => !set.has(argument) && kept(integration, fields))
          .map(([argument]) => ({
            address: resource.address,
            reason: `${argument} of the integration ${label} is not in the code, and stays as it is`,
            consequence:
              "taking it out of the code changed nothing: the integration goes on with the value of before",
            remedy: "write the value that is wanted, even where it is the default of AWS",
            attribute: argument,
          }));
      }),
});
