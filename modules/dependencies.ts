// Order between resources. `node.addDependency` of CDKTF writes no `depends_on`, so it is attached to the leaf resource.
import type { ITerraformDependable, TerraformResource } from "cdktf";
import { TerraformElement, TerraformStack, dependable } from "cdktf";

// One token for each dependency: `dependable` makes another at every call, with a stack trace, and no set would find it equal.
const tokens = new WeakMap<ITerraformDependable, string>();

/**
 * Makes a resource wait for others: within its stack by `depends_on`, across stacks by the order of the stacks, because
 * Terraform refuses a `depends_on` that leaves the stack.
 */
export function waitFor(resource: TerraformResource, dependencies: readonly ITerraformDependable[]): void {
  const stack = TerraformStack.of(resource);
  const here = new Set(resource.dependsOn);
  for (const dependency of dependencies) {
    const home = TerraformElement.isTerraformElement(dependency) ? TerraformStack.of(dependency) : stack;
    if (home === stack) here.add(tokenOf(dependency));
    else stack.addDependency(home);
  }
  if (here.size > 0) resource.dependsOn = [...here];
}

function tokenOf(dependency: ITerraformDependable): string {
  const token = tokens.get(dependency) ?? dependable(dependency);
  tokens.set(dependency, token);
  return token;
}
