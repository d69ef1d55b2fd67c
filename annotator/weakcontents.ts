/** What live weak maps and sets held at the end of import time, for the annotator and the rtyper. */
export { weakContents } from "../translator/load/weakmaps.ts";
