// Which findings are accepted, until when, and what is said of a file that accepts none.
import Ajv from "ajv";
import { acknowledge } from "../../../lib/review/acknowledgements";
import { parseAcknowledgements } from "../../../lib/review/acknowledgements-file";
import { acknowledgementsSchema } from "../../../lib/review/acknowledgements-schema";
import type { Finding } from "../../../lib/review/finding";
import type { Acknowledgement } from "../../../lib/review/report";
import { formatLocatedIssues } from "../../../lib/spec";

const RULES = ["integration-replaced", "policy-widened"];
const TODAY = "2026-11-23";

const finding = (part: Partial<Finding> = {}): Finding => ({
  rule: "policy-widened",
  level: "warn",
  stack: "orders",
  address: "aws_iam_role.lake",
  page: "review.md",
  reason: "lets more",
  consequence: "others read",
  remedy: "name the role",
  ...part,
});

const accepted = (part: Partial<Acknowledgement> = {}): Acknowledgement => ({
  rule: "policy-widened",
  address: "aws_iam_role.lake",
  reason: "until the migration is over",
  expires: "2026-12-31",
  ...part,
});

/** Whether it accepts, and what becomes of it. */
function outcome(found: Finding, acknowledgement: Acknowledgement, today = TODAY) {
  const { findings, acknowledgements } = acknowledge([found], [acknowledgement], today);
  return [findings[0]?.acknowledgement !== undefined, acknowledgements[0]?.state];
}

describe("an acknowledgement", () => {
  test.each<[string, Partial<Finding>, Partial<Acknowledgement>, boolean]>([
    ["accepts its rule on its address", {}, {}, true],
    ["not another rule", { rule: "integration-replaced" }, {}, false],
    ["not another address", { address: "aws_iam_role.lake2" }, {}, false],
    ["every stack when it names none", { stack: "lake" }, {}, true],
    ["its stack when it names one", {}, { stack: "orders" }, true],
    ["no other stack", { stack: "lake" }, { stack: "orders" }, false],
    ["what begins so before a star", {}, { address: "aws_iam_role.*" }, true],
    ["not what begins otherwise", {}, { address: "aws_iam_policy.*" }, false],
    ["nothing by a star within", {}, { address: "aws_*.lake" }, false],
    ["an instance by its key", { address: 'aws_x.y["*"]' }, { address: 'aws_x.y["*"]' }, true],
    ["the plan as a whole by a star alone", { address: "" }, { address: "*" }, true],
  ])("accepts %s", (_, found, part, isAccepted) => {
    expect(outcome(finding(found), accepted(part))).toEqual([isAccepted, isAccepted ? "used" : "unused"]);
  });

  test.each([
    ["the day before its last", "2026-12-30", true, "used"],
    ["its last day", "2026-12-31", true, "used"],
    ["the day after", "2027-01-01", false, "expired"],
  ])("on %s", (_, today, isAccepted, state) => {
    expect(outcome(finding(), accepted(), today)).toEqual([isAccepted, state]);
  });

  test("is expired also where it would accept nothing", () => {
    expect(outcome(finding({ rule: "integration-replaced" }), accepted({ expires: "2026-01-01" }))).toEqual([
      false,
      "expired",
    ]);
  });

  test("the first that holds accepts, and every one that could is used", () => {
    const gone = accepted({ expires: "2026-01-01" });
    const wide = accepted({ address: "aws_*", reason: "the whole stack moves" });
    const { findings, acknowledgements } = acknowledge([finding()], [gone, wide, accepted()], TODAY);
    expect(findings).toEqual([{ ...finding(), acknowledgement: wide }]);
    expect(acknowledgements.map(({ state }) => state)).toEqual(["expired", "used", "used"]);
  });

  test("the finding keeps its level", () => {
    expect(acknowledge([finding()], [accepted()], TODAY).findings[0]?.level).toBe("warn");
  });
});

const ENTRY = `version: 1
acknowledgements:
  - rule: policy-widened
    address: aws_iam_role.lake
    reason: until the migration is over
    expires: 2026-12-31
`;

const parse = (text: string) => parseAcknowledgements(text, "acks.yaml", RULES);

describe("the file", () => {
  test("is read with the place of every entry", () => {
    expect(parse(ENTRY)).toEqual({
      issues: [],
      acknowledgements: [{ ...accepted(), location: { file: "acks.yaml", line: 3 } }],
    });
  });

  test("may be JSON, and accept nothing", () => {
    expect(parse('{"version": 1, "acknowledgements": []}')).toEqual({ issues: [], acknowledgements: [] });
  });

  test.each([
    [
      "nothing",
      "",
      [
        "acks.yaml:1:1: error: the file holds nothing [empty-file]",
        "  expected: version and acknowledgements",
      ],
    ],
    [
      "no YAML",
      "version: [",
      [
        "acks.yaml:1:11: error: flow sequence in block collection must be sufficiently indented and end with a ] [yaml-syntax]",
      ],
    ],
    [
      "a list",
      "- a",
      [
        "acks.yaml:1:1: error: the file is not a mapping with version and acknowledgements [wrong-type]",
        "  got:      a list",
        "  expected: a mapping with version and acknowledgements",
      ],
    ],
    [
      "another version",
      ENTRY.replace("1", "2"),
      [
        "acks.yaml:1:10: error: this release does not read this version of the file format [unknown-version]",
        "  got:      2",
        "  expected: 1",
      ],
    ],
    [
      "a misspelt key and no other",
      "version: 1\nacknowledgments: []\n",
      [
        'acks.yaml:2:1: error: key "acknowledgments" is not known here [unknown-key]',
        "  expected: version, acknowledgements",
        '  remedy:   did you mean "acknowledgements"?',
      ],
    ],
    [
      "no expiry",
      ENTRY.replace(/ {4}expires.*\n/, ""),
      ["acks.yaml:3:5: error: expires is missing [missing-key]", "  remedy:   add expires"],
    ],
    [
      "no reason",
      ENTRY.replace(/reason:.*/, 'reason: ""'),
      [
        "acks.yaml:5:13: error: reason is empty [empty-text]",
        '  got:      ""',
        "  remedy:   give it a value",
      ],
    ],
    [
      "a reason that says nothing",
      ENTRY.replace(/reason:.*/, "reason: wip"),
      [
        "acks.yaml:5:13: error: reason says too little [empty-text]",
        '  got:      "wip"',
        "  expected: at least 10 characters",
        "  remedy:   say why the finding is acceptable, for those who read it when it expires",
      ],
    ],
    [
      "a day that does not exist",
      ENTRY.replace("2026-12-31", "2026-02-30"),
      [
        "acks.yaml:6:14: error: expires is not a day [acknowledgement-expires]",
        '  got:      "2026-02-30"',
        "  expected: YYYY-MM-DD, the last day on which it holds",
      ],
    ],
    [
      "a year",
      ENTRY.replace("2026-12-31", "2026"),
      ["acks.yaml:6:14: error: expires is not a text [wrong-type]", "  got:      2026", "  expected: a text"],
    ],
    [
      "a star within the address",
      ENTRY.replace("aws_iam_role.lake", "aws_*.lake"),
      [
        "acks.yaml:4:14: error: a star stands elsewhere than at the end [acknowledged-address]",
        '  got:      "aws_*.lake"',
        "  expected: a Terraform address, or its beginning and a star: aws_iam_role.*",
      ],
    ],
    [
      "a label for an address",
      ENTRY.replace("aws_iam_role.lake", "orders-to-lake"),
      [
        "acks.yaml:4:14: error: the address is no Terraform address [acknowledged-address]",
        '  got:      "orders-to-lake"',
        "  expected: a Terraform address, or its beginning and a star: aws_iam_role.*",
      ],
    ],
    [
      "the same twice",
      ENTRY + ENTRY.split("\n").slice(2).join("\n"),
      [
        "acks.yaml:7:5: error: the same finding is acknowledged twice [duplicate-acknowledgement]",
        "  also:     acks.yaml:3:5",
        "  remedy:   remove one of the two: only the first would count",
      ],
    ],
  ])("of %s is an error with its place", (_, text, lines) => {
    const { acknowledgements, issues } = parse(text);
    expect(acknowledgements).toBeUndefined();
    expect(formatLocatedIssues(issues).split("\n").slice(0, lines.length)).toEqual(lines);
    expect(issues[0]?.severity).toBe("error");
  });

  test("a star in the key of an instance is a letter", () => {
    const { acknowledgements } = parse(ENTRY.replace("aws_iam_role.lake", `'aws_x.y["a*b"]'`));
    expect(acknowledgements?.[0]?.address).toBe('aws_x.y["a*b"]');
  });

  test("an unknown rule is a warning that names the nearest, and the rest is read", () => {
    const { acknowledgements, issues } = parse(ENTRY.replace("policy-widened", "policy-widend"));
    expect(acknowledgements).toHaveLength(1);
    expect(formatLocatedIssues(issues)).toBe(
      [
        "acks.yaml:3:11: warning: there is no rule with this id, so nothing is accepted [acknowledged-rule]",
        '  got:      "policy-widend"',
        '  remedy:   did you mean "policy-widened"?',
        "1 warning",
      ].join("\n"),
    );
  });
});

describe("the published schema", () => {
  const validate = new Ajv({ strict: false }).compile(acknowledgementsSchema(RULES));
  const entry = { rule: RULES[0], address: "a.b", reason: "long enough", expires: "2026-12-31" };

  test.each([
    [true, entry],
    [true, { ...entry, stack: "orders" }],
    [false, { ...entry, rule: "other" }],
    [false, { ...entry, expires: "soon" }],
    [false, { ...entry, reason: "wip" }],
    [false, { ...entry, more: 1 }],
  ])("is %s of %j", (isValid, one) => {
    expect(validate({ version: 1, acknowledgements: [one] })).toBe(isValid);
  });
});
