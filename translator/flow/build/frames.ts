/**
 * Jumps out of statements: `break`, `continue`, `return`, and exceptions on their way through `finally`.
 *
 * A `finally` body is lowered once per way out of its `try` (normal end, exception, each jump target), as compilers of
 * Java do: control and types stay exact, and the bodies are short. (A completion variable with one copy would make
 * every value that passes nullable and hide from the JIT where it continues.)
 */
import type { ts } from "ts-morph";
import { SourcePosition } from "../../diagnostics/position.ts";
import type { Value } from "../model.ts";
import type { FunctionContext } from "./context.ts";
import { type BlockState, type Handler, Local } from "./ssa.ts";

/** What surrounds a statement. */
export type ControlFrame = JumpFrame | CatchFrame | FinallyFrame;

/** A loop, `switch` or labelled statement. */
export interface JumpFrame {
  readonly kind: "jump";
  readonly labels: readonly string[];
  /** Null for the inner one of two frames of a loop. */
  readonly breakTo: BlockState | null;
  /** Null for `switch` and labelled blocks. */
  readonly continueTo: BlockState | null;
  /** Whether a `break` without label means it. */
  readonly isBreakable: boolean;
}

/** A `try` body with a `catch`. */
export interface CatchFrame {
  readonly kind: "catch";
  readonly handler: Handler;
}

/** A `try` or `catch` body with a `finally`, or a loop over a generator. */
export interface FinallyFrame {
  readonly kind: "finally";
  readonly handler: Handler;
  readonly body: ts.Block | (() => void);
  /** Copies made for jumps: by way out, their entry and the value on its way. */
  readonly copies: Map<string, { readonly entry: BlockState; readonly value: Local }>;
}

function handlerOf(frames: readonly ControlFrame[]): Handler | null {
  const frame = frames.findLast((f) => f.kind !== "jump");
  return frame?.handler ?? null;
}

/** Sets the frames, and with them where exceptions go. */
export function setFrames(ctx: FunctionContext, frames: ControlFrame[]): void {
  ctx.frames = frames;
  ctx.graph.handler = handlerOf(frames);
}

/** Runs `body` inside one more frame. */
export function within(ctx: FunctionContext, frame: ControlFrame, body: () => void): void {
  const saved = ctx.frames;
  setFrames(ctx, [...saved, frame]);
  body();
  setFrames(ctx, saved);
}

/** Where a jump goes. */
export interface JumpTarget {
  /** Index in the frames from which on they are left; 0 for `return`. */
  readonly depth: number;
  readonly way: string;
  readonly arrive: (value: Value | null) => void;
}

/** Leaves the frames above the target, running `finally` bodies, and arrives. `value` is what `return` returns. */
export function leave(ctx: FunctionContext, target: JumpTarget, value: Value | null): void {
  const saved = ctx.frames;
  let carried = value;
  for (let index = saved.length - 1; index >= target.depth; index--) {
    const frame = saved[index] as ControlFrame;
    if (frame.kind !== "finally") continue;
    const known = frame.copies.get(target.way);
    const copy = known ?? { entry: ctx.graph.newBlock(), value: new Local("result") };
    if (carried !== null) ctx.graph.write(copy.value, carried);
    ctx.graph.jump(copy.entry);
    if (known !== undefined) {
      setFrames(ctx, saved);
      return;
    }
    frame.copies.set(target.way, copy);
    ctx.graph.startBlock(copy.entry);
    setFrames(ctx, saved.slice(0, index));
    if (typeof frame.body === "function") frame.body();
    else ctx.statement(frame.body);
    if (carried !== null) carried = ctx.graph.read(copy.value);
  }
  setFrames(ctx, saved.slice(0, target.depth));
  target.arrive(carried);
  setFrames(ctx, saved);
}

/** `return` from anywhere. */
export function leaveFunction(ctx: FunctionContext, value: Value): void {
  leave(ctx, { depth: 0, way: "return", arrive: (v) => ctx.graph.returnValue(v as Value) }, value);
}

/** Finds the frame that a `break` or `continue` means. */
export function findJump(ctx: FunctionContext, kind: "break" | "continue", label: string | null): JumpTarget | null {
  for (let index = ctx.frames.length - 1; index >= 0; index--) {
    const frame = ctx.frames[index] as ControlFrame;
    if (frame.kind !== "jump") continue;
    const isMeant = label === null ? (kind === "continue" ? true : frame.isBreakable) : frame.labels.includes(label);
    const to = kind === "break" ? frame.breakTo : frame.continueTo;
    if (!isMeant || to === null) continue;
    return { depth: index + 1, way: `${kind} ${index}`, arrive: () => ctx.graph.jump(to) };
  }
  return null;
}

/** A synthesized position: the function as a whole. */
export function functionPosition(ctx: FunctionContext): SourcePosition {
  return new SourcePosition(ctx.source.fileName, 0, 0, ctx.name);
}
