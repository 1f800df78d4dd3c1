// The integration operations of the Redshift API: members in, members out.
import type { Operations } from "../operation";
import type { IntegrationError } from "../state";
import type { JsonObject } from "../wire";
import type { Asked, RedshiftIntegration, RedshiftIntegrations, RedshiftTag } from "./integrations";

/** Without a key of the customer's, the key that AWS owns. */
const AWS_OWNED_KEY = "AWS_OWNED_KMS_KEY";

export function redshiftIntegrationOperations(integrations: RedshiftIntegrations): Operations {
  return {
    "redshift.CreateIntegration": async ({ caller, input }) =>
      present(await integrations.create(caller, input as Asked), "creating"),
    "redshift.ModifyIntegration": ({ caller, input }) =>
      present(integrations.modify(caller, String(input["IntegrationArn"]), input as Asked), "modifying"),
    "redshift.DeleteIntegration": ({ caller, input }) =>
      present(integrations.delete(caller, String(input["IntegrationArn"])), "deleting"),
    "redshift.DescribeIntegrations": async ({ caller, input }) => {
      const { IntegrationArn, Filters = [] } = input as Asked;
      const looked =
        IntegrationArn === undefined ? integrations.list(caller) : [integrations.get(caller, IntegrationArn)];
      const described: JsonObject[] = [];
      for (const one of looked) {
        const seen = await integrations.observe(one);
        if (seen !== undefined) described.push(present(one, seen.status, seen.errors));
      }
      if (IntegrationArn !== undefined && described.length === 0) integrations.get(caller, IntegrationArn);
      return { Integrations: described.filter((one) => Filters.every((filter) => passes(one, filter))) };
    },
  };
}

/** The tags of an integration; those of everything else are moto's. */
export function redshiftTagOperations(integrations: RedshiftIntegrations): Operations {
  const ours = (arn: unknown): boolean => /:integration:/.test(String(arn));
  return {
    "redshift.CreateTags": async ({ caller, input, form, moto }) => {
      if (!ours(input["ResourceName"])) return moto.query("redshift", "CreateTags", form);
      const one = integrations.get(caller, String(input["ResourceName"]));
      const added = (input["Tags"] ?? []) as readonly RedshiftTag[];
      one.tags = [...one.tags.filter(({ Key }) => !added.some((tag) => tag.Key === Key)), ...added];
      return {};
    },
    "redshift.DeleteTags": async ({ caller, input, form, moto }) => {
      if (!ours(input["ResourceName"])) return moto.query("redshift", "DeleteTags", form);
      const one = integrations.get(caller, String(input["ResourceName"]));
      const keys = (input["TagKeys"] ?? []) as readonly string[];
      one.tags = one.tags.filter(({ Key }) => !keys.includes(Key));
      return {};
    },
  };
}

/** How Redshift calls the filters, and what they look at. */
const FILTERS: Readonly<Record<string, string>> = {
  "integration-arn": "IntegrationArn",
  "source-arn": "SourceArn",
  "source-types": "SourceArn",
  status: "Status",
};

function passes(integration: JsonObject, { Name, Values }: NonNullable<Asked["Filters"]>[number]): boolean {
  const actual = String(integration[FILTERS[Name] ?? ""]);
  return Name === "source-types"
    ? Values.some((value) => actual.split(":")[2] === value)
    : Values.includes(actual);
}

function present(
  integration: RedshiftIntegration,
  status: string,
  errors: readonly IntegrationError[] = [],
): JsonObject {
  const { arn, name, sourceArn, targetArn, description, kmsKeyId, encryptionContext } = integration;
  return {
    IntegrationArn: arn,
    IntegrationName: name,
    SourceArn: sourceArn,
    TargetArn: targetArn,
    Status: status,
    Errors: errors,
    CreateTime: integration.createTime,
    Description: description,
    KMSKeyId: kmsKeyId ?? AWS_OWNED_KEY,
    AdditionalEncryptionContext: encryptionContext,
    Tags: integration.tags,
  };
}
