// The door of the pictures.
export { dot } from "./dot";
export { mermaid } from "./mermaid";
export type * from "./picture";
export { topology } from "./topology";
