// Pictures: what stands where, and that no text of a user gets out of its quotes.
import fc from "fast-check";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Picture } from "../../../lib/graph";
import { dot, mermaid, topology } from "../../../lib/graph";
import { dotText } from "../../../lib/graph/dot";
import { mermaidText } from "../../../lib/graph/mermaid";
import { parseDeclaration } from "../../../lib/spec";

const ROOT = join(__dirname, "../../..");

function pictureOf(file: string): Picture {
  const { declaration } = parseDeclaration(readFileSync(join(ROOT, file), "utf8"), file);
  if (declaration === undefined) throw new Error(`${file} is not valid`);
  return topology(declaration);
}

describe("a topology", () => {
  test("has accounts, in them stacks, and in them what the stack declares", () => {
    expect(mermaid(pictureOf("examples/two-accounts.yaml"))).toBe(
      [
        "flowchart LR",
        '  subgraph g1["account 111122223333, us-east-1"]',
        '    subgraph g2["stack orders"]',
        '      n1[("orders<br/>dynamodb<br/>orders")]',
        '      n2[("crm<br/>zendesk<br/>zendesk-prod")]',
        '      n3(["orders-to-lake"])',
        '      n4(["crm-to-lake"])',
        "    end",
        "  end",
        '  subgraph g3["account 444455556666, us-east-1"]',
        '    subgraph g4["stack orders"]',
        '      n5[["lake<br/>glue-database<br/>sales_lake"]]',
        "    end",
        "  end",
        "  n1 --> n3",
        "  n3 --> n5",
        "  n2 --> n4",
        "  n4 --> n5",
        "",
      ].join("\n"),
    );
  });

  test("finds a target in another stack", () => {
    expect(dot(pictureOf("examples/two-stacks.yaml"))).toBe(
      [
        "digraph {",
        "  rankdir=LR;",
        '  node [fontname="sans-serif"];',
        "  subgraph cluster_1 {",
        '    label="account 444455556666, us-east-1";',
        "    subgraph cluster_2 {",
        '      label="stack lake";',
        '      n1 [shape=folder, label="sales\\nglue-database\\nsales_lake"];',
        "    }",
        "  }",
        "  subgraph cluster_3 {",
        '    label="account 111122223333, us-east-1";',
        "    subgraph cluster_4 {",
        '      label="stack orders";',
        '      n2 [shape=cylinder, label="orders\\ndynamodb\\norders"];',
        '      n3 [shape=box, style=rounded, label="orders-to-sales"];',
        "    }",
        "    subgraph cluster_5 {",
        '      label="stack customers";',
        '      n4 [shape=cylinder, label="customers\\ndynamodb\\ncustomers"];',
        '      n5 [shape=box, style=rounded, label="customers-to-sales"];',
        "    }",
        "  }",
        "  n2 -> n3;",
        "  n3 -> n1;",
        "  n4 -> n5;",
        "  n5 -> n1;",
        "}",
        "",
      ].join("\n"),
    );
  });

  test("says how often an integration refreshes", () => {
    expect(mermaid(pictureOf("zero-etl.yaml"))).toContain('(["orders-to-lake<br/>every 30m"])');
  });

  test("names an environment without an account by its label", () => {
    expect(mermaid(pictureOf("examples/two-regions.yaml"))).toContain('["ireland: eu-west-1"]');
  });
});

describe("marks", () => {
  const picture: Picture = {
    groups: [],
    nodes: [
      { key: "a", role: "source", lines: ["a"] },
      { key: "b", role: "integration", lines: ["b"], mark: "replaced" },
    ],
    edges: [{ from: "a", to: "b" }],
  };

  test("are classes in Mermaid, and only those that are used", () => {
    const text = mermaid(picture);
    expect(text).toContain('n2(["b"]):::replaced');
    expect(text.match(/classDef (\w+)/g)).toEqual(["classDef replaced"]);
  });

  test("are words in DOT", () => {
    expect(dot(picture)).toContain('label="b\\n(replaced)"');
  });
});

describe("texts", () => {
  test.each([
    ['a"]; click n1 "javascript:alert(1)"', "a#34;#93;#59; click n1 #34;javascript:alert#40;1#41;#34;"],
    ["<img src=x onerror=alert(1)>", "#60;img src=x onerror=alert#40;1#41;#62;"],
    ["a\n  end\n", "a end "],
    ["#quot;", "#35;quot#59;"],
    ["- item", "#45; item"],
    ["1. item", "1#46; item"],
    ["`code`", "#96;code#96;"],
    ["prüfung_日本", "prüfung_日本"],
    ["a\u202eb", "ab"],
  ])("%j in Mermaid is %s", (text, written) => {
    expect(mermaidText(text)).toBe(written);
  });

  test.each([
    ['a"b', '"a\\"b"'],
    ["a\\N", '"a\\\\N"'],
    ["a\nb", '"a b"'],
    ["&lt;", '"&amp;lt;"'],
  ])("%j in DOT is %s", (text, written) => {
    expect(dotText([text])).toBe(written);
  });

  test("whatever a label holds, the lines of a picture keep their number and their quotes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (label) => {
        const picture: Picture = {
          groups: [{ title: label, nodes: [{ key: label, role: "source", lines: [label] }] }],
          nodes: [],
          edges: [{ from: label, to: label }],
        };
        const lines = mermaid(picture).split("\n");
        expect(lines).toHaveLength(6);
        for (const line of lines.slice(1, 3)) expect(line.match(/"/g)).toHaveLength(2);
        expect(dot(picture).split("\n")).toHaveLength(10);
        expect(dot(picture)).toMatch(/label="(?:[^"\\\n]|\\["\\n])*"\];/);
      }),
    );
  });
});
