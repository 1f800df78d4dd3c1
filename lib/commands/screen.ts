// A picture that is drawn again in the place where it was.
import { counted } from "../counted";
import { columnsOf } from "../status/words";
import type { Terminal } from "./terminal";

/** The lower part of a window. */
export class Screen {
  /** What was meant, and what of it fitted. */
  private whole = "";
  private drawn = "";

  constructor(private readonly terminal: Terminal) {}

  /** Draws a picture over the last one, as much of it as the window holds. */
  show(text: string): void {
    this.whole = text;
    this.draw(this.fitting(text));
  }

  /** Leaves the last picture as a whole. */
  end(): void {
    if (this.drawn !== this.whole) this.draw(this.whole);
  }

  private draw(text: string): void {
    // Counted now: the window may have changed meanwhile, and the lines with it.
    const lines = linesOf(this.drawn).reduce((sum, line) => sum + this.height(line), 0);
    this.terminal.out(`${lines === 0 ? "" : `\u001b[${lines}A\u001b[J`}${text}`);
    this.drawn = text;
  }

  // A cursor goes up no further than the window: what is above would be there once more with every picture.
  private fitting(text: string): string {
    const room = (this.terminal.rows ?? Infinity) - 1;
    const lines = linesOf(text);
    const ends: number[] = [];
    for (const line of lines) ends.push((ends.at(-1) ?? 0) + this.height(line));
    if ((ends.at(-1) ?? 0) <= room) return text;
    const kept = lines.slice(0, ends.filter((end) => end <= room - 1).length);
    const cut = `... ${counted(lines.length - kept.length, "more line")}; all are there at the end`;
    return [...kept, cut, ""].join("\n");
  }

  // A line that is wider than the window takes several.
  private height(line: string): number {
    const { columns = Infinity } = this.terminal;
    return Math.max(1, Math.ceil(columnsOf(line.replace(/\u001b\[\d*m/g, "")) / columns));
  }
}

function linesOf(text: string): string[] {
  return text.split("\n").slice(0, -1);
}
