// Failures of the operating system as Python's OSError.
import type { int, OSError } from "rtypescript/rlib";
import { w_OSError } from "./exceptions.ts";
import { newint } from "./int.ts";
import { type OperationError, raiseValue, type W_Root } from "./root.ts";
import { newstr } from "./str.ts";

const TEXTS = new Map<int, string>([
  [1, "Operation not permitted"],
  [2, "No such file or directory"],
  [3, "No such process"],
  [4, "Interrupted system call"],
  [5, "Input/output error"],
  [6, "No such device or address"],
  [7, "Argument list too long"],
  [9, "Bad file descriptor"],
  [10, "No child processes"],
  [11, "Resource temporarily unavailable"],
  [12, "Cannot allocate memory"],
  [13, "Permission denied"],
  [16, "Device or resource busy"],
  [17, "File exists"],
  [18, "Invalid cross-device link"],
  [19, "No such device"],
  [20, "Not a directory"],
  [21, "Is a directory"],
  [22, "Invalid argument"],
  [23, "Too many open files in system"],
  [24, "Too many open files"],
  [25, "Inappropriate ioctl for device"],
  [26, "Text file busy"],
  [27, "File too large"],
  [28, "No space left on device"],
  [29, "Illegal seek"],
  [30, "Read-only file system"],
  [31, "Too many links"],
  [32, "Broken pipe"],
  [36, "File name too long"],
  [39, "Directory not empty"],
  [40, "Too many levels of symbolic links"],
]);

/** `os.strerror` */
export function errorText(errno: int): string {
  return TEXTS.get(errno) ?? `Unknown error ${errno}`;
}

/** The Python exception for a failed call; `w_filename` null when no file is concerned. */
export function pythonOSError(e: OSError, w_filename: W_Root | null): OperationError {
  const args: W_Root[] = [newint(e.errno), newstr(errorText(e.errno))];
  if (w_filename !== null) args.push(w_filename);
  return raiseValue(w_OSError.callArgs(args, []));
}
