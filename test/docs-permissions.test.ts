// The permissions in the documentation are those of what stacks hold: of every example, and of every construct.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "cdktf";
import { cloudControlActions, operatorPermissions } from "../docs/permission-sections";
import { CLOUD_CONTROL_ACTIONS, PAIR_ACTIONS } from "../lib/facts/cloud-control-actions";
import type { LifeActions } from "../lib/facts/deployer-actions";
import { DATA_SOURCE_ACTIONS, RESOURCE_ACTIONS } from "../lib/facts/deployer-actions";
import { fromSpec, parseDeclaration } from "../modules";

const ROOT = join(__dirname, "..");
const filesIn = (folder: string, ending: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(ending))
    .map((file) => join(ROOT, folder, file));
const read = (file: string): string => readFileSync(file, "utf8");

type Blocks = Readonly<Record<string, Readonly<Record<string, { readonly type_name?: string }>>>>;

/** What stacks hold: types of resources, of data sources, and of CloudFormation. */
class Held {
  readonly resources = new Set<string>();
  readonly dataSources = new Set<string>();
  readonly cloudControl = new Set<string>();

  /** Adds what a stack holds, but for what the program makes itself. */
  add(text: string, own: readonly string[] = []): void {
    const { resource = {}, data = {} } = JSON.parse(text) as { resource?: Blocks; data?: Blocks };
    // Types of the provider; terraform_data asks nobody.
    const isTheirs = (type: string): boolean => type.startsWith("aws_") && !own.includes(type);
    for (const type of Object.keys(resource).filter(isTheirs)) this.resources.add(type);
    for (const type of Object.keys(data).filter(isTheirs)) this.dataSources.add(type);
    for (const blocks of [...Object.values(resource), ...Object.values(data)]) {
      for (const { type_name: type } of Object.values(blocks))
        if (type !== undefined) this.cloudControl.add(type);
    }
  }
}

function stacksOf(build: (outdir: string) => void): string[] {
  const folder = mkdtempSync(join(tmpdir(), "zero-etl-permissions-"));
  try {
    build(folder);
    return readdirSync(join(folder, "stacks")).map((name) =>
      read(join(folder, "stacks", name, "cdk.tf.json")),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function declaredStacks(file: string): string[] {
  const { declaration } = parseDeclaration(read(file), file);
  if (declaration === undefined) throw new Error(`${file} does not parse`);
  return stacksOf((outdir) => {
    const app = new App({ outdir });
    fromSpec(app, declaration);
    app.synth();
  });
}

function programStacks(file: string): string[] {
  return stacksOf((outdir) =>
    execFileSync(process.execPath, ["--import", require.resolve("tsx"), file], {
      env: { ...process.env, CDKTF_OUTDIR: outdir },
      stdio: ["ignore", "ignore", "inherit"],
    }),
  );
}

/** Types of what a file makes with the bindings of the provider. */
function imported(file: string): string[] {
  return [...read(file).matchAll(/@cdktf\/provider-aws\/lib\/([\w-]+)"/g)]
    .map(([, name = ""]) => name.replaceAll("-", "_"))
    .filter((name) => name !== "provider")
    .map((name) => (name.startsWith("data_aws_") ? `data.${name.slice(5)}` : `aws_${name}`));
}

const held = new Held();

beforeAll(() => {
  for (const file of filesIn("test/golden", ".tf.json")) held.add(read(file));
  for (const file of filesIn("examples", ".yaml")) for (const stack of declaredStacks(file)) held.add(stack);
  for (const file of filesIn("examples/typescript", ".ts")) {
    for (const stack of programStacks(file)) held.add(stack, imported(file));
  }
}, 120_000);

/** Keys, secrets and topics of the app are unknown in its first plan, which examples are not. */
const IN_NO_EXAMPLE = ["aws_kms_key_policy", "aws_secretsmanager_secret_policy", "aws_sns_topic_policy"];

test("every type of resource in an example has its actions, and no other has", () => {
  expect([...held.resources, ...IN_NO_EXAMPLE].sort()).toEqual(Object.keys(RESOURCE_ACTIONS));
});

test("every type of data source in an example has its actions, and no other has", () => {
  expect([...held.dataSources].sort()).toEqual(Object.keys(DATA_SOURCE_ACTIONS));
});

test("every CloudFormation type in an example has its actions, and no other has", () => {
  expect([...held.cloudControl].sort()).toEqual(Object.keys(CLOUD_CONTROL_ACTIONS));
});

test("every class of the provider that a construct uses has its actions", () => {
  const used = [...new Set(filesIn("modules", ".ts").flatMap(imported))].sort();
  expect(used).toEqual(
    [
      ...Object.keys(RESOURCE_ACTIONS),
      ...Object.keys(DATA_SOURCE_ACTIONS).map((type) => `data.${type}`),
    ].sort(),
  );
});

const TABLES: readonly (readonly [string, Readonly<Record<string, LifeActions>>])[] = [
  ["resources", RESOURCE_ACTIONS],
  ["data sources", DATA_SOURCE_ACTIONS],
  ["CloudFormation types", CLOUD_CONTROL_ACTIONS],
];

test.each(TABLES)("the actions of %s are actions, sorted, once each, and have a source", (_, table) => {
  for (const { read: plan, create = [], update = [], delete: remove = [], source } of Object.values(table)) {
    for (const actions of [plan, create, update, remove]) {
      expect(actions.filter((action) => !/^[a-z0-9-]+:[A-Z]\w+$/.test(action))).toEqual([]);
      expect(actions).toEqual([...new Set(actions)].sort());
    }
    expect(source).not.toBe("");
  }
});

test("who makes integrations may make them at both ends, and pass the role", () => {
  expect(CLOUD_CONTROL_ACTIONS["AWS::Glue::Integration"].create).toContain("glue:CreateInboundIntegration");
  expect(CLOUD_CONTROL_ACTIONS["AWS::Glue::IntegrationResourceProperty"].create).toContain("iam:PassRole");
  for (const { actions } of Object.values(PAIR_ACTIONS)) {
    for (const action of actions) expect(cloudControlActions()).toContain(`\`${action}\``);
  }
});

test("the table of the operator has every action of every operator of an example, and no other", () => {
  const documented = new Set(
    [...operatorPermissions().matchAll(/`([a-z]+:\w+)`/g)].map(([, action]) => action),
  );
  const granted = new Set<string>();
  for (const file of filesIn("test/golden", ".tf.json")) {
    const { resource } = JSON.parse(read(file)) as {
      resource: Record<string, Record<string, { policy: string }>>;
    };
    for (const [name, { policy }] of Object.entries(resource["aws_iam_role_policy"] ?? {})) {
      if (!name.includes("Operator_Policy")) continue;
      for (const [, action = ""] of policy.matchAll(/"((?:dynamodb|glue|logs):\w+)\\?"/g))
        granted.add(action);
    }
  }
  expect([...granted].sort()).toEqual([...documented].sort());
});
