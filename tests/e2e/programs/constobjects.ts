/** Const objects as enums, unions of literals, tables keyed by them, exhaustive switches; const enums of all kinds. */
import type { int } from "rtypescript/rlib";

const Op = { Push: 0, Add: 1, Mul: 2, Print: 3, Jump: 4, Halt: 5 } as const;
type Op = (typeof Op)[keyof typeof Op];

const Mode = { Fast: "fast", Slow: "slow" } as const;
type Mode = (typeof Mode)[keyof typeof Mode];

type Direction = "north" | "east" | "south" | "west";
type Level = 1 | 2 | 3;

const NAMES: Readonly<Record<Op, string>> = { 0: "push", 1: "add", 2: "mul", 3: "print", 4: "jump", 5: "halt" };
const TURN = new Map<Direction, Direction>([
  ["north", "east"],
  ["east", "south"],
  ["south", "west"],
  ["west", "north"],
]);
const PRIORITY = new Map<Mode, int>([
  [Mode.Fast, 1],
  [Mode.Slow, 2],
]);

function run(code: readonly int[]): string {
  const stack: int[] = [];
  let out = "";
  let pc = 0;
  for (let steps = 0; steps < 100; steps++) {
    const op = code[pc++] as Op;
    switch (op) {
      case Op.Push:
        stack.push(code[pc++]);
        break;
      case Op.Add: {
        const b = stack.pop()!;
        const a = stack.pop()!;
        stack.push(a + b);
        break;
      }
      case Op.Mul:
        stack.push(stack.pop()! * stack.pop()!);
        break;
      case Op.Print:
        out += `${stack[stack.length - 1]} `;
        break;
      case Op.Jump:
        pc = code[pc];
        break;
      case Op.Halt:
        return out;
    }
  }
  return `${out}...`;
}

function speed(mode: Mode): int {
  switch (mode) {
    case Mode.Fast:
      return 10;
    case "slow":
      return 1;
  }
}

function turn(direction: Direction, times: int): Direction {
  for (let i = 0; i < times; i++) direction = TURN.get(direction)!;
  return direction;
}

function opposite(direction: Direction): Direction {
  switch (direction) {
    case "north":
      return "south";
    case "south":
      return "north";
    case "east":
      return "west";
    default:
      return "east";
  }
}

function levelName(level: Level): string {
  return level === 1 ? "low" : level === 2 ? "mid" : "high";
}

function parseMode(text: string): Mode | null {
  return text === Mode.Fast || text === Mode.Slow ? text : null;
}

export function main(_argv: string[]): int {
  console.log(run([Op.Push, 2, Op.Push, 3, Op.Add, Op.Print, Op.Push, 10, Op.Mul, Op.Print, Op.Halt]));
  console.log(run([Op.Push, 1, Op.Print, Op.Jump, 2]).length.toString());
  console.log(
    `${NAMES[Op.Mul]} ${NAMES[Op.Halt]} ${speed(Mode.Fast)} ${speed("slow")} ${PRIORITY.get(Mode.Slow) ?? 0}`,
  );
  console.log(`${turn("north", 3)} ${turn("west", 1)} ${opposite("east")} ${opposite(turn("north", 1))}`);
  for (const level of [1, 2, 3] as const) console.log(levelName(level));
  console.log(`${parseMode("fast") ?? "none"} ${parseMode("x") ?? "none"}`);
  return 0;
}
