// The same Terraform, written by hand in plain CDKTF: what a team would write that has no library, and does it well.
import { CloudcontrolapiResource } from "@cdktf/provider-aws/lib/cloudcontrolapi-resource";
import type { LambdaInvocation } from "@cdktf/provider-aws/lib/lambda-invocation";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { RedshiftIntegration } from "@cdktf/provider-aws/lib/redshift-integration";
import type { App, ITerraformDependable, TerraformResourceLifecycle } from "cdktf";
import {
  DataResource,
  Fn,
  LocalBackend,
  TerraformOutput,
  TerraformStack,
  Token,
  dependable,
  ref,
} from "cdktf";
import integrationSchema from "../../lib/facts/cloudformation/aws-glue-integration.json";
import propertySchema from "../../lib/facts/cloudformation/aws-glue-integrationresourceproperty.json";
import type { FleetIntegration, FleetStack } from "../fleet";
import { REGION } from "../fleet";
import type { Kit } from "./kit";
import { CLOUDFORMATION_TAGS, TAGS, schemaLocal } from "./kit";
import { Operator } from "./operator";
import { placeOf } from "./place";
import { catalogStatement } from "./policies";
import type { Source } from "./sources";
import { makeSource } from "./sources";
import type { Target } from "./targets";
import { makeTarget } from "./targets";

/** How many integrations of one target are made at once. */
const AT_ONCE = 4;

interface Ends {
  readonly source: Source;
  readonly target: Target;
}

export class HandWrittenStack extends TerraformStack {
  private readonly schema: string;
  private readonly operator: Operator;

  constructor(app: App, fleet: FleetStack) {
    super(app, fleet.name);
    this.addOverride("terraform.required_version", ">= 1.5");
    this.addOverride("terraform.required_providers.aws", {
      source: "hashicorp/aws",
      version: ">= 6.0, < 7.0",
    });
    new LocalBackend(this, { path: `../../../terraform.${fleet.name}.tfstate` });
    new AwsProvider(this, "aws", { region: REGION, allowedAccountIds: [fleet.account] });
    this.schema = schemaLocal(this, "integration-schema", integrationSchema);
    const place = placeOf(fleet.account);
    this.operator = new Operator(this, place);
    const kit: Kit = {
      stack: this,
      place,
      operator: this.operator,
      propertySchema: schemaLocal(this, "property-schema", propertySchema),
    };

    const integrations = Object.entries(fleet.integrations).sort(([a], [b]) => (a < b ? -1 : 1));
    for (const [label, target] of Object.entries(fleet.targets)) {
      const into = integrations.filter(([, integration]) => integration.target === label);
      const sources = into.map(([id, integration]) => {
        const source = fleet.sources[integration.source];
        if (source === undefined) throw new Error(`no source for the integration ${id}`);
        return makeSource(kit, integration.source, source, target.type === "redshift");
      });
      const made = makeTarget(
        kit,
        label,
        target,
        sources.map(({ arn }) => arn),
      );
      this.catalogStatements(label, made, sources);
      const queue: ITerraformDependable[] = [];
      into.forEach(([id, integration], index) => {
        const source = sources[index];
        if (source === undefined) return;
        const native = target.type === "redshift" && source.arn.includes(":dynamodb:");
        const before = queue[index - AT_ONCE];
        const dependsOn = [
          ...source.dependencies,
          ...made.dependencies,
          ...(made.catalogResources === undefined ? [] : [this.catalogPolicy]),
          ...(before === undefined ? [] : [before]),
        ];
        const ends = { source, target: made };
        queue.push(
          native
            ? this.redshiftIntegration(id, ends, dependsOn)
            : this.glueIntegration(id, integration, ends, dependsOn),
        );
      });
    }
    if (this.madeCatalogPolicy !== undefined) {
      this.madeCatalogPolicy.input = this.operator.catalogInput(this.statements);
    }
    this.operator.finish();
  }

  private readonly statements: object[] = [];
  private madeCatalogPolicy: LambdaInvocation | undefined;

  // One document for all targets of the account, which is complete at the end.
  private get catalogPolicy(): LambdaInvocation {
    this.madeCatalogPolicy ??= this.operator.catalogPolicy();
    return this.madeCatalogPolicy;
  }

  private catalogStatements(label: string, { catalogResources }: Target, sources: readonly Source[]): void {
    if (catalogResources === undefined) return;
    this.statements.push(
      catalogStatement(
        `Authorize${label.replace(/[^A-Za-z0-9]/g, "")}`,
        catalogResources,
        sources.map(({ arn }) => arn),
      ),
    );
  }

  private redshiftIntegration(
    name: string,
    { source, target }: Ends,
    dependsOn: readonly ITerraformDependable[],
  ): ITerraformDependable {
    const integration = new RedshiftIntegration(this, `${name}-integration`, {
      integrationName: name,
      sourceArn: source.arn,
      targetArn: target.arn,
      tags: TAGS,
      lifecycle: { preventDestroy: true },
      dependsOn: [...dependsOn],
    });
    this.outputs(name, `${integration.fqn}.arn`, source, target);
    return integration;
  }

  private glueIntegration(
    name: string,
    { refreshInterval }: FleetIntegration,
    { source, target }: Ends,
    dependsOn: readonly ITerraformDependable[],
  ): ITerraformDependable {
    const { dataFilter, sourceProperties } = source;
    const desired = {
      ...(dataFilter !== undefined && { DataFilter: dataFilter }),
      ...(sourceProperties !== undefined && { IntegrationConfig: { SourceProperties: sourceProperties } }),
      IntegrationName: name,
      SourceArn: source.arn,
      Tags: CLOUDFORMATION_TAGS,
      TargetArn: target.arn,
    };
    const integration = new CloudcontrolapiResource(this, `${name}-integration`, {
      typeName: "AWS::Glue::Integration",
      schema: this.schema,
      // The ARN of a namespace is known to Terraform only.
      desiredState: target.roleArn === undefined ? Fn.jsonencode(desired) : JSON.stringify(desired),
      lifecycle: this.lifecycle(name, sourceProperties),
      dependsOn: [...dependsOn],
    });
    const status = `jsondecode(${integration.fqn}.properties).Status`;
    const arn = `split("|", ${integration.fqn}.id)[0]`;
    if (refreshInterval !== undefined) {
      const known = Token.asString(ref(arn));
      this.operator.settings(name, known, refreshInterval.replace("m", ""), integration);
    }
    this.addOverride(`check.${name}-status.assert`, [
      {
        condition: `\${try(!contains(["FAILED","NEEDS_ATTENTION"], ${status}), false)}`,
        error_message: `the integration ${name} is in state \${try(${status}, "unknown")}. NEEDS_ATTENTION: AWS retries for seven days, so mend the cause and wait; FAILED: only a new integration helps. See the cause: aws glue describe-integrations --integration-identifier \${try(${arn}, "(its ARN)")}`,
      },
    ]);
    this.outputs(name, arn, source, target);
    return integration;
  }

  // Cloud Control plans a change of these in place, and refuses it.
  private lifecycle(name: string, sourceProperties: object | undefined): TerraformResourceLifecycle {
    if (sourceProperties === undefined) return { preventDestroy: true };
    const input = JSON.stringify({ sourceProperties }) as unknown as object;
    const immutable = new DataResource(this, `${name}-immutable`, { input });
    return { preventDestroy: true, replaceTriggeredBy: [dependable(immutable)] };
  }

  private outputs(name: string, arn: string, source: Source, { database, roleArn }: Target): void {
    const output = (id: string, value: unknown, description: string): void => {
      if (value === undefined) return;
      new TerraformOutput(this, `${name}_${id}`, { value, description, staticId: true });
    };
    output("integration_arn", `\${${arn}}`, `ARN of the integration ${name}`);
    output("target_database", database?.(`\${split(":", ${arn})[6]}`), "Database that the data arrives in");
    output("target_role_arn", roleArn, "Role that writes into the target");
    output(
      "required_statements",
      source.secretStatements,
      "What policies must say; what is not applied is up to those who manage them",
    );
  }
}
