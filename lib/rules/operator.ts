// What only the operator can do, where it is not allowed.
import type { Issue, IssuePath } from "../issues";
import { error } from "../issues";

/** How to do without the operator, by the key that asks for it. */
export const WITHOUT_OPERATOR = {
  catalogPolicy: "set catalogPolicy: own to write the whole document, or external to write nothing",
  driftChecks: "remove driftChecks",
  primaryKeys: "remove primaryKeys",
  tablePolicy: "set tablePolicy: own to write the whole document, or external to write nothing",
  tables: "remove tables: AWS then unnests fully and partitions by the primary key",
} as const;

/** Refuses what needs the operator; `subject` is what would be managed, in words. */
export function needsOperator(path: IssuePath, subject: string, remedy: string, at?: "key"): Issue {
  return error("needs-operator", path, `${subject} cannot be managed without the operator`, {
    got: "operator: false",
    remedy,
    ...(at !== undefined && { at }),
  });
}
