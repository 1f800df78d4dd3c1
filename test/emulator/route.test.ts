import { Router } from "./route";
import type { Addressed } from "./wire";

const named = (): object => ({ named: true });
const bucket = (): object => ({ bucket: true });
const router = new Router({
  "glue.GetCatalog": named as never,
  "s3tables.GET /buckets/{bucket}/maintenance/{kind}": bucket as never,
});

const address = (service: string, operation: string): Addressed => ({
  protocol: "json",
  service,
  operation,
  region: "us-east-1",
  accessKeyId: "x",
});

test("an operation is found by its service and its name", () => {
  expect(router.find(address("glue", "GetCatalog"))).toEqual({ operation: named, path: {} });
  expect(router.find(address("dynamodb", "GetCatalog"))).toBeUndefined();
});

test("an operation is found by its path, whose parts are decoded", () => {
  const found = router.find(address("s3tables", "GET /buckets/arn%3Aaws%3A1%3Abucket%2Flake/maintenance/x"));
  expect(found).toEqual({ operation: bucket, path: { bucket: "arn:aws:1:bucket/lake", kind: "x" } });
});

test.each([
  "GET /buckets",
  "GET /buckets/a/maintenance",
  "PUT /buckets/a/maintenance/x",
  "GET /buckets/a/b/maintenance/x",
  "GET /buckets/a/maintenance/x/y",
])("%s is another", (operation) => {
  expect(router.find(address("s3tables", operation))).toBeUndefined();
});
