// SSE2: scalar doubles, conversions, and the integer operations on 64 bits of an xmm register that x86-32 uses for
// Int64 and that build float constants.
import { form, formDigit } from "./form.ts";

export const MOVSD_X = form("movsd", "xX", 0xf20f10);
export const MOVSD_M = form("movsd", "Xx", 0xf20f11);
export const MOVSS_X = form("movss", "xS", 0xf30f10);
export const MOVSS_M = form("movss", "Sx", 0xf30f11);
/** The whole register: no dependency on the destination's old value. */
export const MOVAPS = form("movaps", "xV", 0x0f28);
export const MOVUPS_X = form("movups", "xV", 0x0f10);
export const MOVUPS_M = form("movups", "Vx", 0x0f11);
export const ADDSD = form("addsd", "xX", 0xf20f58);
export const MULSD = form("mulsd", "xX", 0xf20f59);
export const SUBSD = form("subsd", "xX", 0xf20f5c);
export const DIVSD = form("divsd", "xX", 0xf20f5e);
export const SQRTSD = form("sqrtsd", "xX", 0xf20f51);
export const UCOMISD = form("ucomisd", "xX", 0x660f2e);
export const XORPD = form("xorpd", "xV", 0x660f57);
export const ANDPD = form("andpd", "xV", 0x660f54);
export const XORPS = form("xorps", "xV", 0x0f57);
export const CVTSI2SD = form("cvtsi2sd", "xR", 0xf20f2a);
export const CVTSI2SD_32 = form("cvtsi2sd", "xD", 0xf20f2a);
export const CVTTSD2SI = form("cvttsd2si", "rX", 0xf20f2c);
export const CVTSS2SD = form("cvtss2sd", "xS", 0xf30f5a);
export const CVTSD2SS = form("cvtsd2ss", "xX", 0xf20f5a);
/** xmm ← 64-bit register. */
export const MOVQ_XR = form("movq", "xQ", 0x660f6e);
/** 64-bit register ← xmm. */
export const MOVQ_RX = form("movq", "Qx", 0x660f7e);
/** xmm ← 32-bit register or memory, the rest zero. */
export const MOVD_XR = form("movd", "xD", 0x660f6e);
export const MOVD_RX = form("movd", "Dx", 0x660f7e);
export const PCMPEQD = form("pcmpeqd", "xV", 0x660f76);
export const PSLLQ_I = formDigit("psllq", "Ni", 0x660f73, 6, 1);
export const PSRLQ_I = formDigit("psrlq", "Ni", 0x660f73, 2, 1);
export const PSLLQ = form("psllq", "xV", 0x660ff3);
export const PSRLQ = form("psrlq", "xV", 0x660fd3);
export const PADDQ = form("paddq", "xV", 0x660fd4);
export const PSUBQ = form("psubq", "xV", 0x660ffb);
export const PAND = form("pand", "xV", 0x660fdb);
export const POR = form("por", "xV", 0x660feb);
export const PXOR = form("pxor", "xV", 0x660fef);
export const PMULUDQ = form("pmuludq", "xV", 0x660ff4);
export const UNPCKLPS = form("unpcklps", "xV", 0x0f14);
export const PSHUFD = form("pshufd", "xVu", 0x660f70, 1);
/** Rounds as the immediate says (SSE 4.1): 1 down, 2 up, 3 toward 0; 8 more keeps quiet about inexact results. */
export const ROUNDSD = form("roundsd", "xXu", 0x660f3a0b, 1);
export const ORPD = form("orpd", "xV", 0x660f56);
export const ANDNPD = form("andnpd", "xV", 0x660f55);
/** Sign bits of the four 32-bit parts. */
export const MOVMSKPS = form("movmskps", "dN", 0x0f50);
/** Takes the x87 stack's top, where C functions on x86-32 return floats. */
export const FSTP = formDigit("fstp", "F", 0xdd, 3);
