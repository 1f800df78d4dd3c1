// A source and a target that record what they are asked.
import { DataResource } from "cdktf";
import type { Construct } from "constructs";
import type { SourceKind, TargetKind } from "../../lib/facts/kinds";
import type {
  IntegrationSource,
  IntegrationTarget,
  SourceBindOptions,
  SourceBinding,
  TargetBindOptions,
  TargetBinding,
} from "../../modules";

export class FakeSource implements IntegrationSource {
  readonly calls: SourceBindOptions[] = [];

  constructor(
    private readonly scope: Construct,
    readonly kind: SourceKind = "dynamodb",
  ) {}

  bind(_scope: Construct, options: SourceBindOptions): SourceBinding {
    this.calls.push(options);
    const prerequisite = new DataResource(this.scope, `SourcePrerequisite${this.calls.length}`);
    return {
      arn: "arn:aws:dynamodb:us-east-1:111122223333:table/fake",
      key: "fake source",
      dependencies: [prerequisite],
    };
  }
}

export class FakeTarget implements IntegrationTarget {
  readonly calls: TargetBindOptions[] = [];

  constructor(
    private readonly scope: Construct,
    readonly kind: TargetKind = "glue-database",
  ) {}

  bind(_scope: Construct, options: TargetBindOptions): TargetBinding {
    this.calls.push(options);
    const prerequisite = new DataResource(this.scope, `TargetPrerequisite${this.calls.length}`);
    return {
      arn: "arn:aws:glue:us-east-1:111122223333:database/fake",
      key: "fake target",
      dependencies: [prerequisite],
    };
  }
}
