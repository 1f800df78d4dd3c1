// When the first sync of an integration should have happened, in seconds since 1970.
import { DataResource } from "cdktf";
import type { Construct } from "constructs";

// Terraform has no function for this: days of the years before, of the months before, and of the month. Right until 2099.
const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const part = (specification: string): string => `tonumber(formatdate("${specification}", plantimestamp()))`;
const YEAR = part("YYYY");
const MONTH = part("M");
const DAYS = [
  `(${YEAR} - 1970) * 365 + floor((${YEAR} - 1969) / 4)`,
  `${JSON.stringify(DAYS_BEFORE_MONTH)}[${MONTH} - 1] + (${MONTH} > 2 && ${YEAR} % 4 == 0 ? 1 : 0)`,
  `${part("D")} - 1`,
].join(" + ");

/** Terraform expression of the time of a plan, in seconds since 1970. */
export const PLANNED_AT = `(${DAYS}) * 86400 + ${part("h")} * 3600 + ${part("m")} * 60 + ${part("s")}`;

/** Remembers when an integration was first watched, and begins anew with a new integration. */
export class FirstSync extends DataResource {
  constructor(
    scope: Construct,
    id: string,
    integrationArn: string,
    private readonly withinMinutes: number,
  ) {
    super(scope, id, {
      input: `\${${PLANNED_AT}}` as unknown as object,
      triggersReplace: integrationArn as unknown as object,
      lifecycle: { ignoreChanges: ["input"] },
    });
  }

  /** Seconds since 1970, known after apply; what is remembered is the plan alone, so that the time given may change. */
  get due(): string {
    return `\${${this.fqn}.output + ${this.withinMinutes * 60}}`;
  }
}
