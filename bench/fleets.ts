// The fleets by their names.
import type { FleetStack } from "./fleet";
import { mixedFleet } from "./mixed-fleet";
import { uniformFleet } from "./uniform-fleet";

const FLEETS = { uniform: uniformFleet, mixed: mixedFleet } as const;

export type FleetName = keyof typeof FLEETS;

/** The stacks of a fleet of that many integrations. */
export function fleet(name: FleetName, size: number): FleetStack[] {
  return FLEETS[name](size);
}
