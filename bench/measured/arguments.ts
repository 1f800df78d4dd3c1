// What a measured process is told on its command line: the name of a fleet and the number of its integrations.
import type { FleetStack } from "../fleet";
import type { FleetName } from "../fleets";
import { fleet } from "../fleets";

export function fleetOfArguments(): FleetStack[] {
  const [, , name, size] = process.argv;
  return fleet(name as FleetName, Number(size));
}
