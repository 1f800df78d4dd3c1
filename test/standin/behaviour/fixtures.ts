import type { ObjectValue } from "../wire/values";
import type { ProviderSettings } from "./settings";

export interface ResourceEvent {
  readonly operation: "create" | "read" | "update" | "delete";
  /** What is planned for a create or an update, else what the state holds. */
  readonly state: ObjectValue;
  readonly provider: ProviderSettings;
}

/**
 * What the account is taken to hold and to do, by type. The attributes that a function returns take the place of the usual
 * answer's and are completed from the schema; an error that it throws becomes the provider's.
 */
export interface Fixtures {
  readonly dataSources?: Readonly<
    Record<string, (config: ObjectValue, provider: ProviderSettings) => ObjectValue>
  >;
  /** Returns attributes to put in place of the made-up ones, or null at a read for a resource that is gone. */
  readonly resources?: Readonly<Record<string, (event: ResourceEvent) => ObjectValue | null | void>>;
}
