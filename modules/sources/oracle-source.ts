// A pluggable database of Oracle Database@AWS as a source.
import { Construct } from "constructs";
import { ORACLE_SECRET_REQUIREMENTS, oracleKeyRequirements } from "../../lib/policy/oracle";
import { oracleDataFilterOf } from "../../lib/rules/data-filter";
import { keyOwnerRules } from "../../lib/rules/key-policy";
import { oracleEnvironmentRules } from "../../lib/rules/place";
import { oracleSourceRules } from "../../lib/rules/sources";
import type { IntegrationSource, SourceBindOptions, SourceBinding } from "../contracts";
import { Environment } from "../environment";
import { report } from "../report";
import type { KeyPolicy } from "../shared/key-policy";
import type { Needs } from "../shared/needs";
import { NO_NEEDS, allNeeds, needOf } from "../shared/needs";
import type { SecretPolicy } from "../shared/secret-policy";
import { literal, literals } from "../tokens";

export interface OracleSourceProps {
  /** ARN of the VM cluster or Autonomous VM cluster, in the account and region of the environment. */
  readonly arn: string;
  /** Name of the one pluggable database, in the case that Oracle stores it in: upper case unless it was quoted. */
  readonly pluggableDatabase: string;
  /** Tables as `SCHEMA.TABLE` or `SCHEMA.*`, in the case that Oracle stores them in. @default every table */
  readonly include?: readonly string[];
  /** Tables that are left out of those, in the same form. @default none */
  readonly exclude?: readonly string[];
  /**
   * ARN of the secret with the credentials; an integration keeps it for life, so that another one replaces the integration. It
   * goes to AWS Glue as the source property `secret-arn`, which the guide of Oracle Database@AWS names and the API does not confirm.
   */
  readonly secretArn: string;
  /** Owner of the secret's policy, where the app manages the secret. @default the needed statements are returned */
  readonly secretPolicy?: SecretPolicy;
  /** ARN of the customer managed key of the secret. @default nothing is said of the key */
  readonly kmsKeyArn?: string;
  /** Owner of that key's policy, where the app manages the key. @default the needed statements are returned */
  readonly keyPolicy?: KeyPolicy;
  /** Account and region of the VM cluster. @default the stack's environment */
  readonly environment?: Environment;
}

/** A pluggable database that Oracle Database@AWS replicates into Redshift. */
export class OracleSource extends Construct implements IntegrationSource {
  readonly kind = "oracle";
  private readonly environment: Environment;

  /** Throws `ZeroEtlError` for what AWS would refuse. */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: OracleSourceProps,
  ) {
    super(scope, id);
    const { arn, kmsKeyArn, keyPolicy, environment = Environment.of(this) } = props;
    report(this, [
      ...oracleSourceRules(literals(props)),
      ...oracleEnvironmentRules(literal(arn), literals(environment)),
      ...keyOwnerRules({ hasKey: kmsKeyArn !== undefined, hasKeyPolicy: keyPolicy !== undefined }),
    ]);
    this.environment = environment;
  }

  bind(_scope: Construct, { encryptionContext }: SourceBindOptions): SourceBinding {
    const { arn, pluggableDatabase, secretArn } = this.props;
    return {
      arn,
      // The ARN names account and region itself; one that only Terraform knows is told apart by its place in the app.
      key: `oracle/${literal(arn) ?? this.node.path}`,
      environment: this.environment,
      database: pluggableDatabase,
      dataFilter: oracleDataFilterOf(this.props),
      sourceProperties: { "secret-arn": secretArn },
      ...allNeeds(this.needOfSecret(), this.needOfKey(encryptionContext)),
    };
  }

  private needOfSecret(): Needs {
    const { secretArn: arn, secretPolicy: owner } = this.props;
    return needOf(this, {
      document: "secret policy",
      arn,
      requirements: ORACLE_SECRET_REQUIREMENTS,
      owner,
    });
  }

  private needOfKey(encryptionContext: SourceBindOptions["encryptionContext"]): Needs {
    const { kmsKeyArn: arn, keyPolicy: owner } = this.props;
    if (arn === undefined) return NO_NEEDS;
    return needOf(this, {
      document: "key policy",
      arn,
      requirements: oracleKeyRequirements(encryptionContext),
      owner,
    });
  }
}
