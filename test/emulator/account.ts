// What the rules ask about the account: an interface, so that they can be tested without a running moto.
import type { PolicyDocument } from "../support/policy-evaluator";
import { type Arn, parseArn } from "./arns";

export interface TableFacts {
  readonly status: string;
  readonly pointInTimeRecovery: boolean;
  /** Absent when the table uses the key that AWS owns. */
  readonly kmsKeyArn?: string;
  readonly policy?: PolicyDocument;
}

export interface DatabaseFacts {
  readonly locationUri?: string;
  readonly description?: string;
}

export interface RoleFacts {
  readonly trust: PolicyDocument;
  /** Inline and attached policies. */
  readonly policies: readonly PolicyDocument[];
}

export interface ConnectionFacts {
  /** Glue API, Connection.ConnectionType. */
  readonly type: string;
}

export interface CatalogFacts {
  /** All table buckets, Redshift Managed Storage, or something that no integration writes into. */
  readonly kind: "other" | "redshift" | "s3-tables";
}

/** A namespace together with the cluster or workgroup that runs it. */
export interface NamespaceFacts {
  readonly available: boolean;
  readonly encrypted: boolean;
  readonly caseSensitive: boolean;
  /** Absent for a serverless namespace. */
  readonly nodeType?: string;
  readonly policy?: PolicyDocument;
}

export interface VmClusterFacts {
  /** Of the network that the cluster is in. */
  readonly zeroEtlAccess: boolean;
}

export interface SecretFacts {
  /** Absent when the secret uses the key that AWS manages. */
  readonly kmsKeyArn?: string;
  readonly policy?: PolicyDocument;
}

export interface LakeFormationGrant {
  /** ARN of a role or user. */
  readonly principal: string;
  readonly permissions: readonly string[];
  readonly resource: {
    readonly Database?: { readonly Name: string };
    readonly Table?: {
      readonly DatabaseName: string;
      readonly Name?: string;
      readonly TableWildcard?: object;
    };
    readonly DataLocation?: { readonly ResourceArn: string };
  };
}

export interface LakeFormationFacts {
  /** Whether new databases are guarded, rather than left to IAM. */
  readonly guarded: boolean;
  readonly grants: readonly LakeFormationGrant[];
}

/** Read-only view of the AWS accounts: each question goes to the account and region of its ARN. */
export interface Account {
  table(arn: Arn): Promise<TableFacts | undefined>;
  database(arn: Arn): Promise<DatabaseFacts | undefined>;
  catalogPolicy(of: Arn): Promise<PolicyDocument | undefined>;
  role(arn: Arn): Promise<RoleFacts | undefined>;
  user(arn: Arn): Promise<boolean>;
  /** Whether AWS or a customer manages the key; undefined when there is no such key. */
  keyManager(of: Arn): Promise<"AWS" | "CUSTOMER" | undefined>;
  keyPolicy(of: Arn): Promise<PolicyDocument | undefined>;
  connection(arn: Arn): Promise<ConnectionFacts | undefined>;
  /** A catalog below the default one. */
  catalog(arn: Arn): Promise<CatalogFacts | undefined>;
  tableBucket(arn: Arn): Promise<boolean>;
  namespace(arn: Arn): Promise<NamespaceFacts | undefined>;
  vmCluster(arn: Arn): Promise<VmClusterFacts | undefined>;
  secret(arn: Arn): Promise<SecretFacts | undefined>;
  lakeFormation(of: Arn): Promise<LakeFormationFacts>;
}

export function arnOf(text: string): Arn {
  const arn = parseArn(text);
  if (arn === undefined) throw new Error(`not an ARN: ${text}`);
  return arn;
}
