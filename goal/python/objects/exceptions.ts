// Exception classes and instances.
//
// All exceptions are one TypeScript class; what is particular to some (`errno`, `code`, `value`, …) is in `fields` by
// name, and a table says which class has which. `normalize` makes the instance of an OperationError that was raised
// natively.
import type { int } from "rtypescript/rlib";
import { getset, method0, method1, methodKw, newKw, w_member_descriptor } from "./builtin.ts";
import { newbool, newint, W_Int } from "./int.ts";
import { newlist, W_List } from "./list.ts";
import {
  attributeError,
  ExcKind,
  KIND_AssertionError,
  KIND_AttributeError,
  KIND_EOFError,
  KIND_GeneratorExit,
  KIND_ImportError,
  KIND_IndexError,
  KIND_KeyError,
  KIND_LookupError,
  KIND_MemoryError,
  KIND_ModuleNotFoundError,
  KIND_NameError,
  KIND_NotImplementedError,
  KIND_OverflowError,
  KIND_RecursionError,
  KIND_RuntimeError,
  KIND_StopIteration,
  KIND_SyntaxError,
  KIND_SystemError,
  KIND_SystemExit,
  KIND_TypeError,
  KIND_UnboundLocalError,
  KIND_UnsupportedOperation,
  KIND_ValueError,
  KIND_ZeroDivisionError,
  type OperationError,
  typeError,
  W_Root,
} from "./root.ts";
import { w_None } from "./singletons.ts";
import { repr, str, truth, unpack } from "./space.ts";
import { newstr, W_Str } from "./str.ts";
import { newtuple, W_Tuple } from "./tuple.ts";
import { builtinType, W_Instance, W_Type } from "./type.ts";

export const w_BaseException = builtinType("BaseException");
w_BaseException.hasDict = true;

export class W_BaseException extends W_Root {
  w_exctype: W_Type;
  args: W_Root[];
  w_cause: W_Root | null;
  w_context: W_Root | null;
  suppressContext: boolean;
  w_traceback: W_Root | null;
  fields: Map<string, W_Root> | null;
  user: W_Instance | null;
  constructor(w_exctype: W_Type, args: W_Root[]) {
    super();
    this.w_exctype = w_exctype;
    this.args = args;
    this.w_cause = null;
    this.w_context = null;
    this.suppressContext = false;
    this.w_traceback = null;
    this.fields = null;
    this.user = null;
  }
  override getclass(): W_Type {
    return this.w_exctype;
  }
  override userPart(): W_Instance | null {
    return this.user;
  }
  override ensureUserPart(): W_Instance | null {
    if (this.user === null) this.user = new W_Instance(this.w_exctype.shape());
    return this.user;
  }
  field(name: string): W_Root {
    return this.fields?.get(name) ?? w_None;
  }
  setField(name: string, w_value: W_Root): void {
    if (this.fields === null) this.fields = new Map<string, W_Root>();
    this.fields.set(name, w_value);
  }
  override rememberAttribute(w_obj: W_Root, name: string): void {
    if (this.fields?.has("name")) return;
    this.setField("name", newstr(name));
    this.setField("obj", w_obj);
  }
  override repr(): string {
    const args = this.args;
    const name = this.w_exctype.name;
    if (args.length === 1) return `${name}(${repr(args[0])})`;
    return `${name}${new W_Tuple(args).repr()}`;
  }
  override str(): string {
    const w_class = this.w_exctype;
    if (w_class.isSubtype(w_KeyError) && this.args.length === 1) return repr(this.args[0]);
    if (w_class.isSubtype(w_OSError)) return osErrorText(this);
    if (w_class.isSubtype(w_ImportError)) {
      const w_message = this.field("msg");
      if (w_message.asStr() !== null) return str(w_message);
    }
    if (w_class.isSubtype(w_SyntaxError)) return syntaxErrorText(this);
    if (w_class.isSubtype(w_UnicodeError) && this.fields !== null) return unicodeErrorText(this);
    if (w_class.isSubtype(w_BaseExceptionGroup)) {
      const n = groupMembers(this).length;
      return `${str(this.field("message"))} (${n} sub-exception${n === 1 ? "" : "s"})`;
    }
    if (this.args.length === 0) return "";
    return this.args.length === 1 ? str(this.args[0]) : new W_Tuple(this.args).repr();
  }
}

/** Members of an exception group. */
export function groupMembers(w_group: W_BaseException): W_Root[] {
  const w_members = w_group.field("exceptions");
  return w_members instanceof W_Tuple ? w_members.items : [];
}

function osErrorText(w_error: W_BaseException): string {
  if (w_error.fields === null) {
    if (w_error.args.length === 0) return "";
    return w_error.args.length === 1 ? str(w_error.args[0]) : new W_Tuple(w_error.args).repr();
  }
  const w_errno = w_error.field("errno");
  const w_filename = w_error.field("filename");
  const head = `[Errno ${str(w_errno)}] ${str(w_error.field("strerror"))}`;
  if (w_filename === w_None) return head;
  const w_second = w_error.field("filename2");
  return w_second === w_None ? `${head}: ${repr(w_filename)}` : `${head}: ${repr(w_filename)} -> ${repr(w_second)}`;
}

function syntaxErrorText(w_error: W_BaseException): string {
  const message = w_error.args.length > 0 ? str(w_error.field("msg")) : "None";
  const w_file = w_error.field("filename");
  const w_line = w_error.field("lineno");
  const file = w_file instanceof W_Str ? w_file.text.slice(w_file.text.lastIndexOf("/") + 1) : "";
  if (file !== "" && w_line instanceof W_Int) return `${message} (${file}, line ${w_line.value})`;
  if (file !== "") return `${message} (${file})`;
  return w_line instanceof W_Int ? `${message} (line ${w_line.value})` : message;
}

function unicodeErrorText(w_error: W_BaseException): string {
  const w_start = w_error.field("start");
  const w_end = w_error.field("end");
  const reason = str(w_error.field("reason"));
  const encoding = str(w_error.field("encoding"));
  const w_object = w_error.field("object");
  const start: int = w_start instanceof W_Int ? w_start.value : 0;
  const end: int = w_end instanceof W_Int ? w_end.value : 0;
  if (w_error.w_exctype.isSubtype(w_UnicodeEncodeError)) {
    if (end === start + 1 && w_object instanceof W_Str) {
      return `'${encoding}' codec can't encode character ${escaped(w_object.codeAt(start))} in position ${start}: ${reason}`;
    }
    return `'${encoding}' codec can't encode characters in position ${start}-${end - 1}: ${reason}`;
  }
  if (end === start + 1) {
    const w_byte = w_object.getitem(newint(start));
    const byte: int = w_byte instanceof W_Int ? w_byte.value : 0;
    return `'${encoding}' codec can't decode byte 0x${byte.toString(16).padStart(2, "0")} in position ${start}: ${reason}`;
  }
  return `'${encoding}' codec can't decode bytes in position ${start}-${end - 1}: ${reason}`;
}
function escaped(code: int): string {
  if (code < 256) return `'\\x${code.toString(16).padStart(2, "0")}'`;
  if (code < 65536) return `'\\u${code.toString(16).padStart(4, "0")}'`;
  return `'\\U${code.toString(16).padStart(8, "0")}'`;
}

// --- classes -------------------------------------------------------------------------------------------------------------

/** All exception classes by name; import time. */
export const exceptionTypes = new Map<string, W_Type>([["BaseException", w_BaseException]]);

function define(name: string, w_base: W_Type): W_Type {
  const w_class = builtinType(name, w_base);
  w_class.hasDict = true;
  w_class.w_layout = w_BaseException;
  exceptionTypes.set(name, w_class);
  return w_class;
}

export const w_Exception = define("Exception", w_BaseException);
const HIERARCHY: [string, string][] = [
  ["BaseExceptionGroup", "BaseException"],
  ["SystemExit", "BaseException"],
  ["KeyboardInterrupt", "BaseException"],
  ["GeneratorExit", "BaseException"],
  ["StopIteration", "Exception"],
  ["StopAsyncIteration", "Exception"],
  ["ArithmeticError", "Exception"],
  ["FloatingPointError", "ArithmeticError"],
  ["OverflowError", "ArithmeticError"],
  ["ZeroDivisionError", "ArithmeticError"],
  ["AssertionError", "Exception"],
  ["AttributeError", "Exception"],
  ["BufferError", "Exception"],
  ["EOFError", "Exception"],
  ["ImportError", "Exception"],
  ["ModuleNotFoundError", "ImportError"],
  ["LookupError", "Exception"],
  ["IndexError", "LookupError"],
  ["KeyError", "LookupError"],
  ["MemoryError", "Exception"],
  ["NameError", "Exception"],
  ["UnboundLocalError", "NameError"],
  ["OSError", "Exception"],
  ["BlockingIOError", "OSError"],
  ["ChildProcessError", "OSError"],
  ["ConnectionError", "OSError"],
  ["BrokenPipeError", "ConnectionError"],
  ["ConnectionAbortedError", "ConnectionError"],
  ["ConnectionRefusedError", "ConnectionError"],
  ["ConnectionResetError", "ConnectionError"],
  ["FileExistsError", "OSError"],
  ["FileNotFoundError", "OSError"],
  ["InterruptedError", "OSError"],
  ["IsADirectoryError", "OSError"],
  ["NotADirectoryError", "OSError"],
  ["PermissionError", "OSError"],
  ["ProcessLookupError", "OSError"],
  ["TimeoutError", "OSError"],
  ["ReferenceError", "Exception"],
  ["RuntimeError", "Exception"],
  ["NotImplementedError", "RuntimeError"],
  ["RecursionError", "RuntimeError"],
  ["SyntaxError", "Exception"],
  ["IndentationError", "SyntaxError"],
  ["TabError", "IndentationError"],
  ["SystemError", "Exception"],
  ["TypeError", "Exception"],
  ["ValueError", "Exception"],
  ["UnicodeError", "ValueError"],
  ["UnicodeDecodeError", "UnicodeError"],
  ["UnicodeEncodeError", "UnicodeError"],
  ["UnicodeTranslateError", "UnicodeError"],
  ["Warning", "Exception"],
  ["BytesWarning", "Warning"],
  ["DeprecationWarning", "Warning"],
  ["EncodingWarning", "Warning"],
  ["FutureWarning", "Warning"],
  ["ImportWarning", "Warning"],
  ["PendingDeprecationWarning", "Warning"],
  ["ResourceWarning", "Warning"],
  ["RuntimeWarning", "Warning"],
  ["SyntaxWarning", "Warning"],
  ["UnicodeWarning", "Warning"],
  ["UserWarning", "Warning"],
];
for (const [name, base] of HIERARCHY) define(name, exceptionTypes.get(base) as W_Type);

/** The class of this name; import time. */
export function exceptionType(name: string): W_Type {
  return exceptionTypes.get(name) as W_Type;
}

export const w_KeyError = exceptionType("KeyError");
export const w_OSError = exceptionType("OSError");
export const w_ImportError = exceptionType("ImportError");
export const w_SyntaxError = exceptionType("SyntaxError");
export const w_UnicodeError = exceptionType("UnicodeError");
export const w_UnicodeEncodeError = exceptionType("UnicodeEncodeError");
export const w_UnicodeDecodeError = exceptionType("UnicodeDecodeError");
export const w_StopIteration = exceptionType("StopIteration");
export const w_SystemExit = exceptionType("SystemExit");
export const w_AttributeError = exceptionType("AttributeError");
export const w_NameError = exceptionType("NameError");
export const w_RuntimeError = exceptionType("RuntimeError");
export const w_TypeError = exceptionType("TypeError");
export const w_AssertionError = exceptionType("AssertionError");
export const w_GeneratorExit = exceptionType("GeneratorExit");
export const w_BaseExceptionGroup = exceptionType("BaseExceptionGroup");
export const w_ValueError = exceptionType("ValueError");
export const w_FileNotFoundError = exceptionType("FileNotFoundError");
export const w_ExceptionGroup = builtinTypeOfGroup();

function builtinTypeOfGroup(): W_Type {
  const w_class = define("ExceptionGroup", w_BaseExceptionGroup);
  w_class.bases = [w_BaseExceptionGroup, w_Exception];
  w_class.mro = [w_class, w_BaseExceptionGroup, w_Exception, w_BaseException, w_BaseException.mro[1]];
  w_Exception.subclasses.push(w_class);
  return w_class;
}

const KINDS: ExcKind[] = [
  KIND_TypeError,
  KIND_ValueError,
  KIND_AttributeError,
  KIND_KeyError,
  KIND_IndexError,
  KIND_StopIteration,
  KIND_OverflowError,
  KIND_ZeroDivisionError,
  KIND_NameError,
  KIND_UnboundLocalError,
  KIND_RuntimeError,
  KIND_RecursionError,
  KIND_NotImplementedError,
  KIND_AssertionError,
  KIND_ImportError,
  KIND_ModuleNotFoundError,
  KIND_GeneratorExit,
  KIND_SystemExit,
  KIND_SystemError,
  KIND_MemoryError,
  KIND_EOFError,
  KIND_LookupError,
  KIND_SyntaxError,
];
for (const kind of KINDS) kind.w_type = exceptionType(kind.name);
KIND_UnsupportedOperation.w_type = new W_Type("UnsupportedOperation", "io", [w_OSError, w_ValueError], false);
export const KIND_BaseException = kindOf("BaseException");
export const KIND_Exception = kindOf("Exception");
export const KIND_OSError = kindOf("OSError");
export const KIND_KeyboardInterrupt = kindOf("KeyboardInterrupt");
export const KIND_StopAsyncIteration = kindOf("StopAsyncIteration");

function kindOf(name: string): ExcKind {
  const kind = new ExcKind(name);
  kind.w_type = exceptionType(name);
  return kind;
}

/** The instance of a raised exception, made if there is none yet. */
export function normalize(error: OperationError): W_BaseException {
  const w_known = error.w_value;
  if (w_known instanceof W_BaseException) return w_known;
  const kind = error.kind ?? KIND_TypeError;
  const w_class = kind.w_type as W_Type;
  const w_argument = error.w_argument;
  const args: W_Root[] = w_argument !== null ? [w_argument] : error.text === "" ? [] : [newstr(error.text)];
  const w_made = new W_BaseException(w_class, args);
  if (kind === KIND_StopIteration) w_made.setField("value", w_argument ?? w_None);
  else if (kind === KIND_OverflowError && error.text.startsWith("(34")) {
    w_made.args = [newint(34), newstr("Numerical result out of range")];
  } else if (error.subject !== "") {
    w_made.setField("name", newstr(error.subject));
    if (error.w_subject !== null) w_made.setField("obj", error.w_subject);
    if (w_class.isSubtype(w_ImportError)) w_made.setField("msg", newstr(error.text));
  }
  if (error.causeError !== null) {
    const w_cause = normalize(error.causeError);
    w_cause.w_traceback = error.causeError.w_traceback;
    w_made.w_cause = w_cause;
    w_made.w_context = w_cause;
    w_made.suppressContext = true;
    error.contextSet = true;
  }
  error.w_value = w_made;
  return w_made;
}

/** Is the object a class of exceptions? */
export function isExceptionClass(w_x: W_Root): boolean {
  return w_x instanceof W_Type && w_x.isSubtype(w_BaseException);
}

// --- construction and methods ----------------------------------------------------------------------------------------------

/** OSError's subclass by errno. */
const ERRNO_CLASSES = new Map<int, W_Type>([
  [1, exceptionType("PermissionError")],
  [2, w_FileNotFoundError],
  [3, exceptionType("ProcessLookupError")],
  [4, exceptionType("InterruptedError")],
  [10, exceptionType("ChildProcessError")],
  [11, exceptionType("BlockingIOError")],
  [13, exceptionType("PermissionError")],
  [17, exceptionType("FileExistsError")],
  [20, exceptionType("NotADirectoryError")],
  [21, exceptionType("IsADirectoryError")],
  [32, exceptionType("BrokenPipeError")],
  [104, exceptionType("ConnectionResetError")],
  [110, exceptionType("TimeoutError")],
  [111, exceptionType("ConnectionRefusedError")],
]);

/** Positional arguments of a constructor call. */
function positional(args: W_Root[], names: string[]): W_Root[] {
  return args.slice(1, args.length - names.length);
}

newKw(w_BaseException, (args, names) => {
  const given = positional(args, names);
  let w_class = args[0] as W_Type;
  if (w_class === w_OSError && given.length >= 2 && given[0] instanceof W_Int) {
    w_class = ERRNO_CLASSES.get(given[0].value) ?? w_class;
  }
  const w_made = new W_BaseException(w_class, given);
  if (w_class.isSubtype(w_OSError)) initOSError(w_made, given);
  return w_made;
});
methodKw(w_BaseException, "__init__", (args, names) => {
  const w_self = args[0] as W_BaseException;
  const given = positional(args, names);
  const w_class = w_self.w_exctype;
  const allowed = keywordsOf(w_class);
  for (let k: int = 0; k < names.length; k++) {
    if (!allowed.includes(names[k])) throw refuseKeyword(w_class, names[k]);
    w_self.setField(names[k], args[given.length + 1 + k]);
  }
  if (w_class.isSubtype(w_OSError)) return w_None;
  w_self.args = given;
  initFields(w_self, given);
  return w_None;
});

function refuseKeyword(w_class: W_Type, name: string): OperationError {
  if (keywordsOf(w_class).length === 0) return typeError(`${w_class.name}() takes no keyword arguments`);
  return typeError(`'${name}' is an invalid keyword argument for ${w_class.name}()`);
}
const NO_KEYWORDS: string[] = [];
const ATTRIBUTE_KEYWORDS: string[] = ["name", "obj"];
const NAME_KEYWORDS: string[] = ["name"];
const IMPORT_KEYWORDS: string[] = ["name", "path"];
function keywordsOf(w_class: W_Type): string[] {
  if (w_class.isSubtype(w_AttributeError)) return ATTRIBUTE_KEYWORDS;
  if (w_class.isSubtype(w_NameError)) return NAME_KEYWORDS;
  return w_class.isSubtype(w_ImportError) ? IMPORT_KEYWORDS : NO_KEYWORDS;
}

function initOSError(w_self: W_BaseException, given: W_Root[]): void {
  if (given.length < 2 || given.length > 5) return;
  w_self.setField("errno", given[0]);
  w_self.setField("strerror", given[1]);
  if (given.length >= 3) {
    w_self.setField("filename", given[2]);
    w_self.args = given.slice(0, 2);
  }
  if (given.length === 5) w_self.setField("filename2", given[4]);
}

const SYNTAX_FIELDS: string[] = ["filename", "lineno", "offset", "text", "end_lineno", "end_offset"];
const UNICODE_FIELDS: string[] = ["encoding", "object", "start", "end", "reason"];

function initFields(w_self: W_BaseException, given: W_Root[]): void {
  const w_class = w_self.w_exctype;
  if (w_class.isSubtype(w_StopIteration)) w_self.setField("value", given.length > 0 ? given[0] : w_None);
  else if (w_class.isSubtype(w_SystemExit)) {
    w_self.setField("code", given.length === 0 ? w_None : given.length === 1 ? given[0] : new W_Tuple(given));
  } else if (w_class.isSubtype(w_ImportError)) {
    if (given.length === 1) w_self.setField("msg", given[0]);
  } else if (w_class.isSubtype(w_SyntaxError)) {
    if (given.length > 0) w_self.setField("msg", given[0]);
    if (given.length > 1) {
      const details = unpack(given[1]);
      for (let i: int = 0; i < details.length && i < 6; i++) w_self.setField(SYNTAX_FIELDS[i], details[i]);
    }
  } else if (w_class.isSubtype(w_UnicodeError) && given.length === 5) {
    for (let i: int = 0; i < 5; i++) w_self.setField(UNICODE_FIELDS[i], given[i]);
  }
}

/** An attribute kept in `fields`. */
class W_FieldDescriptor extends W_Root {
  readonly name: string;
  readonly w_owner: W_Type;
  constructor(name: string, w_owner: W_Type) {
    super();
    this.name = name;
    this.w_owner = w_owner;
  }
  override getclass(): W_Type {
    return w_member_descriptor;
  }
  override repr(): string {
    return `<member '${this.name}' of '${this.w_owner.name}' objects>`;
  }
  override isDescriptor(): boolean {
    return true;
  }
  override isDataDescriptor(): boolean {
    return true;
  }
  override descrGet(w_obj: W_Root | null, _w_type: W_Root): W_Root {
    return w_obj instanceof W_BaseException ? w_obj.field(this.name) : this;
  }
  override descrSet(w_obj: W_Root, w_value: W_Root): void {
    if (w_obj instanceof W_BaseException) w_obj.setField(this.name, w_value);
  }
  override descrDelete(w_obj: W_Root): void {
    if (w_obj instanceof W_BaseException) w_obj.setField(this.name, w_None);
  }
}
function fieldOf(w_class: W_Type, name: string): void {
  w_class.setOwn(name, new W_FieldDescriptor(name, w_class));
}
fieldOf(w_StopIteration, "value");
fieldOf(w_SystemExit, "code");
for (const name of ["errno", "strerror", "filename", "filename2"]) fieldOf(w_OSError, name);
for (const name of ["msg", "name", "path"]) fieldOf(w_ImportError, name);
for (const name of ["name", "obj"]) fieldOf(w_AttributeError, name);
fieldOf(w_NameError, "name");
for (const name of ["msg", "print_file_and_line", ...SYNTAX_FIELDS]) fieldOf(w_SyntaxError, name);
for (const name of UNICODE_FIELDS) fieldOf(w_UnicodeError, name);
getset(w_BaseExceptionGroup, "message", (w_self) => (w_self as W_BaseException).field("message"));
getset(w_BaseExceptionGroup, "exceptions", (w_self) => (w_self as W_BaseException).field("exceptions"));

getset(
  w_BaseException,
  "args",
  (w_self) => newtuple((w_self as W_BaseException).args),
  (w_self, w_value) => {
    (w_self as W_BaseException).args = unpack(w_value);
    return w_None;
  },
);
getset(
  w_BaseException,
  "__cause__",
  (w_self) => (w_self as W_BaseException).w_cause ?? w_None,
  (w_self, w_value) => {
    setCause(w_self as W_BaseException, w_value);
    return w_None;
  },
);
getset(
  w_BaseException,
  "__context__",
  (w_self) => (w_self as W_BaseException).w_context ?? w_None,
  (w_self, w_value) => {
    if (w_value !== w_None && !(w_value instanceof W_BaseException)) {
      throw typeError("exception context must be None or derive from BaseException");
    }
    (w_self as W_BaseException).w_context = w_value === w_None ? null : w_value;
    return w_None;
  },
);
getset(
  w_BaseException,
  "__suppress_context__",
  (w_self) => newbool((w_self as W_BaseException).suppressContext),
  (w_self, w_value) => {
    (w_self as W_BaseException).suppressContext = truth(w_value);
    return w_None;
  },
);
getset(
  w_BaseException,
  "__traceback__",
  (w_self) => (w_self as W_BaseException).w_traceback ?? w_None,
  (w_self, w_value) => {
    (w_self as W_BaseException).w_traceback = w_value === w_None ? null : w_value;
    return w_None;
  },
);
method1(w_BaseException, "with_traceback", (w_self, w_traceback) => {
  (w_self as W_BaseException).w_traceback = w_traceback === w_None ? null : w_traceback;
  return w_self;
});
method1(w_BaseException, "add_note", (w_self, w_note) => {
  if (w_note.asStr() === null) throw typeError(`note must be a str, not '${w_note.typename()}'`);
  const part = w_self.ensureUserPart();
  if (part === null) throw attributeError("__notes__");
  const w_notes = part.getslot("__notes__");
  if (w_notes instanceof W_List) w_notes.items.push(w_note);
  else part.setslot("__notes__", newlist([w_note]));
  return w_None;
});
method0(w_BaseException, "__reduce__", (w_self) => {
  const w_error = w_self as W_BaseException;
  return new W_Tuple([w_error.w_exctype, newtuple(w_error.args)]);
});

/** `raise … from w_cause`. */
export function setCause(w_error: W_BaseException, w_cause: W_Root): void {
  if (w_cause !== w_None && !(w_cause instanceof W_BaseException)) {
    throw typeError("exception cause must be None or derive from BaseException");
  }
  w_error.w_cause = w_cause === w_None ? null : w_cause;
  w_error.suppressContext = true;
}
