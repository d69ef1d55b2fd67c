// Special methods of str, bytes, tuple, list, range and their iterators, and of exceptions.
import { classMethodN, method0 } from "./builtin.ts";
import { w_bytes, w_bytes_iterator } from "./bytes.ts";
import { makeAlias } from "./classes.ts";
import { w_BaseException } from "./exceptions.ts";
import { newint } from "./int.ts";
import { w_list, w_list_iterator, w_list_reverseiterator } from "./list.ts";
import { w_module } from "./module.ts";
import { w_longrange_iterator, w_range, w_range_iterator } from "./range.ts";
import { w_None } from "./singletons.ts";
import { COMPARISONS, slots } from "./slots.ts";
import { w_iterator } from "./space.ts";
import { w_str, w_str_iterator } from "./str.ts";
import { w_tuple, w_tuple_iterator } from "./tuple.ts";

const SEQUENCE = `repr len iter getitem contains ${COMPARISONS} add mul rmul`;
slots(w_str, `${SEQUENCE} str hash mod rmod format`);
slots(w_bytes, `${SEQUENCE} hash`);
slots(w_tuple, `${SEQUENCE} hash`);
slots(w_list, `${SEQUENCE} setitem delitem iadd imul`);
w_list.setOwn("__hash__", w_None);
slots(w_range, "repr len iter getitem contains eq ne hash bool");
for (const w_class of [
  w_str_iterator,
  w_bytes_iterator,
  w_tuple_iterator,
  w_list_iterator,
  w_list_reverseiterator,
  w_range_iterator,
  w_longrange_iterator,
  w_iterator,
]) {
  slots(w_class, "iter next");
}
for (const w_class of [w_tuple_iterator, w_list_iterator, w_list_reverseiterator, w_range_iterator]) {
  method0(w_class, "__length_hint__", (w_self) => newint(w_self.lengthHint()));
}
for (const w_class of [w_list, w_tuple])
  classMethodN(w_class, "__class_getitem__", "item, /", (args) => makeAlias(args[0], args[1]));
slots(w_BaseException, "repr str");
slots(w_module, "repr");
