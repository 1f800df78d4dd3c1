// Whom a statement lets in beside AWS services.
import { sorted } from "./inbound";
import type { Statement } from "./statement";

/** ARNs of the principals and of the sources that the statements let in, each once. */
export function letInArns(statements: readonly Statement[]): string[] {
  return sorted(
    statements.flatMap(({ Principal = {}, Condition = {} }) => [
      ...("AWS" in Principal ? Principal.AWS : []),
      ...Object.values(Condition).flatMap((values) => values["aws:SourceArn"] ?? []),
    ]),
  );
}
