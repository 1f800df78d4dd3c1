// A Redshift data warehouse as a target.
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { namespacePlaceRules, otherStackRules, redshiftTargetRules } from "../../lib/rules/redshift-target";
import { RedshiftClusterLookup } from "../checks/redshift-cluster-lookup";
import type { RedshiftWarehouse } from "../checks/redshift-warehouse";
import { RedshiftWorkgroupLookup } from "../checks/redshift-workgroup-lookup";
import type { IntegrationTarget, MadeIntegration, TargetBindOptions, TargetBinding } from "../contracts";
import { Environment } from "../environment";
import { literalRules, report } from "../report";
import type { NamespaceOwner } from "../shared/namespace-policy";
import { NamespacePolicy } from "../shared/namespace-policy";
import { literals } from "../tokens";
import { DestinationDatabase } from "./destination-database";

/** Exactly one of `cluster`, `workgroup` and `namespaceArn` names the warehouse; name one warehouse in one way only. */
export interface RedshiftTargetProps {
  /** Identifier of an existing provisioned cluster, 1 to 63 characters (Redshift API). */
  readonly cluster?: string;
  /** Name of an existing serverless workgroup, 3 to 64 characters (Redshift Serverless API). */
  readonly workgroup?: string;
  /**
   * ARN of the namespace of an existing warehouse. Nothing is looked up then: that the warehouse is encrypted and that its
   * identifiers are case-sensitive is not checked.
   */
  readonly namespaceArn?: string;
  /**
   * Name of the database to make of the integration, 1 to 127 bytes (Redshift developer guide); an integration has one of its
   * own. The statement runs as the master user of a cluster, which takes `redshift:GetClusterCredentials`, and in a workgroup
   * as whoever runs Terraform, who needs the privileges CREATEDB and CREATEUSER there. The database is never dropped.
   * @default none: data flows once somebody has made one
   */
  readonly database?: string;
  /** Account and region of the warehouse. @default the stack's environment */
  readonly environment?: Environment;
}

/** A Redshift data warehouse, provisioned or serverless, whose namespace lets integrations in. */
export class RedshiftTarget extends Construct implements IntegrationTarget {
  readonly kind = "redshift";
  private readonly environment: Environment;

  /** Throws `ZeroEtlError` for what AWS would refuse. */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: RedshiftTargetProps,
  ) {
    super(scope, id);
    this.environment = props.environment ?? Environment.of(this);
    const { cluster, workgroup, namespaceArn, database } = props;
    // First, for what is not known would seem to be missing.
    report(this, literalRules({ cluster, workgroup, namespaceArn, database }));
    report(this, [
      ...redshiftTargetRules(props),
      ...namespacePlaceRules(namespaceArn, literals(this.environment)),
    ]);
  }

  /** Throws `ZeroEtlError` for an integration of another stack, unless `namespaceArn` names the warehouse. */
  bind(scope: Construct, { sourceArn, sourceEnvironment }: TargetBindOptions): TargetBinding {
    const { environment } = this;
    const { database } = this.props;
    if (TerraformStack.of(scope) !== TerraformStack.of(environment))
      report(this, otherStackRules(this.props));
    const warehouse = this.lookUp();
    const { sqlAccess } = warehouse;
    const source = { arn: sourceArn, foreignAccount: sourceEnvironment?.foreignTo(environment) };
    const owner = this.owner(warehouse);
    const policy = NamespacePolicy.of(environment, owner);
    return {
      arn: warehouse.namespaceArn,
      // A cluster and a workgroup may have one name.
      key: `${environment.key} redshift/${owner.kind}/${owner.name}`,
      environment,
      dependencies: [policy.allow(this, source, warehouse.dependencies)],
      ...(database !== undefined && { database }),
      ...(database !== undefined &&
        sqlAccess !== undefined && {
          follow: (after: Construct, integration: MadeIntegration) => {
            new DestinationDatabase(after, "Database", { environment, sqlAccess, database, integration });
          },
        }),
    };
  }

  // One of the three is there: the rules have seen to it.
  private lookUp(): RedshiftWarehouse {
    const { environment } = this;
    const { cluster, workgroup, namespaceArn = "" } = this.props;
    if (cluster !== undefined) return RedshiftClusterLookup.of(environment, cluster);
    if (workgroup !== undefined) return RedshiftWorkgroupLookup.of(environment, workgroup);
    return { namespaceArn, dependencies: [] };
  }

  private owner({ namespaceArn }: RedshiftWarehouse): NamespaceOwner {
    const { cluster, workgroup } = this.props;
    if (cluster !== undefined) return { kind: "cluster", name: cluster, namespaceArn };
    if (workgroup !== undefined) return { kind: "workgroup", name: workgroup, namespaceArn };
    // The id of the namespace is the rest; its account and region are those of the environment.
    return { kind: "namespace", name: namespaceArn.split(":").slice(5).join(":"), namespaceArn };
  }
}
