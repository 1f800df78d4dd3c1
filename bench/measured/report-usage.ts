// Loaded into an app before its own code; reports the process's peak of resident memory in kilobytes, and its processor time.
import { readFileSync, writeSync } from "node:fs";
import { CHANNEL } from "./report-duration";

// On Linux `maxRSS` outlives exec, so a small child would report what its parent occupied; VmHWM starts anew.
function peakKilobytes(): number {
  if (process.platform !== "linux") return process.resourceUsage().maxRSS;
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"));
  return Number(peak?.[1]);
}

function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
}

process.on("exit", () => writeSync(CHANNEL, `${peakKilobytes()} ${processorSeconds()}`));
