import { join } from "node:path";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformOutput, TerraformStack } from "cdktf";
import { describeWithTerraform, plannedActions, standIn, succeeded } from "./kit";

describeWithTerraform("what CDKTF writes", () => {
  test("goes through a life cycle, across two stacks", async () => {
    const terraform = await standIn();
    try {
      const app = new App({ outdir: await terraform.workspace({}) });
      const base = stack(app, "base");
      const role = new IamRole(base, "role", { name: "base", assumeRolePolicy: "{}" });
      const next = stack(app, "next");
      const other = new AwsProvider(next, "other", {
        alias: "other",
        region: "us-west-2",
        allowedAccountIds: ["444455556666"],
        assumeRole: [{ roleArn: "arn:aws:iam::444455556666:role/deployer" }],
      });
      new IamRole(next, "role", { provider: other, name: "next", assumeRolePolicy: "{}" });
      new TerraformOutput(next, "arn", { value: role.arn, staticId: true });
      app.synth();

      for (const name of ["base", "next"]) {
        const directory = join(app.outdir, "stacks", name);
        succeeded(await terraform.init(directory));
        succeeded(await terraform.validate(directory));
        expect(plannedActions(await terraform.planJson(directory))).toEqual({
          "aws_iam_role.role": "create",
        });
        succeeded(await terraform.apply(directory));
        expect(plannedActions(await terraform.planJson(directory))).toEqual({});
      }
      const { values } = await terraform.stateJson(join(app.outdir, "stacks", "next"));
      expect(values?.outputs?.["arn"]?.value).toBe("arn:aws:iam::111122223333:role/base");
    } finally {
      await terraform.close();
    }
  });
});

function stack(app: App, name: string): TerraformStack {
  const created = new TerraformStack(app, name);
  new LocalBackend(created, { path: `../${name}.tfstate` });
  new AwsProvider(created, "aws", { region: "us-east-1", allowedAccountIds: ["111122223333"] });
  return created;
}
