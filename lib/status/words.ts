// Moments, durations and lines of text, as a person reads them.

/** `2026-09-30 11:48`, in UTC. */
export function moment(iso: string): string {
  return iso.slice(0, 16).replace("T", " ");
}

/** `45 s`, `12 min`, `23 h`, `5 d`: two digits are enough to act on. */
export function duration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 2) return `${seconds} s`;
  if (minutes < 120) return `${minutes} min`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h`;
  return `${Math.floor(minutes / 1440)} d`;
}

/** A number with its word: `1 hour`, `2 hours`. */
export function count(amount: number, word: string): string {
  return `${amount} ${word}${amount === 1 ? "" : "s"}`;
}

/** Text of AWS on one line, without anything that a terminal would obey. */
export function plain(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, " ").trim();
}

/** Lines of at most so many characters; a word that is longer has a line of its own, whole, so that it can be copied. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of plain(text).split(/ +/)) {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
