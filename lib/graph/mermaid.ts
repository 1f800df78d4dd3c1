// A picture as a Mermaid flowchart, which GitHub and GitLab draw where it stands in Markdown.
import type { Mark, NodeRole, Picture, PictureGroup, PictureNode } from "./picture";
import { identifiersOf, nodesOf } from "./picture";

const SHAPES: Readonly<Record<NodeRole, readonly [open: string, close: string]>> = {
  source: ["[(", ")]"],
  integration: ["([", "])"],
  target: ["[[", "]]"],
};

// Told apart by the line as well as by the colour; dark text on light fills reads in both themes of GitHub.
const STYLES: Readonly<Record<Mark, string>> = {
  created: "fill:#dafbe1,stroke:#1a7f37,color:#1f2328",
  changed: "fill:#fff8c5,stroke:#9a6700,color:#1f2328",
  replaced: "fill:#ffebe9,stroke:#cf222e,color:#1f2328,stroke-width:3px,stroke-dasharray:6 3",
  destroyed: "fill:#ffebe9,stroke:#cf222e,color:#1f2328,stroke-width:3px",
};

/** The flowchart, from left to right; the same picture is always the same text. */
export function mermaid(picture: Picture): string {
  const ids = identifiersOf(picture);
  const idOf = (key: string) => ids.get(key) ?? "unknown";
  const used = new Set(nodesOf(picture).flatMap(({ mark }) => mark ?? []));
  let groups = 0;
  const groupLines = ({ title, groups: inner = [], nodes }: PictureGroup, indent: string): string[] => [
    `${indent}subgraph g${++groups}["${mermaidText(title)}"]`,
    ...inner.flatMap((group) => groupLines(group, `${indent}  `)),
    ...nodes.map((node) => `${indent}  ${nodeText(node, idOf(node.key))}`),
    `${indent}end`,
  ];
  return [
    "flowchart LR",
    ...picture.groups.flatMap((group) => groupLines(group, "  ")),
    ...picture.nodes.map((node) => `  ${nodeText(node, idOf(node.key))}`),
    ...picture.edges.map(({ from, to }) => `  ${idOf(from)} --> ${idOf(to)}`),
    ...Object.entries(STYLES)
      .filter(([mark]) => used.has(mark as Mark))
      .map(([mark, style]) => `  classDef ${mark} ${style}`),
    "",
  ].join("\n");
}

function nodeText({ role, lines, mark }: PictureNode, id: string): string {
  const [open, close] = SHAPES[role];
  return `${id}${open}"${lines.map(mermaidText).join("<br/>")}"${close}${mark === undefined ? "" : `:::${mark}`}`;
}

// What means nothing to Mermaid, to Markdown in its labels and to HTML; everything else is written by its number.
const PLAIN = /[^\p{L}\p{N} /:,=_-]/gu;

/** A text that stands for itself between quotes in Mermaid. */
export function mermaidText(text: string): string {
  return (
    text
      .replace(/\s+/g, " ")
      .replace(/\p{C}/gu, "")
      .replace(PLAIN, (character) => `#${character.codePointAt(0)};`)
      // A list to the Markdown of labels.
      .replace(/^-/, "#45;")
  );
}
