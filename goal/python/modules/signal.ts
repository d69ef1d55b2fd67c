// _signal: numbers and handlers. Handlers are kept; the system's default action is what happens.
import type { int } from "rtypescript/rlib";
import { function0, function1, function2, functionN } from "../objects/builtin.ts";
import { KIND_KeyboardInterrupt } from "../objects/exceptions.ts";
import { newint, W_Int } from "../objects/int.ts";
import { operationError, valueError, type W_Root } from "../objects/root.ts";
import { W_Set } from "../objects/set.ts";
import { w_None } from "../objects/singletons.ts";
import { intArgument } from "../objects/slice.ts";
import { newstr } from "../objects/str.ts";
import { builtinModule, constant, functions } from "./registry.ts";

const w_signal = builtinModule("_signal");
const NUMBERS: [string, int][] = [
  ["SIGHUP", 1],
  ["SIGINT", 2],
  ["SIGQUIT", 3],
  ["SIGILL", 4],
  ["SIGTRAP", 5],
  ["SIGABRT", 6],
  ["SIGBUS", 7],
  ["SIGFPE", 8],
  ["SIGKILL", 9],
  ["SIGUSR1", 10],
  ["SIGSEGV", 11],
  ["SIGUSR2", 12],
  ["SIGPIPE", 13],
  ["SIGALRM", 14],
  ["SIGTERM", 15],
  ["SIGCHLD", 17],
  ["SIGCONT", 18],
  ["SIGSTOP", 19],
  ["SIGTSTP", 20],
  ["SIGTTIN", 21],
  ["SIGTTOU", 22],
  ["SIGURG", 23],
  ["SIGXCPU", 24],
  ["SIGXFSZ", 25],
  ["SIGVTALRM", 26],
  ["SIGPROF", 27],
  ["SIGWINCH", 28],
  ["SIGIO", 29],
  ["SIGSYS", 31],
  ["SIG_DFL", 0],
  ["SIG_IGN", 1],
  ["SIG_BLOCK", 0],
  ["SIG_UNBLOCK", 1],
  ["SIG_SETMASK", 2],
  ["NSIG", 65],
];
for (const [name, number] of NUMBERS) constant(w_signal, name, newint(number));

/** What programs set, by number. */
const handlers: (W_Root | null)[] = [];
for (let i = 0; i < 65; i++) handlers.push(null);

function numberOf(w_number: W_Root): int {
  const number = intArgument(w_number);
  if (number < 1 || number > 64) throw valueError("signal number out of range");
  return number;
}
const interrupt = function2("default_int_handler", (_w_number, _w_frame) => {
  throw operationError(KIND_KeyboardInterrupt, "");
});
functions(w_signal, [
  interrupt,
  function2("signal", (w_number, w_handler) => {
    const number = numberOf(w_number);
    const w_old = handlers[number];
    handlers[number] = w_handler;
    return w_old ?? (number === 2 ? interrupt : newint(0));
  }),
  function1("getsignal", (w_number) => {
    const number = numberOf(w_number);
    return handlers[number] ?? (number === 2 ? interrupt : newint(0));
  }),
  function1("strsignal", (w_number) => newstr(`Signal ${numberOf(w_number)}`)),
  function0("valid_signals", () => {
    const w_set = new W_Set(false);
    for (let i = 1; i < 65; i++) w_set.add(new W_Int(i));
    return w_set;
  }),
  functionN("set_wakeup_fd", "fd, *, warn_on_full_buffer=True", (_args) => newint(-1)),
  functionN("alarm", "seconds, /", (_args) => newint(0)),
  functionN("siginterrupt", "signalnum, flag, /", (_args) => w_None),
]);
