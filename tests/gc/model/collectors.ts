/** The collectors whose modules run on Node: those that are RTypeScript. */
import { COLLECTORS, type CollectorName } from "../../../gc/interface.ts";

export const MODEL_COLLECTORS: readonly CollectorName[] = (Object.keys(COLLECTORS) as CollectorName[]).filter(
  (name) => COLLECTORS[name].module !== null,
);
