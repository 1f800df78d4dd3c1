// A Terraform stack with an environment, a backend and places for what it holds.
import type { App } from "cdktf";
import { LocalBackend, S3Backend, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { S3BackendSpec } from "../lib/spec/types";
import type { EnvironmentProps } from "./environment";
import { Environment } from "./environment";
import { ISSUES_REPORTED } from "./report";
import { namespace } from "./shared/namespace";

/** Terraform of the written stacks: check blocks came with 1.5. */
export const REQUIRED_TERRAFORM_VERSION = ">= 1.5";

export interface ZeroEtlStackProps extends EnvironmentProps {
  /** Label of the environment: it is part of construct paths. */
  readonly environment: string;
  /** Where the state lives. @default a local file `terraform.<stack>.tfstate` in the project's folder */
  readonly backend?: { readonly s3: S3BackendSpec };
  /**
   * Whether the rules have run over a declaration, whose warnings were printed with file and line.
   * @internal
   */
  readonly issuesReported?: boolean;
}

/** One Terraform stack of a declaration, or its twin in TypeScript. */
export class ZeroEtlStack extends TerraformStack {
  /** Where the sources and the integrations live. */
  readonly environment: Environment;
  private readonly providerVersion: string | undefined;

  constructor(app: App, id: string, props: ZeroEtlStackProps) {
    super(app, id);
    const { environment, backend, issuesReported, ...place } = props;
    this.node.setContext(ISSUES_REPORTED, issuesReported === true);
    this.addOverride("terraform.required_version", REQUIRED_TERRAFORM_VERSION);
    if (backend === undefined) {
      // Relative to the folder of the stack in cdktf.out, because CDKTF's own default is an absolute path of one machine.
      new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    } else {
      const { useLockfile, ...s3 } = backend.s3;
      const s3Backend = new S3Backend(this, s3);
      if (useLockfile !== undefined) s3Backend.addOverride("use_lockfile", useLockfile);
    }
    this.providerVersion = props.providerVersion;
    this.environment = Environment.withProvider(this, environmentId(environment), place);
  }

  /** A further environment of the stack, with a provider of its own under the alias `id`. */
  addEnvironment(id: string, props: EnvironmentProps): Environment {
    const { providerVersion } = this;
    return Environment.withProvider(this, environmentId(id), {
      ...props,
      alias: id,
      ...(providerVersion !== undefined && { providerVersion }),
    });
  }

  /** Scope of the sources: a source, a target and an integration of one label do not meet. */
  get sources(): Construct {
    return namespace(this, "Sources");
  }

  /** Scope of the targets. */
  get targets(): Construct {
    return namespace(this, "Targets");
  }

  /** Scope of the integrations. */
  get integrations(): Construct {
    return namespace(this, "Integrations");
  }
}

// Words of ours that are ids in a stack, such as Sources, begin in upper case.
function environmentId(label: string): string {
  return /^[A-Z]/.test(label) ? `${label}-` : label;
}
