/** Enums of ints and strings, const objects, unions of literals. */
import type { int } from "rtypescript/rlib";

// @ts-expect-error enums are no erasable syntax
enum Level {
  Low = 1,
  Mid,
  High = Low * 10,
}
// @ts-expect-error enums are no erasable syntax
enum Mode {
  Read = "r",
  Write = "w",
}
const State = { Idle: 0, Busy: 1, Done: 2 } as const;
type State = (typeof State)[keyof typeof State];
type Direction = "up" | "down";

function next(state: State): State {
  return state === State.Idle ? State.Busy : state === State.Busy ? State.Done : State.Idle;
}

function move(y: int, direction: Direction): int {
  return direction === "up" ? y + 1 : y - 1;
}

function letter(mode: Mode): string {
  return mode === Mode.Read ? "reading" : `writing ${mode}`;
}

export function main(argv: string[]): int {
  let state: State = State.Idle;
  let line = "";
  for (let i = 0; i < 5; i++) {
    line += ` ${state}`;
    state = next(state);
  }
  console.log(line);
  const level: Level = argv.length > 50 ? Level.Low : Level.High;
  console.log(`${level} ${level > Level.Mid} ${Level.Mid}`);
  console.log(`${letter(Mode.Read)} ${letter(Mode.Write)} ${move(move(0, "up"), "down")}`);
  return 0;
}
