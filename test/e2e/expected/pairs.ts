// The integrations of a declaration with everything that their labels stand for.
import type { Declaration, IntegrationSpec, SourceSpec, StackSpec, TargetSpec } from "../../../lib/spec";

/** One account and region. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** A stack in one of its environments: what exists once for both is theirs. */
export interface Owner {
  readonly stack: string;
  /** Label. */
  readonly environment: string;
  readonly place: Place;
  /** Whether the stack may have a function. */
  readonly operator: boolean;
  readonly catalogPolicy: "merge" | "own" | "external";
}

export interface Pair {
  readonly stack: string;
  readonly label: string;
  /** Of the integration. */
  readonly owner: Owner;
  readonly sourceOwner: Owner;
  readonly targetOwner: Owner;
  readonly integration: IntegrationSpec;
  readonly source: SourceSpec;
  /** Of the source, and with it of the integration. */
  readonly from: Place;
  readonly target: TargetSpec;
  readonly to: Place;
  /** Who may create integrations into the target, where its environment says so. */
  readonly deployer: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** Account of an environment that does not name one: it is the caller's. */
export type DefaultAccount = string;

export function pairsOf(declaration: Declaration, defaultAccount: DefaultAccount): Pair[] {
  return Object.entries(declaration.stacks).flatMap(([stack, { integrations, tags = {} }]) =>
    Object.entries(integrations).map(([label, integration]): Pair => {
      const source = resolved(declaration, stack, integration.source, ({ sources }) => sources);
      const target = resolved(declaration, stack, integration.target, ({ targets }) => targets);
      const sourceOwner = ownerOf(declaration, source, defaultAccount);
      return {
        stack,
        label,
        owner: { ...sourceOwner, stack },
        sourceOwner,
        targetOwner: ownerOf(declaration, target, defaultAccount),
        integration,
        source: source.spec,
        from: sourceOwner.place,
        target: target.spec,
        to: placeOf(declaration, target, defaultAccount),
        deployer: environmentOf(declaration, target).deployerArn,
        tags,
      };
    }),
  );
}

/** Every account and region of a declaration, each once. */
export function placesOf(declaration: Declaration, defaultAccount: DefaultAccount): Place[] {
  const places = Object.values(declaration.environments).map(({ account = defaultAccount, region }) => ({
    account,
    region,
  }));
  return places.filter((place, index) => places.findIndex((other) => isAt(other, place)) === index);
}

export function isAt(one: Place, other: Place): boolean {
  return one.account === other.account && one.region === other.region;
}

/** What a label of a stack declares, with the stack that it is in. */
export interface Member<T> {
  readonly stack: string;
  readonly spec: T;
}

export function placeOf(
  declaration: Declaration,
  member: Member<SourceSpec | TargetSpec>,
  defaultAccount: DefaultAccount,
): Place {
  const { account = defaultAccount, region } = environmentOf(declaration, member);
  return { account, region };
}

function ownerOf(
  declaration: Declaration,
  member: Member<SourceSpec | TargetSpec>,
  defaultAccount: DefaultAccount,
): Owner {
  const { operator = true, catalogPolicy = "merge" } = memberOf(declaration.stacks, member.stack);
  return {
    stack: member.stack,
    environment: environmentLabel(declaration, member),
    place: placeOf(declaration, member, defaultAccount),
    operator,
    catalogPolicy,
  };
}

function environmentOf(declaration: Declaration, member: Member<SourceSpec | TargetSpec>) {
  return memberOf(declaration.environments, environmentLabel(declaration, member));
}

function environmentLabel(
  declaration: Declaration,
  { stack, spec }: Member<SourceSpec | TargetSpec>,
): string {
  return spec.environment ?? memberOf(declaration.stacks, stack).environment;
}

function resolved<T>(
  declaration: Declaration,
  from: string,
  reference: string,
  members: (stack: StackSpec) => Readonly<Record<string, T>>,
): Member<T> {
  const [label = "", stack = from] = reference.split("/").reverse();
  return { stack, spec: memberOf(members(memberOf(declaration.stacks, stack)), label) };
}

function memberOf<T>(record: Readonly<Record<string, T>>, key: string): T {
  const found = record[key];
  if (found === undefined) throw new Error(`there is no ${key}`);
  return found;
}
