/** A compiled loop or function entry, as the metainterp knows it. */
import type { int } from "../../rlib/types.ts";
import { LoopToken } from "../format/descr.ts";
import type { DriverInfo } from "../format/jitcode.ts";
import type { JitCell } from "./warm.ts";

export class JitLoop extends LoopToken {
  readonly number: int;
  readonly driver: DriverInfo;
  /** It only calls the portal: a stand-in for calls from other loops until its function is traced. */
  readonly standIn: boolean;
  /** Values that a jump to it brings: reds, then those of the virtualizable. */
  width: int = 0;
  /** The position that it is the code of. */
  cell: JitCell | null = null;
  /** Bridges attached to its guards. */
  bridges: int = 0;

  constructor(name: string, number: int, driver: DriverInfo, standIn: boolean) {
    super(name);
    this.number = number;
    this.driver = driver;
    this.standIn = standIn;
  }
}
