// The JSON Schema of the report, for those who read it as JSON.
import { LEVELS } from "../finding";
import { REPORT_VERSION } from "../report";

type Schema = Readonly<Record<string, unknown>>;
type Members = Readonly<Record<string, Schema>>;

const TEXT: Schema = { type: "string" };
const COUNT: Schema = { type: "integer", minimum: 0 };

/** The schema as it is published; later versions of the same number may add members. */
export function reportSchema(): Schema {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "cdktf-glue-zero-etl review",
    ...object(
      {
        version: { const: REPORT_VERSION, description: "Version of the report's form." },
        verdict: oneOf(
          [...LEVELS, "clean"],
          "The gravest level of the findings that nobody acknowledged; clean where there are none.",
        ),
        plans: list("By stack.", ref("plan")),
        findings: list(
          "The gravest first, then by stack, address and rule; acknowledged ones among them.",
          ref("finding"),
        ),
        acknowledgements: list("What became of every acknowledgement.", ref("reviewedAcknowledgement")),
        integrations: list(
          "Integrations that exist before or after the plans, untouched ones among them.",
          ref("integration"),
        ),
        changes: list("Every resource that changes, by stack and address.", ref("change")),
        unrelated: list("Ids of the changes that belong to no integration.", TEXT),
        checks: list("Checks of the configurations and how they stand.", ref("check")),
        topology: ref("topology"),
      },
      [],
    ),
    definitions: DEFINITIONS,
  };
}

const LOCATION = object(
  {
    constructPath: text("Path of the construct, without the stack."),
    file: text("File that declares it, relative to the working directory."),
    line: { type: "integer", minimum: 1 },
  },
  ["constructPath", "file", "line"],
);

const ACKNOWLEDGEMENT: Members = {
  rule: TEXT,
  address: text("Terraform address; a star at its end stands for any rest."),
  stack: text("Label of the stack; absent: every stack."),
  reason: TEXT,
  expires: text("Last day on which it holds, YYYY-MM-DD, UTC."),
  location: ref("location"),
};

const ACTION = oneOf(
  ["create", "update", "replace", "delete", "read", "forget", "move", "import", "no-op"],
  "What the plan does to it; a replacement is one thing.",
);
const TOPOLOGY_CHANGE = oneOf(["none", "create", "update", "replace", "delete"], "What becomes of it.");

const STATEMENT = object(
  {
    sid: TEXT,
    effect: oneOf(["Allow", "Deny"], "What the statement does."),
    principals: texts(),
    notPrincipals: { type: "boolean" },
    actions: texts(),
    notActions: { type: "boolean" },
    resources: texts(),
    notResources: { type: "boolean" },
    conditions: list(
      "All of them must hold, each by one of its values.",
      object({ operator: TEXT, key: TEXT, values: texts() }, []),
    ),
  },
  ["sid"],
);

const DEFINITIONS: Members = {
  location: LOCATION,
  plan: object(
    {
      stack: TEXT,
      terraformVersion: TEXT,
      counts: object(
        {
          create: COUNT,
          update: COUNT,
          replace: COUNT,
          delete: COUNT,
          forget: COUNT,
          move: COUNT,
          import: COUNT,
        },
        [],
      ),
    },
    [],
  ),
  finding: object(
    {
      rule: text("Id of the rule; never reused."),
      level: oneOf(LEVELS, "block loses or stops data, warn may, info is worth knowing."),
      stack: TEXT,
      address: text("Terraform address; empty where it is about the plan as a whole."),
      reason: text("What the plan does."),
      consequence: text("What that means for the data."),
      remedy: text("The safer path."),
      attribute: text("The attribute or decoded property that it is about."),
      page: text("Page of the documentation, relative to the folder docs."),
      location: ref("location"),
      acknowledgement: ref("acknowledgement"),
    },
    ["attribute", "location", "acknowledgement"],
  ),
  acknowledgement: object(ACKNOWLEDGEMENT, ["stack", "location"]),
  reviewedAcknowledgement: object(
    { ...ACKNOWLEDGEMENT, state: oneOf(["used", "expired", "unused"], "What became of it.") },
    ["stack", "location"],
  ),
  integration: object(
    {
      stack: TEXT,
      address: TEXT,
      label: TEXT,
      holder: oneOf(["cloud-control", "awscc", "redshift"], "Which resource type holds it."),
      action: ACTION,
      source: text("ARN, or Terraform's words where it is hidden."),
      target: text("ARN, or Terraform's words where it is hidden."),
      changes: list("Ids of the changes that touch it, its own first.", TEXT),
    },
    [],
  ),
  change: object(
    {
      id: text("Stack and address, unique in the report."),
      stack: TEXT,
      address: TEXT,
      type: TEXT,
      title: text("What it is, in words."),
      action: ACTION,
      replaceOrder: oneOf(["delete-first", "create-first"], "Of a replacement."),
      forcedBy: list("What forces a replacement.", TEXT),
      reason: text("Why, in Terraform's words."),
      movedFrom: TEXT,
      isImported: { type: "boolean" },
      fields: list(
        "Field by field, decoded, sorted by path.",
        object({ path: TEXT, before: ref("value"), after: ref("value") }, ["before", "after"]),
      ),
      policies: list("Policy documents, statement by statement.", ref("policy")),
      location: ref("location"),
    },
    ["replaceOrder", "reason", "movedFrom", "location"],
  ),
  value: object(
    {
      kind: oneOf(["value", "unknown", "sensitive"], "unknown is known after apply."),
      value: { description: "Only of the kind value." },
    },
    ["value"],
  ),
  policy: object(
    {
      attribute: TEXT,
      kind: TEXT,
      subject: text("What the policy belongs to."),
      state: oneOf(
        ["known", "unknown", "sensitive", "unreadable"],
        "known where statements is all that changes.",
      ),
      statements: list(
        "What changes in it.",
        object(
          {
            kind: oneOf(
              ["added", "removed", "widened", "narrowed", "changed"],
              "What becomes of the statement.",
            ),
            before: ref("statement"),
            after: ref("statement"),
            parts: list(
              "Of a statement that stays: what changes in it.",
              object(
                {
                  part: oneOf(
                    ["effect", "principal", "action", "resource", "condition"],
                    "Part of the statement.",
                  ),
                  direction: oneOf(["widened", "narrowed", "changed"], "Whether it lets more or less."),
                  added: texts(),
                  removed: texts(),
                },
                [],
              ),
            ),
          },
          ["before", "after"],
        ),
      ),
    },
    [],
  ),
  statement: STATEMENT,
  check: object(
    {
      stack: TEXT,
      address: TEXT,
      status: oneOf(["pass", "fail", "error", "unknown"], "How it stands."),
      problems: texts(),
    },
    [],
  ),
  topology: object(
    {
      nodes: list(
        "Sources and targets.",
        object(
          {
            id: text("The ARN, or stack and address where it is hidden."),
            kind: oneOf(["source", "target"], "Which end of a flow it is."),
            label: TEXT,
            noun: text("What it is, in words."),
            change: TOPOLOGY_CHANGE,
          },
          [],
        ),
      ),
      flows: list(
        "Integrations, from source to target.",
        object(
          {
            stack: TEXT,
            address: TEXT,
            label: TEXT,
            source: text("Id of a node."),
            target: text("Id of a node."),
            change: TOPOLOGY_CHANGE,
          },
          [],
        ),
      ),
    },
    [],
  ),
};

function object(properties: Members, optional: readonly string[]): Schema {
  const required = Object.keys(properties).filter((key) => !optional.includes(key));
  return { type: "object", properties, ...(required.length > 0 && { required }) };
}

function list(description: string, items: Schema): Schema {
  return { type: "array", description, items };
}

function text(description: string): Schema {
  return { ...TEXT, description };
}

function texts(): Schema {
  return { type: "array", items: TEXT };
}

function oneOf(values: readonly string[], description: string): Schema {
  return { enum: values, description };
}

function ref(name: string): Schema {
  return { $ref: `#/definitions/${name}` };
}
