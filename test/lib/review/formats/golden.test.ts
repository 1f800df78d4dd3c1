// Reports of real plans in every format, compared letter by letter with what is committed. `UPDATE_GOLDEN=1 npm test` writes
// them anew.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FORMAT_NAMES } from "../../../../lib/commands/format-arguments";
import { zeroEtl } from "../../../bin/terminal";
import { COMMENT_LIMIT } from "../../../../lib/review/formats/markdown";
import { reportValidator, sarifValidator } from "./validators";

const PLANS = join(__dirname, "../../../review/plans");
const GOLDEN = join(__dirname, "../../../golden/review");

const ACKNOWLEDGEMENTS = `version: 1
acknowledgements:
  - { rule: policy-widened, address: aws_*, reason: the table is public by decision, expires: 2026-12-31 }
  - { rule: integration-replaced, address: aws_nothing.at_all, reason: no longer needed at all, expires: 2026-12-31 }
  - { rule: integration-destroyed, address: "*", reason: was wanted in October, expires: 2026-10-31 }
`;

const REVIEWS: Readonly<Record<string, readonly string[]>> = {
  // What blocks, what is acknowledged and what is fine, of three stacks together.
  several: ["orders=integration-replaced.json", "shop=principal-widened.json", "crm=clean-crm-first.json"],
  destroyed: ["orders=integration-destroyed.json"],
  clean: ["orders=clean-lake.json"],
};

const EXTENSIONS: Readonly<Record<string, string>> = {
  text: "txt",
  markdown: "md",
  junit: "xml",
  github: "commands.txt",
  sarif: "sarif.json",
  gitlab: "quality.json",
  json: "json",
};

let cwd = "";
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), "zero-etl-golden-"));
  writeFileSync(join(cwd, "zero-etl-acknowledgements.yaml"), ACKNOWLEDGEMENTS);
  for (const plan of Object.values(REVIEWS).flat()) {
    const file = plan.slice(plan.indexOf("=") + 1);
    writeFileSync(join(cwd, file), readFileSync(join(PLANS, file)));
  }
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

describe.each(Object.entries(REVIEWS))("%s", (name, plans) => {
  const written = (format: string, order: readonly string[] = plans) =>
    zeroEtl(
      ["review", ...order, "--format", format, "--fail-on", "never", "--docs", "https://docs.example"],
      { cwd },
    );

  test.each(FORMAT_NAMES)("as %s", async (format) => {
    const { status, out, err } = await written(format);
    expect({ status, err }).toEqual({ status: 0, err: "" });
    const golden = join(GOLDEN, `${name}.${EXTENSIONS[format]}`);
    // The version of the package is no part of what a report says.
    const text = out.replace(/(<sub>zero-etl |"semanticVersion": ")[\d.]+/g, "$10.0.0");
    if (process.env["UPDATE_GOLDEN"] !== undefined) {
      mkdirSync(GOLDEN, { recursive: true });
      writeFileSync(golden, text);
    }
    expect(existsSync(golden)).toBe(true);
    expect(text).toBe(readFileSync(golden, "utf8"));
  });

  test("in any order of its plans", async () => {
    expect(await written("json", [...plans].reverse())).toEqual(await written("json"));
  });
});

describe("the report of every real plan", () => {
  const [ofReport, ofSarif] = [reportValidator(), sarifValidator()];
  const written = async (plan: string, format: string) => {
    const { out, err } = await zeroEtl(["review", `orders=${join(PLANS, plan)}`, "--format", format], {
      cwd: PLANS,
    });
    if (err !== "") throw new Error(err);
    return out;
  };

  test.each(readdirSync(PLANS).filter((file) => file.endsWith(".json")))(
    "%s is of the schemas",
    async (plan) => {
      ofReport(JSON.parse(await written(plan, "json")));
      expect(ofReport.errors).toBeNull();
      ofSarif(JSON.parse(await written(plan, "sarif")));
      expect(ofSarif.errors).toBeNull();
      expect((await written(plan, "markdown")).length).toBeLessThanOrEqual(COMMENT_LIMIT);
    },
  );
});
