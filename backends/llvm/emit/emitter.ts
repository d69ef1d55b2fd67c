/** What the emitter of one operation is: it writes the operation's instructions through the function's writer. */
import type { Operation } from "../../../translator/flow/model.ts";
import type { FunctionWriter } from "../function.ts";

/** `next` is the operation after it in the same block, for the few that fuse. */
export type Emit = (w: FunctionWriter, op: Operation, next: Operation | null) => void;
