// Exception groups: splitting and deriving.
import type { int } from "rtypescript/rlib";
import { classMethodN, method1, newKw } from "./builtin.ts";
import { makeAlias } from "./classes.ts";
import {
  groupMembers,
  isExceptionClass,
  W_BaseException,
  w_BaseExceptionGroup,
  w_Exception,
  w_ExceptionGroup,
} from "./exceptions.ts";
import { newlist } from "./list.ts";
import { type OperationError, typeError, valueError, type W_Root } from "./root.ts";
import { w_None } from "./singletons.ts";
import { callMethod1, truth, unpack } from "./space.ts";
import { W_Str } from "./str.ts";
import { newtuple, W_Tuple } from "./tuple.ts";
import type { W_Type } from "./type.ts";

newKw(w_BaseExceptionGroup, (args, names) => {
  let w_class = args[0] as W_Type;
  const given = args.slice(1, args.length - names.length);
  if (given.length !== 2) {
    throw typeError(`BaseExceptionGroup.__new__() takes exactly 2 arguments (${given.length} given)`);
  }
  const w_message = given[0].asStr();
  if (!(w_message instanceof W_Str)) {
    throw typeError(`BaseExceptionGroup.__new__() argument 1 must be str, not ${given[0].typename()}`);
  }
  if (given[1].getclass().lookup("__getitem__") === null || given[1].getclass().patternKind === 2) {
    throw typeError("second argument (exceptions) must be a sequence");
  }
  const members = unpack(given[1]);
  if (members.length === 0) throw valueError("second argument (exceptions) must be a non-empty sequence");
  let onlyExceptions = true;
  for (let i: int = 0; i < members.length; i++) {
    const w = members[i];
    if (!(w instanceof W_BaseException))
      throw valueError(`Item ${i} of second argument (exceptions) is not an exception`);
    if (!w.w_exctype.isSubtype(w_Exception)) onlyExceptions = false;
  }
  if (w_class === w_BaseExceptionGroup && onlyExceptions) w_class = w_ExceptionGroup;
  else if (w_class === w_ExceptionGroup && !onlyExceptions) {
    throw typeError("Cannot nest BaseExceptions in an ExceptionGroup");
  } else if (w_class.isSubtype(w_Exception) && !onlyExceptions) {
    throw typeError(`Cannot nest BaseExceptions in '${w_class.name}'`);
  }
  const w_made = new W_BaseException(w_class, given);
  w_made.setField("message", w_message);
  w_made.setField("exceptions", newtuple(members));
  return w_made;
});

/** Does an exception belong to the part that is asked for? */
function wanted(w_error: W_Root, w_condition: W_Root): boolean {
  if (w_condition instanceof W_Tuple) {
    for (const w of w_condition.items) if (w_error.getclass().isSubtype(w as W_Type)) return true;
    return false;
  }
  if (isExceptionClass(w_condition)) return w_error.getclass().isSubtype(w_condition as W_Type);
  return truth(w_condition.call1(w_error));
}

function requireCondition(w_condition: W_Root): void {
  if (w_condition instanceof W_Tuple) {
    for (const w of w_condition.items) if (!isExceptionClass(w)) throw badCondition();
  } else if (!isExceptionClass(w_condition) && !w_condition.isCallable()) throw badCondition();
}
function badCondition(): OperationError {
  return typeError("expected a function, exception type or tuple of exception types");
}

/** A group like another with other members; null for none. */
function derive(w_group: W_BaseException, members: W_Root[]): W_Root {
  if (members.length === 0) return w_None;
  const w_made = callMethod1(w_group, "derive", newlist(members));
  if (!(w_made instanceof W_BaseException)) {
    throw typeError("derive must return an instance of BaseExceptionGroup");
  }
  w_made.w_traceback = w_group.w_traceback;
  w_made.w_context = w_group.w_context;
  w_made.w_cause = w_group.w_cause;
  w_made.suppressContext = w_group.suppressContext;
  const part = w_group.userPart();
  const w_notes = part === null ? null : part.getslot("__notes__");
  if (w_notes !== null) w_made.ensureUserPart()?.setslot("__notes__", newlist(unpack(w_notes)));
  return w_made;
}

/** The parts that match a condition and that do not. */
function split(w_group: W_BaseException, w_condition: W_Root): W_Tuple {
  if (wanted(w_group, w_condition)) return new W_Tuple([w_group, w_None]);
  const matching: W_Root[] = [];
  const rest: W_Root[] = [];
  for (const w of groupMembers(w_group)) {
    if (w instanceof W_BaseException && w.w_exctype.isSubtype(w_BaseExceptionGroup)) {
      const pair = split(w, w_condition);
      if (pair.items[0] !== w_None) matching.push(pair.items[0]);
      if (pair.items[1] !== w_None) rest.push(pair.items[1]);
    } else if (wanted(w, w_condition)) matching.push(w);
    else rest.push(w);
  }
  return new W_Tuple([derive(w_group, matching), derive(w_group, rest)]);
}

method1(w_BaseExceptionGroup, "derive", (_w_self, w_members) =>
  w_BaseExceptionGroup.callArgs([(_w_self as W_BaseException).field("message"), w_members], []),
);
classMethodN(w_BaseExceptionGroup, "__class_getitem__", "item, /", (args) => makeAlias(args[0], args[1]));
method1(w_BaseExceptionGroup, "split", (w_self, w_condition) => {
  requireCondition(w_condition);
  return split(w_self as W_BaseException, w_condition);
});
method1(w_BaseExceptionGroup, "subgroup", (w_self, w_condition) => {
  requireCondition(w_condition);
  return split(w_self as W_BaseException, w_condition).items[0];
});
