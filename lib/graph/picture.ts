// A picture of sources, integrations and targets as a value; how it is written down is the business of the writers.

/** What a node stands for: it decides the shape. */
export type NodeRole = "source" | "integration" | "target";

/** What happens to what a node stands for; absent: nothing. */
export type Mark = "created" | "changed" | "replaced" | "destroyed";

/** One thing in the picture. */
export interface PictureNode {
  /** What edges call it; any text, unique in the picture. */
  readonly key: string;
  readonly role: NodeRole;
  /** Its label, line by line; any text. */
  readonly lines: readonly string[];
  readonly mark?: Mark;
}

/** Things that lie together, and groups within the group. */
export interface PictureGroup {
  /** Any text. */
  readonly title: string;
  readonly groups?: readonly PictureGroup[];
  readonly nodes: readonly PictureNode[];
}

/** From one node to another, by their keys. */
export interface PictureEdge {
  readonly from: string;
  readonly to: string;
}

/** A whole picture: what lies in no group is in `nodes`. */
export interface Picture {
  readonly groups: readonly PictureGroup[];
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
}

/** Every node, those of groups first, in the order in which they are written. */
export function nodesOf({ groups, nodes }: Pick<Picture, "groups" | "nodes">): PictureNode[] {
  return [
    ...groups.flatMap((group) => nodesOf({ groups: group.groups ?? [], nodes: group.nodes })),
    ...nodes,
  ];
}

/** Short identifiers by position, for languages in which a key cannot stand as it is. */
export function identifiersOf(picture: Picture): ReadonlyMap<string, string> {
  return new Map(nodesOf(picture).map(({ key }, index) => [key, `n${index + 1}`]));
}
