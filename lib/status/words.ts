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

/** Text of AWS on one line, without anything that a terminal would obey, be it a control or a change of direction. */
export function plain(text: string): string {
  return text
    .replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g, " ")
    .trim();
}

/** Columns of a terminal that a text takes: Chinese, Japanese and Korean characters and pictures take two, and marks none. */
export function columnsOf(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length;
  return [...text].reduce(
    (sum, character) => sum + (NONE.test(character) ? 0 : WIDE.test(character) ? 2 : 1),
    0,
  );
}

const NONE = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
// Unicode, East Asian Width: wide and full-width.
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]$|^\p{Emoji_Presentation}$/u;

/** A text with blanks behind it, up to so many columns. */
export function padded(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - columnsOf(text)));
}

/** Lines of at most so many columns; a word that is longer has a line of its own, whole, so that it can be copied. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of plain(text).split(/ +/)) {
    const last = lines.at(-1);
    if (last === undefined || columnsOf(last) + 1 + columnsOf(word) > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}
