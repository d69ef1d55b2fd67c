// The gamma function and its logarithm (Lanczos), and the error function for Node.
import type { float, int } from "rtypescript/rlib";

const G_MINUS_HALF: float = 5.52468004077673;
const NUMERATOR: readonly float[] = [
  23531376880.41076, 42919803642.6491, 35711959237.35567, 17921034426.03721, 6039542586.352028, 1439720407.3117216,
  248874557.86205417, 31426415.585400194, 2876370.6289353725, 186056.26539522348, 8071.672002365816, 210.82427775157936,
  2.5066282746310002,
];
const DENOMINATOR: readonly float[] = [
  0.0, 39916800.0, 120543840.0, 150917976.0, 105258076.0, 45995730.0, 13339535.0, 2637558.0, 357423.0, 32670.0, 1925.0,
  66.0, 1.0,
];

function lanczosSum(x: float): float {
  let top: float = 0.0;
  let bottom: float = 0.0;
  if (x < 5) {
    for (let i: int = 12; i >= 0; i--) {
      top = top * x + NUMERATOR[i];
      bottom = bottom * x + DENOMINATOR[i];
    }
  } else {
    for (let i: int = 0; i < 13; i++) {
      top = top / x + NUMERATOR[i];
      bottom = bottom / x + DENOMINATOR[i];
    }
  }
  return top / bottom;
}

/** sin(πx), accurate for large x. */
function sinPi(x: float): float {
  const y: float = Math.abs(x) % 2;
  const n: float = Math.floor(2 * y + 0.5);
  let r: float;
  if (n === 0) r = Math.sin(Math.PI * y);
  else if (n === 1) r = Math.cos(Math.PI * (y - 0.5));
  else if (n === 2) r = Math.sin(Math.PI * (1.0 - y));
  else if (n === 3) r = -Math.cos(Math.PI * (y - 1.5));
  else r = Math.sin(Math.PI * (y - 2.0));
  return x < 0 ? -r : r;
}

export function gamma(x: float): float {
  if (!Number.isFinite(x)) return x;
  if (Math.floor(x) === x && x > 0 && x <= 23) {
    let product: float = 1.0;
    for (let i: float = 2.0; i < x; i += 1.0) product *= i;
    return product;
  }
  const size: float = Math.abs(x);
  if (size < 1e-20) return 1 / x;
  if (size > 200) return x < 0 ? 0.0 / sinPi(x) : Infinity;
  const y: float = size + G_MINUS_HALF;
  let z: float;
  if (size > G_MINUS_HALF) z = y - size - G_MINUS_HALF;
  else z = y - G_MINUS_HALF - size;
  z = (z * 6.02468004077673) / y;
  let r: float;
  if (x < 0) {
    r = (-Math.PI / sinPi(size) / size) * (Math.exp(y) / lanczosSum(size));
    r -= z * r;
    if (size < 140) return r / y ** (size - 0.5);
    const root: float = y ** (size / 2 - 0.25);
    return r / root / root;
  }
  r = lanczosSum(size) / Math.exp(y);
  r += z * r;
  if (size < 140) return r * y ** (size - 0.5);
  const root: float = y ** (size / 2 - 0.25);
  return r * root * root;
}

export function logGamma(x: float): float {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? x : Infinity;
  if (x === 1 || x === 2) return 0.0;
  const size: float = Math.abs(x);
  if (size < 1e-20) return -Math.log(size);
  let r: float = Math.log(lanczosSum(size)) - 6.02468004077673;
  r += (size - 0.5) * (Math.log(size + G_MINUS_HALF) - 1);
  if (x < 0) r = Math.log(Math.PI) - Math.log(Math.abs(sinPi(size))) - Math.log(size) - r;
  return r;
}

/** Series for small arguments, continued fraction for large ones. */
function erfSeries(x: float): float {
  const x2: float = x * x;
  let acc: float = 0.0;
  let k: float = 25.5;
  for (let i: int = 0; i < 25; i++) {
    acc = 2.0 + (x2 * acc) / k;
    k -= 1.0;
  }
  return (acc * x * Math.exp(-x2)) / 1.7724538509055159;
}
function erfcFraction(x: float): float {
  if (x >= 30) return 0.0;
  const x2: float = x * x;
  let a: float = 0.0;
  let da: float = 0.5;
  let p: float = 1.0;
  let p1: float = 0.0;
  let q: float = da + x2;
  let q1: float = 1.0;
  for (let i: int = 0; i < 50; i++) {
    a += da;
    da += 2.0;
    const b: float = da + x2;
    const t: float = p;
    p = b * p - a * p1;
    p1 = t;
    const u: float = q;
    q = b * q - a * q1;
    q1 = u;
  }
  return ((p / q) * x * Math.exp(-x2)) / 1.7724538509055159;
}
export function erfNode(x: float): float {
  if (Number.isNaN(x)) return x;
  const size: float = Math.abs(x);
  if (size < 1.5) return erfSeries(x);
  const tail: float = erfcFraction(size);
  return x > 0 ? 1 - tail : tail - 1;
}
export function erfcNode(x: float): float {
  if (Number.isNaN(x)) return x;
  const size: float = Math.abs(x);
  if (size < 1.5) return 1 - erfSeries(x);
  const tail: float = erfcFraction(size);
  return x > 0 ? tail : 2 - tail;
}
