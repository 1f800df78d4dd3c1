import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { aws, initialised, role, said, withStandIn } from "./harness";
import { describeWithTerraform, succeeded } from "./kit";

describeWithTerraform("the workspace", () => {
  test("keeps a state beside the configuration that would go elsewhere", () =>
    withStandIn({}, async (terraform) => {
      const remote = {
        ...aws.terraform,
        backend: { s3: { bucket: "state", key: "x", region: "us-east-1" } },
      };
      const directory = await initialised(terraform, {
        ...role({ name: "x", assume_role_policy: "{}" }),
        terraform: remote,
      });
      succeeded(await terraform.apply(directory));
      expect(await readFile(join(directory, "terraform.tfstate"), "utf8")).toContain("aws_iam_role");
    }));

  test("offers no provider but its own, and looks for none on the network", () =>
    withStandIn({}, async (terraform) => {
      const directory = await terraform.workspace({
        terraform: { required_providers: { random: { source: "hashicorp/random" } } },
      });
      const result = await terraform.init(directory);
      expect(result.code).toBe(1);
      expect(said(result)).toContain("not found in any of the search locations");
    }));
});
