// Resources that hashicorp/aws has no type of its own for, managed through AWS Cloud Control.
import { CloudcontrolapiResource } from "@cdktf/provider-aws/lib/cloudcontrolapi-resource";
import type { TerraformResourceLifecycle } from "cdktf";
import { TerraformLocal, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Json } from "../../lib/json";
import { stableJson } from "../../lib/json";
import type { Environment } from "../environment";
import { findOrMake, namespace } from "../shared/namespace";
import { escapeTemplate, json } from "../tokens";

export interface CloudControlResourceProps {
  readonly environment: Environment;
  /** CloudFormation type name, `AWS::Service::Type`. */
  readonly typeName: string;
  /** The CloudFormation schema of the type. */
  readonly schema: Json;
  readonly desiredState: { readonly [property: string]: Json | undefined };
  readonly lifecycle?: TerraformResourceLifecycle;
}

/** One resource under Cloud Control, whose desired state is JSON with sorted keys: another order would plan an update. */
export class CloudControlResource extends CloudcontrolapiResource {
  constructor(scope: Construct, id: string, props: CloudControlResourceProps) {
    const { environment, typeName, schema, desiredState, lifecycle = {} } = props;
    super(scope, id, {
      ...environment.providerConfig,
      typeName,
      // With the schema at hand a plan validates the desired state and needs no cloudformation:DescribeType.
      schema: schemaOf(scope, typeName, schema),
      desiredState: json(desiredState),
      ...(Object.keys(lifecycle).length > 0 && { lifecycle }),
    });
  }

  /** Terraform expression of a property that AWS reports. */
  reported(property: string): string {
    return `jsondecode(${this.fqn}.properties).${property}`;
  }
}

/** Tags in the form that CloudFormation types take. */
export function cloudFormationTags({
  tags,
}: Environment): { readonly Key: string; readonly Value: string }[] | undefined {
  const keys = Object.keys(tags).sort();
  return keys.length === 0 ? undefined : keys.map((Key) => ({ Key, Value: tags[Key] ?? "" }));
}

// A local per stack: the schema is 2 KB, and a stack may hold hundreds of resources of one type.
function schemaOf(scope: Construct, typeName: string, schema: Json): string {
  const locals = namespace(TerraformStack.of(scope), "CloudFormationSchema");
  const text = (): string => escapeTemplate(stableJson(schema));
  return findOrMake(locals, typeName.replaceAll("::", ""), (id) => new TypeSchema(locals, id, text()))
    .reference;
}

class TypeSchema extends TerraformLocal {
  /** One token for hundreds of resources: every call of `asString` makes another, with a stack trace. */
  readonly reference = this.asString;
}
