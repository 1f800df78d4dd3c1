// What Terraform refuses in where the state is kept.
import type { Issue } from "../issues";
import { error } from "../issues";
import { bucketNameFault } from "./s3-location";
import { notEmptyRules, show } from "./text";

/** The members of an S3 backend that rules look at. */
export interface S3BackendFacts {
  readonly bucket?: string | undefined;
  readonly key?: string | undefined;
  readonly region?: string | undefined;
}

/** Refuses an S3 backend that `terraform init` would refuse. */
export function s3BackendRules({ bucket, key, region }: S3BackendFacts): Issue[] {
  return [
    ...bucketRules(bucket),
    ...keyRules(key),
    ...notEmptyRules(["region"], "region of the state bucket", region),
  ];
}

function bucketRules(bucket: string | undefined): Issue[] {
  const fault = bucket === undefined ? undefined : bucketNameFault(bucket);
  if (bucket === undefined || fault === undefined) return [];
  return [
    error("backend-bucket", ["bucket"], `the name of the state bucket ${fault}`, { got: show(bucket) }),
  ];
}

// hashicorp/terraform, backend/remote-state/s3: a key may neither be empty nor begin or end with a slash.
function keyRules(key: string | undefined): Issue[] {
  if (key === undefined || /^[^/]([\s\S]*[^/])?$/.test(key)) return [];
  return [
    error("backend-key", ["key"], "the state key is empty, or begins or ends with a slash", {
      got: show(key),
      expected: "a key like zero-etl/orders.tfstate",
    }),
  ];
}
