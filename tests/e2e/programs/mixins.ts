/** Classes made by functions at import time, class expressions, static blocks. */
import type { float, int } from "rtypescript/rlib";

function makeUnit(factor: float, label: string) {
  return class Unit {
    readonly amount: float;
    constructor(amount: float) {
      this.amount = amount;
    }
    base(): float {
      return this.amount * factor;
    }
    text(): string {
      return `${this.amount}${label}`;
    }
  };
}

const Meter = makeUnit(1, "m");
const Kilometer = makeUnit(1000, "km");

class Settings {
  static readonly table: string[] = [];
  static total = 0;
  static {
    for (let i = 0; i < 3; i++) Settings.table.push(`entry${i}`);
    Settings.total = Settings.table.length * 10;
  }
}

export function main(_argv: string[]): int {
  const m = new Meter(250);
  const k = new Kilometer(1.5);
  console.log(`${m.text()} ${m.base()} ${k.text()} ${k.base()}`);
  Settings.total++;
  console.log(`${Settings.table[2]} ${Settings.total}`);
  return 0;
}
