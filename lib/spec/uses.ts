// Every integration of a declaration with what it uses, and where in AWS all of it is.
import type { IssuePath } from "../issues";
import type { DraftDeclaration, DraftIntegration, DraftSource, DraftTarget } from "./draft";
import { entriesOf, memberOf } from "./draft";
import { environmentKey, sourceKey, targetKey } from "./identity";
import type { Resolved } from "./references";
import { resolveSource, resolveTarget } from "./references";

/** A source or target that an integration uses, and where it is. */
export interface Used<T> extends Resolved<T> {
  /** Label of its environment: its own, or that of the stack that declares it. */
  readonly environment: string | undefined;
  /** The same text for the same account and region. */
  readonly environmentKey: string;
}

/** An integration with what it uses. */
export interface Use {
  readonly path: IssuePath;
  readonly stack: string;
  readonly label: string;
  readonly integration: DraftIntegration;
  /** Label of the stack's environment. */
  readonly environment: string | undefined;
  readonly environmentKey: string;
  readonly source: Used<DraftSource> | undefined;
  readonly target: Used<DraftTarget> | undefined;
  /** The source in AWS; what does not say what it is has a key of its own. */
  readonly sourceKey: string;
  /** The target in AWS; what does not say what it is has a key of its own. */
  readonly targetKey: string;
}

/** The integrations of a declaration. */
export function usesOf(declaration: DraftDeclaration): Use[] {
  return entriesOf(declaration.stacks).flatMap(([stack, { environment, integrations }]) =>
    entriesOf(integrations).map(([label, integration]): Use => {
      const path: IssuePath = ["stacks", stack, "integrations", label];
      const source = located(declaration, resolveSource(declaration, stack, integration.source));
      const target = located(declaration, resolveTarget(declaration, stack, integration.target));
      const unknown = (role: string) => JSON.stringify([role, ...path]);
      return {
        path,
        stack,
        label,
        integration,
        environment,
        environmentKey: environmentKey(declaration, environment),
        source,
        target,
        sourceKey: (source && sourceKey(source.environmentKey, source.value)) ?? unknown("source"),
        targetKey: (target && targetKey(target.environmentKey, target.value)) ?? unknown("target"),
      };
    }),
  );
}

function located<T extends { readonly environment?: string | undefined }>(
  declaration: DraftDeclaration,
  found: Resolved<T> | undefined,
): Used<T> | undefined {
  if (found === undefined) return undefined;
  const environment = found.value.environment ?? memberOf(declaration.stacks, found.stack)?.environment;
  return { ...found, environment, environmentKey: environmentKey(declaration, environment) };
}
