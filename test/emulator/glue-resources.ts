// Databases, catalogs and connections as the resources that properties hang on.
import { type Account, arnOf } from "./account";
import { type Arn, catalogArn, parseArn } from "./arns";
import { type Caller, principalOf } from "./operation";
import { AwsError } from "./wire";

/** The resource's ARN taken apart; throws what AWS says of one that cannot be, or is not there. */
export async function glueResource(account: Account, resourceArn: string): Promise<Arn> {
  const arn = parseArn(resourceArn);
  if (arn === undefined || arn.service !== "glue" || !/^(database|connection|catalog)\//.test(arn.resource)) {
    throw new AwsError("ValidationException", `Provided resource ARN is not valid: ${resourceArn}`);
  }
  if (!(await exists(account, arn))) {
    const [kind = "", ...name] = arn.resource.split("/");
    const title = `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`;
    throw new AwsError("EntityNotFoundException", `${title} ${name.join("/")} not found.`);
  }
  return arn;
}

/** Throws what AWS answers to who does not own a resource, and so has no say in what hangs on it. */
export function refuseForeignOwner(caller: Caller, operation: string, resourceArn: string): void {
  const arn = parseArn(resourceArn);
  if (arn === undefined || (arn.account === caller.account && arn.region === caller.region)) return;
  throw new AwsError(
    "AccessDeniedException",
    `User: ${principalOf(caller)} is not authorized to perform: glue:${operation} on resource: ${resourceArn}`,
  );
}

async function exists(account: Account, arn: Arn): Promise<boolean> {
  if (arn.resource.startsWith("database/")) return (await account.database(arn)) !== undefined;
  if (arn.resource.startsWith("connection/")) return (await account.connection(arn)) !== undefined;
  // The catalog of a table bucket is there when the bucket is, below the catalog of all of them.
  const [catalog = "", bucket] = arn.resource.slice("catalog/".length).split("/");
  const parent = await account.catalog(arnOf(`${catalogArn(arn)}/${catalog}`));
  if (bucket === undefined) return parent !== undefined;
  const bucketArn = `arn:${arn.partition}:s3tables:${arn.region}:${arn.account}:bucket/${bucket}`;
  return parent?.kind === "s3-tables" && account.tableBucket(arnOf(bucketArn));
}
