// What goes wrong, with what to do about it.
import type { Failed, FailureCode, ReportedError } from "./protocol";

/** What helps against what passes: a call that answered is not made again before its input changes. */
export const AGAIN = "change attempt to run it again";

/** What a failure says beyond its message. */
export interface FailureDetails {
  readonly remedy?: string | undefined;
  readonly awsCode?: string | undefined;
  readonly errors?: readonly ReportedError[] | undefined;
}

/** Thrown wherever the operator cannot go on. */
export class Failure extends Error {
  constructor(
    readonly code: FailureCode,
    message: string,
    readonly details: FailureDetails = {},
  ) {
    super(message);
    this.name = "Failure";
  }

  /** The same failure with more to do about it. */
  withRemedy(further: string): Failure {
    const { remedy } = this.details;
    return new Failure(this.code, this.message, {
      ...this.details,
      remedy: remedy === undefined ? further : `${remedy}; ${further}`,
    });
  }

  /** The failure as an answer. */
  get answer(): Failed {
    const { remedy, awsCode, errors } = this.details;
    return {
      ok: false,
      code: this.code,
      // Terraform shows the message and the remedy.
      message: `${this.message}${reportedText(errors)}`,
      ...(remedy !== undefined && { remedy }),
      ...(awsCode !== undefined && { awsCode }),
      ...(errors !== undefined && errors.length > 0 && { errors }),
    };
  }
}

/** Refuses an input. */
export function malformed(message: string, remedy?: string): Failure {
  return new Failure("malformed-input", message, { remedy });
}

/** A failure as one text, for where it must be thrown. */
export function failureText({ code, message, remedy }: Failed): string {
  return `${message} [${code}]${remedy === undefined ? "" : `; remedy: ${remedy}`}`;
}

function reportedText(errors: readonly ReportedError[] = []): string {
  return errors.map(({ code, message }) => `; AWS reports ${code}: ${message.replace(/\.$/, "")}`).join("");
}

/** What Terraform shows of a deletion that failed; Terraform then keeps the resource. */
export class DeletionError extends Error {
  constructor(failed: Failed) {
    const { remedy } = failed;
    // A deletion that failed is called again by the next apply, whatever attempt is.
    super(
      failureText({
        ...failed,
        ...(remedy !== undefined && { remedy: remedy.replace(AGAIN, "run it again") }),
      }),
    );
    this.name = "ZeroEtlOperatorError";
    // Lambda puts the stack into the error that Terraform prints, after the message: it says nothing about the account.
    this.stack = this.name;
  }
}
