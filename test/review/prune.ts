// A plan as it is kept: without what nobody reads, and the same whoever makes it, whenever and wherever.
type Value = string | number | boolean | null | Value[] | { [key: string]: Value };

/** Members of a plan that say something about the change. */
const KEPT = [
  "format_version",
  "terraform_version",
  "resource_changes",
  "resource_drift",
  "checks",
  "configuration",
  "prior_state",
];

/** Attributes that no rule reads and that are long, or differ from run to run. */
const DROPPED = new Set([
  "schema",
  "timeouts",
  "sensitive_values",
  "before_sensitive",
  "after_sensitive",
  "code_sha256",
  "filename",
  "last_modified",
  "source_code_hash",
  "source_code_size",
  "qualified_arn",
  "qualified_invoke_arn",
  "invoke_arn",
  "unique_id",
]);

/** The plan of `terraform show -json`, small and without chance in it. */
export function pruned(plan: object): object {
  const kept = Object.fromEntries(KEPT.flatMap((key) => (key in plan ? [[key, (plan as never)[key]]] : [])));
  const small = withoutDropped(kept as Value) as Small;
  const changes = [...(small.resource_changes ?? []), ...(small.resource_drift ?? [])];
  for (const { change } of changes) {
    change.before = change.before && withoutEmpty(change.before);
    change.after = change.after && withoutEmpty(change.after);
  }
  const root = small.prior_state?.values?.root_module;
  // What is managed stands in the changes, changed or not.
  if (root?.resources) root.resources = root.resources.filter(({ mode }) => mode === "data");
  return JSON.parse(withoutChance(JSON.stringify(small))) as object;
}

interface Small {
  readonly prior_state?: { readonly values?: { readonly root_module?: Root } };
  readonly resource_changes?: Change[];
  readonly resource_drift?: Change[];
}

interface Change {
  readonly change: { before: Attributes | null; after: Attributes | null };
}

type Attributes = Record<string, Value>;

/** Attributes that say nothing: most of what a provider shows. */
function withoutEmpty(attributes: Attributes): Attributes {
  const says = (value: Value) =>
    value !== null && value !== "" && (typeof value !== "object" || Object.keys(value).length > 0);
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => says(value)));
}

interface Root {
  resources?: { mode: string }[];
}

function withoutDropped(value: Value): Value {
  if (Array.isArray(value)) return value.map(withoutDropped);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !DROPPED.has(key))
      .map(([key, member]) => [key, withoutDropped(member)]),
  );
}

/** Ids that AWS makes up, each in the order in which it is met, and times. */
function withoutChance(text: string): string {
  const ids = new Map<string, string>();
  return text
    .replace(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, (id) => {
      if (id.startsWith("0a1b2c3d-")) return id;
      const known = ids.get(id) ?? `00000000-0000-4000-8000-${String(ids.size + 1).padStart(12, "0")}`;
      ids.set(id, known);
      return known;
    })
    .replace(/\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/g, "2026-01-01T00:00:00Z")
    .replace(/(?<=_\$LATEST_)[0-9a-f]{32}/g, "0".repeat(32))
    .replace(/\bA(?:RO|ID)A[A-Z0-9]{16,}\b/g, "AROAEXAMPLE0000000000")
    .replace(/\b(tfstate|lineage)":"[^"]+"/g, '$1":""');
}
