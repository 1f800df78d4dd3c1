// Integrations that go, and those that are made anew in their place.
import type { Observation } from "../finding";
import type { Integration, IntegrationState, PlanView } from "../plan-view";
import { differs, isHidden, known } from "../plan-view";
import type { PlanValue } from "../plan-view";
import { rule } from "./declare";
import { listed, targetOf } from "./integrations";

/** Settings that nobody can change of an integration that exists, in the words of the API, and those that only Terraform cannot. */
const FORCING: Readonly<
  Record<string, { readonly field: keyof IntegrationState; readonly inPlace?: string }>
> = {
  IntegrationName: {
    field: "name",
    inPlace: "keep the old name: a new name is all that the replacement brings",
  },
  SourceArn: { field: "sourceArn" },
  TargetArn: { field: "targetArn" },
  KmsKeyId: { field: "kmsKeyId" },
  AdditionalEncryptionContext: { field: "encryptionContext" },
  "IntegrationConfig.RefreshInterval": {
    field: "refreshInterval",
    inPlace: "let the operator set the interval, which changes it in place (ModifyIntegration)",
  },
  "IntegrationConfig.ContinuousSync": { field: "continuousSync" },
  "IntegrationConfig.SourceProperties": { field: "sourceProperties" },
};

/** The settings by which an integration differs so that it is replaced, in the words of the API. */
function forcing({ before, after }: Integration): string[] {
  if (before === undefined || after === undefined) return [];
  return Object.entries(FORCING).flatMap(([attribute, { field }]) =>
    differs(valueOf(before[field]), valueOf(after[field])) ? [attribute] : [],
  );
}

// A field that is not set and one that is null are the same thing to AWS.
function valueOf(field: unknown): PlanValue {
  return (field ?? null) as PlanValue;
}

function replacement(integration: Integration): Observation {
  const { resource, status, before } = integration;
  const label = known(before?.name) ?? integration.label;
  const attributes = forcing(integration);
  const [attribute, ...others] = attributes;
  const cause =
    attribute === undefined
      ? resource.reason === "replace_by_request"
        ? "as it was asked to"
        : `because of ${resource.forcedBy.join(", ") || "what it waits for"}`
      : `because of ${listed(attributes)}${attributes.some((name) => hidesItself(integration, name)) ? ", which is known after apply" : ""}`;
  const failed = status === "FAILED";
  return {
    ...(failed && { level: "info" as const }),
    address: resource.address,
    reason: `replaces the integration ${label} ${cause}`,
    consequence: consequenceOf(integration),
    remedy: failed
      ? "an integration that has failed only starts again in another one: the replacement is right"
      : remedyOf(attribute, others, resource.forcedBy),
    ...(attribute !== undefined && { attribute }),
  };
}

function hidesItself({ before, after }: Integration, attribute: string): boolean {
  const field = FORCING[attribute]?.field;
  return field !== undefined && (isHidden(before?.[field]) || isHidden(after?.[field]));
}

function consequenceOf(integration: Integration): string {
  const loaded =
    "all data is loaded again into an integration with another id, and nothing arrives until that is done";
  if (targetOf(integration)?.kind !== "s3-tables") {
    return `${loaded}; grants, rules and alarms that name the old id no longer match`;
  }
  return `${loaded}; the tables move to a new namespace, zetl_ and the new id, and those in the old one stay as they are`;
}

function remedyOf(
  attribute: string | undefined,
  others: readonly string[],
  forcedBy: readonly string[],
): string {
  const inPlace = attribute === undefined ? undefined : FORCING[attribute]?.inPlace;
  if (inPlace !== undefined && others.length === 0) return inPlace;
  if (attribute === undefined && forcedBy.length === 0)
    return "plan again without what asks for the replacement";
  return "make a second integration beside it, and remove this one when the new one has loaded";
}

/** An integration that is made under the same name in the place of one that goes: its address was changed. */
function successor(view: PlanView, { before }: Integration): Integration | undefined {
  const name = known(before?.name);
  if (name === undefined) return undefined;
  return view.integrations.find(
    (other) => other.resource.action === "create" && known(other.after?.name) === name,
  );
}

export const integrationReplaced = rule({
  id: "integration-replaced",
  levels: ["block", "info"],
  title: "an integration is replaced: all of its data is loaded again, under another id",
  check: ({ integrations }) =>
    integrations.filter(({ resource }) => resource.action === "replace").map(replacement),
});

export const integrationDestroyed = rule({
  id: "integration-destroyed",
  levels: ["block"],
  title: "an integration is destroyed, or loses its address",
  check: (view) =>
    view.integrations
      .filter(({ resource }) => resource.action === "delete" && resource.deposed === undefined)
      .map((integration) => {
        const renamed = successor(view, integration);
        return {
          address: integration.resource.address,
          reason: `destroys the integration ${integration.label}`,
          consequence:
            renamed === undefined
              ? "changes no longer arrive, and nothing brings the integration back; the data in the target stays, and is billed"
              : "the integration of the same name that is made elsewhere loads all data again, and cannot be made while this one is there",
          remedy:
            renamed === undefined
              ? "leave the integration in the code until nobody reads its data"
              : `say that it moved: a moved block from ${integration.resource.address} to ${renamed.resource.address}`,
        };
      }),
});

const WORD: Readonly<Record<string, string>> = {
  NEEDS_ATTENTION: "AWS tries again for seven days, and then gives the integration up",
  FAILED: "nothing arrives any more, and AWS does not try again",
};

export const integrationUnwell = rule({
  id: "integration-unwell",
  levels: ["info"],
  title: "an integration does not work as it is",
  check: ({ integrations }) =>
    integrations
      .filter(({ after, resource }) => after !== undefined && resource.action !== "replace")
      .flatMap(({ resource, label, status = "" }) => {
        const consequence = WORD[status];
        return consequence === undefined
          ? []
          : [
              {
                address: resource.address,
                reason: `the integration ${label} is in the state ${status}`,
                consequence,
                remedy:
                  status === "FAILED"
                    ? "replace it once the cause is mended: terraform apply -replace with its address"
                    : "mend what the integration reports as its errors, in this plan or before it",
                page: "errors.md",
              },
            ];
      }),
});
