/** The parts of `terraform show -json` for a plan that tests look at. */
export interface PlanJson {
  readonly planned_values: { readonly outputs?: Readonly<Record<string, { readonly value?: unknown }>> };
  readonly resource_changes?: readonly ResourceChange[];
  readonly output_changes?: Readonly<
    Record<string, { readonly actions: readonly string[]; readonly after?: unknown }>
  >;
  readonly checks?: readonly CheckResult[];
  readonly prior_state?: StateJson;
  readonly configuration: Readonly<Record<string, unknown>>;
}

export interface ResourceChange {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>> | null;
    readonly after_unknown: Readonly<Record<string, unknown>>;
    readonly replace_paths?: readonly (readonly (string | number)[])[];
  };
  readonly action_reason?: string;
}

export interface CheckResult {
  readonly address: { readonly kind: string; readonly to_display: string; readonly name?: string };
  readonly status: "pass" | "fail" | "error" | "unknown";
  readonly instances?: readonly { readonly problems?: readonly { readonly message: string }[] }[];
}

/** The parts of `terraform show -json` for a state that tests look at. */
export interface StateJson {
  readonly values?: {
    readonly outputs?: Readonly<Record<string, { readonly value: unknown; readonly sensitive: boolean }>>;
    readonly root_module?: { readonly resources?: readonly StateResource[] };
  };
  readonly checks?: readonly CheckResult[];
}

export interface StateResource {
  readonly address: string;
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** What a plan does, by address: "create", "update", "delete,create" and so on. What it leaves alone is left out. */
export function plannedActions(plan: PlanJson): Record<string, string> {
  const changes = (plan.resource_changes ?? []).map(
    ({ address, change }) => [address, change.actions.join(",")] as const,
  );
  return Object.fromEntries(changes.filter(([, actions]) => actions !== "no-op"));
}
