// What is loaded when it is used: a review of a plan waits neither for the schema validator nor for the shapes of
// declarations, and no command for another.
/* eslint-disable @typescript-eslint/no-require-imports -- an import expression would make every command wait for a promise */
import type * as acknowledgements from "../review/acknowledgements-file";
import type * as yaml from "../spec/yaml";
import type * as sdkClients from "../status/sdk-clients";
import type * as graph from "./graph";
import type * as review from "./review";
import type * as status from "./status";
import type * as validate from "./validate";

export const loaded = {
  acknowledgements: () => require("../review/acknowledgements-file") as typeof acknowledgements,
  graph: () => require("./graph") as typeof graph,
  review: () => require("./review") as typeof review,
  sdkClients: () => require("../status/sdk-clients") as typeof sdkClients,
  status: () => require("./status") as typeof status,
  validate: () => require("./validate") as typeof validate,
  yaml: () => require("../spec/yaml") as typeof yaml,
};
