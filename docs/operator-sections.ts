// What the operator waits for, answers and is needed for, from the code that does it.
import type { WaitName } from "../lib/operator/waits";
import { WAITS } from "../lib/operator/waits";
import { FAILURES } from "../lib/operator/protocol";
import { WITHOUT_OPERATOR } from "../lib/rules/operator";
import { code, markdownTable } from "./markdown";

const WAITED_FOR: Readonly<Record<WaitName, string>> = {
  propagation: "after a role or its permissions were made or changed, before anything uses the role",
  policy: "after a shared policy was written and shows, until services act on it",
  denial: "as long as AWS denies access that a permission on its way may give, in one call of the function",
  settling: "until AWS shows what it took",
  integration:
    "until an integration that is being created or changed takes a change, and again until it shows it",
};

/** How long the operator waits for what. */
export function waits(): string {
  return markdownTable(
    ["variable", "seconds", "how long the function waits"],
    Object.entries(WAITS).map(([name, { variable, seconds }]) => [
      code(variable),
      String(seconds),
      WAITED_FOR[name as WaitName],
    ]),
  );
}

/** What the operator answers when it does not do what it is asked for. */
export function failures(): string {
  return markdownTable(
    ["code", "meaning"],
    Object.entries(FAILURES).map(([failure, meaning]) => [code(failure), meaning]),
  );
}

/** What a stack without the operator cannot have, and what to do instead. */
export function operatorRefusals(): string {
  return markdownTable(
    ["key", "without the operator"],
    Object.entries(WITHOUT_OPERATOR).map(([key, remedy]) => [code(key), remedy]),
  );
}
