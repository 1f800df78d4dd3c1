// The life of what the operator manages, as Terraform plans and applies it; the function itself is made to answer.
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Fixtures, StandIn } from "../standin/kit";
import { describeWithTerraform, plannedActions, succeeded } from "../standin/kit";
import { ROOT, declared, said, withStacks } from "./plan";

const SAMPLE = readFileSync(join(ROOT, "zero-etl.yaml"), "utf8");
const OPTIONS = `${SAMPLE}        tables: { orders: { unnest: top-level } }\n`;
const OPEN = `${SAMPLE}        protect: false\n`;

interface Life {
  readonly terraform: StandIn;
  readonly directory: string;
  /** Writes another declaration over the one that is there, and keeps the state. */
  readonly write: (text: string) => void;
  /** What the next plan does, by address without the hash at its end. */
  readonly planned: () => Promise<Record<string, string>>;
}

async function live(text: string, fixtures: Fixtures, use: (life: Life) => Promise<void>): Promise<void> {
  let output = "";
  const build = (declaration: string) => (outdir: string) => {
    output = outdir;
    declared(declaration)(outdir);
  };
  await withStacks(build(text), fixtures, async ({ directory, terraform }) => {
    await use({
      terraform,
      directory,
      write: (declaration) => {
        rmSync(join(directory, "cdk.tf.json"));
        build(declaration)(output);
      },
      planned: async () => {
        const actions = plannedActions(await terraform.planJson(directory));
        return Object.fromEntries(
          Object.entries(actions).map(([address, action]) => [address.replace(/_[0-9A-F]{8}$/, ""), action]),
        );
      },
    });
  });
}

const kindOf = (input: unknown): string => JSON.parse(String(input)).kind;
const SETTINGS = "aws_lambda_invocation.Integrations_orders-to-lake_Settings";
const PROPERTIES = "aws_lambda_invocation.IntegrationTableProperties_glue-database_sales_lake_orders";

describeWithTerraform("what the operator manages", () => {
  test("is planned, applied, and planned empty, and every call is one that the function takes", async () => {
    const answers: unknown[] = [];
    const record: Fixtures = {
      resources: {
        aws_lambda_invocation: ({ operation, state }) => {
          if (operation === "create")
            answers.push([kindOf(state["input"]), JSON.parse(String(state["result"])).ok]);
        },
      },
    };
    await live(OPTIONS, record, async ({ terraform, directory, planned }) => {
      const first = await planned();
      expect(Object.keys(first).filter((address) => address.startsWith("aws_lambda_"))).toEqual([
        "aws_lambda_function.Operator",
        "aws_lambda_invocation.DynamoDbTablePolicy_orders",
        "aws_lambda_invocation.GlueCatalogPolicy",
        PROPERTIES,
        SETTINGS,
        "aws_lambda_invocation.Propagation",
      ]);
      succeeded(await terraform.apply(directory));
      expect(answers.sort()).toEqual([
        ["catalog-policy", true],
        ["integration-settings", true],
        ["propagation", true],
        ["table-policy", true],
        ["table-properties", true],
      ]);
      expect(await planned()).toEqual({});
    });
  });

  test("changes its interval in place, and nothing of the integration", async () => {
    await live(SAMPLE, {}, async ({ terraform, directory, write, planned }) => {
      succeeded(await terraform.apply(directory));
      write(SAMPLE.replace("30m", "45m"));
      expect(await planned()).toEqual({ [SETTINGS]: "update" });
      succeeded(await terraform.apply(directory));
      expect(await planned()).toEqual({});
    });
  });

  test("sets the interval of an integration again that had to be replaced", async () => {
    await live(OPEN, {}, async ({ terraform, directory, write, planned }) => {
      succeeded(await terraform.apply(directory));
      write(OPEN.replace("description:", "name: renamed\n        description:"));
      expect(await planned()).toMatchObject({
        "aws_cloudcontrolapi_resource.Integrations_orders-to-lake": "delete,create",
        [SETTINGS]: "update",
      });
    });
  });

  test("changes the options of a table in place, and takes them back with the options", async () => {
    await live(OPTIONS, {}, async ({ terraform, directory, write, planned }) => {
      succeeded(await terraform.apply(directory));
      write(OPTIONS.replace("top-level", "none"));
      expect(await planned()).toEqual({ [PROPERTIES]: "update" });
      write(SAMPLE);
      expect(await planned()).toEqual({
        "aws_iam_role_policy.Operator_Policy": "update",
        [PROPERTIES]: "delete",
      });
    });
  });

  test("takes things back while it may still touch them", async () => {
    const order: string[] = [];
    const record: Fixtures = {
      resources: {
        aws_lambda_invocation: ({ operation, state }) => {
          if (operation === "delete") order.push(kindOf(state["input"]));
        },
        aws_iam_role_policy: ({ operation, state }) => {
          if (operation === "update" && state["name"] === "zero-etl-operator") order.push("permissions");
        },
      },
    };
    await live(OPTIONS, record, async ({ terraform, directory, write }) => {
      succeeded(await terraform.apply(directory));
      write(SAMPLE);
      succeeded(await terraform.apply(directory));
      expect(order).toEqual(["table-properties", "permissions"]);
    });
  });

  test("waits again when what a role may do has changed", async () => {
    await live(SAMPLE, {}, async ({ terraform, directory, write, planned }) => {
      succeeded(await terraform.apply(directory));
      write(SAMPLE.replace("s3://acme-lake/sales/", "s3://acme-lake/all/"));
      expect(await planned()).toEqual({
        "aws_glue_catalog_database.Targets_lake_Database": "update",
        "aws_iam_role_policy.Targets_lake_Role_Policy": "update",
        "aws_lambda_invocation.Propagation": "update",
      });
    });
  });
});

describeWithTerraform("an answer that is not good", () => {
  const SAYS =
    "the table properties of orders in the glue-database sales_lake: the change would load the table again. " +
    "raise layoutVersion. When the cause is mended, call again: terraform apply -var zero_etl_attempt=2 (any other value).";

  /** A function that refuses the layout `none` as long as it is told to. */
  const refusing = () => {
    const state = { refuses: true };
    const fixtures: Fixtures = {
      resources: {
        aws_lambda_invocation: ({ operation, state: { input } }) => {
          if (operation !== "create" && operation !== "update") return undefined;
          if (!state.refuses || !String(input).includes('"unnest":"none"')) return undefined;
          return {
            result: JSON.stringify({
              ok: false,
              code: "layout-change",
              message: "the change would load the table again",
              remedy: "raise layoutVersion",
            }),
          };
        },
      },
    };
    return { state, fixtures };
  };
  const again = async ({ terraform, directory }: Life, ...args: string[]) =>
    terraform.run(directory, ...args, "-input=false", "-var", "zero_etl_attempt=2");

  test("to a change fails the apply and the next plan with its message, and is called again with another attempt", async () => {
    const { state, fixtures } = refusing();
    await live(OPTIONS, fixtures, async (life) => {
      const { terraform, directory, write } = life;
      succeeded(await terraform.apply(directory));
      write(OPTIONS.replace("top-level", "none"));

      const applied = await terraform.apply(directory);
      expect(applied.code).toBe(1);
      expect(said(applied)).toContain(SAYS);
      const next = await terraform.plan(directory);
      expect(next.code).toBe(1);
      expect(said(next)).toContain(SAYS);

      state.refuses = false;
      const plan = succeeded(await again(life, "plan"));
      expect(said(plan) + plan.stdout).toMatch(/IntegrationTableProperties\S+ will be updated in-place/);
      succeeded(await again(life, "apply", "-auto-approve"));
      const settled = succeeded(await again(life, "plan"));
      expect(settled.stdout).toContain("No changes.");
    });
  });

  test("at creation is not forgotten either, and holds the integration back", async () => {
    const { state, fixtures } = refusing();
    await live(OPTIONS.replace("top-level", "none"), fixtures, async (life) => {
      const { terraform, directory } = life;
      const applied = await terraform.apply(directory);
      expect(applied.code).toBe(1);
      expect(said(applied)).toContain(SAYS);
      const { values } = await terraform.stateJson(directory);
      const made = values?.root_module?.resources?.map(({ address }) => address) ?? [];
      expect(made.filter((address) => address.includes("Integrations_orders-to-lake"))).toEqual([]);
      expect(said(await terraform.plan(directory))).toContain(SAYS);
      state.refuses = false;
      succeeded(await again(life, "apply", "-auto-approve"));
    });
  });

  test("that is no JSON at all fails as well, and is shown as it is", async () => {
    const broken: Fixtures = {
      resources: {
        aws_lambda_invocation: ({ operation, state: { input } }) =>
          operation === "create" && kindOf(input) === "propagation"
            ? { result: "Task timed out" }
            : undefined,
      },
    };
    await live(SAMPLE, broken, async ({ terraform, directory }) => {
      const applied = await terraform.apply(directory);
      expect(applied.code).toBe(1);
      expect(said(applied)).toContain("the wait for new roles: Task timed out. When the cause is mended");
    });
  });
});

describeWithTerraform("drift checks", () => {
  const CHECKED = OPTIONS.replace("environment: prod", "environment: prod\n    driftChecks: true");
  const answering = (answer: object): Fixtures => ({
    dataSources: {
      aws_lambda_invocation: ({ input }) =>
        kindOf(input) === "table-properties" ? { result: JSON.stringify(answer) } : {},
    },
  });

  test("pass where the account is as declared, and change nothing", async () => {
    await live(CHECKED, {}, async ({ terraform, directory, planned }) => {
      succeeded(await terraform.apply(directory));
      expect(await planned()).toEqual({});
      expect(said(await terraform.plan(directory))).not.toContain("differs from what is declared");
    });
  });

  test.each([
    [
      { ok: true, drift: ["unnest is full, not top-level", "there is a partition by region"] },
      "unnest is full, not top-level; there is a partition by region",
    ],
    [{ ok: false, code: "access-denied", message: "AWS denied access" }, "AWS denied access"],
  ])("warn by name of %j, and stop no plan", async (answer, shown) => {
    await live(CHECKED, answering(answer), async ({ terraform, directory }) => {
      succeeded(await terraform.apply(directory));
      const plan = succeeded(await terraform.plan(directory));
      expect(said(plan)).toContain("Warning: Check block assertion failed");
      expect(said(plan)).toContain(
        `the table properties of orders in the glue-database sales_lake: the account differs from what is declared: ${shown}`,
      );
    });
  });
});
