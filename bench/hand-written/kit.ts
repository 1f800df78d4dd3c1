// What sources, targets and integrations are made with.
import { createHash } from "node:crypto";
import { CloudcontrolapiResource } from "@cdktf/provider-aws/lib/cloudcontrolapi-resource";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import type { ITerraformDependable, TerraformStack } from "cdktf";
import { TerraformLocal } from "cdktf";
import { REGION } from "../fleet";
import type { Operator } from "./operator";
import type { Place } from "./place";
import { GLUE_TRUST, policy } from "./policies";

export const TAGS = { team: "data" };
export const CLOUDFORMATION_TAGS = [{ Key: "team", Value: "data" }];

export interface Kit {
  readonly stack: TerraformStack;
  readonly place: Place;
  readonly operator: Operator;
  readonly propertySchema: string;
}

export interface Role {
  readonly arn: string;
  readonly dependencies: readonly ITerraformDependable[];
}

export function makeRole(
  { stack, place, operator }: Kit,
  id: string,
  side: "source" | "target",
  label: string,
  permissions: readonly object[],
): Role {
  const name = `zero-etl-${side}-${label}-${REGION}`;
  const role = new IamRole(stack, `${id}-role`, {
    name,
    description:
      side === "source"
        ? "AWS Glue zero-ETL reads the connection with this role"
        : "AWS Glue zero-ETL writes into the target with this role",
    assumeRolePolicy: GLUE_TRUST,
    tags: TAGS,
  });
  const rolePolicy = new IamRolePolicy(stack, `${id}-role-policy`, {
    name: `zero-etl-${side}`,
    role: role.name,
    policy: policy(permissions),
  });
  const wait = operator.settle(name, digest(policy(permissions)), [role, rolePolicy]);
  return { arn: place.role(name), dependencies: [role, rolePolicy, wait] };
}

function digest(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

export function makeProperty(
  { stack, propertySchema }: Kit,
  id: string,
  desiredState: object,
  dependsOn: readonly ITerraformDependable[],
): ITerraformDependable {
  return new CloudcontrolapiResource(stack, `${id}-property`, {
    typeName: "AWS::Glue::IntegrationResourceProperty",
    schema: propertySchema,
    desiredState: JSON.stringify(desiredState),
    dependsOn: [...dependsOn],
  });
}

export function schemaLocal(stack: TerraformStack, id: string, schema: object): string {
  return new TerraformLocal(stack, id, JSON.stringify(schema).replace(/([$%])\{/g, "$1$1{")).asString;
}
