/**
 * The high-level operations: the contract between the flow builder (which emits them), the annotator (which types
 * them) and the rtyper (which lowers them). `v…` are values, `C…` are Constants of the kind named.
 *
 * `canRaise`: inside a `try`, a block ends after such an operation with an EXCEPTION link.
 */

/** Result and effect of one high-level operation. */
export interface FlowOpInfo {
  /** Operand list in words; `...` marks a variable number. */
  readonly args: string;
  readonly canRaise: boolean;
  readonly doc: string;
}

const pure = (args: string, doc: string): FlowOpInfo => ({ args, canRaise: false, doc });
const raising = (args: string, doc: string): FlowOpInfo => ({ args, canRaise: true, doc });

export const FLOW_OPS = {
  // Arithmetic, JavaScript meaning; the annotator decides int, float, string, bigint.
  add: raising("v w", "`v + w`: numbers, bigints, or string concatenation (mixed operands convert to text)"),
  sub: raising("v w", "`v - w`"),
  mul: raising("v w", "`v * w`"),
  div: raising("v w", "`v / w`: float for numbers, truncating for bigint"),
  mod: raising("v w", "`v % w`: raises DivisionByZeroError for ints"),
  pow: raising("v w", "`v ** w`"),
  neg: pure("v", "`-v`"),
  pos: pure("v", "`+v`"),
  bit_and: raising("v w", "`v & w`, 32-bit for numbers"),
  bit_or: raising("v w", "`v | w`"),
  bit_xor: raising("v w", "`v ^ w`"),
  bit_not: raising("v", "`~v`"),
  shl: raising("v w", "`v << w`"),
  shr: raising("v w", "`v >> w`"),
  ushr: raising("v w", "`v >>> w`, gives uint32"),
  // Comparison. `eq`/`ne` are strict; a null or undefined Constant operand tests the null bits.
  lt: pure("v w", "`v < w` on numbers, strings, bigints"),
  le: pure("v w", "`v <= w`"),
  gt: pure("v w", "`v > w`"),
  ge: pure("v w", "`v >= w`"),
  eq: pure("v w", "`v === w`"),
  ne: pure("v w", "`v !== w`"),
  is_nullish: pure("v", "`v == null`: null or undefined"),
  is_true: pure("v", "truthiness of v as a condition; a boolean"),
  not: pure("v", "`!v` of a boolean (builder applies is_true first)"),
  typeof: pure("v", "`typeof v`, a string"),
  instance_of: pure("v c", "`v instanceof c`; c is usually a Constant class"),
  // Conversion and contracts.
  to_string: raising("v", "text of v as in a template literal; of an instance the result of its toString method"),
  contract: raising(
    "v CTypeRef",
    "v under a declared type: checked or converted to it (`let x: int = v`, returns, arguments)",
  ),
  cast: pure("v CTypeRef", "`v as T`: checked at run time where inference cannot prove it, stops the program"),
  narrow: pure(
    "v CTypeRef",
    "the checker narrowed a property path (`this.x instanceof A && this.x.a`): checked like a cast",
  ),
  nonnull: pure("v", "`v!`"),
  // Objects.
  getattr: raising(
    "v Cname",
    "`v.name`: field, getter (then it is a call), length, bound method as a value, namespace member",
  ),
  setattr: raising("v Cname w", "`v.name = w`: field or setter"),
  getitem: raising("v i", "`v[i]`: list, tuple (constant index), string, typed array, record with constant name"),
  setitem: raising("v i w", "`v[i] = w`"),
  new: raising("c v...", "`new c(v, …)`"),
  super_init: raising("Cclass this v...", "`super(v, …)`: runs the constructor of Cclass on this; no result"),
  super_init_spread: raising("Cclass CSpreadMask this v...", "`super(...v)`; no result"),
  call: raising("f v...", "`f(v, …)` of a function value"),
  call_spread: raising("f CSpreadMask v...", "a call with `...` arguments; the mask tells which operands are spread"),
  call_method: raising("v Cname w...", "`v.name(w, …)`: method of a class, field holding a function, builtin method"),
  call_method_spread: raising("v Cname CSpreadMask w...", "method call with `...` arguments"),
  new_spread: raising("c CSpreadMask v...", "`new c(...v)`"),
  super_method: raising(
    "Cclass Cname this v...",
    "`super.name(v, …)` resolved statically from Cclass (the base class)",
  ),
  super_method_spread: raising("Cclass Cname CSpreadMask this v...", "`super.name(...v)`"),
  super_getattr: raising("Cclass Cname this", "`super.name` getter read"),
  super_setattr: raising("Cclass Cname this v", "`super.name = v` setter call"),
  new_list: raising("CTypeRef|null v...", "array literal; the TypeRef is its contextual declared type or null"),
  list_extend: raising("list v", "`[...v]`: appends all items of an iterable to a list under construction"),
  new_tuple: raising("CTypeRef|null v...", "array literal that the checker types as a tuple"),
  new_record: raising("CRecordShape v...", "object literal; the shape names the properties in order"),
  record_extend: raising("CRecordShape CSpreadMask v...", "object literal with spread records"),
  // Iteration: `for…of`, spread, destructuring of iterables.
  iter: raising("v", "a fresh iterator over list, string (code points), map, set, typed array, or an iterator itself"),
  iter_advance: raising("it", "moves to the next item; false at the end"),
  iter_value: raising("it", "the current item, valid after iter_advance gave true"),
  iter_close: raising("it", "a loop over it was left early: a generator runs its `finally` blocks and ends"),
  // Generators: the first two exist only until the builder takes a generator's graph apart (`build/generators.ts`).
  generator_start: raising("", "here the body of a generator starts"),
  yield: raising("v", "gives v and stops; true when the generator is asked to close"),
  make_iterator: raising(
    "f cell",
    "the iterator of a generator: its step `close → boolean`, and the cell of the values",
  ),
  // Closures and cells.
  make_closure: raising(
    "CClosureTemplate v...",
    "function value made at run time; captured values (or cells) in template order",
  ),
  new_cell: raising(
    "v?",
    "a mutable cell for a captured variable that is assigned after capture; without operand not initialised yet",
  ),
  get_cell: pure(
    "cell",
    "the cell's content; the cell is a variable or a Constant Cell (module-level or captured `let`)",
  ),
  set_cell: pure("cell v", "assigns the cell"),
  get_static: pure("Cclass Cname", "a static field that run-time code assigns (others are folded to Constants)"),
  set_static: pure("Cclass Cname v", "assigns a static field"),
  unreachable: pure("Cmessage", "control never comes here (end of a function of type never)"),
} as const satisfies Record<string, FlowOpInfo>;

export type FlowOpName = keyof typeof FLOW_OPS;

/** Whether a block inside `try` must end after this operation. */
export function flowOpCanRaise(name: FlowOpName): boolean {
  return FLOW_OPS[name].canRaise;
}
