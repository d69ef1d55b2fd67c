/**
 * Progress of a translation: one line for each task with its time and the peak memory so far, live on a terminal.
 * `--profile-translation` prints the times of the parts that tasks report.
 */
import { resourceUsage } from "node:process";

export interface TaskTime {
  readonly name: string;
  readonly seconds: number;
  /** Peak resident memory of the process at the end of the task, in megabytes. */
  readonly peakMegabytes: number;
}

export class Progress {
  readonly times: TaskTime[] = [];
  readonly #parts: { task: string; name: string; milliseconds: number }[] = [];
  readonly #out: NodeJS.WriteStream;
  readonly #start = performance.now();
  #current = "";

  constructor(out: NodeJS.WriteStream) {
    this.#out = out;
  }

  /** Runs one task; `note` adds words to its line. */
  async task<T>(name: string, run: (note: (text: string) => void) => T | Promise<T>): Promise<T> {
    const start = performance.now();
    const live = this.#out.isTTY === true;
    let text = "";
    this.#current = name;
    const timer = live ? setInterval(() => this.#draw(name, start, text), 200) : null;
    if (live) this.#draw(name, start, text);
    try {
      return await run((words) => {
        text = words;
      });
    } finally {
      if (timer !== null) clearInterval(timer);
      const seconds = (performance.now() - start) / 1000;
      const peakMegabytes = peak();
      this.times.push({ name, seconds, peakMegabytes });
      this.#out.write(`${live ? "\r\x1b[2K" : ""}${lineOf(name, seconds, text)}\n`);
    }
  }

  /** Reports the time of a part of the running task. */
  part(name: string, milliseconds: number): void {
    this.#parts.push({ task: this.#current, name, milliseconds });
  }

  get totalSeconds(): number {
    return (performance.now() - this.#start) / 1000;
  }

  /** The table of `--profile-translation`. */
  profile(): string {
    const lines = ["", "task                    seconds   peak MB"];
    for (const time of this.times) {
      lines.push(
        `${time.name.padEnd(22)} ${time.seconds.toFixed(2).padStart(8)} ${time.peakMegabytes.toFixed(0).padStart(9)}`,
      );
      for (const part of this.#parts.filter((p) => p.task === time.name)) {
        lines.push(`  ${part.name.padEnd(20)} ${(part.milliseconds / 1000).toFixed(2).padStart(8)}`);
      }
    }
    return lines.join("\n");
  }

  #draw(name: string, start: number, text: string): void {
    this.#out.write(`\r\x1b[2K${lineOf(name, (performance.now() - start) / 1000, text)}`);
  }
}

function lineOf(name: string, seconds: number, text: string): string {
  return `${name.padEnd(10)} ${seconds.toFixed(2).padStart(7)} s${text === "" ? "" : `  ${text}`}`;
}

/** Peak resident memory in megabytes: of this process, and of its largest child. */
export function peak(): number {
  return resourceUsage().maxRSS / 1024;
}
