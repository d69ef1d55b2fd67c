// Text, bytes and the library modules written in TypeScript: registered by being imported.
import "../objects/bytesmethods.ts";
import "../objects/memoryview.ts";
import "../objects/percent.ts";
import "../objects/strformat.ts";
import "../objects/strmethods.ts";
