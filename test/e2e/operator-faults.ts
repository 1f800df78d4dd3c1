// Two stacks that share a catalog policy and the policy of a table with other people, and what is said when their operators fail.
import { ATTEMPT_VARIABLE } from "../../modules/shared/operator";
import { ownerMark } from "../../lib/policy/own-statements";
import { readPolicyText } from "../../lib/policy/policy-text";
import { AwsClient, httpTransport } from "../emulator/client";
import type { JsonObject } from "../emulator/wire";
import { unprotected } from "./declaration-text";
import { Project } from "./project";
import { seed } from "./seed";
import { ACCOUNT, OTHER_ACCOUNT, type Stage } from "./stage";
import { type Outcome, type Terraform, result, texts } from "./terraform";

export const PLACE = { account: ACCOUNT, region: "us-east-1" };
export const TABLE = `arn:aws:dynamodb:us-east-1:${ACCOUNT}:table/orders`;
export const SALES_LAKE = `arn:aws:glue:us-east-1:${ACCOUNT}:database/sales_lake`;

type StackName = "sales" | "finance";

const declaration = (interval: string): string => `
version: 1
environments:
  prod: { region: us-east-1, account: "${ACCOUNT}" }
stacks:
  sales:
    environment: prod
    sources: { orders: { type: dynamodb, table: orders } }
    targets: { lake: { type: glue-database, database: sales_lake, location: s3://acme-lake/sales/ } }
    integrations:
      orders-to-sales: { source: orders, target: lake, tables: { orders: { unnest: top-level } } }
  finance:
    environment: prod
    sources: { orders: { type: dynamodb, table: orders }, customers: { type: dynamodb, table: customers } }
    targets: { lake: { type: glue-database, database: finance_lake, location: s3://acme-lake/finance/ } }
    integrations:
      orders-to-finance: { source: orders, target: lake, refreshInterval: ${interval} }
      customers-to-finance: { source: customers, target: lake, refreshInterval: ${interval} }
`;

/** Statements of other people, as they write them. */
export const ANALYSTS = `{ "Sid" : "Analysts", "Effect":"Allow",
    "Principal": {"AWS": "arn:aws:iam::${OTHER_ACCOUNT}:root"}, "Action": ["glue:GetTable"],  "Resource": "*" }`;
export const READERS = `{"Effect" : "Allow", "Principal":{"AWS":"arn:aws:iam::${OTHER_ACCOUNT}:root"},  "Action":"dynamodb:GetItem", "Resource":"${TABLE}"}`;

/** Nearly as much as a catalog policy holds. */
export const TEAMS = Array.from({ length: 20 }, (_, team) =>
  JSON.stringify({
    Sid: `Team${team}`,
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${OTHER_ACCOUNT}:root` },
    Action: "glue:GetTable",
    Resource: `${SALES_LAKE}/${"x".repeat(320)}`,
  }),
);

/** Policies of other people, with more of their statements. */
export const catalogPolicy = (...further: readonly string[]): string =>
  `{\n  "Version": "2012-10-17",\n  "Statement": [ ${[ANALYSTS, ...further].join(",\n")} ]\n}\n`;
export const tablePolicy = (...further: readonly string[]): string =>
  `{ "Id": "readers",   "Version": "2012-10-17", "Statement": [${[READERS, ...further].join(" , ")}] }`;

export const functionOf = (stack: StackName): string => `zero-etl-operator-${stack}-prod`;

/** The option that has every call made again. */
export const attempt = (value: number): string => `-var=${ATTEMPT_VARIABLE}=${value}`;

export class Scene {
  private constructor(
    readonly stage: Stage,
    private readonly project: Project,
    readonly sales: Terraform,
    readonly finance: Terraform,
  ) {}

  /** Seeded and initialised, with nothing applied. */
  static async open(stage: Stage): Promise<Scene> {
    await seed(stage.at, declaration("30m"), ACCOUNT);
    await stage.emulator.policies.seedCatalog(PLACE, catalogPolicy());
    await stage.emulator.policies.seedTable(TABLE, tablePolicy());
    const project = new Project(await stage.folder("faults"));
    await project.synthesize(unprotected(declaration("30m")));
    const initialised = async (stack: StackName): Promise<Terraform> => {
      const terraform = await stage.terraform(project.stackDir(stack));
      expect(await terraform.init()).toMatchObject({ code: 0 });
      return terraform;
    };
    const [sales, finance] = await Promise.all([initialised("sales"), initialised("finance")]);
    return new Scene(stage, project, sales, finance);
  }

  /** Declares another interval for the integrations of finance. */
  async declareInterval(interval: string): Promise<void> {
    await this.project.synthesize(unprotected(declaration(interval)));
  }

  /** Does something with the stacks at once. */
  both<T>(act: (terraform: Terraform, stack: StackName) => Promise<T>): Promise<[T, T]> {
    return Promise.all([act(this.sales, "sales"), act(this.finance, "finance")]);
  }

  /** Plans both stacks, each with options of its own, and then applies them at the same moment. */
  async apply(options: Readonly<Record<StackName, readonly string[]>>): Promise<[Outcome, Outcome]> {
    await this.both((terraform, stack) => planned(terraform, ...options[stack]));
    return this.both((terraform) => terraform.apply());
  }

  /** Of the integrations that have one set, in minutes. */
  async intervals(): Promise<Record<string, string>> {
    const integrations = (await this.stage.account.integrations()) as {
      readonly IntegrationName: string;
      readonly IntegrationConfig?: { readonly RefreshInterval?: string };
    }[];
    return Object.fromEntries(
      integrations.flatMap(({ IntegrationName, IntegrationConfig }) =>
        IntegrationConfig?.RefreshInterval === undefined
          ? []
          : [[IntegrationName, IntegrationConfig.RefreshInterval]],
      ),
    );
  }

  /** Calls the function of a stack as anybody may who is allowed to invoke it. */
  invoke(stack: StackName, event: JsonObject): Promise<JsonObject> {
    return this.lambda("POST", `${functionOf(stack)}/invocations`, event);
  }

  async deleteFunction(stack: StackName): Promise<void> {
    await this.lambda("DELETE", functionOf(stack));
  }

  /** The policies as they are, to the byte. */
  async policies(): Promise<{ readonly catalog: string; readonly table: string }> {
    const { policies } = this.stage.emulator;
    return {
      catalog: (await policies.catalog(PLACE)) ?? "",
      table: (await policies.table(TABLE)) ?? "",
    };
  }

  private lambda(method: string, path: string, input?: JsonObject): Promise<JsonObject> {
    const client = new AwsClient(httpTransport(this.stage.options.endpoint), PLACE);
    return client.rest("lambda", method, `/2015-03-31/functions/${path}`, input);
  }
}

/** A plan that has something to do, and nothing to say that stops it. */
export async function planned(terraform: Terraform, ...options: readonly string[]): Promise<void> {
  const plan = await terraform.plan("plan", ...options);
  expect({ code: plan.code, errors: texts(plan, "error") }).toEqual({ code: 2, errors: [] });
}

export async function expectAtRest(terraform: Terraform, ...options: readonly string[]): Promise<void> {
  expect(result(await terraform.plan("plan", ...options))).toEqual({ code: 0, said: [] });
}

/** The statements of a policy that are not a stack's, to the byte and in their order. */
export function foreignIn(text: string): string[] {
  return statementsIn(text).filter((statement) => sidOf(statement)?.startsWith("ZeroEtl") !== true);
}

/** The statements of a policy that are a stack's. */
export function statementsOf(stack: StackName, text: string): JsonObject[] {
  const mark = ownerMark(functionOf(stack));
  return statementsIn(text)
    .filter((statement) => sidOf(statement)?.endsWith(mark) === true)
    .map((statement) => JSON.parse(statement) as JsonObject);
}

function statementsIn(text: string): string[] {
  const document = readPolicyText(text);
  if (document === undefined) throw new Error(`not a policy: ${text}`);
  return document.statements.map(({ start, end }) => text.slice(start, end));
}

function sidOf(statement: string): string | undefined {
  return (JSON.parse(statement) as { Sid?: string }).Sid;
}

/** Everything that an outcome calls an error, in order, without what differs from run to run. */
export function errorsOf(outcome: Outcome): string[] {
  return texts(outcome, "error").map(reproducible).sort();
}

function reproducible(text: string): string {
  const thrown = /^invoking Lambda Function \((\S+)\): (\{.*\}): $/s.exec(text);
  const said =
    thrown === null
      ? text
      : `${thrown[1] ?? ""}: ${(JSON.parse(thrown[2] ?? "") as { errorMessage: string }).errorMessage}`;
  return said
    .replace(/RequestId: [0-9a-f-]{36}/, "RequestId: ID")
    .replace(/RequestID: [0-9a-f-]{36}/, "RequestID: ID")
    .replace(/would have \d+ bytes/, "would have N bytes");
}

/** What is managed, in the words of messages. */
export const SUBJECTS = {
  catalogPolicy: "the statements of this stack in the Glue catalog policy",
  tablePolicy: "the statements of this stack in the resource policy of the DynamoDB table orders",
  tableProperties: "the table properties of orders in the glue-database sales_lake",
  settings: "the settings of the integration orders-to-finance",
} as const;

const CALL_AGAIN = `call again: terraform apply -var ${ATTEMPT_VARIABLE}=2 (any other value).`;

/** What an apply and every later plan say of a call that was answered with a failure. */
export function failed(subject: keyof typeof SUBJECTS, what: string): string {
  return `Resource postcondition failed: ${SUBJECTS[subject]}: ${what}. When the cause is mended, ${CALL_AGAIN}`;
}

/** What every later plan says of a call whose runtime died, and the apply as well where there was an answer of before. */
export function brokeOff(subject: keyof typeof SUBJECTS, stack: StackName): string {
  return `Resource postcondition failed: ${SUBJECTS[subject]}: the last call of the function ${functionOf(stack)} broke off before it answered; what it did is not known. Look into its log, and ${CALL_AGAIN}`;
}

/** What an apply says of such a call. */
export function died(stack: StackName): string {
  return `${functionOf(stack)}: RequestId: ID Error: Runtime exited with error: signal: killed`;
}

export function denial(stack: StackName, action: string): string {
  const allow = `allow ${action} to the role of the function; service control policies, permissions boundaries and explicit denials count, too`;
  return `AccessDeniedException: User: arn:aws:iam::${ACCOUNT}:role/${functionOf(stack)}-us-east-1 is not authorized to perform: ${action} because no identity-based policy allows the ${action} action. ${allow}`;
}
