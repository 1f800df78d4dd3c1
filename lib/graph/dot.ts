// A picture in DOT, the language of Graphviz.
import type { NodeRole, Picture, PictureGroup, PictureNode } from "./picture";
import { identifiersOf } from "./picture";

const SHAPES: Readonly<Record<NodeRole, string>> = {
  source: "cylinder",
  integration: "box",
  target: "folder",
};

/** The directed graph, from left to right; the same picture is always the same text. */
export function dot(picture: Picture): string {
  const ids = identifiersOf(picture);
  const idOf = (key: string) => ids.get(key) ?? "unknown";
  let groups = 0;
  const groupLines = ({ title, groups: inner = [], nodes }: PictureGroup, indent: string): string[] => [
    `${indent}subgraph cluster_${++groups} {`,
    `${indent}  label=${dotText([title])};`,
    ...inner.flatMap((group) => groupLines(group, `${indent}  `)),
    ...nodes.map((node) => `${indent}  ${nodeText(node, idOf(node.key))}`),
    `${indent}}`,
  ];
  return [
    "digraph {",
    "  rankdir=LR;",
    '  node [fontname="sans-serif"];',
    ...picture.groups.flatMap((group) => groupLines(group, "  ")),
    ...picture.nodes.map((node) => `  ${nodeText(node, idOf(node.key))}`),
    ...picture.edges.map(({ from, to }) => `  ${idOf(from)} -> ${idOf(to)};`),
    "}",
    "",
  ].join("\n");
}

function nodeText({ role, lines, mark }: PictureNode, id: string): string {
  const style = role === "integration" ? ", style=rounded" : "";
  const text = mark === undefined ? lines : [...lines, `(${mark})`];
  return `${id} [shape=${SHAPES[role]}${style}, label=${dotText(text)}];`;
}

/** Lines as one quoted string, in which Graphviz finds no escape but the line ends. */
export function dotText(lines: readonly string[]): string {
  const plain = lines.map((line) =>
    line.replace(/\s+/g, " ").replace(/\p{C}/gu, "").replace(/["\\]/g, "\\$&").replace(/&/g, "&amp;"),
  );
  return `"${plain.join("\\n")}"`;
}
