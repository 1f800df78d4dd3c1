// What documents of keys and secrets need, told to the user and, where the app owns the document, written into it.
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { DocumentRequirements } from "../../lib/policy/requirement";
import type { Binding } from "../contracts";
import type { OwnedPolicy } from "./owned-policy";

/** What is needed of a document, and to wait for. */
export type Needs = Required<Pick<Binding, "requirements" | "dependencies">>;

/** No document is concerned. */
export const NO_NEEDS: Needs = { requirements: [], dependencies: [] };

export interface DocumentNeed extends Omit<DocumentRequirements, "applied"> {
  /** Owner of the document, where the app manages what it belongs to. */
  readonly owner?: OwnedPolicy | undefined;
  /** What makes the principals of the statements. @default they exist */
  readonly after?: readonly ITerraformDependable[];
}

/** The need of one document, on behalf of the requester. */
export function needOf(requester: Construct, { owner, after, ...document }: DocumentNeed): Needs {
  const statements = document.requirements.map(({ statement }) => statement);
  return {
    requirements: [{ ...document, applied: owner !== undefined }],
    dependencies: owner === undefined ? [] : [owner.allow(requester, statements, after)],
  };
}

/** All needs together. */
export function allNeeds(...needs: readonly Needs[]): Needs {
  return {
    requirements: needs.flatMap(({ requirements }) => requirements),
    dependencies: needs.flatMap(({ dependencies }) => dependencies),
  };
}
