// Statements that a document of the user's needs, with how sure that is.
import type { Statement } from "./statement";

/** A statement that a key's or a secret's policy needs. */
export interface Requirement {
  readonly statement: Statement;
  /** Whether AWS publishes the statement for this very case; otherwise it is the nearest that AWS publishes. */
  readonly verified: boolean;
  /** Where the statement comes from. */
  readonly source: string;
}
