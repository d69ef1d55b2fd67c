// Text, bytes and the library modules written in TypeScript: registered by being imported.
import "../objects/bytesmethods.ts";
import "../objects/memoryview.ts";
import "../objects/percent.ts";
import "../objects/strformat.ts";
import "../objects/strmethods.ts";
import "./abc.ts";
import "./bisect.ts";
import "./collections.ts";
import "./functools.ts";
import "./heapq.ts";
import "./operator.ts";
import "./thread.ts";
import "./weakref.ts";
import "./errno.ts";
import "./posix.ts";
import "./sre/sre.ts";
import "./codecs.ts";
