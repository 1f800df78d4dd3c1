// The topology of a report as a picture, as far as it can be drawn.
import type { Mark, Picture, PictureNode } from "../../graph/picture";
import { oneLine, shortened } from "./wording";
import type { Topology, TopologyChange, TopologyFlow } from "../report";

// Mermaid draws no more than 500 edges, of which each flow has two; people see far less.
const MOST_FLOWS = 60;
const LONGEST_LABEL = 60;

/** What can be drawn, and what is missing in it. */
export interface ReportPicture {
  readonly picture: Picture;
  /** Flows that are left out because they stay as they are. */
  readonly unchanged: number;
  /** Flows that are left out because there are too many. */
  readonly tooMany: number;
}

const MARKS: Readonly<Record<TopologyChange, Mark | undefined>> = {
  none: undefined,
  create: "created",
  update: "changed",
  replace: "replaced",
  delete: "destroyed",
};

/** All flows where there are few, else those that change or touch what changes; nothing where there is no flow. */
export function reportPicture(topology: Topology): ReportPicture | undefined {
  const { flows } = topology;
  if (flows.length === 0) return undefined;
  const changed = flows.filter((flow) => isTouched(topology, flow));
  const shown = (flows.length <= MOST_FLOWS ? flows : changed).slice(0, MOST_FLOWS);
  return {
    picture: pictureOf(topology, shown),
    unchanged: flows.length <= MOST_FLOWS ? 0 : flows.length - changed.length,
    tooMany: flows.length <= MOST_FLOWS ? 0 : changed.length - shown.length,
  };
}

function isTouched({ nodes }: Topology, { change, source, target }: TopologyFlow): boolean {
  return (
    change !== "none" || nodes.some(({ id, change: of }) => of !== "none" && [source, target].includes(id))
  );
}

function pictureOf({ nodes }: Topology, flows: readonly TopologyFlow[]): Picture {
  const used = new Set(flows.flatMap(({ source, target }) => [source, target]));
  const things = nodes
    .filter(({ id }) => used.has(id))
    .map(({ id, kind, label, noun, change }) => node(keyOf(id), kind, [label, noun], change));
  const stacks = [...new Set(flows.map(({ stack }) => stack))];
  return {
    nodes: things,
    groups: stacks.map((stack) => ({
      title: `stack ${stack}`,
      nodes: flows
        .filter((flow) => flow.stack === stack)
        .map((flow) => node(flowKey(flow), "integration", [flow.label], flow.change)),
    })),
    edges: flows.flatMap((flow) => [
      { from: keyOf(flow.source), to: flowKey(flow) },
      { from: flowKey(flow), to: keyOf(flow.target) },
    ]),
  };
}

function node(
  key: string,
  role: PictureNode["role"],
  lines: readonly string[],
  change: TopologyChange,
): PictureNode {
  const mark = MARKS[change];
  const short = lines.map((line) => shortened(oneLine(line), LONGEST_LABEL));
  // The colour alone says nothing to those who do not see it.
  return mark === undefined ? { key, role, lines: short } : { key, role, lines: [...short, mark], mark };
}

function keyOf(id: string): string {
  return `thing ${id}`;
}

function flowKey({ stack, address }: TopologyFlow): string {
  return `flow ${stack}/${address}`;
}
