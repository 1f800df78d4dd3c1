// Whether a document has grown past what AWS takes, and how to make it fit.
import type { AwsAddress } from "../../lib/arn";
import { ZERO_ETL_REGIONS } from "../../lib/facts/regions";
import type { IssueDetails } from "../../lib/issues";
import type { Json } from "../../lib/json";
import { stableJson } from "../../lib/json";
import type { DocumentLimit } from "../../lib/policy/size";
import { fitStatements } from "../../lib/policy/size";
import type { Statement } from "../../lib/policy/statement";
import { isUnresolved } from "../tokens";

/** What an issue says of the size of a document that is too large. */
export type Excess = Pick<IssueDetails, "got" | "expected">;

/** Statements to write, with what an issue says of them where they are too large all the same. */
export interface Fit {
  readonly statements: readonly Statement[];
  readonly excess?: Excess;
}

/**
 * The statements as they are where they fit, otherwise merged. Account, partition and region of the address count where only
 * Terraform knows them; where there is anything else that only Terraform knows, nothing can be said of the size.
 */
export function fit(statements: readonly Statement[], limit: DocumentLimit, address: AwsAddress): Fit {
  const writtenOut = writeOut(address);
  const known: unknown =
    writtenOut === verbatim ? statements : JSON.parse(writtenOut(stableJson(statements as unknown as Json)));
  if (isUnresolved(known)) return { statements };
  const measure = (text: string): number => limit.measure(writtenOut(text));
  const { statements: fitted, size, fits } = fitStatements(statements, { ...limit, measure });
  if (fits) return { statements: fitted };
  // Regions differ in length, accounts do not.
  return { statements: fitted, excess: excess(size, limit, isUnresolved(address.region) ? "up to " : "") };
}

function excess(size: number, { max, unit }: DocumentLimit, about = ""): Excess {
  return { got: `${about}${size} ${unit}`, expected: `at most ${max} ${unit}` };
}

const AN_ACCOUNT = "0".repeat(12);
/** Cloud Control takes ARNs of this partition only. */
const THE_PARTITION = "aws";
const LONGEST_REGION = [...ZERO_ETL_REGIONS].sort((a, b) => b.length - a.length)[0] ?? "";

/** Replaces what only Terraform knows of an address in a text by what is as long, or longer. */
export function writeOut({ account, partition, region }: AwsAddress): (text: string) => string {
  const unknown = [
    [account, AN_ACCOUNT],
    [partition, THE_PARTITION],
    [region, LONGEST_REGION],
  ] as const;
  const replaced = unknown.filter(([part]) => isUnresolved(part));
  if (replaced.length === 0) return verbatim;
  return (text) => replaced.reduce((result, [part, value]) => result.replaceAll(part, value), text);
}

function verbatim(text: string): string {
  return text;
}
