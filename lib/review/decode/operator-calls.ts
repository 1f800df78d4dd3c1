// What the operator is asked to manage, from the inputs of its invocations.
import { OPERATOR_KINDS } from "../../operator/protocol";
import type { OperatorKind } from "../../operator/protocol";
import type {
  Decoded,
  Field,
  IntegrationSettings,
  IntegrationSettingsState,
  OperatorCall,
  PlanObject,
  Resource,
  TableProperties,
  TablePropertiesState,
} from "../plan-view";
import { isHidden, isPlanObject, textField } from "../plan-view";
import { decoded } from "./decoded";
import { jsonAttribute, numberAt, objectsAt, textAt, textsAt } from "./document";

/** Beginning of the name of every function of the operator, `operatorName`. */
const FUNCTION = "zero-etl-operator-";

/** The call of the operator in a resource; nothing where something else is invoked. */
export function operatorCallOf(resource: Resource): OperatorCall | undefined {
  if (resource.type !== "aws_lambda_invocation" || resource.mode !== "managed") return undefined;
  const call: Decoded<Field<PlanObject>> = decoded(resource, (attributes) =>
    jsonAttribute(attributes, "input"),
  );
  const kind = kindOf(call.after) ?? kindOf(call.before);
  if (kind !== undefined) return { ...call, kind };
  return isHidden(call.after ?? call.before) && callsOperator(resource) ? call : undefined;
}

function kindOf(input: Field<PlanObject>): OperatorKind | undefined {
  const { kind, version } = isPlanObject(input) ? input : {};
  return typeof version === "number" ? OPERATOR_KINDS.find((known) => known === kind) : undefined;
}

function callsOperator({ before, after }: Resource): boolean {
  const name = textField(after ?? before ?? {}, "function_name");
  return typeof name === "string" && name.startsWith(FUNCTION);
}

/** The properties of one table, where a call is about them. */
export function tablePropertiesOf(call: OperatorCall): TableProperties | undefined {
  return call.kind === "table-properties" ? mapDecoded(call, tablePropertiesState) : undefined;
}

/** The settings of one integration, where a call is about them. */
export function integrationSettingsOf(call: OperatorCall): IntegrationSettings | undefined {
  return call.kind === "integration-settings" ? mapDecoded(call, integrationSettingsState) : undefined;
}

function tablePropertiesState(input: Field<PlanObject>): TablePropertiesState {
  return {
    resourceArn: textAt(input, "resourceArn"),
    tableName: textAt(input, "tableName"),
    unnest: textAt(input, "unnest"),
    partitionBy: objectsAt(input, "partitionBy"),
    targetTable: textAt(input, "targetTable"),
    primaryKey: textsAt(input, "primaryKey"),
    layoutVersion: numberAt(input, "layoutVersion"),
  };
}

function integrationSettingsState(input: Field<PlanObject>): IntegrationSettingsState {
  return {
    integrationArn: textAt(input, "integrationArn"),
    refreshInterval: textAt(input, "refreshInterval"),
  };
}

function mapDecoded<T>(call: OperatorCall, decode: (input: Field<PlanObject>) => T): Decoded<T> {
  const { resource } = call;
  return {
    resource,
    ...(resource.before && { before: decode(call.before) }),
    ...(resource.after && { after: decode(call.after) }),
  };
}
