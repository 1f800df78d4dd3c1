// Children that are found again by a name of the user's, or by a fixed word that keeps such names apart from ours.
import { Construct } from "constructs";

/** The id of a construct of that name: `constructs` keeps children in a plain object, which has a few names of its own. */
export function constructId(name: string): string {
  return name in Object.prototype ? `${name}-` : name;
}

/** The child of that name, made at the first call. */
export function findOrMake<T extends Construct>(scope: Construct, name: string, make: (id: string) => T): T {
  const id = constructId(name);
  return (scope.node.tryFindChild(id) as T | undefined) ?? make(id);
}

/** The plain child of that id, as a parent for others. */
export function namespace(scope: Construct, id: string): Construct {
  return findOrMake(scope, id, () => new Construct(scope, id));
}
