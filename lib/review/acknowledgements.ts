// Which findings somebody accepts, for a reason and for a while.
import type { Finding } from "./finding";
import type { Acknowledge, Acknowledgement, ReviewedAcknowledgement } from "./report";

/**
 * Gives each finding the first acknowledgement that accepts it, and says what became of each. One whose day is over accepts
 * nothing; `today` is `YYYY-MM-DD`, UTC.
 */
export const acknowledge: Acknowledge = (findings, acknowledgements, today) => {
  const valid = acknowledgements.filter((acknowledgement) => !isExpired(acknowledgement, today));
  return {
    findings: findings.map((finding) => {
      const acknowledgement = valid.find((candidate) => accepts(candidate, finding));
      return acknowledgement === undefined ? finding : { ...finding, acknowledgement };
    }),
    acknowledgements: acknowledgements.map((acknowledgement): ReviewedAcknowledgement => {
      if (isExpired(acknowledgement, today)) return { ...acknowledgement, state: "expired" };
      const isUsed = findings.some((finding) => accepts(acknowledgement, finding));
      return { ...acknowledgement, state: isUsed ? "used" : "unused" };
    }),
  };
};

/** Whether an acknowledgement is about a finding: same rule, same stack where it names one, and a matching address. */
export function accepts({ rule, stack, address }: Acknowledgement, finding: Finding): boolean {
  return (
    rule === finding.rule &&
    (stack === undefined || stack === finding.stack) &&
    matches(address, finding.address)
  );
}

// A star at the end stands for any rest; anywhere else it is a letter, because it may be in the key of an instance.
function matches(pattern: string, address: string): boolean {
  return pattern.endsWith("*") ? address.startsWith(pattern.slice(0, -1)) : address === pattern;
}

function isExpired({ expires }: Acknowledgement, today: string): boolean {
  return expires < today;
}
