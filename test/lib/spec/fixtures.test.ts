import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { DECLARATION_ISSUES, ISSUE_CODES } from "../../../lib/issue-codes";
import { formatLocatedIssues, parseDeclaration } from "../../../lib/spec";

const fixtures = join(__dirname, "../../fixtures");

function filesOf(folder: string): string[] {
  return readdirSync(join(fixtures, folder)).filter((name) => /\.(yaml|json)$/.test(name));
}

function parse(folder: string, file: string) {
  return parseDeclaration(readFileSync(join(fixtures, folder, file), "utf8"), file);
}

function expected(folder: string, file: string): string {
  return readFileSync(join(fixtures, folder, file.replace(/\.\w+$/, ".issues.txt")), "utf8");
}

describe("invalid declarations", () => {
  test.each(filesOf("invalid"))("%s is refused with exactly its issues", (file) => {
    const { declaration, issues } = parse("invalid", file);
    expect(declaration).toBeUndefined();
    expect(`${formatLocatedIssues(issues)}\n`).toBe(expected("invalid", file));
  });
});

describe("declarations with remarks", () => {
  test.each(filesOf("remarked"))("%s is accepted with exactly its issues", (file) => {
    const { declaration, issues } = parse("remarked", file);
    expect(declaration).toBeDefined();
    expect(`${formatLocatedIssues(issues)}\n`).toBe(expected("remarked", file));
  });
});

describe("valid declarations", () => {
  test.each(filesOf("valid"))("%s is accepted without a word", (file) => {
    const { declaration, issues } = parse("valid", file);
    expect(formatLocatedIssues(issues)).toBe("no issues");
    expect(declaration).toBeDefined();
  });
});

describe("issue codes", () => {
  const seen = new Map(
    ["invalid", "remarked"].flatMap((folder) =>
      filesOf(folder).map((file) => [
        file.replace(/\.yaml$/, ""),
        new Set(parse(folder, file).issues.map(({ code }) => code)),
      ]),
    ),
  );

  test.each(Object.keys(DECLARATION_ISSUES))("%s has a fixture of its name", (code) => {
    expect(seen.get(code)).toContain(code);
  });

  test.each(Object.entries(ISSUE_CODES))("%s is in kebab-case and has a title", (code, title) => {
    expect(code).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(title).toMatch(/^\S.*[^.]$/);
  });
});

test("no message begins in upper case, but for names, or ends in a full stop", () => {
  const texts = ["invalid", "remarked"].flatMap((folder) =>
    filesOf(folder).flatMap((file) => parse(folder, file).issues),
  );
  for (const { message, remedy = "" } of texts) {
    expect(message).toMatch(/^([a-z"$]|AWS|CloudWatch|Cloud Control|Glue|EntityOf)/);
    expect(message).not.toMatch(/\.$/);
    expect(remedy).not.toMatch(/[^.]\.$/);
  }
});
