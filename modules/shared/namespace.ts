// Fixed words as parents, so that ids chosen by users never meet ours.
import { Construct } from "constructs";

/** The child construct of that id, made at the first call. */
export function namespace(scope: Construct, id: string): Construct {
  return (scope.node.tryFindChild(id) as Construct | undefined) ?? new Construct(scope, id);
}
