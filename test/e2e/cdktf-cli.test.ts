// Once through the commands that a user types: `cdktf deploy` and `cdktf destroy`, in a folder of their own.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Finished, run } from "./processes";
import { PROVIDER_VERSION, REPOSITORY, TSX, readDeclaration } from "./project";
import { unprotected } from "./declaration-text";
import { MINUTES, Stage } from "./stage";
import { environment } from "./terraform";

let stage: Stage;
let dir: string;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  stage = await Stage.open();
  dir = await stage.folder("user");
  env = {
    ...(await environment(stage.options)),
    ZERO_ETL_PROVIDER_VERSION: PROVIDER_VERSION,
    CI: "true",
    DISABLE_VERSION_CHECK: "1",
    CDKTF_LOG_LEVEL: "warn",
    FORCE_COLOR: "0",
  };
  await stage.account.createTable("orders");
  const app = `node --import ${TSX} ${join(REPOSITORY, "main.ts")}`;
  const cdktf = { language: "typescript", app, projectId: "zero-etl-user", sendCrashReports: "false" };
  await writeFile(join(dir, "cdktf.json"), JSON.stringify(cdktf));
}, MINUTES);

afterAll(() => stage.close());

// A filesystem mirror is no registry, and cdktf would lock the provider against the registry first.
const cdktf = (command: string): Promise<Finished> =>
  run(
    join(REPOSITORY, "node_modules", ".bin", "cdktf"),
    [command, "--auto-approve", "--skip-provider-lock"],
    {
      cwd: dir,
      env,
    },
  );

const saidOnFailure = ({ code, stdout, stderr }: Finished): string =>
  code === 0 ? "" : `ended with ${code}\n${stdout}\n${stderr}`;

test(
  "deploy and destroy",
  async () => {
    const before = await stage.account.snapshot();
    await writeFile(join(dir, "zero-etl.yaml"), unprotected(await readDeclaration("zero-etl.yaml")));
    expect(saidOnFailure(await cdktf("deploy"))).toBe("");
    expect(await stage.account.integrations()).toMatchObject([
      { IntegrationName: "orders-to-lake", Status: "ACTIVE" },
    ]);
    expect(saidOnFailure(await cdktf("destroy"))).toBe("");
    expect(await stage.account.snapshot()).toEqual(before);
  },
  5 * MINUTES,
);
