/**
 * Constants for tests of the compiler: each keeps a readable text.
 */
import type { Code } from "../../../goal/python/compiler/code.ts";
import { ConstantFactory } from "../../../goal/python/compiler/constants.ts";
import type { W_Root } from "../../../goal/python/objects/root.ts";

export class TestConstant {
  readonly text: string;
  readonly code: Code | null;
  constructor(text: string, code: Code | null = null) {
    this.text = text;
    this.code = code;
  }
}

function make(text: string, code: Code | null = null): W_Root {
  return new TestConstant(text, code) as unknown as W_Root;
}

function textOf(w: W_Root): string {
  return (w as unknown as TestConstant).text;
}

export class TestFactory extends ConstantFactory {
  override makeNone(): W_Root {
    return make("None");
  }
  override makeEllipsis(): W_Root {
    return make("...");
  }
  override makeBool(value: boolean): W_Root {
    return make(value ? "True" : "False");
  }
  override makeInt(value: number): W_Root {
    return make(`${value}`);
  }
  override makeBigInt(digits: string, radix: number): W_Root {
    return make(`${digits}r${radix}`);
  }
  override makeFloat(value: number): W_Root {
    return make(Object.is(value, -0) ? "-0f" : `${value}f`);
  }
  override makeComplex(real: number, imag: number): W_Root {
    return make(`(${real}+${imag}j)`);
  }
  override makeStr(text: string): W_Root {
    return make(JSON.stringify(text));
  }
  override makeName(text: string): W_Root {
    return make(text);
  }
  override makeStrFromCodePoints(points: readonly number[]): W_Root {
    return make(`points ${points.join(" ")}`);
  }
  override makeBytes(data: readonly number[]): W_Root {
    return make(`bytes ${data.join(" ")}`);
  }
  override makeTuple(items: readonly W_Root[]): W_Root {
    return make(`(${items.map(textOf).join(", ")})`);
  }
  override makeFrozenSet(items: readonly W_Root[]): W_Root {
    return make(`{${items.map(textOf).join(", ")}}`);
  }
  override makeCode(code: Code): W_Root {
    return make(`code ${code.qualname}`, code);
  }
}

/** A code object and all code objects within it. */
export function allCodes(code: Code): Code[] {
  const inner = code.consts.map((w) => (w as unknown as TestConstant).code).filter((c) => c !== null);
  return [code, ...inner.flatMap(allCodes)];
}
