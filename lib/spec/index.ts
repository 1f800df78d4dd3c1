// The door of the declaration: from a file to a validated value.
export { formatLocatedIssues } from "./format";
export type { FoundDeclaration } from "./locate";
export {
  CONFIG_CONTEXT_KEY,
  CONFIG_VARIABLE,
  DEFAULT_DECLARATION_FILE,
  findDeclaration,
  loadDeclaration,
} from "./locate";
export type { LocatedIssue, Place } from "./located";
export type { ParsedDeclaration } from "./parse";
export { parseDeclaration } from "./parse";
export type * from "./types";
