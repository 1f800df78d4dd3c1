// The policy of a DynamoDB table: one document per table, with a revision against concurrent changes.
import { POLICY_LIMITS } from "../policy/size";
import { isAwsError } from "./aws-error";
import type { PolicyStore } from "./merged-policy";
import type { Session } from "./session";

/** What stands for the revision where there is no policy (DynamoDB API, PutResourcePolicy.ExpectedRevisionId). */
const NO_POLICY = "NO_POLICY";

/** What the API says of another revision than expected, and of a table that is being changed. */
const PASSING = ["PolicyNotFoundException", "ResourceInUseException"] as const;

/** The policy of a table; with the table gone, there is none to take statements out of. */
export function tablePolicyStore(
  { address, dynamodb, patience }: Session,
  tableArn: string,
  { mayBeGone }: { readonly mayBeGone: boolean },
): PolicyStore {
  const noun = `the policy of ${tableArn}`;
  return {
    noun,
    limit: POLICY_LIMITS.table,
    policy: { kind: "table-policy", address, tableArn },
    async read() {
      try {
        const { Policy, RevisionId } = await patience.call(`reading ${noun}`, () =>
          dynamodb.getResourcePolicy({ ResourceArn: tableArn }),
        );
        return Policy === undefined || Policy === "" ? undefined : { text: Policy, revision: RevisionId };
      } catch (error) {
        if (isAwsError(error, "PolicyNotFoundException")) return undefined;
        if (mayBeGone && isAwsError(error, "ResourceNotFoundException")) return undefined;
        throw error;
      }
    },
    async write(text, before) {
      const revision = before?.revision;
      try {
        if (text === undefined) {
          await patience.call(`removing ${noun}`, () =>
            dynamodb.deleteResourcePolicy({ ResourceArn: tableArn, ExpectedRevisionId: revision }),
          );
        } else {
          await patience.call(`writing ${noun}`, () =>
            dynamodb.putResourcePolicy({
              ResourceArn: tableArn,
              Policy: text,
              ExpectedRevisionId: revision ?? NO_POLICY,
            }),
          );
        }
        return true;
      } catch (error) {
        if (isAwsError(error, ...PASSING)) return false;
        if (mayBeGone && isAwsError(error, "ResourceNotFoundException")) return false;
        throw error;
      }
    },
  };
}
