// Documentation that nobody runs goes stale: every code block is used here as a reader would use it.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Problem } from "./support/documentation";
import { documentationProblems } from "./support/documentation";
import { codeBlocks } from "./support/markdown";

const ROOT = join(__dirname, "..");
const BROKEN = "test/support/broken-documentation.md";

/** Languages that are checked wherever they stand; a decision record may quote other ones. */
const CHECKED_IN_DOCS = new Set(["ts", "yaml"]);

const blocksOf = (file: string) => codeBlocks(file, readFileSync(join(ROOT, file), "utf8"));
const markdownIn = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".md"))
    .map((file) => join(folder, file));

const guides = [
  ...readdirSync(ROOT).filter((file) => file.endsWith(".md")),
  "bench/README.md",
  "docs/errors.md",
  "docs/monitoring.md",
  "docs/operator.md",
  "docs/permissions.md",
  "docs/pull-requests.md",
  "docs/review.md",
  "docs/status.md",
];
const docs = markdownIn("docs/decisions").flatMap(blocksOf);

let problems: Problem[];

beforeAll(() => {
  problems = documentationProblems([
    ...guides.flatMap(blocksOf),
    ...docs.filter(({ language }) => CHECKED_IN_DOCS.has(language)),
    ...blocksOf(BROKEN),
  ]);
}, 120_000);

test("every code block of the documentation works", () => {
  expect(guides).toContain("README.md");
  expect(problems.filter(({ file }) => file !== BROKEN)).toEqual([]);
});

test.each([
  ["new NoSuchConstruct()", /has no exported member 'NoSuchConstruct'/],
  ['{ table: "no" }', /the program fails: [^]*table-name/],
  ["tabel: orders", /unknown-key/],
  ["sources: [", /Flow sequence/],
  ['{ "app": }', /SyntaxError: /],
  ["no-such-script", /package\.json has no script "no-such-script"/],
  ["npx zero-etl", /zero-etl has no command "no-such-command"/],
  ["terraform explode", /terraform has no command "explode"/],
  ["curl", /not a command that documentation may show: curl example\.com/],
  ["$ cdktf", /cdktf has no command "no-such-command"/],
  ["[no-such-code]", /there is no issue code no-such-code/],
  ["print(", /nothing checks blocks of the language "python"/],
])("a block that is broken by %s is found: %p", (text, message) => {
  const [block] = blocksOf(BROKEN).filter(({ code }) => code.includes(text));
  const found = problems.filter(({ file, line }) => file === BROKEN && line === block?.line);
  expect(found.map((problem) => problem.message)).toContainEqual(expect.stringMatching(message));
});

test("blocks are found with their line, language and indentation", () => {
  const text = ["- item", "  ```json", "  {}", "  ```", "~~~", "a", "```", "~~~", "```sh", "unclosed"].join(
    "\n",
  );
  expect(codeBlocks("a.md", text)).toEqual([
    { file: "a.md", line: 3, language: "json", code: "{}\n" },
    { file: "a.md", line: 6, language: "", code: "a\n```\n" },
    { file: "a.md", line: 10, language: "sh", code: "unclosed\n" },
  ]);
});
