// Once through the commands that a user types: `cdktf deploy` and `cdktf destroy`, in a folder of their own.
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Finished, run } from "./processes";
import { PROVIDER_VERSION, REPOSITORY, TSX, readDeclaration } from "./project";
import { unprotected } from "./seed";
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

const declare = (text: string): Promise<void> => writeFile(join(dir, "zero-etl.yaml"), text);

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

test(
  "deploy, refused destroy, destroy",
  async () => {
    const sample = await readDeclaration("zero-etl.yaml");
    const before = await stage.account.snapshot();

    await declare(sample);
    const deployed = await cdktf("deploy");
    expect({
      code: deployed.code,
      stderr: deployed.code === 0 ? "" : deployed.stdout + deployed.stderr,
    }).toEqual({
      code: 0,
      stderr: "",
    });
    expect(await stage.account.integrations()).toMatchObject([
      { IntegrationName: "orders-to-lake", Status: "ACTIVE" },
    ]);

    const refused = await cdktf("destroy");
    expect(refused.code).not.toBe(0);
    expect(refused.stdout + refused.stderr).toContain("Instance cannot be destroyed");
    expect(await stage.account.integrations()).toHaveLength(1);

    await declare(unprotected(sample));
    const destroyed = await cdktf("destroy");
    expect({
      code: destroyed.code,
      stderr: destroyed.code === 0 ? "" : destroyed.stdout + destroyed.stderr,
    }).toEqual({
      code: 0,
      stderr: "",
    });
    expect(await stage.account.snapshot()).toEqual(before);
  },
  5 * MINUTES,
);
