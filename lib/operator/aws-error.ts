// Errors of AWS: which ones pass, which ones mean what, and what helps.
import { knownError } from "../facts/errors";
import { AGAIN, Failure } from "./failure";
import type { ReportedError } from "./protocol";

/** An error that a call to AWS ended with. */
export class AwsError extends Error {
  constructor(
    /** The code of AWS, or of the network. */
    readonly code: string,
    message: string,
    /** What the operator was doing: `reading the Glue catalog policy`. */
    readonly doing: string,
  ) {
    super(message);
    this.name = "AwsError";
  }

  /** Whether access was denied. */
  get isDenial(): boolean {
    return /^(?:AccessDenied|UnauthorizedOperation|NotAuthorized)/.test(this.code);
  }

  /** Whether time may heal it: permissions, and principals that a policy names, take seconds to be known everywhere. */
  get isOnItsWay(): boolean {
    const refused = /^(?:InvalidInput|Validation|MalformedPolicyDocument)/.test(this.code);
    return this.isDenial || (refused && /principal/i.test(this.message));
  }
}

/** An error of a client in the operator's terms. */
export function awsErrorOf(error: unknown, doing: string): AwsError {
  if (!(error instanceof Error)) return new AwsError("Unknown", String(error), doing);
  const { code, $fault } = error as { readonly code?: unknown; readonly $fault?: unknown };
  // Errors of the network have a code, and some of them no message; those of AWS have a name.
  const named = $fault === undefined && typeof code === "string" ? code : error.name;
  return new AwsError(named, error.message === "" ? named : error.message, doing);
}

/** Whether it is an error of AWS with one of the codes. */
export function isAwsError(error: unknown, ...codes: readonly string[]): error is AwsError {
  return error instanceof AwsError && codes.includes(error.code);
}

/** What an operation says when there is no such thing. */
export const NOT_FOUND = ["EntityNotFoundException", "ResourceNotFoundException"] as const;

/** What goes wrong with AWS as an answer. */
export function awsFailure(error: AwsError): Failure {
  const { code, message, doing } = error;
  const text = `${doing} failed: ${code}: ${message.replace(/\.$/, "")}`;
  const details = { awsCode: code, remedy: remedyOf(code, message) };
  if (!error.isDenial) return new Failure("aws-error", text, details);
  const allow = `allow ${deniedAction(message) ?? "it"} to the role of the function; service control policies, permissions boundaries and explicit denials count, too`;
  return new Failure("access-denied", text, { ...details, remedy: details.remedy ?? allow });
}

/** The action that a message of AWS says is not allowed. */
export function deniedAction(message: string): string | undefined {
  return /not authorized to perform:? ([a-z0-9-]+:[A-Za-z]+)/.exec(message)?.[1];
}

/** The entries of an integration's `Errors`. */
export function reportedErrors(
  errors:
    | readonly { readonly ErrorCode?: string | undefined; readonly ErrorMessage?: string | undefined }[]
    | undefined,
): ReportedError[] {
  return (errors ?? []).map(({ ErrorCode, ErrorMessage }) => ({
    code: ErrorCode ?? "Unknown",
    message: ErrorMessage ?? "",
  }));
}

/** What helps against errors that AWS reports of an integration; nothing where none is known. */
export function remedyOfReported(errors: readonly ReportedError[]): string | undefined {
  const remedies = errors.flatMap(({ code, message }) => remedyOf(code, message) ?? []);
  return remedies.length === 0 ? undefined : [...new Set(remedies)].join("; ");
}

function remedyOf(code: string, message: string): string | undefined {
  const known = knownError(code, message);
  if (known === undefined) return undefined;
  const { id, remedy, passes } = known;
  return `${passes === true ? remedy.replace("run it again", AGAIN) : remedy} (docs/errors.md#${id})`;
}
