import { type Fixtures, type Result, type StandIn, standIn, succeeded } from "./kit";

export const aws = {
  terraform: { required_providers: { aws: { source: "hashicorp/aws" } } },
  provider: { aws: [{ region: "us-east-1" }] },
};
export const role = (settings: object) => ({ ...aws, resource: { aws_iam_role: { role: settings } } });

/** Starts a stand-in for one test, and ends it after. */
export async function withStandIn(
  fixtures: Fixtures,
  use: (terraform: StandIn) => Promise<void>,
): Promise<void> {
  const terraform = await standIn({ fixtures });
  try {
    await use(terraform);
  } finally {
    await terraform.close();
  }
}

export async function initialised(terraform: StandIn, configuration: object): Promise<string> {
  const directory = await terraform.workspace(configuration);
  succeeded(await terraform.init(directory));
  return directory;
}

/** What Terraform says, without the frames and line breaks of its diagnostics. */
export const said = ({ stdout, stderr }: Result): string => `${stdout}${stderr}`.replace(/[│╷╵\s]+/g, " ");
