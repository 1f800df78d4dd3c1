import { readDataSource } from "./behaviour/data-sources";
import { applyChange, planChange } from "./behaviour/change";
import type { Fixtures, ResourceEvent } from "./behaviour/fixtures";
import { resourceFacts } from "./behaviour/resources";
import { type ProviderSettings, providerSettings } from "./behaviour/settings";
import type { Schemas } from "./schema/in-use";
import { schemaMessage } from "./schema/message";
import type { Block } from "./schema/types";
import { complete, mapAttributes } from "./schema/values";
import type { Message } from "./wire/codec";
import type { Handlers } from "./wire/grpc";
import { type Diagnostic, type dynamicValue, ERROR, type Rpc } from "./wire/messages";
import { decodeValue, encodeValue, isObject, type ObjectValue, type Value } from "./wire/values";

/** One call that Terraform made of the provider. */
export interface Call {
  readonly rpc: Rpc;
  /** The resource or data source type, where the call concerns one. */
  readonly type?: string;
}

/** The provider's side of the plugin protocol. Whatever throws in it becomes a diagnostic, as with the real provider. */
export function provider(schemas: Schemas, fixtures: Fixtures, record: (call: Call) => void): Handlers {
  const configurations = new WeakMap<object, ProviderSettings>();

  const settingsOf = (connection: object): ProviderSettings => {
    const settings = configurations.get(connection);
    if (!settings) throw new Error("the provider is not configured");
    return settings;
  };
  const resource = (type = ""): Block => known(schemas.resources.get(type)?.block, type);
  const dataSource = (type = ""): Block => known(schemas.dataSources.get(type)?.block, type);

  /** Lets a fixture have its say on what happens to a resource. */
  const tell = (type: string, block: Block, event: ResourceEvent): ObjectValue | null => {
    const answer = fixtures.resources?.[type]?.(event);
    return answer === null ? null : complete(block, { ...event.state, ...answer });
  };

  const handlers: Handlers = {
    GetSchema: () => ({
      provider: schemaMessage(schemas.provider),
      resourceSchemas: mapValues(schemas.resources, schemaMessage),
      dataSourceSchemas: mapValues(schemas.dataSources, schemaMessage),
    }),

    PrepareProviderConfig: ({ config }) => ({ preparedConfig: config ?? {} }),

    Configure: ({ config }, connection) => {
      configurations.set(connection, providerSettings(object(config)));
      return {};
    },

    ValidateResourceTypeConfig: ({ typeName, config }) => ({
      diagnostics: invalid(resource(typeName), object(config), resourceFacts(typeName ?? "").json ?? []),
    }),

    ValidateDataSourceConfig: ({ typeName, config }) => ({
      diagnostics: invalid(dataSource(typeName), object(config), []),
    }),

    // States are only ever written by this version of the schema, so there is nothing to upgrade.
    UpgradeResourceState: ({ rawState }) => ({
      upgradedState: { json: rawState?.json ?? Buffer.from("null") },
    }),

    ReadResource: ({ typeName = "", currentState }, connection) => {
      const event = {
        operation: "read",
        state: object(currentState),
        provider: settingsOf(connection),
      } as const;
      return { newState: dynamic(tell(typeName, resource(typeName), event)) };
    },

    PlanResourceChange: ({ typeName = "", priorState, proposedNewState, config }, connection) => {
      const proposed = value(proposedNewState);
      if (!isObject(proposed)) return { plannedState: dynamic(null) };
      const prior = value(priorState);
      const { planned, replacedBy } = planChange(
        {
          type: typeName,
          block: resource(typeName),
          prior: isObject(prior) ? prior : null,
          proposed,
          config: object(config),
        },
        settingsOf(connection),
      );
      return {
        plannedState: dynamic(planned),
        requiresReplace: replacedBy.map((attributeName) => ({ steps: [{ attributeName }] })),
      };
    },

    ApplyResourceChange: ({ typeName = "", priorState, plannedState }, connection) => {
      const block = resource(typeName);
      const settings = settingsOf(connection);
      const planned = value(plannedState);
      if (!isObject(planned)) {
        tell(typeName, block, { operation: "delete", state: object(priorState), provider: settings });
        return { newState: dynamic(null) };
      }
      const operation = value(priorState) === null ? "create" : "update";
      const state = applyChange(typeName, block, planned, settings);
      return { newState: dynamic(tell(typeName, block, { operation, state, provider: settings })) };
    },

    ReadDataSource: ({ typeName = "", config }, connection) => {
      const block = dataSource(typeName);
      const settings = settingsOf(connection);
      const asked = object(config);
      const given = Object.fromEntries(
        Object.entries(asked).filter(([, item]) => item !== null && !isEmpty(item)),
      );
      const region = block.attributes["region"]?.computed ? { region: settings.region } : {};
      return {
        state: dynamic(
          complete(block, { ...region, ...readDataSource(typeName, asked, settings, fixtures), ...given }),
        ),
      };
    },
  };

  const recorded = Object.entries(handlers).map(([rpc, handler]) => [
    rpc,
    guarded(rpc as Rpc, handler as Handler, record),
  ]);
  return Object.fromEntries(recorded) as Handlers;
}

type Handler = (request: { typeName?: string }, connection: object) => object;

function guarded(rpc: Rpc, handler: Handler, record: (call: Call) => void): Handler {
  return (request, connection) => {
    record(request.typeName === undefined ? { rpc } : { rpc, type: request.typeName });
    try {
      return handler(request, connection);
    } catch (error) {
      return {
        diagnostics: [{ severity: ERROR, summary: error instanceof Error ? error.message : String(error) }],
      };
    }
  };
}

/** What Terraform leaves for the provider to refuse. */
function invalid(block: Block, config: ObjectValue, jsonAttributes: readonly string[]): Diagnostic[] {
  const found: Diagnostic[] = [];
  const refuse = (attributeName: string, summary: string): void => {
    found.push({ severity: ERROR, summary, attribute: { steps: [{ attributeName }] } });
  };
  mapAttributes(block, config, (content, { computed, optional }, name) => {
    if (computed && !optional && content !== null)
      refuse(name, `Value for unconfigurable attribute: ${name}`);
    return content;
  });
  for (const name of jsonAttributes) {
    const content = config[name];
    if (typeof content === "string" && !isJson(content))
      refuse(name, `"${name}" contains an invalid JSON document`);
  }
  return found;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const value = (dynamicContent: Message<typeof dynamicValue> | undefined): Value =>
  dynamicContent?.msgpack ? decodeValue(dynamicContent.msgpack) : null;

function object(dynamicContent: Message<typeof dynamicValue> | undefined): ObjectValue {
  const content = value(dynamicContent);
  if (!isObject(content)) throw new Error("Terraform sent no object where the protocol asks for one");
  return content;
}

const dynamic = (content: Value): Message<typeof dynamicValue> => ({ msgpack: encodeValue(content) });

const isEmpty = (content: Value): boolean => Array.isArray(content) && content.length === 0;

const mapValues = <T, R>(map: ReadonlyMap<string, T>, change: (item: T) => R): Record<string, R> =>
  Object.fromEntries(Array.from(map, ([key, item]) => [key, change(item)]));

function known<T>(found: T | undefined, type: string): T {
  if (found === undefined) throw new Error(`no schema was offered for ${type}`);
  return found;
}
