// The customer's key of an integration that AWS Glue makes. What its policy must say is published for Redshift only.
import { type Account, arnOf } from "../account";
import { parseArn } from "../arns";
import { AwsError } from "../wire";

export async function refuseKey(account: Account, kmsKeyId: string | undefined): Promise<void> {
  // An id or an alias is taken as it is: only an ARN says where the key lives.
  if (kmsKeyId === undefined || parseArn(kmsKeyId)?.service !== "kms") return;
  if ((await account.keyManager(arnOf(kmsKeyId))) === undefined) {
    throw new AwsError("KMSKeyNotAccessibleFault", `The KMS key ${kmsKeyId} is not accessible.`);
  }
}
