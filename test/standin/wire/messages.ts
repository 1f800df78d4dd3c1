import {
  bool,
  bytes,
  type Field,
  type Fields,
  int,
  many,
  mapOf,
  message,
  type Message,
  string,
} from "./codec";

// Field numbers of the messages of tfplugin5, as far as Terraform 1.11 uses them with a provider like this one.

export const dynamicValue = { msgpack: bytes(1), json: bytes(2) };
const dynamic = (id: number): Field<Message<typeof dynamicValue>> => message(id, () => dynamicValue);

export const attributePathStep = { attributeName: string(1) };
export const attributePath = {
  steps: many(message<Message<typeof attributePathStep>>(1, () => attributePathStep)),
};
const path = (id: number): Field<Message<typeof attributePath>> => message(id, () => attributePath);

export const ERROR = 1;
export const diagnostic = { severity: int(1), summary: string(2), detail: string(3), attribute: path(4) };
export type Diagnostic = Message<typeof diagnostic>;
const diagnostics = (id: number): Field<Diagnostic[]> => many(message<Diagnostic>(id, () => diagnostic));

export const schemaAttribute = {
  name: string(1),
  type: bytes(2),
  required: bool(4),
  optional: bool(5),
  computed: bool(6),
  sensitive: bool(7),
  writeOnly: bool(10),
};

export interface BlockMessage {
  attributes?: Message<typeof schemaAttribute>[];
  blockTypes?: NestedBlockMessage[];
}
export interface NestedBlockMessage {
  typeName?: string;
  block?: BlockMessage;
  nesting?: number;
  minItems?: number;
  maxItems?: number;
}
export const NESTING = { single: 1, list: 2, set: 3, map: 4 } as const;

export const schemaBlock: Fields = {
  attributes: many(message(2, () => schemaAttribute)),
  blockTypes: many(message<NestedBlockMessage>(3, () => schemaNestedBlock)),
};
const schemaNestedBlock: Fields = {
  typeName: string(1),
  block: message<BlockMessage>(2, () => schemaBlock),
  nesting: int(3),
  minItems: int(4),
  maxItems: int(5),
};
export const schema = { version: int(1), block: message<BlockMessage>(2, () => schemaBlock) };
export type SchemaMessage = Message<typeof schema>;
const schemaField = (id: number): Field<SchemaMessage> => message(id, () => schema);

/** The methods of tfplugin5.Provider that the stand-in serves. */
export const rpcs = {
  GetSchema: {
    request: {},
    response: {
      provider: schemaField(1),
      resourceSchemas: mapOf(schemaField(2)),
      dataSourceSchemas: mapOf(schemaField(3)),
      diagnostics: diagnostics(4),
    },
  },
  PrepareProviderConfig: {
    request: { config: dynamic(1) },
    response: { preparedConfig: dynamic(1), diagnostics: diagnostics(2) },
  },
  Configure: {
    request: { terraformVersion: string(1), config: dynamic(2) },
    response: { diagnostics: diagnostics(1) },
  },
  ValidateResourceTypeConfig: {
    request: { typeName: string(1), config: dynamic(2) },
    response: { diagnostics: diagnostics(1) },
  },
  ValidateDataSourceConfig: {
    request: { typeName: string(1), config: dynamic(2) },
    response: { diagnostics: diagnostics(1) },
  },
  UpgradeResourceState: {
    request: {
      typeName: string(1),
      version: int(2),
      rawState: message<Message<typeof rawState>>(3, () => rawState),
    },
    response: { upgradedState: dynamic(1), diagnostics: diagnostics(2) },
  },
  ReadResource: {
    request: { typeName: string(1), currentState: dynamic(2) },
    response: { newState: dynamic(1), diagnostics: diagnostics(2) },
  },
  PlanResourceChange: {
    request: {
      typeName: string(1),
      priorState: dynamic(2),
      proposedNewState: dynamic(3),
      config: dynamic(4),
    },
    response: { plannedState: dynamic(1), requiresReplace: many(path(2)), diagnostics: diagnostics(4) },
  },
  ApplyResourceChange: {
    request: { typeName: string(1), priorState: dynamic(2), plannedState: dynamic(3), config: dynamic(4) },
    response: { newState: dynamic(1), diagnostics: diagnostics(3) },
  },
  ReadDataSource: {
    request: { typeName: string(1), config: dynamic(2) },
    response: { state: dynamic(1), diagnostics: diagnostics(2) },
  },
};
const rawState = { json: bytes(1) };

export type Rpc = keyof typeof rpcs;
export type Request<R extends Rpc> = Message<(typeof rpcs)[R]["request"]>;
export type Response<R extends Rpc> = Message<(typeof rpcs)[R]["response"]>;
