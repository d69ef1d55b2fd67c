/** A small stack machine with classes for instructions and a table of ints. */
import type { int } from "rtypescript/rlib";

abstract class Instruction {
  abstract execute(vm: Vm): void;
}

class Push extends Instruction {
  readonly value: int;
  constructor(value: int) {
    super();
    this.value = value;
  }
  execute(vm: Vm): void {
    vm.push(this.value);
  }
}

class Binary extends Instruction {
  readonly op: string;
  constructor(op: string) {
    super();
    this.op = op;
  }
  execute(vm: Vm): void {
    const b = vm.pop();
    const a = vm.pop();
    switch (this.op) {
      case "+":
        vm.push(a + b);
        break;
      case "-":
        vm.push(a - b);
        break;
      case "*":
        vm.push(a * b);
        break;
      default:
        throw new Error(`unknown ${this.op}`);
    }
  }
}

class JumpIf extends Instruction {
  readonly target: int;
  constructor(target: int) {
    super();
    this.target = target;
  }
  execute(vm: Vm): void {
    if (vm.pop() !== 0) vm.pc = this.target;
  }
}

class Dup extends Instruction {
  execute(vm: Vm): void {
    const top = vm.pop();
    vm.push(top);
    vm.push(top);
  }
}

class Vm {
  pc = 0;
  steps = 0;
  readonly #stack: int[] = [];
  push(n: int): void {
    this.#stack.push(n);
  }
  pop(): int {
    const top = this.#stack.pop();
    if (top === undefined) throw new RangeError("stack is empty");
    return top;
  }
  run(code: readonly Instruction[]): void {
    while (this.pc < code.length) {
      const instruction = code[this.pc++];
      instruction.execute(this);
      this.steps++;
    }
  }
  top(): int {
    return this.#stack[this.#stack.length - 1];
  }
}

function run(code: Instruction[]): string {
  const vm = new Vm();
  try {
    vm.run(code);
    return `${vm.top()} after ${vm.steps}`;
  } catch (e) {
    return e instanceof Error ? `${e.name}: ${e.message} at ${vm.pc}` : "?";
  }
}

export function main(_argv: string[]): int {
  console.log(run([new Push(2), new Push(3), new Binary("*"), new Push(4), new Binary("+")]));
  console.log(run([new Push(10), new Push(1), new Binary("-"), new Dup(), new JumpIf(1)]));
  console.log(run([new Push(1), new Binary("+")]));
  console.log(run([new Push(1), new Push(1), new Binary("?")]));
  return 0;
}
