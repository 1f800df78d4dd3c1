// What each format writes: against its schema where it has one, letter by letter where it has none, and with texts that a
// hostile plan could bring in.
import { DOMParser, onErrorStopParsing } from "@xmldom/xmldom";
import fc from "fast-check";
import type { FormatName, FormatOptions } from "../../../../lib/review/formats";
import { FORMATS, failing } from "../../../../lib/review/formats";
import { COMMENT_LIMIT, COMMENT_MARKER } from "../../../../lib/review/formats/markdown";
import { code, prose } from "../../../../lib/review/formats/markdown-text";
import { reportPicture } from "../../../../lib/review/formats/report-picture";
import { FORMAT_NAMES } from "../../../../lib/commands/format-arguments";
import type { Report } from "../../../../lib/review/report";
import { reportValidator, sarifValidator } from "./validators";
import { ACCEPTED, BLOCKING, EMPTY, HOSTILE, OPTIONS, SAMPLE, WARNING, hostile } from "./sample-report";

const render = (name: FormatName, report: Report, options: Partial<FormatOptions> = {}) =>
  FORMATS[name](report, { ...OPTIONS, ...options });

test("the command line knows every format", () => {
  expect(Object.keys(FORMATS)).toEqual([...FORMAT_NAMES]);
});

describe("json", () => {
  const validate = reportValidator();

  test.each([
    ["a report with one of everything", SAMPLE],
    ["an empty report", EMPTY],
  ])("%s is of the published schema, and whole", (_, report) => {
    const written: unknown = JSON.parse(render("json", report));
    validate(written);
    expect(validate.errors).toBeNull();
    expect(written).toEqual(report);
  });

  test.each([
    ["a level that does not exist", { findings: [{ ...BLOCKING, level: "fatal" }] }],
    ["a finding without a reason", { findings: [{ ...BLOCKING, reason: undefined }] }],
    ["another version", { version: 2 }],
    ["a member that is not described", { more: 1 }],
  ])("the schema refuses %s", (_, part) => {
    expect(validate(JSON.parse(JSON.stringify({ ...SAMPLE, ...part })))).toBe(false);
  });
});

interface SarifLog {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { id: string; helpUri: string }[] } };
    readonly invocations: readonly { toolConfigurationNotifications: readonly { message: unknown }[] }[];
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex?: number;
      readonly level: string;
      readonly suppressions?: readonly object[];
      readonly partialFingerprints: Readonly<Record<string, string>>;
      readonly locations: readonly {
        readonly physicalLocation: object;
        readonly logicalLocations: readonly object[];
      }[];
    }[];
  }[];
}

describe("sarif", () => {
  const validate = sarifValidator();
  const run = (report: Report) => {
    const [first] = (JSON.parse(render("sarif", report)) as SarifLog).runs;
    if (first === undefined) throw new Error("no run");
    return first;
  };

  test.each([
    ["a report with one of everything", SAMPLE],
    ["an empty report", EMPTY],
    ["a hostile report", hostile()],
  ])("%s is of the schema of SARIF 2.1.0", (_, report) => {
    validate(JSON.parse(render("sarif", report)));
    expect(validate.errors).toBeNull();
  });

  test("every rule is there with a page of help, and every result names its rule", () => {
    const { tool, results } = run(SAMPLE);
    const { rules } = tool.driver;
    expect(rules.map(({ id }) => id)).toEqual(OPTIONS.rules.map(({ id }) => id));
    expect(rules[0]?.helpUri).toBe("https://docs.example/rules.md#a");
    for (const { ruleId, ruleIndex } of results) expect(rules[ruleIndex ?? -1]?.id).toBe(ruleId);
  });

  test("a finding is at its line where that is known", () => {
    expect(run(SAMPLE).results[0]?.locations).toEqual([
      {
        physicalLocation: { artifactLocation: { uri: "zero-etl.yaml" }, region: { startLine: 24 } },
        logicalLocations: [
          {
            name: "aws_cloudcontrolapi_resource.orders-to-lake",
            fullyQualifiedName: "orders/aws_cloudcontrolapi_resource.orders-to-lake",
            kind: "resource",
          },
          { fullyQualifiedName: "orders/Integrations/orders-to-lake/Resource", kind: "object" },
        ],
      },
    ]);
  });

  test("else it is at its plan, whatever the name of that file", () => {
    const { location: _, ...nowhere } = BLOCKING;
    const { results } = run({ ...SAMPLE, findings: [nowhere] });
    expect(results[0]?.locations[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: "plans/orders%20plan.json" },
      region: { startLine: 1 },
    });
  });

  test("levels are those of SARIF, and what is accepted is suppressed and a note", () => {
    expect(
      run(SAMPLE).results.map(({ ruleId, level, suppressions }) => [ruleId, level, suppressions]),
    ).toEqual([
      ["integration-replaced", "error", undefined],
      [
        "many-creations",
        "note",
        [
          {
            kind: "external",
            status: "accepted",
            justification: "the first load is on a weekend (until 2026-12-31)",
          },
        ],
      ],
      ["policy-widened", "warning", undefined],
    ]);
  });

  test("a fingerprint stays when words change, and differs between resources", () => {
    const prints = (...findings: Report["findings"]) =>
      run({ ...SAMPLE, findings }).results.map(
        ({ partialFingerprints }) => partialFingerprints["primaryLocationLineHash"],
      );
    const [one] = prints(BLOCKING);
    expect(one).toMatch(/^[0-9a-f]{32}:1$/);
    expect(prints({ ...BLOCKING, reason: "other words" }, { ...BLOCKING, location: {} })).toEqual([one, one]);
    for (const part of [
      { address: "a.b" },
      { stack: "lake" },
      { rule: "other" },
      { attribute: "TargetArn" },
    ]) {
      expect(prints({ ...BLOCKING, ...part })).not.toEqual([one]);
    }
  });

  test("acknowledgements that accept nothing are told", () => {
    expect(run(SAMPLE).invocations[0]?.toolConfigurationNotifications).toHaveLength(2);
  });
});

describe("junit", () => {
  const parse = (text: string) =>
    new DOMParser({ onError: onErrorStopParsing }).parseFromString(text, "text/xml").documentElement;
  const parsed = (report: Report, options: Partial<FormatOptions> = {}) => {
    const root = parse(render("junit", report, options));
    if (root === null) throw new Error("no root");
    return root;
  };
  const elements = (name: string, report: Report, options: Partial<FormatOptions> = {}) => [
    ...parsed(report, options).getElementsByTagName(name),
  ];

  test.each([
    ["a report with one of everything", SAMPLE],
    ["an empty report", EMPTY],
    ["a hostile report", hostile()],
  ])("%s is well-formed, and its figures add up", (_, report) => {
    const root = parsed(report);
    expect(root.nodeName).toBe("testsuites");
    for (const suite of [root, ...root.getElementsByTagName("testsuite")]) {
      const count = (name: string) => String([...suite.getElementsByTagName(name)].length);
      expect(suite.getAttribute("tests")).toBe(count("testcase"));
      expect(suite.getAttribute("failures")).toBe(count("failure"));
      if (suite !== root) expect(suite.getAttribute("skipped")).toBe(count("skipped"));
      expect(suite.getAttribute("errors")).toBe("0");
    }
    // Elements and attributes of junit-10.xsd of the xUnit plugin of Jenkins, as far as they are used here.
    const ALLOWED: Readonly<Record<string, readonly string[]>> = {
      testsuites: ["name", "tests", "failures", "errors"],
      testsuite: ["name", "tests", "failures", "errors", "skipped"],
      testcase: ["name", "classname"],
      failure: ["type", "message"],
      skipped: ["message"],
      "system-out": [],
    };
    for (const element of [root, ...root.getElementsByTagName("*")]) {
      const names = [...element.attributes].map(({ name }) => name);
      expect([element.nodeName, names]).toEqual([element.nodeName, ALLOWED[element.nodeName]]);
    }
    for (const one of root.getElementsByTagName("testcase")) {
      expect(one.getAttribute("name")).toBeTruthy();
      expect(one.getAttribute("classname")).toBeTruthy();
    }
  });

  test("is a suite for each stack, with a test for each finding and each silent rule", () => {
    const names = elements("testcase", SAMPLE).map((one) => [
      one.getAttribute("classname"),
      one.getAttribute("name"),
    ]);
    expect(names).toEqual([
      ["lake", "many-creations"],
      ["lake", 'policy-widened aws_iam_role_policy.lake["a"]'],
      ["lake", "integration-replaced"],
      ["orders", "integration-replaced aws_cloudcontrolapi_resource.orders-to-lake SourceArn"],
      ["orders", "policy-widened"],
      ["orders", "many-creations"],
    ]);
  });

  test.each([
    ["never", 0],
    ["block", 1],
    ["warn", 2],
  ] as const)("with --fail-on %s, %d fail", (failOn, count) => {
    expect(elements("failure", SAMPLE, { failOn })).toHaveLength(count);
    expect(failing(SAMPLE, failOn)).toHaveLength(count);
  });

  test("a text comes out as it went in, but for what XML cannot hold", () => {
    const report = { ...SAMPLE, findings: [{ ...BLOCKING, reason: HOSTILE }] };
    const [failure] = elements("failure", report);
    const readable = HOSTILE.replace("\u001b", "\ufffd");
    expect(failure?.textContent).toContain(readable);
  });
});

describe("github", () => {
  test("is one command a line, the gravest first", () => {
    expect(render("github", SAMPLE).split("\n")).toEqual([
      "::error file=zero-etl.yaml,line=24,title=integration-replaced (block)::orders: aws_cloudcontrolapi_resource.orders-to-lake: replaces the integration orders-to-lake because of SourceArn%0Adata: the target is loaded anew from the first item on%0Ainstead: add a second integration, and remove this one when the second has caught up%0Asee: https://docs.example/rules.md#a",
      "::notice title=many-creations (block)::lake: makes 12 integrations into one target%0Adata: some of them fail at first%0Ainstead: apply in two steps%0Aacknowledged: the first load is on a weekend (until 2026-12-31)",
      '::warning title=policy-widened (warn)::lake: aws_iam_role_policy.lake["a"]: lets every principal of the account read the bucket%0Adata: others can read the data%0Ainstead: name the role%0Asee: https://docs.example/rules.md#b',
      "::warning file=zero-etl-acknowledgements.yaml,line=7,title=acknowledgement of policy-widened::the acknowledgement of policy-widened on aws_iam_role_policy.lake expired on 2026-01-31: decide anew, or remove it",
      "::notice title=acknowledgement of policy-widened::the acknowledgement of policy-widened on aws_iam_role_policy.gone accepts nothing in these plans: remove it when it has been applied",
      "",
    ]);
  });

  test("writes nothing where there is nothing to say", () => {
    expect(render("github", EMPTY)).toBe("");
  });

  test("no text begins another command", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const lines = render("github", hostile(`${text}\n::error::owned\r::add-mask::x`)).split("\n");
        expect(lines).toHaveLength(SAMPLE.findings.length + 2 + 1);
        for (const line of lines.slice(0, -1)) {
          expect(line).toMatch(
            /^::(error|warning|notice) (file=[^:,\r\n]*,)?(line=\d+,)?title=[^:,\r\n]*::[^\r\n]*$/,
          );
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe("gitlab", () => {
  test("is a list of what nobody accepts, each with a place, a fingerprint and a severity of GitLab", () => {
    const entries = JSON.parse(render("gitlab", SAMPLE)) as readonly Record<string, unknown>[];
    expect(entries.map(({ check_name, severity, location }) => [check_name, severity, location])).toEqual([
      ["integration-replaced", "blocker", { path: "zero-etl.yaml", lines: { begin: 24 } }],
      ["policy-widened", "major", { path: "lake.json", lines: { begin: 1 } }],
    ]);
    expect(new Set(entries.map(({ fingerprint }) => fingerprint)).size).toBe(2);
  });
});

describe("text", () => {
  test("has colours only where they are asked for", () => {
    expect(render("text", SAMPLE)).not.toContain("\u001b");
    expect(render("text", SAMPLE, { color: true })).toContain("\u001b[31mBLOCK\u001b[0m");
  });

  test("obeys nothing that a plan holds", () => {
    expect(render("text", hostile())).not.toMatch(/[^\P{C}\n]/u);
  });

  test.each([40, 80, 120])("keeps within %d columns, but for what cannot be broken", (columns) => {
    for (const line of render("text", SAMPLE, { columns }).split("\n")) {
      if (line.length > columns)
        expect(line.trim()).toMatch(/^\S+( \S+){0,2}$|^\S+: +\S+$|^zero-ETL review|^[~+!-] /);
    }
  });

  test("says that there is nothing to say", () => {
    expect(render("text", EMPTY)).toBe(
      "zero-ETL review: nothing to say (no findings)\n  orders: no changes\n",
    );
  });

  test("shows so many changes, and counts the rest", () => {
    const [first] = SAMPLE.changes;
    if (first === undefined) throw new Error("no change");
    const report = { ...SAMPLE, changes: Array(100).fill(first) as (typeof first)[] };
    expect(render("text", report)).toContain("  ... and 60 more changes: --format json has them all\n");
  });
});

describe("markdown", () => {
  const lines = (report: Report) => render("markdown", report).split("\n");

  test("begins with the marker and the verdict", () => {
    expect(lines(SAMPLE).slice(0, 5)).toEqual([
      COMMENT_MARKER,
      "",
      "## 🛑 zero-ETL review: blocked",
      "",
      "1 blocking finding, 1 warning, 1 acknowledged",
    ]);
    expect(lines(EMPTY)[2]).toBe("## ✅ zero-ETL review: nothing to say");
  });

  test("tells findings before changes, and what is accepted apart", () => {
    const text = render("markdown", SAMPLE);
    const places = [
      "### Findings",
      "Acknowledged: 1",
      "### Acknowledgements",
      "Checks that",
      "```mermaid",
      "### Changes",
    ].map((part) => text.indexOf(part));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
  });

  test("shows a change of several integrations once", () => {
    const text = render("markdown", SAMPLE);
    expect(text.match(/\*\*catalog policy\*\*/g)).toHaveLength(1);
    expect(text).toContain(
      "- catalog policy: changed, <code>aws_glue_resource_policy.catalog</code> (shown above)",
    );
  });

  test("folds as much away as it unfolds, and keeps rows in one line", () => {
    for (const report of [SAMPLE, hostile()]) {
      const text = render("markdown", report);
      expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
      expect(text.match(/^```/gm)).toHaveLength(2);
      for (const row of text.split("\n").filter((line) => line.startsWith("|"))) expect(row).toMatch(/\|$/);
    }
  });

  test("no text of a plan becomes markup, a link or a mention", () => {
    const text = render("markdown", hostile());
    const outside = text.replace(/```mermaid[^]*?```/, "");
    expect(outside).not.toMatch(
      /@octocat|onerror=alert\(1\)>|\]\(javascript|\*\*b\*\*|https:\/\/example|`x`/,
    );
    expect(outside).toContain("&#64;&#8203;octocat");
    expect(text).not.toMatch(/<img/);
  });

  test("whatever a text holds, its Markdown holds no character that means something", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(prose(text)).not.toMatch(/[<>|`*[\]\\@~!$%^\n\r{}]/);
        expect(code(text).replace(/^<code>|<\/code>$/g, "")).not.toMatch(
          /[<>|`*[\]\\@~!$%^\n\r{}]|:\/\/|www\./i,
        );
      }),
    );
  });

  describe("of many findings and changes", () => {
    const [change] = SAMPLE.changes;
    const [integration] = SAMPLE.integrations;
    if (change === undefined || integration === undefined) throw new Error("the sample is empty");
    const count = 2_000;
    const many: Report = {
      ...SAMPLE,
      findings: [
        ...SAMPLE.findings,
        ...Array.from({ length: count }, (_, index) => ({ ...WARNING, address: `aws_iam_role.r${index}` })),
      ],
      changes: Array.from({ length: count }, (_, index) => ({ ...change, id: `lake/r${index}` })),
      integrations: Array.from({ length: count }, (_, index) => ({
        ...integration,
        label: `i${index}`,
        changes: [`lake/r${index}`],
      })),
      unrelated: [],
    };

    test("fits into a comment, keeps the gravest, and says how much is left out", () => {
      const text = render("markdown", many);
      expect(text.length).toBeLessThanOrEqual(COMMENT_LIMIT);
      expect(text.length).toBeGreaterThan(COMMENT_LIMIT * 0.9);
      expect(text).toContain("[integration-replaced]");
      expect(text).toMatch(/Left out, because a comment has no more room: \d+ findings\./);
      expect(text).toContain("Left out, because a comment has no more room: 2000 integrations.");
      expect(text).toMatch(/<sub>zero-etl 0\.0\.0<\/sub>\n$/);
    });

    test("with few findings the changes get the room", () => {
      const text = render("markdown", { ...many, findings: SAMPLE.findings });
      expect(text.length).toBeLessThanOrEqual(COMMENT_LIMIT);
      expect(text).toContain("<b>i0</b>");
      expect(text).toMatch(/Left out, because a comment has no more room: 1\d\d\d integrations\./);
    });

    test("with texts of any length", () => {
      const text = render("markdown", { ...many, ...hostile("&<|".repeat(40_000)) });
      expect(text.length).toBeLessThanOrEqual(COMMENT_LIMIT);
    });
  });
});

describe("the picture", () => {
  const flows = (count: number, change: "none" | "create") =>
    Array.from({ length: count }, (_, index) => ({
      stack: "orders",
      address: `a.${change}${index}`,
      label: `${change}${index}`,
      source: "s",
      target: "t",
      change,
    }));
  const nodes = [
    { id: "s", kind: "source", label: "s", noun: "DynamoDB table", change: "none" },
    { id: "t", kind: "target", label: "t", noun: "Glue database", change: "none" },
  ] as const;

  test("has everything where that is little", () => {
    expect(reportPicture({ nodes, flows: flows(60, "none") })).toMatchObject({ unchanged: 0, tooMany: 0 });
  });

  test("has what changes where everything would be too much", () => {
    const drawn = reportPicture({ nodes, flows: [...flows(60, "none"), ...flows(1, "create")] });
    expect(drawn).toMatchObject({ unchanged: 60, tooMany: 0 });
    expect(drawn?.picture.groups[0]?.nodes).toEqual([
      { key: "flow orders/a.create0", role: "integration", lines: ["create0", "created"], mark: "created" },
    ]);
  });

  test("and of that no more than can be drawn", () => {
    expect(reportPicture({ nodes, flows: flows(70, "create") })).toMatchObject({ unchanged: 0, tooMany: 10 });
  });

  test("is none where nothing flows", () => {
    expect(reportPicture(EMPTY.topology)).toBeUndefined();
  });
});

test("an acknowledged finding never fails a run", () => {
  expect(failing({ findings: [ACCEPTED] }, "info")).toEqual([]);
});
