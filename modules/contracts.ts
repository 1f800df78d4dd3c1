// What a source and a target are to an integration.
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { IntegrationApi } from "../lib/facts/compatibility";
import type { SourceKind, TargetKind } from "../lib/facts/kinds";
import type { EncryptionContext } from "../lib/policy/key-statements";
import type { DocumentRequirements } from "../lib/policy/requirement";
import type { TableOptions } from "../lib/rules/tables";
import type { Environment } from "./environment";
import type { CatalogPolicy } from "./shared/catalog-policy";

export type { DocumentRequirements } from "../lib/policy/requirement";

/** What every bind returns. */
export interface Binding {
  readonly arn: string;
  /** What the resource is, free of tokens and the same for the same resource: duplicates and quotas are found by it. */
  readonly key: string;
  /** What must exist before the integration does; bind returns it, because nothing else can order the integration. */
  readonly dependencies: readonly ITerraformDependable[];
  /** What documents of the user's must say. @default nothing */
  readonly requirements?: readonly DocumentRequirements[];
}

/** What a source tells the integration. */
export interface SourceBinding extends Binding {
  /** Account and region of the source, in which the integration is created. @default the integration's own */
  readonly environment?: Environment;
  /** The data that the source selects. @default all */
  readonly dataFilter?: string;
  /** The entities that the source selects. @default not known */
  readonly entities?: readonly string[] | "all";
  /** The one table that the source replicates, where it replicates one. */
  readonly table?: string;
  /** The one database within the source that is replicated, where the source has several. */
  readonly database?: string;
  /** Settings that only this kind of source has, by the names of the Glue API. @default none */
  readonly sourceProperties?: Readonly<Record<string, string>>;
}

/** An integration that Terraform has made, to what comes after it. */
export interface MadeIntegration {
  readonly integrationName: string;
  /** The last part of its ARN, known after apply. */
  readonly integrationId: string;
  /** Terraform expression of its state, where its resource reports one. */
  readonly status: string | undefined;
  readonly dependency: ITerraformDependable;
  /** The one database within the source that it replicates, where the source has several. */
  readonly sourceDatabase: string | undefined;
}

/** What a target tells the integration. */
export interface TargetBinding extends Binding {
  /** Account and region of the target. @default the integration's own */
  readonly environment?: Environment;
  /** Name of the database that the data arrives in: known beforehand, or derived from the integration's id. */
  readonly database?: string | ((integrationId: string) => string);
  /** Makes what can exist only after the integration. @default nothing */
  readonly follow?: (scope: Construct, integration: MadeIntegration) => void;
  /** ARN of the role that writes. */
  readonly roleArn?: string;
}

/** What a source learns of the integration. */
export interface SourceBindOptions {
  readonly target: TargetKind;
  /** Columns that the target table is partitioned by as they are. @default none */
  readonly identityColumns?: readonly string[];
  /** Encryption context of the integration's key. @default none */
  readonly encryptionContext?: EncryptionContext;
}

/** What a target learns of the integration. */
export interface TargetBindOptions {
  readonly source: SourceKind;
  readonly sourceArn: string;
  /** What the source is, free of tokens: `SourceBinding.key`. */
  readonly sourceKey: string;
  /** Layout of target tables, by the name of the source table. @default the defaults of AWS */
  readonly tables?: Readonly<Record<string, TableOptions>>;
  /** Account and region of the source. @default those of the target */
  readonly sourceEnvironment?: Environment;
  /** Owner of the catalog policy. @default the owner in the target's own stack */
  readonly catalogPolicy?: CatalogPolicy;
}

/** Something that an integration reads from. */
export interface IntegrationSource {
  readonly kind: SourceKind;
  /** The tables that the source has, where they are known. */
  readonly tables?: readonly string[] | undefined;
  /** The columns of the primary key of its one table, where they are known. */
  readonly keyColumns?: readonly string[] | undefined;
  /** The entities that the source selects, where it selects some. */
  readonly entities?: readonly string[] | undefined;
  /** Grants what the integration needs and returns where to read; the same result at every call. */
  bind(scope: Construct, options: SourceBindOptions): SourceBinding;
}

/** Something that an integration writes to. */
export interface IntegrationTarget {
  readonly kind: TargetKind;
  /** Whether the target grants what Lake Formation asks for, where it can. */
  readonly lakeFormation?: boolean | undefined;
  /** Grants what the integration needs and returns where to write; the same result at every call. */
  bind(scope: Construct, options: TargetBindOptions): TargetBinding;
}

/** What monitoring learns of an integration. */
export interface WatchedIntegration {
  readonly integrationName: string;
  /** ARN, known after apply. */
  readonly arn: string;
  readonly source: SourceKind;
  /** The API that serves it: what AWS Glue reports it reports of its own integrations only. */
  readonly api: IntegrationApi;
  /** Minutes between two syncs, where they are known. */
  readonly interval: number | undefined;
  /** Whether changes follow the first load. */
  readonly continuous: boolean;
  /** The account and region of the integration: its events, and what is logged of its source. */
  readonly environment: Environment;
  /** The account and region of its target: its metrics, and what is logged of its target. */
  readonly targetEnvironment: Environment;
  /** Lets the integration wait for something that must be there first. */
  readonly waitFor: (dependencies: readonly ITerraformDependable[]) => void;
}
