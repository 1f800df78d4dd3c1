// The refresh interval of an integration, which Cloud Control would change by replacing the integration.
import { NOT_FOUND, isAwsError, remedyOfReported, reportedErrors } from "./aws-error";
import type { Integration } from "./clients";
import { AGAIN, Failure } from "./failure";
import type { Done, IntegrationSettingsInput, ReportedError } from "./protocol";
import type { Session } from "./session";

/** States in which AWS takes no change (user guide, "Integration states"). */
const BUSY: ReadonlySet<string> = new Set(["CREATING", "MODIFYING", "SYNCING"]);

/** What AWS says of an integration that is busy or was changed by somebody else just now. */
const PASSING = [
  "IntegrationConflictOperationFault",
  "InvalidIntegrationStateFault",
  "InvalidStateException",
  "ConflictException",
] as const;

/** Changes the interval where it is another one, once the integration is ready for it, and waits until it shows. */
export async function applyIntegrationSettings(
  session: Session,
  input: IntegrationSettingsInput,
): Promise<Done> {
  const first = await describe(session, input);
  refuseHopeless(first, input);
  if (hasInterval(first, input)) return report(first, input, false);
  refuseFixed(first, input);
  await modifyWhenReady(session, input);
  return report(await untilShown(session, input), input, true);
}

/** How the integration differs from the input, in words. */
export async function integrationSettingsDrift(
  session: Session,
  input: IntegrationSettingsInput,
): Promise<string[]> {
  const integration = await find(session, input);
  if (integration === undefined) return [`there is no integration ${input.integrationArn}`];
  if (hasInterval(integration, input)) return [];
  return [
    `the refresh interval of ${input.integrationArn} is ${intervalOf(integration)}, not ${input.refreshInterval} minutes`,
  ];
}

async function modifyWhenReady(session: Session, input: IntegrationSettingsInput): Promise<void> {
  const { patience, glue } = session;
  let seen = "";
  let errors: readonly ReportedError[] = [];
  const done = await patience.until(
    `waiting for ${input.integrationArn} to be ready for a change`,
    patience.waits.integration,
    async () => {
      const integration = await describe(session, input);
      refuseHopeless(integration, input);
      errors = reportedErrors(integration.Errors);
      seen = `its state is ${integration.Status ?? "not told"}`;
      if (BUSY.has(integration.Status ?? "")) return undefined;
      try {
        await patience.call(`changing the refresh interval of ${input.integrationArn}`, () =>
          glue.modifyIntegration({
            IntegrationIdentifier: input.integrationArn,
            IntegrationConfig: { RefreshInterval: input.refreshInterval },
          }),
        );
        return true;
      } catch (error) {
        if (!isAwsError(error, ...PASSING)) throw error;
        seen = `AWS says ${error.code}: ${error.message}`;
        return undefined;
      }
    },
  );
  if (done === undefined) {
    throw tooLong(`${input.integrationArn} was not ready for a change: ${seen}`, errors);
  }
}

async function untilShown(session: Session, input: IntegrationSettingsInput): Promise<Integration> {
  const { patience } = session;
  let seen = "";
  let errors: readonly ReportedError[] = [];
  const shown = await patience.until(
    `waiting for the refresh interval of ${input.integrationArn} to show`,
    patience.waits.integration,
    async () => {
      const integration = await describe(session, input);
      refuseHopeless(integration, input);
      errors = reportedErrors(integration.Errors);
      seen = `its state is ${integration.Status ?? "not told"} and its interval ${intervalOf(integration)}`;
      return integration.Status !== "MODIFYING" && hasInterval(integration, input) ? integration : undefined;
    },
  );
  if (shown === undefined)
    throw tooLong(`the new interval of ${input.integrationArn} does not show: ${seen}`, errors);
  return shown;
}

function tooLong(message: string, errors: readonly ReportedError[]): Failure {
  const cause = remedyOfReported(errors);
  return new Failure("timeout", message, {
    errors,
    remedy: cause === undefined ? AGAIN : `${cause}, then ${AGAIN}`,
  });
}

async function describe(session: Session, input: IntegrationSettingsInput): Promise<Integration> {
  const integration = await find(session, input);
  if (integration !== undefined) return integration;
  throw new Failure("integration-not-found", `there is no integration ${input.integrationArn}`, {
    remedy: "apply again: Terraform makes the integration anew where it is gone",
  });
}

async function find(
  { patience, glue }: Session,
  { integrationArn }: IntegrationSettingsInput,
): Promise<Integration | undefined> {
  try {
    const { Integrations = [] } = await patience.call(`reading ${integrationArn}`, () =>
      glue.describeIntegrations({ IntegrationIdentifier: integrationArn }),
    );
    return Integrations.find(({ IntegrationArn }) => IntegrationArn === integrationArn);
  } catch (error) {
    if (isAwsError(error, "IntegrationNotFoundFault", ...NOT_FOUND)) return undefined;
    throw error;
  }
}

function refuseHopeless({ Status, Errors }: Integration, { integrationArn }: IntegrationSettingsInput): void {
  if (Status === "DELETING") {
    throw new Failure("integration-deleting", `${integrationArn} is being deleted`, {
      remedy: "apply again when it is gone",
    });
  }
  if (Status !== "FAILED") return;
  const errors = reportedErrors(Errors);
  const cause = remedyOfReported(errors);
  throw new Failure("integration-failed", `${integrationArn} has failed, and AWS runs it no more`, {
    errors,
    remedy: `${cause === undefined ? "remove the cause" : cause}, then replace the integration: it does not recover`,
  });
}

function refuseFixed(
  { TargetArn = "" }: Integration,
  { integrationArn, refreshInterval }: IntegrationSettingsInput,
): void {
  if (!/^arn:[^:]+:redshift(?:-serverless)?:/.test(TargetArn)) return;
  throw new Failure(
    "interval-fixed",
    `${integrationArn} writes into Redshift, where AWS sets the refresh interval when the integration is created, and never changes it`,
    {
      remedy: `remove refreshInterval, and run in the warehouse: ALTER DATABASE name INTEGRATION SET REFRESH_INTERVAL ${Number(refreshInterval) * 60}`,
    },
  );
}

function report(
  { Status, Errors }: Integration,
  { refreshInterval }: IntegrationSettingsInput,
  changed: boolean,
): Done {
  const errors = reportedErrors(Errors);
  return {
    ok: true,
    changed,
    message: `the refresh interval is ${refreshInterval} minutes`,
    ...(Status !== undefined && { status: Status }),
    ...(errors.length > 0 && { errors }),
  };
}

function hasInterval(
  { IntegrationConfig }: Integration,
  { refreshInterval }: IntegrationSettingsInput,
): boolean {
  return Number(IntegrationConfig?.RefreshInterval ?? NaN) === Number(refreshInterval);
}

function intervalOf({ IntegrationConfig }: Integration): string {
  const minutes = IntegrationConfig?.RefreshInterval;
  return minutes === undefined ? "not told" : `${minutes} minutes`;
}
