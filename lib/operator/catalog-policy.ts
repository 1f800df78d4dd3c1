// The Glue catalog policy: one document per account and region, with a hash against concurrent changes.
import { POLICY_LIMITS } from "../policy/size";
import { NOT_FOUND, isAwsError } from "./aws-error";
import type { PolicyStore } from "./merged-policy";
import type { Session } from "./session";

const NOUN = "the Glue catalog policy";

/** The catalog policy of the function's account and region. */
export function catalogPolicyStore({ address, accounts, glue, patience }: Session): PolicyStore {
  return {
    noun: NOUN,
    limit: POLICY_LIMITS.catalog,
    policy: { kind: "catalog-policy", address, accounts },
    async read() {
      try {
        const { PolicyInJson, PolicyHash } = await patience.call(`reading ${NOUN}`, () =>
          glue.getResourcePolicy(),
        );
        return PolicyInJson === undefined || PolicyInJson === ""
          ? undefined
          : { text: PolicyInJson, revision: PolicyHash };
      } catch (error) {
        if (isAwsError(error, ...NOT_FOUND)) return undefined;
        throw error;
      }
    },
    async write(text, before) {
      const condition =
        before === undefined
          ? { PolicyExistsCondition: "NOT_EXIST" as const }
          : before.revision === undefined
            ? { PolicyExistsCondition: "MUST_EXIST" as const }
            : { PolicyHashCondition: before.revision };
      try {
        if (text === undefined) {
          await patience.call(`removing ${NOUN}`, () =>
            glue.deleteResourcePolicy({ PolicyHashCondition: before?.revision }),
          );
        } else {
          // Where Lake Formation shares anything with other accounts, AWS refuses a policy without it; elsewhere it says no more
          // than that both may be in use (Lake Formation developer guide, "Managing cross-account permissions using both").
          await patience.call(`writing ${NOUN}`, () =>
            glue.putResourcePolicy({ PolicyInJson: text, ...condition, EnableHybrid: "TRUE" }),
          );
        }
        return true;
      } catch (error) {
        // Somebody else has changed the policy, or removed it, since it was read.
        if (isAwsError(error, "ConditionCheckFailureException", ...NOT_FOUND)) return false;
        throw error;
      }
    },
  };
}
