/**
 * Which characters may stand in identifiers (Unicode 14, as Python 3.11), which are printable, and their NFKC forms.
 *
 * The tables are texts of base-36 numbers, decoded once at import: for a range the distance from the end of the last
 * one and its length less one. NFKC is by character (compatibility letters: ligatures, full-width and mathematical
 * letters); recomposition of combining sequences is left out, since identifiers are typed composed.
 */
import type { int } from "rtypescript/rlib";

function decodeRanges(text: string): int[] {
  const bounds: int[] = [];
  let at = 0;
  for (const part of text.split(" ")) {
    at += Number.parseInt(part, 36);
    bounds.push(at);
  }
  return bounds;
}

/** Binary search in alternating first and last code points. */
function inRanges(bounds: readonly int[], point: int): boolean {
  let low: int = 0;
  let high: int = bounds.length >> 1;
  while (low < high) {
    const middle: int = (low + high) >> 1;
    if (bounds[2 * middle + 1] < point) low = middle + 1;
    else high = middle;
  }
  return 2 * low < bounds.length && bounds[2 * low] <= point;
}

const startRanges: readonly int[] = decodeRanges(
  "4q 0 b 0 5 0 6 m 2 u 2 cp 5 b f 4 8 0 2 0 3m 4 2 1 4 2 2 0 7 0 2 2 2 0 2 j 2 2a 2 3u 9 4l 2 11 3 0 7 14 20 q 5 " +
    "3 1a 16 10 1 2 2q 2 0 g 1 8 1 b 2 3 0 h 0 2 t u 2g c 0 p w a 1 5 0 6 l 5 0 a 0 4 0 o o 8 a 6 n 2 5 i 15 1n 1h " +
    "4 0 j 0 8 9 g f 5 7 3 1 3 l 2 6 2 0 4 3 4 0 h 0 e 1 2 2 f 1 b 0 9 5 5 1 3 l 2 6 2 1 2 1 2 1 w 3 2 0 k 2 h 8 2 " +
    "2 2 l 2 6 2 1 2 4 4 0 j 0 g 1 o 0 c 7 3 1 3 l 2 6 2 1 2 4 4 0 v 1 2 2 g 0 i 0 2 5 4 2 2 3 4 1 2 0 2 1 4 1 4 2 " +
    "4 b n 0 1h 7 2 2 2 m 2 f 4 0 r 2 3 0 3 1 v 0 5 7 2 2 2 m 2 9 2 4 4 0 w 1 2 1 g 1 i 8 2 2 2 14 3 0 h 0 6 2 9 2 " +
    "p 5 6 h 4 n 2 8 2 0 3 6 1n 1b 2 0 e 6 1n 1 2 0 2 4 2 n 2 0 2 9 2 0 b 0 3 4 2 0 m 3 x 0 1s 7 2 z s 4 38 16 l 0 " +
    "h 5 5 3 4 0 4 1 8 2 5 c d 0 i 11 2 0 6 0 3 16 2 98 2 3 3 6 2 0 2 3 3 14 2 3 3 w 2 3 3 6 2 0 2 3 3 e 2 1k 2 3 3 " +
    "1u 12 f h 2d 3 5 4 h7 3 g 2 p 6 22 4 a 8 h e i f h f c 2 2 g 1f 10 0 5 0 1w 2g 8 14 2 0 6 1x b u 1e t 3 4 c 17 " +
    "5 p 1j m a 1g 2b 0 2m 1a i 7 1j t e 1 b 17 r z 16 2 b z 3 8 8 16 3 2 16 3 2 5 2 1 4 0 6 5b 1t 7p 3 5 3 11 3 5 " +
    "3 7 2 0 2 0 2 0 2 u 3 1g 2 6 2 0 4 2 2 6 4 3 3 5 5 c 6 2 2 6 39 0 e 0 h c 2u 0 5 0 3 9 2 0 3 5 7 0 2 0 2 0 2 f " +
    "3 3 6 4 5 0 i 14 22g 6c 7 3 4 1 d 11 2 0 6 0 3 1j 8 0 h m a 6 2 6 2 6 2 6 2 6 2 6 2 6 2 6 fb 2 q 8 8 4 3 4 5 " +
    "2d 7 2 2 2h 2 3 6 16 2 2l i v 1d f e9 533 1t h3g 1w 19 3 7g 4 f b 1 l 1a h u 3 27 14 8 3 2u 3 1r 6 1 2 0 2 4 p " +
    "f 2 2 2 3 2 m u 1f f 1d 1r 5 4 0 2 1 c r b m q s 8 1a t 0 h 4 2 9 b 4 2 14 o 2 2 7 l m 4 0 4 1d 2 0 4 1 3 4 3 " +
    "0 2 0 p 2 3 a 8 2 d 5 3 5 3 5 a 6 2 6 2 16 2 d 7 36 u 8mb d m 5 1c 6it a5 3 2x 13 6 d 4 6 0 2 9 2 c 2 4 2 0 2 " +
    "1 2 1 2 2z y 3u 7 61 j 1r 3 1h 15 9 3c 0 2 0 4 0 2 0 2 0 2 0 2 3h 11 p 7 p c 1j 3 u 4 5 3 5 3 5 3 2 10 b 2 p 2 " +
    "i 2 1 2 e 3 d z 3e 1y 1g 7g s 4 1c 1c v e t 6 11 b t 3 z 5 7 2 4 17 4d j z 5 z 5 13 9 1f d a 2 e 2 6 2 1 2 a 2 " +
    "e 2 6 2 1 1w 8m a l b 7 p 5 2 15 2 8 1y 5 3 0 2 17 2 1 4 0 3 m b m a u 1u i 2 1 b l b p 1z 1j 7 1 1t 0 g 3 2 2 " +
    "2 s 17 s 4 s 10 7 2 r s 1h b l b i e h 33 20 1k 1e e 1e e z 9p 15 7 1 27 s b 0 9 l 17 h 1b k s m d 1g 1m 1 3 0 " +
    "e 18 x o r z u 0 3 0 9 y 4 0 d 1b f 3 m 0 2 0 10 h 2 o 2d 6 2 0 2 3 2 e 2 9 8 1a 13 7 3 1 3 l 2 6 2 1 2 4 4 0 " +
    "j 0 d 4 4f 1g j 3 l 2 v 1b l 1 2 0 55 1a 16 3 11 1b l 0 1o 16 e 0 20 q 12 6 56 17 39 1r w 7 3 0 3 7 2 1 2 n g " +
    "0 2 0 2n 7 3 12 h 0 2 0 t 0 b 13 8 0 m 0 c 19 k 0 j 20 7c 8 2 10 i 0 1e t 35 6 2 1 2 11 m 0 q 5 2 1 2 v f 0 94 " +
    "i 5a 0 28 pl 2v 32 i 5f 219 2o g tq 34i g6 6nu fs 8 u i 26 i t j 1b h 3 w k 6 i j5 1r 3l 22 6 0 1v c 1t 1 2 0 " +
    "t 4qf 9 yd 17 8 6w8 3 2 6 2 1 2 82 1a 2 i 3 9 az 1s5 2y 6 c 4 8 8 9 4mf 2c 2 1y 2 1 3 0 3 1 3 3 2 b 2 0 2 6 2 " +
    "1s 2 3 3 7 2 6 2 r 2 3 2 4 2 0 4 6 2 9f 3 o 2 o 2 u 2 o 2 u 2 o 2 u 2 o 2 u 2 o 2 7 1f9 u de 18 b 6 h 0 8y t j " +
    "17 z9 6 2 3 2 1 2 e 2 5g 1o 1v 8 0 xh 3 2 q 2 1 2 0 3 0 2 9 2 3 2 0 2 0 7 0 5 0 2 0 2 0 2 2 2 1 2 0 3 0 2 0 2 " +
    "0 2 0 2 0 2 1 2 0 3 3 2 6 2 3 2 3 2 0 2 9 2 g 6 2 2 4 2 g 3et wyn x 37c 8 65 3 4g1 f 5rk 2e8 f1 15v 3t6",
);

const continueRanges: readonly int[] = decodeRanges(
  "4q 0 b 0 2 0 3 0 6 m 2 u 2 cp 5 b f 4 8 0 2 0 i 38 2 1 4 2 2 0 7 4 2 0 2 j 2 2a 2 3u 2 4 3 4l 2 11 3 0 7 14 9 " +
    "18 2 0 2 1 2 1 2 0 9 q 5 3 u a 6 21 5 2t 2 7 3 9 2 i 3 0 h 1m 3 2s f 1h 5 0 3 0 3 19 j r 5 a 6 n 2 5 a 21 2 3k " +
    "3 9 2 i 2 7 3 1 3 l 2 6 2 0 4 3 3 8 3 1 3 3 9 0 5 1 2 4 3 b b 0 2 0 3 2 2 5 5 1 3 l 2 6 2 1 2 1 2 1 3 0 2 4 5 " +
    "1 3 2 4 0 8 3 2 0 8 f c 2 2 8 2 2 2 l 2 6 2 1 2 4 3 9 2 2 2 2 3 0 g 3 3 9 a 6 2 2 2 7 3 1 3 l 2 6 2 1 2 4 3 8 " +
    "3 1 3 2 8 2 5 1 2 4 3 9 2 0 h 1 2 5 4 2 2 3 4 1 2 0 2 1 4 1 4 2 4 b 5 4 4 2 2 3 3 0 7 0 f 9 h c 2 2 2 m 2 f 3 " +
    "8 2 2 2 3 8 1 2 2 3 0 3 3 3 9 h 3 2 7 2 2 2 m 2 9 2 4 3 8 2 2 2 3 8 1 7 1 2 3 3 9 2 1 e c 2 2 2 1e 2 2 2 4 6 3 " +
    "8 4 3 9 b 5 2 2 2 h 4 n 2 8 2 0 3 6 4 0 5 5 2 0 2 7 7 9 3 1 e 1l 6 e 2 9 14 1 2 0 2 4 2 n 2 0 2 m 3 4 2 0 2 5 " +
    "3 9 3 3 x 0 o 1 7 9 c 0 2 0 2 0 5 9 2 z 5 j 2 h 2 z a 0 1m 21 7 25 3 11 2 0 6 0 3 16 2 98 2 3 3 6 2 0 2 3 3 14 " +
    "2 3 3 w 2 3 3 6 2 0 2 3 3 e 2 1k 2 3 3 1u 3 2 a 8 f f h 2d 3 5 4 h7 3 g 2 p 6 22 4 a 8 l a l c j d c 2 2 2 1 d " +
    "2b 4 0 5 1 3 9 y 2 2 a 7 2g 8 16 6 1x b u 2 b 5 b b 13 3 4 c 17 5 p 7 a 12 r 5 1q 2 s 3 a 7 9 e 0 9 d 2 f 1e " +
    "24 4 9 i 8 d 37 d 1j 9 9 4 1c 3 8 8 16 3 2 h 2 2 12 6 et 3 5 3 11 3 5 3 7 2 0 2 0 2 0 2 u 3 1g 2 6 2 0 4 2 2 6 " +
    "4 3 3 5 5 c 6 2 2 6 1v 1 k 0 t 0 e 0 h c 1g c 5 0 4 b i 0 5 0 3 9 2 0 3 5 7 0 2 0 2 0 2 f 3 3 6 4 5 0 i 14 22g " +
    "6c 7 8 d 11 2 0 6 0 3 1j 8 0 g n a 6 2 6 2 6 2 6 2 6 2 6 2 6 2 6 2 v ee 2 q e 2 4 3 4 5 2d 3 1 3 2 2 2h 2 3 6 " +
    "16 2 2l i v 1d f e9 533 1t h3g 1w 19 3 7g 4 r l 1b 5 9 2 36 12 8 3 2u 3 1r 6 1 2 0 2 4 p 1h 5 0 k 1f d 1x b 9 " +
    "7 n 4 0 2 1c 3 z d s 4 1s f a 7 u 2 1i a d 3 9 7 m 4 20 p 2 3 f 3 4 b 5 3 5 3 5 a 6 2 6 2 16 2 d 7 3e 2 1 3 9 " +
    "7 8mb d m 5 1c 6it a5 3 2x 13 6 d 4 6 b 2 c 2 4 2 0 2 1 2 1 2 2z y 3u 7 61 j 1r 3 1h 15 9 7 f h f 4 1 p 2 y 0 " +
    "2 0 4 0 2 0 2 0 2 0 2 3h k 9 8 p 5 0 2 p c 2g 4 5 3 5 3 5 3 2 10 b 2 p 2 i 2 1 2 e 3 d z 3e 1y 1g 3t 0 3n s 4 " +
    "1c g 0 w v e t 6 16 6 t 3 z 5 7 2 4 17 4d 3 9 7 z 5 z 5 13 9 1f d a 2 e 2 6 2 1 2 a 2 e 2 6 2 1 1w 8m a l b 7 " +
    "p 5 2 15 2 8 1y 5 3 0 2 17 2 1 4 0 3 m b m a u 1u i 2 1 b l b p 1z 1j 7 1 1t 3 2 1 6 7 2 2 2 s 3 2 5 0 x s 4 s " +
    "10 7 2 t q 1h b l b i e h 33 20 1k 1e e 1e e 13 9 9 93 15 2 1 4 1 27 s b 0 9 w w l 17 k s m a 1y w f a 1n 8 0 " +
    "e o 8 9 7 1g 2 9 5 3 9 z 3 0 a 1w 5 3 2 c 2 0 10 h 2 10 7 0 1u 6 2 0 2 3 2 e 2 9 8 1m 6 9 7 3 2 7 3 1 3 l 2 6 " +
    "2 1 2 4 2 9 3 1 3 2 3 0 7 0 6 6 3 6 4 4 3w 22 6 9 5 3 v 1x 2 0 9 9 4n 1h 3 8 o 5 z 1s 4 0 c 9 13 1k 8 9 1j q 3 " +
    "e 5 9 7 6 56 1m 2u 21 m 7 3 0 3 7 2 1 2 t 2 1 3 8 d 9 1z 7 3 19 3 7 2 1 s 1q 9 0 9 21 4 0 j 20 7c 8 2 18 2 8 g " +
    "9 p t 3 l 2 d 22 6 2 1 2 17 4 0 2 1 2 8 9 9 7 5 2 1 2 10 2 1 2 5 8 9 8n m 56 0 28 pl 2v 32 i 5f 219 2o g tq " +
    "34i g6 6nu fs 8 u 2 9 7 26 2 9 7 t 3 4 c 1i a 3 d 9 a k 6 i j5 1r 3l 22 5 1k 8 g 1t 1 2 1 c 1 f 4qf 9 yd 17 8 " +
    "6w8 3 2 6 2 1 2 82 1a 2 i 3 9 az 1s5 2y 6 c 4 8 8 9 4 1 3mq 19 3 m f3 4 4 5 9 7 3 6 v 3 45 2 cc 2c 2 1y 2 1 3 " +
    "0 3 1 3 3 2 b 2 0 2 6 2 1s 2 3 3 7 2 6 2 r 2 3 2 4 2 0 4 6 2 9f 3 o 2 o 2 u 2 o 2 u 2 o 2 u 2 o 2 u 2 o 2 7 3 " +
    "1d e9 1i 5 1d 9 0 f 0 n 4 2 e up u 6a 6 2 g 3 6 2 1 2 4 5y 18 4 d 3 9 5 0 8y u i 1l yv 6 2 3 2 1 2 e 2 5g c 6 " +
    "16 23 5 9 x3 3 2 q 2 1 2 0 3 0 2 9 2 3 2 0 2 0 7 0 5 0 2 0 2 0 2 2 2 1 2 0 3 0 2 0 2 0 2 0 2 0 2 1 2 0 3 3 2 6 " +
    "2 3 2 3 2 0 2 9 2 g 6 2 2 4 2 g 2lx 9 sn wyn x 37c 8 65 3 4g1 f 5rk 2e8 f1 15v 3t6 fcmu 6n",
);

const unprintableRanges: readonly int[] = decodeRanges(
  "3k w d 0 jv 1 7 3 8 0 2 0 l 0 b2 0 13 1 1f 1 4 0 1k 7 s 3 7 g n 0 5d 0 1d 1 1o 1 2u d 1o 1 1e 1 g 0 t 1 2 0 c " +
    "4 w 8 23 0 4i 0 9 1 3 1 n 0 8 0 2 2 5 1 a 1 3 1 5 7 2 3 3 0 6 1 q 1 4 0 7 3 3 1 n 0 8 0 3 0 3 0 3 1 2 0 6 3 3 " +
    "1 4 2 2 6 5 0 2 6 i 9 4 0 a 0 4 0 n 0 8 0 3 0 6 1 b 0 4 0 4 1 2 e 5 1 d 6 8 0 4 0 9 1 3 1 n 0 8 0 3 0 6 1 a 1 " +
    "3 1 4 6 4 3 3 0 6 1 j 9 3 0 7 2 4 0 5 2 3 0 2 0 3 2 3 2 4 2 d 3 6 2 4 0 5 1 2 5 2 d m 4 e 0 4 0 o 0 h 1 a 0 4 " +
    "0 5 6 3 0 4 1 2 1 5 1 b 6 n 0 4 0 o 0 b 0 6 1 a 0 4 0 5 6 3 5 3 0 5 1 b 0 3 c e 0 4 0 1g 0 4 0 7 3 h 1 r 0 4 0 " +
    "j 2 p 0 a 0 2 1 8 2 2 3 7 0 2 0 9 5 b 1 4 b 1n 3 u 10 3 0 2 0 6 0 p 0 2 0 o 1 6 0 2 0 7 1 b 1 5 v 21 0 11 3 14 " +
    "0 11 0 g 0 e 10 5j 0 2 4 2 1 ai 0 5 1 8 0 2 0 5 1 16 0 5 1 y 0 5 1 8 0 2 0 5 1 g 0 1m 0 5 1 1w 1 x 2 r 5 2f 1 " +
    "7 1 ht 0 t 2 2i 6 n 8 p 8 l b e 0 4 0 3 b 2n 1 b 5 b 5 f 0 c 5 2i 6 18 4 1z 9 w 0 d 3 d 3 2 2 17 1 6 a 19 3 r " +
    "5 c 2 1r 1 1u 0 u 1 c 5 b 5 f 1 w 1c 26 2 1c 0 39 7 1p 2 g 2 1p 6 18 1 c 7 18 4 ev 1 7 1 13 1 7 1 9 0 2 0 2 0 " +
    "2 0 w 1 1i 0 g 0 f 1 7 0 k 1 4 0 a g p 7 1c g 3 1 s 0 e 2 y e y e 3x 3 ig o c k 1ed 1 x 0 9q 4 1a 0 2 4 2 1 1l " +
    "6 3 d p 8 8 0 8 0 8 0 8 0 8 0 8 0 8 0 8 0 3j x r 0 2i b 5z p d 4 1s 0 2f 1 2w 4 18 0 2n 0 2d b 1c 0 mlq 2 1k 8 " +
    "9p j 55 7 5o 4 3 0 2 0 6 n 1o 2 b 5 1l 7 1z 7 d 5 39 a v 2 27 0 c 3 y 0 1k 8 f 1 b 1 2w n t 9 7 1 7 1 7 8 8 0 " +
    "8 0 1p 3 3j 1 b 5 8md b o 3 1e 6ir a7 1 2z 11 8 b 6 4 r 0 6 0 2 0 3 0 3 0 3i f ce 1 1j 6 2 v 17 5 1g 0 k 0 5 3 " +
    "6 0 3s 3 5b 2 7 1 7 1 7 1 4 2 8 0 8 c 3 1 d 0 r 0 k 0 3 0 g 1 f x 3g 4 4 3 1a 2 2h 0 e 2 2 1a 1b 3l u 2 1e e t " +
    "3 11 8 v 4 18 4 v 0 12 3 f 15 4f 1 b 5 11 3 11 3 15 7 1h a d 0 g 0 8 0 3 0 c 0 g 0 8 0 3 1u 8o 8 n 9 9 n 7 0 " +
    "17 0 a 1w 7 1 2 0 19 0 3 2 2 1 o 0 21 7 a 1b k 0 3 4 y 2 s 4 2 1r 1l 3 l 1 1f 0 3 4 9 0 4 0 u 1 4 3 b 6 a 6 1t " +
    "v 14 3 d 8 1j 2 u 1 s 4 r 6 5 b 8 27 22 1i 1g c 1g 6 1b 7 b 85 w 0 17 0 4 1 3 25 15 7 17 l r 11 t j o 8 27 3 " +
    "11 8 1r 0 6 c q 6 b 5 1i 0 j 7 14 8 2p 0 l a j 0 19 1s 8 0 2 0 5 0 g 0 c 5 1o 4 b 5 5 0 9 1 3 1 n 0 8 0 3 0 6 " +
    "0 b 1 3 1 4 1 2 5 2 4 8 1 8 2 6 3u 2l 0 6 t 21 7 b 4l 1j 1 13 x 1y a b 5 e i 1n 5 b 1h s 1 g 3 o 54 1p 2r 2c b " +
    "9 1 2 1 9 0 3 0 v 0 3 1 d 8 b 1x 9 1 1b 1 c q 21 7 2c c 22 7a a 0 1a 0 f 9 u 2 x 1 n 0 f 20 8 0 3 0 19 2 2 0 3 " +
    "0 a 7 b 5 7 0 3 0 12 0 3 0 7 6 b 8l q 52 2 e 1f c po 2t 34 0 6 a 5h 217 2s c ts 34g g8 6ns fu 6 w 0 b 3 2a 0 b " +
    "5 v 1 7 9 1z 9 b 0 8 0 m 4 k j3 2k 2s 24 3 1m 6 i 1r 6 a 3 d 4qh 7 yf 15 a 6w6 5 0 8 0 3 0 84 18 4 g 5 7 b1 " +
    "1s3 30 4 e 2 a 6 b 1 5 3mn 1b 1 o 8 39 1n 6v 9 14 1 23 7 35 k 1z 49 l b 2g 8 q 3q 2e 0 20 0 3 1 2 1 3 1 5 0 d " +
    "0 2 0 8 0 1u 0 5 1 9 0 8 0 t 0 5 0 6 0 2 2 8 0 9h 1 85 1 jj e 6 0 g un w 68 8 0 i 1 8 0 3 0 6 5w 1a 2 f 1 b 3 " +
    "3 8v w g 1n 4 2 yn 8 0 5 0 3 0 g 0 5i 1 h 14 25 3 b 3 3 ls 1x 23 1q 5d 5 0 s 0 3 0 2 1 2 0 b 0 5 0 2 0 2 5 2 3 " +
    "2 0 2 0 2 0 4 0 3 0 2 1 2 0 2 0 2 0 2 0 2 0 3 0 2 1 5 0 8 0 5 0 5 0 2 0 b 0 i 4 4 0 6 0 i 1f 3 7h 19 3 2t b g " +
    "1 g 0 g 0 12 9 4v 1j u c 19 3 a 6 3 d 7 49 rd 4 h 2 e 2 39 b 2i 6 d 3 2 e d 3 1l 7 b 5 15 7 v 1 3 25 9h b f 1 " +
    "6 2 6 2 8 8 u 2 c 4 7 9 b 5 9 7 8 8 44 0 1k 10 b sl wyp v 37e 6 67 1 4g3 d 5rm 2e6 f3 15t 3t8 fcms 6p 47bj",
);

/** Runs `first:count:target`: consecutive characters that map to consecutive targets; or one to several. */
const foldText =
  "4q:1:2p 51:1:qk 56:1:33 8i:1:21,22 8j:1:2x,2y 8v:1:24,53 8w:1:30,53 95:1:jg,32 an:1:37 ck:1:1w,al cl:1:1w,am " +
  "cm:1:2s,am cn:1:24,22 co:1:24,2y cp:1:30,2y cq:1:26,22 cr:1:26,2y cs:1:32,2y dt:1:1w,2i du:1:1w,3e dv:1:2s,3e " +
  "j4:1:2w j5:1:h2 j6:1:2y j7:1:36 j8:1:hl j9:1:hn ja:1:ht jb:1:3b jc:1:3d kg:1:gz kh:1:30 ki:1:37 kj:1:3c " +
  "kk:1:id n4:2:lc n7:1:lv n8:1:lk,ld ok:1:jd p3:1:53 r4:1:qa r5:1:qg r6:1:px r7:1:pa r8:1:q3 r9:1:qu ra:1:qo " +
  "s0:1:qi s1:2:qp s4:1:pk s5:1:qd s9:1:pv 13b:1:12d,136 19x:1:17r,19w 19y:1:18o,19w 19z:1:1c7,19w 1a0:1:18q,19w " +
  "1ug:1:1sl,1to 1uh:1:1sm,1to 1ui:1:1sn,1to 1uj:1:1ss,1to 1uk:1:1sx,1to 1ul:1:1sy,1to 1um:1:1t7,1to " +
  "1un:1:1tb,1to 1y4:1:1wh,1x8 1y5:1:1wi,1x8 1y7:1:1wv,1x8 20j:1:20i,20s 20m:1:20o,20s 21l:1:1zq,20s " +
  "21m:1:1zr,20s 21n:1:1zw,20s 21q:1:20b,20s 28s:1:275,27w 28t:1:276,27w 2sz:1:2tp,2sy 2wj:1:2x9,2wi " +
  "2xo:1:2wb,2vt 2xp:1:2wb,2w1 30j:1:30i,33r 30t:1:30s,33r 30y:1:30x,33r 313:1:312,33r 318:1:317,33r " +
  "31l:1:30g,33p 31v:1:31t,31u 31x:1:31t,31w 31y:1:33m,328 31z:1:33m,31t,328 320:1:33n,328 321:1:33n,31t,328 " +
  "329:1:31t,328 32r:1:32q,33r 331:1:330,33r 336:1:335,33r 33b:1:33a,33r 33g:1:33f,33r 33t:1:32o,33p 3cs:1:3bw " +
  "5rg:1:1t 5rh:1:5i 5ri:1:1u 5rk:2:1w 5rm:1:b2 5rn:8:1z 5rw:1:27 5rx:1:f6 5ry:1:28 5rz:1:2a 5s0:2:2c 5s2:1:2f " +
  "5s3:1:2p 5s4:2:gg 5s6:1:5qa 5s7:1:2q 5s8:2:2s 5sa:1:gp 5sb:2:gr 5sd:1:2v 5sf:1:2z 5sg:1:31 5sh:1:97 5si:1:33 " +
  "5sj:1:gk 5sk:2:5qu 5sm:1:34 5sn:2:38 5sp:1:5r1 5sq:1:hb 5sr:1:3a 5ss:1:5r9 5st:3:qa 5sw:2:qu 5sy:1:2x 5sz:1:36 " +
  "5t0:2:39 5t2:2:qa 5t4:1:qp 5t5:2:qu 5tk:1:u5 5uj:1:gi 5uk:1:2r 5ul:1:gl 5um:1:6o 5un:1:gs 5uo:1:2u 5up:1:gv " +
  "5uq:1:gx 5ur:1:h1 5us:3:h4 5uv:1:5tn 5uw:1:il 5ux:1:h9 5uy:1:5tx 5uz:1:in 5v0:1:hd 5v1:1:hc 5v2:4:he 5v6:1:hk " +
  "5v7:2:hu 5v9:1:bv 5va:2:i1 5vc:1:5r0 5vd:2:i3 5vf:1:3e 5vg:3:i8 5vj:1:qg 61m:1:2p,ji 61n:1:601 67l:1:q4 " +
  "67n:1:q5 67p:1:q6 67r:1:q7 67t:1:r0 67v:1:r1 67x:1:r2 69n:1:p2 69q:1:qh 6a1:1:p4 6a3:1:p5 6ab:1:pc 6aj:1:p6 " +
  "6ar:1:q8 6az:1:pa 6bd:1:p8 6bf:1:pb 6ep:1:2x 6f3:1:32 6fk:1:2p 6fl:1:2t 6fm:1:33 6fn:1:3c 6fo:1:gp 6fp:1:2w " +
  "6fq:4:2z 6fu:1:34 6fv:2:37 6iq:1:1v 6iv:1:b4 6iy:1:2v 6iz:1:20 6j0:1:20 6j1:1:20 6j2:1:2w 6j3:1:87 6j4:1:21 " +
  "6j5:1:21 6j6:1:24 6j7:1:30 6j9:1:26 6jd:3:28 6jg:1:2a 6jh:1:2a 6jo:1:2i 6jq:1:q1 6js:1:2i 6ju:1:23 6jv:1:5h " +
  "6jw:2:1u 6jz:1:2t 6k0:2:1x 6k3:1:25 6k4:1:33 6k5:4:15c 6k9:1:2x 6kc:1:qo 6kd:1:qb 6ke:1:pf 6kf:1:ps 6kl:1:1w " +
  "6km:2:2s 6ko:2:2x 6lc:1:21 6ld:1:21,21 6le:1:21,21,21 6lf:1:21,2e 6lg:1:2e 6lh:1:2e,21 6li:1:2e,21,21 " +
  "6lj:1:2e,21,21,21 6lk:1:21,2g 6ll:1:2g 6lm:1:2g,21 6ln:1:2g,21,21 6lo:1:24 6lp:2:1v 6lr:1:25 6ls:1:2x " +
  "6lt:1:2x,2x 6lu:1:2x,2x,2x 6lv:1:2x,3a 6lw:1:3a 6lx:1:3a,2x 6ly:1:3a,2x,2x 6lz:1:3a,2x,2x,2x 6m0:1:2x,3c " +
  "6m1:1:3c 6m2:1:3c,2x 6m3:1:3c,2x,2x 6m4:1:30 6m5:2:2r 6m7:1:31 8sc:1:2y 8sd:1:2e 8z3:1:8yp 9iw:1:gg1 9ix:2:gg4 " +
  "9lr:1:9l4,9l6 9of:1:9mb,9mw 9pt:2:3cw 9pv:1:3hm 9pw:1:3cy 9px:2:3ho 9pz:3:3cz 9q2:6:3hs 9q8:1:3dm 9q9:3:3d2 " +
  "9qc:1:3dt 9qd:a:3d5 9qn:l:3fl 9r8:1:3fk 9r9:2:3dg 9rb:2:3if 9rd:1:3ik 9re:1:3im 9rf:1:3ir 9rg:1:3iv 9rh:1:3ix " +
  "9ri:1:3do 9rj:1:3j1 9rk:1:3j3 9rl:2:3dp 9rn:1:3ds 9ro:2:3du 9rq:1:3dz 9rr:1:3e1 9rs:5:3e3 9rx:1:3ea 9ry:1:3ee " +
  "9rz:1:3eo 9s0:1:3ev 9s1:1:3f0 9s2:2:3jl 9s4:3:3fb 9s7:2:3gk 9s9:1:3go 9sa:2:3gx 9sc:1:3h0 9sd:1:3ha 9se:1:3hd " +
  "wws:1:ui wwt:1:uk x2o:1:x2n x6a:1:1v x6b:1:1y x6c:1:29 x6g:1:86 x6h:1:9f xuk:1:x0n xul:1:xtj xum:1:h7 " +
  "xun:1:xua xux:1:i5 1d6o:1:rpk 1d6p:1:kc4 1d6q:1:s7e 1d6r:1:rt4 1d6s:1:lw1 1d6t:1:fg2 1d6u:1:gkl 1d6v:1:vj0 " +
  "1d6w:1:vj0 1d6x:1:hn5 1d6y:1:ssx 1d6z:1:gw7 1d70:1:hmw 1d71:1:jcm 1d72:1:ne1 1d73:1:p6t 1d74:1:qin 1d75:1:qt6 " +
  "1d76:1:r20 1d77:1:sjz 1d78:1:kxu 1d79:1:ljv 1d7a:1:mah 1d7b:1:mvy 1d7c:1:q4d 1d7d:1:sq2 1d7e:1:uep 1d7f:1:fia " +
  "1d7g:1:ghh 1d7h:1:l50 1d7i:1:mjf 1d7j:1:qi5 1d7k:1:v8e 1d7l:1:ifk 1d7m:1:m3v 1d7n:1:qfh 1d7o:1:r50 1d7p:1:jih " +
  "1d7q:1:pnc 1d7r:1:qvz 1d7s:1:iq2 1d7t:1:kd3 1d7u:1:lm2 1d7v:1:mpo 1d7w:1:slq 1d7x:1:fpi 1d7y:1:g53 1d7z:1:gda " +
  "1d80:1:jwk 1d81:1:l3n 1d82:1:mj4 1d83:1:nhj 1d84:1:pa9 1d85:1:qh2 1d86:1:qjg 1d87:1:s1b 1d88:1:tv6 1d89:1:upb " +
  "1d8a:1:v7e 1d8b:1:nt8 1d8c:1:nzz 1d8d:1:otc 1d8e:1:q15 1d8f:1:t1g 1d8g:1:vb3 1d8h:1:rfa 1d8i:1:hjz 1d8j:1:iro " +
  "1d8k:1:okg 1d8l:1:pdq 1d8m:1:mle 1d8n:1:nuy 1d8o:1:rsy 1d8p:1:ttj 1d8q:1:hjs 1d8r:1:i8y 1d8s:1:kyb 1d8t:1:lp6 " +
  "1d8u:1:lxr 1d8v:1:oq7 1d8w:1:oxj 1d8x:1:tor 1d8y:1:gcy 1d8z:1:pe3 1d90:1:g64 1d91:1:g5o 1d92:1:o4c 1d93:1:ou6 " +
  "1d94:1:q29 1d95:1:tpx 1d96:1:rk0 1d97:1:jin 1d98:1:kxu 1d99:1:rge 1d9a:1:fg9 1d9b:1:i5j 1d9c:1:iz6 1d9d:1:mtj " +
  "1d9e:1:n74 1d9f:1:gev 1d9g:1:nwb 1d9h:1:fr3 1d9i:1:iw9 1d9j:1:ff1 1d9k:1:lho 1d9l:1:k1k 1d9m:1:opu 1d9n:1:gjn " +
  "1d9o:1:hge 1d9p:1:ni9 1d9q:1:q4p 1d9r:1:re2 1d9s:1:la2 1d9t:1:sds 1d9u:1:lfs 1d9v:1:jjy 1d9w:1:put 1d9x:1:jog " +
  "1d9y:1:n6t 1d9z:1:fji 1da0:1:g2x 1da1:1:g5l 1da2:1:kn5 1da3:1:oo7 1da4:1:prj 1da5:1:rf6 1da6:1:ssv 1da7:1:gdx " +
  "1da8:1:gn6 1da9:1:ho3 1daa:1:ir0 1dab:1:k3p 1dac:1:m4e 1dad:1:nxm 1dae:1:tkd 1daf:1:ui2 1dag:1:vbr 1dah:1:vda " +
  "1dai:1:gbf 1daj:1:kau 1dak:1:l87 1dal:1:sbm 1dam:1:ino 1dan:1:j9s 1dao:1:jcw 1dap:1:jve 1daq:1:lyb 1dar:1:mdl " +
  "1das:1:n0p 1dat:1:o22 1dau:1:ovo 1dav:1:pdb 1daw:1:s9y 1dax:1:q9a 1day:1:sgz 1daz:1:t3e 1db0:1:g7r 1db1:1:gbn " +
  "1db2:1:gql 1db3:1:ma0 1db4:1:r0i 1db5:1:re2 1db6:1:iq1 1db7:1:iyd 1db8:1:jnf 1db9:1:l9q 1dba:1:oji 1dbb:1:mt1 " +
  "1dbc:1:fl0 1dbd:1:h6h 1dbe:1:i5j 1dbf:1:iii 1dbg:1:izg 1dbh:1:muq 1dbi:1:mzt 1dbj:1:p7e 1dbk:1:pc6 1dbl:1:svo " +
  "1dbm:1:tti 1dbn:1:tvs 1dbo:1:u1k 1dbp:1:fpn 1dbq:1:o1a 1dbr:1:ss4 1dbs:1:trs 1dbt:1:j4x 1dbu:1:fie 1dbv:1:fyy " +
  "1dbw:1:i5q 1dbx:1:i7z 1dby:1:k2h 1dbz:1:kxu 1dc0:1:mha 1dc1:1:ncy 1dc2:1:q9o 1dc3:1:sjg 1dc4:1:vil 1dc5:1:k94 " +
  "1dc6:1:tny 1dc7:1:gax 1dc8:1:kfv 1dc9:1:kj7 1dca:1:lkx 1dcb:1:luk 1dcc:1:mx5 1dcd:1:n6h 1dce:1:nsb 1dcf:1:opc " +
  "1dcg:1:u3i 1dch:1:g31 1dci:1:je6 1dcj:1:tq0 1dck:1:fu3 1dcl:1:ie1 1dcm:1:lpm 1dcn:1:sa2 1dco:1:ivf 1dcp:1:j7o " +
  "1dcq:1:kk7 1dcr:1:mtj 1dcs:1:tqe 1dct:1:g89 1dcu:1:glr 1dcv:1:i91 1dcw:1:k5v 1dcx:1:kem 1dcy:1:ko8 1dcz:1:lid " +
  "1dd0:1:mx2 1dd1:1:naa 1dd2:1:p6h 1dd3:1:r0v 1dd4:1:r1d 1dd5:1:sss 1dd6:1:tsy 1dd7:1:gfz 1dd8:1:lve 1dd9:1:gm5 " +
  "1dda:1:mhc 1ddb:1:n14 1ddc:1:qgq 1ddd:1:tr7 1dde:1:uvr 1ddf:1:vbz 1ddg:1:kgn 1ddh:1:lor 1ddi:1:pns 1ddj:1:o97 " +
  "1ddk:1:obk 1ddl:1:olu 1ddm:1:mo0 1ddn:1:m8p 1ddo:1:riw 1ddp:1:fk0 1ddq:1:px2 1ddr:1:g8q 1dds:1:g7b 1ddt:1:ip2 " +
  "1ddu:1:jir 1ddv:1:onq 1ddw:1:i2t 1ddx:1:ljy 1ddy:1:kac 1ddz:1:saj 1de0:1:qx8 1de1:1:tot 1de2:1:r63 1de3:1:iqb " +
  "1de4:1:g1s 1de5:1:gxs 1de8:1:hga 1dea:1:k8k 1ded:1:g66 1dee:1:mqy 1def:1:ngq 1deg:1:ny4 1deh:1:nz2 1dei:1:nz9 " +
  "1dej:1:o0f 1dek:1:tw6 1del:1:on2 1dem:1:p8d 1deo:1:qhe 1deq:1:rg8 1det:1:shk 1deu:1:sn1 1dey:1:u7j 1dez:1:u7w " +
  "1df0:1:u94 1df1:1:v5g 1df2:1:sm6 1df3:1:trr 1df4:1:fqm 1df5:1:fzb 1df6:1:g25 1df7:1:gcp 1df8:1:gdg 1df9:1:ggh " +
  "1dfa:1:gwt 1dfb:1:gzq 1dfc:1:h2g 1dfd:1:hfk 1dfe:1:hig 1dff:1:i90 1dfg:1:i9a 1dfh:1:j2s 1dfi:1:j8o 1dfj:1:j9q " +
  "1dfk:1:jci 1dfl:1:k0f 1dfm:1:k4i 1dfn:1:k9d 1dfo:1:kn9 1dfp:1:lmf 1dfq:1:lqy 1dfr:1:lya 1dfs:1:mem 1dft:1:mjv " +
  "1dfu:1:mxu 1dfv:1:ntd 1dfw:1:ny6 1dfx:1:nyh 1dfy:1:nyg 1dfz:1:nyo 1dg0:1:nyu 1dg1:1:nz1 1dg2:2:o0d 1dg4:1:o5c " +
  "1dg5:1:o75 1dg6:1:og0 1dg7:1:ovo 1dg8:1:ow9 1dg9:1:oxt 1dga:1:p6a 1dgb:1:pad 1dgc:1:pnx 1dgd:1:prt 1dge:1:prt " +
  "1dgf:1:q53 1dgg:1:r2o 1dgh:1:r6e 1dgi:1:rgh 1dgj:1:ri1 1dgk:1:rtf 1dgl:1:ruw 1dgm:1:sdy 1dgn:1:shk 1dgo:1:tsz " +
  "1dgp:1:u0v 1dgq:1:u2j 1dgr:1:j1x 1dgs:1:36cu 1dgt:1:pp4 1dgw:1:ffq 1dgx:1:g51 1dgy:1:g2w 1dgz:1:fpc 1dh0:1:g1x " +
  "1dh1:1:g3k 1dh2:1:gcn 1dh3:1:ge2 1dh4:1:gwt 1dh5:1:gut 1dh6:1:gwp 1dh7:1:gyq 1dh8:1:hga 1dh9:1:hir 1dha:1:hms " +
  "1dhb:1:hn8 1dhc:1:huq 1dhd:1:i08 1dhe:1:iqa 1dhf:1:iqh 1dhg:1:iuh 1dhh:1:iwd 1dhi:1:j4o 1dhj:1:j7y 1dhk:1:j60 " +
  "1dhl:1:j9q 1dhm:1:j8g 1dhn:1:jci 1dho:1:jec 1dhp:1:jpg 1dhq:1:jrw 1dhr:1:jte 1dhs:1:k0m 1dht:1:k8k 1dhu:1:kd3 " +
  "1dhv:1:kd7 1dhw:1:keu 1dhx:1:l89 1dhy:1:la2 1dhz:1:lkx 1di0:1:lwb 1di1:1:lvv 1di2:1:lya 1di3:1:m5a 1di4:1:mem " +
  "1di5:1:nmv 1di6:1:mk5 1di7:1:mnj 1di8:1:mqy 1di9:1:n01 1dia:1:n46 1dib:1:n5n 1dic:1:nbx 1did:1:nbz 1die:1:ngq " +
  "1dif:1:nh7 1dig:1:nhw 1dih:1:nka 1dii:1:nk0 1dij:1:nv0 1dik:1:o8h 1dil:1:og0 1dim:1:ol7 1din:1:orf 1dio:1:ovo " +
  "1dip:1:p4u 1diq:1:pad 1dir:1:pxu 1dis:1:q27 1dit:1:qrd 1diu:1:r41 1div:1:r5y 1diw:1:r6e 1dix:1:ren 1diy:1:rg8 " +
  "1diz:1:rez 1dj0:1:rgh 1dj1:1:rge 1dj2:1:rfx 1dj3:1:ri1 1dj4:1:rka 1dj5:1:ruw 1dj6:1:sag 1dj7:1:sj6 1dj8:1:srd " +
  "1dj9:1:sxi 1dja:1:tq4 1djb:1:tsz 1djc:1:tw6 1djd:1:tzv 1dje:1:u0v 1djf:1:u17 1djg:1:u2j 1djh:1:umq 1dji:1:vj0 " +
  "1djj:1:313e 1djk:1:3138 1djl:1:33dh 1djm:1:brx 1djn:1:cns 1djo:1:cop 1djp:1:39e1 1djq:1:3bgw 1djr:1:3i6r " +
  "1djs:1:vgj 1djt:1:vim 1dkw:1:2u,2u 1dkx:1:2u,2x 1dky:1:2u,30 1dkz:1:2u,2u,2x 1dl0:1:2u,2u,30 1dl1:1:37,38 " +
  "1dl2:1:37,38 1dlf:1:12s,12u 1dlg:1:12s,12d 1dlh:1:12s,12j 1dli:1:132,12u 1dlj:1:12s,12l 1dlp:1:15l,14k " +
  "1dlr:1:16a,14n 1dls:1:15u 1dlt:1:15c 1dlu:2:15f 1dlw:3:15n 1dlz:1:160 1dm0:1:162 1dm2:1:161,14x 1dm3:1:161,14y " +
  "1dm4:1:161,14s,14x 1dm5:1:161,14s,14y 1dm6:1:15c,14n 1dm7:1:15c,14o 1dm8:1:15c,14s 1dm9:1:15d,14s " +
  "1dma:1:15e,14s 1dmb:1:15f,14s 1dmc:1:15g,14s 1dmd:1:15h,14s 1dme:1:15i,14s 1dmg:1:15k,14s 1dmh:1:15l,14s " +
  "1dmi:1:15m,14s 1dmj:1:15n,14s 1dmk:1:15o,14s 1dmm:1:15q,14s 1dmo:1:15s,14s 1dmp:1:15t,14s 1dmr:1:15v,14s " +
  "1dms:1:15w,14s 1dmu:1:15y,14s 1dmv:1:15z,14s 1dmw:1:160,14s 1dmx:1:161,14s 1dmy:1:162,14s 1dmz:1:15h,14p " +
  "1dn0:1:15d,14v 1dn1:1:15n,14v 1dn2:1:15w,14v 1dn3:1:15c,15o 1dn4:1:19t 1dn5:1:19t 1dn6:1:1a3 1dn7:1:1a3 " +
  "1dn8:1:1a3 1dn9:1:1a3 1dna:1:1a6 1dnb:1:1a6 1dnc:1:1a6 1dnd:1:1a6 1dne:1:1a8 1dnf:1:1a8 1dng:1:1a8 1dnh:1:1a8 " +
  "1dni:1:1a2 1dnj:1:1a2 1dnk:1:1a2 1dnl:1:1a2 1dnm:1:1a7 1dnn:1:1a7 1dno:1:1a7 1dnp:1:1a7 1dnq:1:1a1 1dnr:1:1a1 " +
  "1dns:1:1a1 1dnt:1:1a1 1dnu:1:1b8 1dnv:1:1b8 1dnw:1:1b8 1dnx:1:1b8 1dny:1:1ba 1dnz:1:1ba 1do0:1:1ba 1do1:1:1ba " +
  "1do2:1:1ac 1do3:1:1ac 1do4:1:1ac 1do5:1:1ac 1do6:1:1ab 1do7:1:1ab 1do8:1:1ab 1do9:1:1ab 1doa:1:1ae 1dob:1:1ae " +
  "1doc:1:1ae 1dod:2:1ae 1dof:1:1af 1dog:1:1af 1doh:1:1af 1doi:1:1al 1doj:1:1al 1dok:1:1ak 1dol:1:1ak 1dom:1:1am " +
  "1don:1:1am 1doo:1:1ag 1dop:1:1ag 1doq:1:1aw 1dor:1:1aw 1dos:1:1ap 1dot:1:1ap 1dou:1:1bd 1dov:1:1bd 1dow:1:1bd " +
  "1dox:1:1bd 1doy:1:1bj 1doz:1:1bj 1dp0:1:1bj 1dp1:1:1bj 1dp2:1:1bn 1dp3:1:1bn 1dp4:1:1bn 1dp5:1:1bn 1dp6:1:1bl " +
  "1dp7:1:1bl 1dp8:1:1bl 1dp9:1:1bl 1dpa:1:1bu 1dpb:2:1bu 1dpd:1:1bv 1dpe:1:1bv 1dpf:1:1bv 1dpg:1:1c0 1dph:2:1c0 " +
  "1dpj:1:1c1 1dpk:1:1c1 1dpl:1:1c1 1dpm:1:1by 1dpn:1:1by 1dpo:1:1by 1dpp:1:1by 1dpq:1:1ci 1dpr:2:1ci 1dpt:1:1cj " +
  "1dqr:1:1bh 1dqs:1:1bh 1dqt:1:1bh 1dqu:1:1bh 1dqv:1:1c7 1dqw:1:1c7 1dqx:1:1c6 1dqy:1:1c6 1dqz:1:1c8 1dr0:1:1c8 " +
  "1dr1:1:1c7,19w 1dr2:1:1cb 1dr3:1:1cb 1dr4:1:1c5 1dr5:1:1c5 1dr6:1:1c9 1dr7:1:1c9 1dr8:1:1cg 1dr9:1:1cg " +
  "1dra:1:1cg 1drb:1:1cg 1drc:1:18p 1drd:1:18p 1dre:1:17q,17r 1drf:1:17q,17r 1drg:1:17q,1cl 1drh:1:17q,1cl " +
  "1dri:1:17q,18o 1drj:1:17q,18o 1drk:1:17q,1c7 1drl:1:17q,1c7 1drm:1:17q,1c6 1drn:1:17q,1c6 1dro:1:17q,1c8 " +
  "1drp:1:17q,1c8 1drq:1:17q,1cg 1drr:1:17q,1cg 1drs:1:17q,1cg 1drt:1:17q,18p 1dru:1:17q,18p 1drv:1:17q,18p " +
  "1drw:1:1cc 1drx:1:1cc 1dry:1:1cc 1drz:1:1cc 1ds0:1:17q,17w 1ds1:1:17q,17x 1ds2:1:17q,18l 1ds3:1:17q,18p " +
  "1ds4:1:17q,18q 1ds5:1:17s,17w 1ds6:1:17s,17x 1ds7:1:17s,17y 1ds8:1:17s,18l 1ds9:1:17s,18p 1dsa:1:17s,18q " +
  "1dsb:1:17u,17w 1dsc:1:17u,17x 1dsd:1:17u,17y 1dse:1:17u,18l 1dsf:1:17u,18p 1dsg:1:17u,18q 1dsh:1:17v,17w " +
  "1dsi:1:17v,18l 1dsj:1:17v,18p 1dsk:1:17v,18q 1dsl:1:17w,17x 1dsm:1:17w,18l 1dsn:1:17x,17w 1dso:1:17x,18l " +
  "1dsp:1:17y,17w 1dsq:1:17y,17x 1dsr:1:17y,18l 1dss:1:183,17w 1dst:1:183,17x 1dsu:1:183,17y 1dsv:1:183,18l " +
  "1dsw:1:185,17x 1dsx:1:185,18l 1dsy:1:186,17w 1dsz:1:186,17x 1dt0:1:186,17y 1dt1:1:186,18l 1dt2:1:187,17x " +
  "1dt3:1:187,18l 1dt4:1:188,18l 1dt5:1:189,17w 1dt6:1:189,18l 1dt7:1:18a,17w 1dt8:1:18a,18l 1dt9:1:18h,17w " +
  "1dta:1:18h,17x 1dtb:1:18h,17y 1dtc:1:18h,18l 1dtd:1:18h,18p 1dte:1:18h,18q 1dtf:1:18i,17x 1dtg:1:18i,18l " +
  "1dth:1:18i,18p 1dti:1:18i,18q 1dtj:1:18j,17r 1dtk:1:18j,17w 1dtl:1:18j,17x 1dtm:1:18j,17y 1dtn:1:18j,18k " +
  "1dto:1:18j,18l 1dtp:1:18j,18p 1dtq:1:18j,18q 1dtr:1:18k,17w 1dts:1:18k,17x 1dtt:1:18k,17y 1dtu:1:18k,18l " +
  "1dtv:1:18k,18p 1dtw:1:18k,18q 1dtx:1:18l,17w 1dty:1:18l,17x 1dtz:1:18l,17y 1du0:1:18l,18l 1du1:1:18l,18p " +
  "1du2:1:18l,18q 1du3:1:18m,17w 1du4:1:18m,17x 1du5:1:18m,17y 1du6:1:18m,18l 1du7:1:18m,18p 1du8:1:18m,18q " +
  "1du9:1:18n,17w 1dua:1:18n,18l 1dub:1:18n,18p 1duc:1:18n,18q 1dud:1:18q,17w 1due:1:18q,17x 1duf:1:18q,17y " +
  "1dug:1:18q,18l 1duh:1:18q,18p 1dui:1:18q,18q 1duj:1:180,19s 1duk:1:181,19s 1dul:1:18p,19s 1dus:1:17q,181 " +
  "1dut:1:17q,182 1duu:1:17q,18l 1duv:1:17q,18m 1duw:1:17q,18p 1dux:1:17q,18q 1duy:1:17s,181 1duz:1:17s,182 " +
  "1dv0:1:17s,18l 1dv1:1:17s,18m 1dv2:1:17s,18p 1dv3:1:17s,18q 1dv4:1:17u,181 1dv5:1:17u,182 1dv6:1:17u,18l " +
  "1dv7:1:17u,18m 1dv8:1:17u,18p 1dv9:1:17u,18q 1dva:1:17v,181 1dvb:1:17v,182 1dvc:1:17v,18l 1dvd:1:17v,18m " +
  "1dve:1:17v,18p 1dvf:1:17v,18q 1dvg:1:18h,18p 1dvh:1:18h,18q 1dvi:1:18i,18p 1dvj:1:18i,18q 1dvk:1:18j,17r " +
  "1dvl:1:18j,18k 1dvm:1:18j,18l 1dvn:1:18j,18p 1dvo:1:18j,18q 1dvp:1:18k,18l 1dvq:1:18k,18p 1dvr:1:18k,18q " +
  "1dvs:1:18l,17r 1dvt:1:18l,18l 1dvu:1:18m,181 1dvv:1:18m,182 1dvw:1:18m,18l 1dvx:1:18m,18m 1dvy:1:18m,18p " +
  "1dvz:1:18m,18q 1dw0:1:18p,19s 1dw1:1:18q,181 1dw2:1:18q,182 1dw3:1:18q,18l 1dw4:1:18q,18m 1dw5:1:18q,18p " +
  "1dw6:1:18q,18q 1dw7:1:17q,17w 1dw8:1:17q,17x 1dw9:1:17q,17y 1dwa:1:17q,18l 1dwb:1:17q,18n 1dwc:1:17s,17w " +
  "1dwd:1:17s,17x 1dwe:1:17s,17y 1dwf:1:17s,18l 1dwg:1:17s,18n 1dwh:1:17u,17w 1dwi:1:17u,17x 1dwj:1:17u,17y " +
  "1dwk:1:17u,18l 1dwl:1:17u,18n 1dwm:1:17v,18l 1dwn:1:17w,17x 1dwo:1:17w,18l 1dwp:1:17x,17w 1dwq:1:17x,18l " +
  "1dwr:1:17y,17w 1dws:1:17y,18l 1dwt:1:183,17w 1dwu:1:183,17x 1dwv:1:183,17y 1dww:1:183,18l 1dwx:1:185,17x " +
  "1dwy:1:185,17y 1dwz:1:185,18l 1dx0:1:186,17w 1dx1:1:186,17x 1dx2:1:186,17y 1dx3:1:186,18l 1dx4:1:187,17x " +
  "1dx5:1:188,18l 1dx6:1:189,17w 1dx7:1:189,18l 1dx8:1:18a,17w 1dx9:1:18a,18l 1dxa:1:18h,17w 1dxb:1:18h,17x " +
  "1dxc:1:18h,17y 1dxd:1:18h,18l 1dxe:1:18i,17x 1dxf:1:18i,18l 1dxg:1:18j,17w 1dxh:1:18j,17x 1dxi:1:18j,17y " +
  "1dxj:1:18j,18k 1dxk:1:18j,18l 1dxl:1:18k,17w 1dxm:1:18k,17x 1dxn:1:18k,17y 1dxo:1:18k,18l 1dxp:1:18k,18n " +
  "1dxq:1:18l,17w 1dxr:1:18l,17x 1dxs:1:18l,17y 1dxt:1:18l,18l 1dxu:1:18m,17w 1dxv:1:18m,17x 1dxw:1:18m,17y " +
  "1dxx:1:18m,18l 1dxy:1:18m,18n 1dxz:1:18n,17w 1dy0:1:18n,18l 1dy1:1:18n,19s 1dy2:1:18q,17w 1dy3:1:18q,17x " +
  "1dy4:1:18q,17y 1dy5:1:18q,18l 1dy6:1:18q,18n 1dy7:1:17q,18l 1dy8:1:17q,18n 1dy9:1:17s,18l 1dya:1:17s,18n " +
  "1dyb:1:17u,18l 1dyc:1:17u,18n 1dyd:1:17v,18l 1dye:1:17v,18n 1dyf:1:183,18l 1dyg:1:183,18n 1dyh:1:184,18l " +
  "1dyi:1:184,18n 1dyj:1:18j,18k 1dyk:1:18j,18l 1dyl:1:18k,18l 1dym:1:18m,18l 1dyn:1:18m,18n 1dyo:1:18q,18l " +
  "1dyp:1:18q,18n 1dyq:1:18g,18u,18x 1dyr:1:18g,18v,18x 1dys:1:18g,18w,18x 1dyt:1:187,18p 1dyu:1:187,18q " +
  "1dyv:1:189,18p 1dyw:1:189,18q 1dyx:1:18a,18p 1dyy:1:18a,18q 1dyz:1:183,18p 1dz0:1:183,18q 1dz1:1:184,18p " +
  "1dz2:1:184,18q 1dz3:1:17x,18p 1dz4:1:17x,18q 1dz5:1:17w,18p 1dz6:1:17w,18q 1dz7:1:17y,18p 1dz8:1:17y,18q " +
  "1dz9:1:185,18p 1dza:1:185,18q 1dzb:1:186,18p 1dzc:1:186,18q 1dzd:1:184,17w 1dze:1:184,17x 1dzf:1:184,17y " +
  "1dzg:1:184,18l 1dzh:1:184,181 1dzi:1:183,181 1dzj:1:185,181 1dzk:1:186,181 1dzl:1:187,18p 1dzm:1:187,18q " +
  "1dzn:1:189,18p 1dzo:1:189,18q 1dzp:1:18a,18p 1dzq:1:18a,18q 1dzr:1:183,18p 1dzs:1:183,18q 1dzt:1:184,18p " +
  "1dzu:1:184,18q 1dzv:1:17x,18p 1dzw:1:17x,18q 1dzx:1:17w,18p 1dzy:1:17w,18q 1dzz:1:17y,18p 1e00:1:17y,18q " +
  "1e01:1:185,18p 1e02:1:185,18q 1e03:1:186,18p 1e04:1:186,18q 1e05:1:184,17w 1e06:1:184,17x 1e07:1:184,17y " +
  "1e08:1:184,18l 1e09:1:184,181 1e0a:1:183,181 1e0b:1:185,181 1e0c:1:186,181 1e0d:1:184,17w 1e0e:1:184,17x " +
  "1e0f:1:184,17y 1e0g:1:184,18l 1e0h:1:183,18n 1e0i:1:184,18n 1e0j:1:187,18l 1e0k:1:183,17w 1e0l:1:183,17x " +
  "1e0m:1:183,17y 1e0n:1:184,17w 1e0o:1:184,17x 1e0p:1:184,17y 1e0q:1:187,18l 1e0r:1:188,18l 1e0s:1:17r,18r " +
  "1e0t:1:17r,18r 1e1c:1:17u,17w,18l 1e1d:1:17u,17x,17w 1e1e:1:17u,17x,17w 1e1f:1:17u,17x,18l 1e1g:1:17u,17y,18l " +
  "1e1h:1:17u,18l,17w 1e1i:1:17u,18l,17x 1e1j:1:17u,18l,17y 1e1k:1:17w,18l,17x 1e1l:1:17w,18l,17x " +
  "1e1m:1:17x,18l,18q 1e1n:1:17x,18l,18p 1e1o:1:183,17x,17w 1e1p:1:183,17w,17x 1e1q:1:183,17w,18p " +
  "1e1r:1:183,18l,17x 1e1s:1:183,18l,17x 1e1t:1:183,18l,17w 1e1u:1:183,18l,18l 1e1v:1:183,18l,18l " +
  "1e1w:1:185,17x,17x 1e1x:1:185,17x,17x 1e1y:1:185,18l,18l 1e1z:1:184,17x,18l 1e20:1:184,17x,18l " +
  "1e21:1:184,17w,18q 1e22:1:184,18l,17y 1e23:1:184,18l,17y 1e24:1:184,18l,18l 1e25:1:184,18l,18l " +
  "1e26:1:186,17x,18p 1e27:1:186,17y,18l 1e28:1:186,17y,18l 1e29:1:187,18l,17x 1e2a:1:187,18l,17x " +
  "1e2b:1:187,18l,18l 1e2c:1:187,18l,18q 1e2d:1:189,17w,18l 1e2e:1:189,18l,18l 1e2f:1:189,18l,18l " +
  "1e2g:1:189,18l,18p 1e2h:1:18a,18l,18l 1e2i:1:18a,18l,18q 1e2j:1:18a,18l,18p 1e2k:1:18h,17y,18l " +
  "1e2l:1:18h,17y,18l 1e2m:1:18i,18l,17x 1e2n:1:18i,18l,18l 1e2o:1:18k,17x,18l 1e2p:1:18k,17x,18q " +
  "1e2q:1:18k,17x,18p 1e2r:1:18k,17w,17w 1e2s:1:18k,17w,17w 1e2t:1:18k,17y,18l 1e2u:1:18k,17y,18l " +
  "1e2v:1:18k,18l,17x 1e2w:1:18k,18l,17x 1e2x:1:18l,17x,17w 1e2y:1:18l,17x,18l 1e2z:1:18l,17x,18q " +
  "1e30:1:18l,17w,17x 1e31:1:18l,17w,18l 1e32:1:18l,17y,17w 1e33:1:18l,17y,18l 1e36:1:18l,17w,17y " +
  "1e37:1:18n,18l,17w 1e38:1:18n,18l,18l 1e39:1:18m,17x,18l 1e3a:1:18m,17x,18p 1e3b:1:18m,17w,18l " +
  "1e3c:1:18m,17w,18l 1e3d:1:18m,17w,18p 1e3e:1:18m,18l,18q 1e3f:1:18m,18l,18p 1e3g:1:18q,18l,18l " +
  "1e3h:1:18q,18l,18l 1e3i:1:17s,17y,18q 1e3j:1:17u,17w,18q 1e3k:1:17u,17w,18p 1e3l:1:17u,17y,18q " +
  "1e3m:1:17u,17y,18p 1e3n:1:17u,18l,18q 1e3o:1:17u,18l,18p 1e3p:1:17w,18l,18q 1e3q:1:17w,17x,18p " +
  "1e3r:1:17w,18l,18p 1e3s:1:183,17y,18p 1e3t:1:185,17x,18q 1e3u:1:184,17x,18q 1e3v:1:186,17x,18q " +
  "1e3w:1:18k,17w,18q 1e3x:1:18k,18l,18q 1e3y:1:18q,17x,18q 1e3z:1:18q,17w,18q 1e40:1:18q,18l,18q " +
  "1e41:1:18l,18l,18q 1e42:1:18i,18l,18q 1e43:1:18m,17x,18q 1e44:1:18i,18l,17x 1e45:1:18k,17x,18l " +
  "1e46:1:189,18l,18q 1e47:1:18j,18l,18q 1e48:1:18m,17w,17x 1e49:1:18l,17y,18q 1e4a:1:18k,17w,18l " +
  "1e4b:1:18j,18l,18l 1e4c:1:18k,17w,18l 1e4d:1:18m,17w,17x 1e4e:1:17w,17x,18q 1e4f:1:17x,17w,18q " +
  "1e4g:1:18l,17w,18q 1e4h:1:18h,18l,18q 1e4i:1:17s,17x,18q 1e4j:1:18j,18l,18l 1e4k:1:189,17w,18l " +
  "1e4l:1:185,18l,18l 1e4m:1:183,17y,18q 1e4n:1:18m,17w,18q 1e5s:1:185,18k,1ci 1e5t:1:18i,18k,1ci " +
  "1e5u:1:17r,18k,18k,18n 1e5v:1:17r,18j,17s,181 1e5w:1:18l,17x,18l,17z 1e5x:1:185,18k,189,18l " +
  "1e5y:1:181,183,18o,18k 1e5z:1:189,18k,18q,18n 1e60:1:18o,183,18k,18l 1e61:1:185,18k,18p 1e7n:1:2n 1e7o:1:2n " +
  "1e8d:1:2n 1e8e:1:2n 1e8f:1:2n 1e9d:1:18g,18r 1e9j:1:18g,18u 1e9l:1:18g,18v 1e9n:1:18g,18w 1e9p:1:18g,18x " +
  "1e9r:1:18g,18y 1e9s:2:17l 1e9u:2:17m 1e9w:2:17n 1e9y:2:17o 1ea0:2:17p 1ea2:1:17q 1ea3:1:17q 1ea4:2:17q " +
  "1ea6:2:17r 1ea8:1:17s 1ea9:1:17s 1eaa:2:17s 1eac:2:17t 1eae:1:17u 1eaf:1:17u 1eag:2:17u 1eai:1:17v 1eaj:1:17v " +
  "1eak:2:17v 1eam:1:17w 1ean:1:17w 1eao:2:17w 1eaq:1:17x 1ear:1:17x 1eas:2:17x 1eau:1:17y 1eav:1:17y 1eaw:2:17y " +
  "1eay:2:17z 1eb0:2:180 1eb2:2:181 1eb4:2:182 1eb6:1:183 1eb7:1:183 1eb8:2:183 1eba:1:184 1ebb:1:184 1ebc:2:184 " +
  "1ebe:1:185 1ebf:1:185 1ebg:2:185 1ebi:1:186 1ebj:1:186 1ebk:2:186 1ebm:1:187 1ebn:1:187 1ebo:2:187 1ebq:1:188 " +
  "1ebr:1:188 1ebs:2:188 1ebu:1:189 1ebv:1:189 1ebw:2:189 1eby:1:18a 1ebz:1:18a 1ec0:1:18a 1ec1:1:18h 1ec2:1:18h " +
  "1ec3:1:18h 1ec4:2:18h 1ec6:1:18i 1ec7:1:18i 1ec8:2:18i 1eca:1:18j 1ecb:1:18j 1ecc:2:18j 1ece:1:18k 1ecf:1:18k " +
  "1ecg:2:18k 1eci:1:18l 1ecj:1:18l 1eck:2:18l 1ecm:1:18m 1ecn:1:18m 1eco:2:18m 1ecq:1:18n 1ecr:1:18n 1ecs:2:18n " +
  "1ecu:2:18o 1ecw:2:18p 1ecy:1:18q 1ecz:1:18q 1ed0:1:18q 1ed1:1:18k,17m 1ed2:1:18k,17m 1ed3:1:18k,17n " +
  "1ed4:1:18k,17n 1ed5:1:18k,17p 1ed6:1:18k,17p 1ed7:1:18k,17r 1ed8:1:18k,17r 1eds:a:1c 1ee9:q:1t 1ef3:1:2n " +
  "1ef5:q:2p 1eg6:1:9o2 1eg7:1:9lt 1eg8:1:9lv 1eg9:1:9lx 1ega:1:9lz 1egb:1:9m1 1egc:1:9nn 1egd:1:9np 1ege:1:9nr " +
  "1egf:1:9mr 1egg:1:9oc 1egh:1:9lu 1egi:1:9lw 1egj:1:9ly 1egk:1:9m0 1egl:2:9m2 1egn:1:9m5 1ego:1:9m7 1egp:1:9m9 " +
  "1egq:1:9mb 1egr:1:9md 1egs:1:9mf 1egt:1:9mh 1egu:1:9mj 1egv:1:9ml 1egw:1:9mn 1egx:1:9mp 1egy:1:9ms 1egz:1:9mu " +
  "1eh0:1:9mw 1eh1:6:9my 1eh7:1:9n6 1eh8:1:9n9 1eh9:1:9nc 1eha:1:9nf 1ehb:5:9ni 1ehg:1:9no 1ehh:1:9nq 1ehi:6:9ns " +
  "1eho:1:9nz 1ehp:1:9o3 1ehq:2:9ll 1ehs:1:3fk 1eht:2:3cw 1ehv:1:3hm 1ehw:1:3cy 1ehx:2:3ho 1ehz:3:3cz 1ei2:6:3hs " +
  "1ei8:1:3dm 1ei9:3:3d2 1eic:1:3dt 1eid:a:3d5 1eiq:6:3fl 1eiy:6:3fr 1ej6:6:3fx 1eje:3:3g3 1g1t:2:k0 1g1v:1:6e " +
  "1g1w:1:ih 1g1x:1:gj 1g1z:1:ir 1g20:1:xuu 1g21:1:it 1g22:1:is 1g23:2:gm 1g25:1:5u9 1g26:1:go 1g27:1:gu " +
  "1g28:1:ix 1g29:1:h0 1g2a:1:gy 1g2b:1:gw 1g2c:1:ij 1g2d:1:87 1g2e:1:ik 1g2f:1:h3 1g2g:1:hw 1g2h:2:iy 1g2j:1:h8 " +
  "1g2k:1:2mmc 1g2l:1:x3i 1g2m:1:ha 1g2n:1:2mmd 1g2o:1:i6 1g2p:1:2mme 1g2q:1:6w 1g2r:2:hi 1g2t:1:35 1g2u:1:hm " +
  "1g2v:1:2mmg 1g2w:2:hp 1g2y:1:hs 1g2z:1:iw 1g30:1:iu 1g31:1:xuv 1g32:1:iv 1g33:1:i0 1g34:1:8s1 1g36:1:i7 " +
  "1g37:2:ip 1g39:1:ig 1g3a:3:cg 1g3d:1:2mmi 1g3e:1:2mn2 2kg0:q:1t 2kgq:q:2p 2khg:q:1t 2ki6:7:2p 2kie:i:2x " +
  "2kiw:q:1t 2kjm:q:2p 2kkc:1:1t 2kke:2:1v 2kki:1:1z 2kkl:2:22 2kkp:4:26 2kku:8:2b 2kl2:4:2p 2kl7:1:2u 2kl9:7:2w " +
  "2klh:b:34 2kls:q:1t 2kmi:q:2p 2kn8:2:1t 2knb:4:1w 2knh:8:22 2knq:7:2b 2kny:q:2p 2koo:2:1t 2kor:4:1w 2kow:5:21 " +
  "2kp2:1:27 2kp6:7:2b 2kpe:q:2p 2kq4:q:1t 2kqu:q:2p 2krk:q:1t 2ksa:q:2p 2kt0:q:1t 2ktq:q:2p 2kug:q:1t 2kv6:q:2p " +
  "2kvw:q:1t 2kwm:q:2p 2kxc:q:1t 2ky2:q:2p 2kys:1:8h 2kyt:1:fr 2kyw:h:pd 2kzd:1:pk 2kze:7:pv 2kzm:p:q9 2l0c:1:qd " +
  "2l0d:1:qg 2l0e:1:qi 2l0f:1:qu 2l0g:1:qp 2l0h:1:qo 2l0i:h:pd 2l0z:1:pk 2l10:7:pv 2l18:p:q9 2l1y:1:qd 2l1z:1:qg " +
  "2l20:1:qi 2l21:1:qu 2l22:1:qp 2l23:1:qo 2l24:h:pd 2l2l:1:pk 2l2m:7:pv 2l2u:p:q9 2l3k:1:qd 2l3l:1:qg 2l3m:1:qi " +
  "2l3n:1:qu 2l3o:1:qp 2l3p:1:qo 2l3q:h:pd 2l47:1:pk 2l48:7:pv 2l4g:p:q9 2l56:1:qd 2l57:1:qg 2l58:1:qi 2l59:1:qu " +
  "2l5a:1:qp 2l5b:1:qo 2l5c:h:pd 2l5t:1:pk 2l5u:7:pv 2l62:p:q9 2l6s:1:qd 2l6t:1:qg 2l6u:1:qi 2l6v:1:qu 2l6w:1:qp " +
  "2l6x:1:qo 2l6y:2:rg 2l72:a:1c 2l7c:a:1c 2l7m:a:1c 2l7w:a:1c 2l86:a:1c 2pkw:2:17r 2pky:1:17w 2pkz:1:17z " +
  "2pl1:1:18o 2pl2:1:182 2pl3:1:17x 2pl4:1:187 2pl5:1:18q 2pl6:4:18j 2pla:1:183 2plb:1:189 2plc:1:18h 2pld:1:185 " +
  "2ple:1:18i 2plf:1:181 2plg:1:184 2plh:2:17u 2plj:1:17y 2plk:1:180 2pll:1:186 2plm:1:188 2pln:1:18a 2plo:1:19q " +
  "2plp:1:1bu 2plq:1:1b5 2plr:1:19r 2plt:1:17s 2plu:1:17w 2plw:1:18n 2plz:1:17x 2pm1:1:18q 2pm2:4:18j 2pm6:1:183 " +
  "2pm7:1:189 2pm8:1:18h 2pm9:1:185 2pma:1:18i 2pmc:1:184 2pmd:2:17u 2pmf:1:17y 2pmh:1:186 2pmj:1:18a 2pmq:1:17w " +
  "2pmv:1:17x 2pmx:1:18q 2pmz:1:18k 2pn1:1:18m 2pn2:1:183 2pn3:1:189 2pn5:1:185 2pn6:1:18i 2pn8:1:184 2pnb:1:17y " +
  "2pnd:1:186 2pnf:1:18a 2pnh:1:1bu 2pnj:1:19r 2pnl:1:17s 2pnm:1:17w 2pno:1:18n 2pnr:1:17x 2pns:1:187 2pnt:1:18q " +
  "2pnu:1:18j 2pnw:2:18l 2pny:1:183 2pnz:1:189 2po0:1:18h 2po1:1:185 2po2:1:18i 2po4:1:184 2po5:2:17u 2po7:1:17y " +
  "2po9:1:186 2poa:1:188 2pob:1:18a 2poc:1:19q 2poe:1:1b5 2pog:2:17r 2poi:1:17w 2poj:1:17z 2pok:2:18n 2pom:1:182 " +
  "2pon:1:17x 2poo:1:187 2pop:1:18q 2por:3:18k 2pou:1:183 2pov:1:189 2pow:1:18h 2pox:1:185 2poy:1:18i 2poz:1:181 " +
  "2pp0:1:184 2pp1:2:17u 2pp3:1:17y 2pp4:1:180 2pp5:1:186 2pp6:1:188 2pp7:1:18a 2ppd:1:17s 2ppe:1:17w 2ppf:1:17z " +
  "2pph:1:18o 2ppi:1:182 2ppj:1:17x 2ppk:1:187 2ppl:1:18q 2ppn:3:18k 2ppq:1:183 2ppr:1:189 2pps:1:18h 2ppt:1:185 " +
  "2ppu:1:18i 2ppv:1:181 2ppw:1:184 2ppx:2:17u 2ppz:1:17y 2pq0:1:180 2pq1:1:186 2pq2:1:188 2pq3:1:18a 2sc0:a:1c " +
  "464g:1:fgd 464h:1:fg8 464i:1:fgh 464j:1:2tcy 464k:1:fog 464l:1:fqm 464m:1:fqz 464n:1:fsy 464o:1:fwa 464p:1:fx5 " +
  "464q:1:fzb 464r:1:fyn 464s:1:ae6 464t:1:2ud6 464u:1:g25 464v:1:g2c 464w:1:g2s 464x:1:g3b 464y:1:2u58 " +
  "464z:1:aex 4650:1:g2v 4651:1:g3x 4652:1:2u6j 4653:1:g47 4654:1:g4k 4655:1:fkc 4656:1:g4s 4657:1:g51 " +
  "4658:1:3ly7 4659:1:g6t 465a:1:g77 465b:1:afz 465c:1:g8r 465d:1:g92 465e:1:gaa 465f:1:gaf 465g:1:ahh 465h:1:gcn " +
  "465i:1:gcp 465j:1:gdg 465k:1:ge2 465l:2:ged 465n:1:gev 465o:1:gg9 465p:1:ggh 465q:1:ggq 465r:1:ghf 465s:1:ghp " +
  "465t:1:ghr 465u:1:ghr 465v:1:ghr 465w:1:2v58 465x:1:m7k 465y:1:gju 465z:1:gkf 4660:1:2vdv 4661:1:gkr " +
  "4662:1:gkx 4663:1:gli 4664:1:gpq 4665:1:gmw 4666:1:gnc 4667:1:go8 4668:1:gpu 4669:1:gs6 466a:1:gsw 466b:1:gur " +
  "466c:1:gv7 466d:1:gw4 466e:1:gw4 466f:1:gwp 466g:1:gx7 466h:1:gxf 466i:1:gxu 466j:1:h7a 466k:1:gzq 466l:1:h7b " +
  "466m:1:h1t 466n:1:h2s 466o:1:g7b 466p:1:hke 466q:1:hce 466r:1:hdg 466s:1:he5 466t:1:haj 466u:1:hf6 466v:1:hf5 " +
  "466w:1:hik 466x:1:2x9g 466y:1:hki 466z:1:hkn 4670:1:hl2 4671:1:hlm 4672:1:hlu 4673:1:hnm 4674:1:2xm0 " +
  "4675:1:2xnu 4676:1:hrg 4677:1:hsr 4678:1:ht3 4679:1:hqw 467a:1:huu 467b:1:aum 467c:1:av0 467d:1:hzc 467e:1:i0u " +
  "467f:1:i0u 467g:1:2y88 467h:1:i4j 467i:1:i54 467j:1:i5j 467k:1:i5v 467l:1:2yhk 467m:1:i67 467n:1:i6e " +
  "467o:1:itv 467p:1:i76 467q:1:ayp 467r:1:i8w 467s:1:i9a 467t:1:ibk 467u:1:ia5 467v:1:2z1g 467w:1:if7 " +
  "467x:1:2z1i 467y:1:ige 467z:1:igb 4680:1:igs 4681:2:ijl 4683:1:b3j 4684:1:ikd 4685:1:ilk 4686:1:im5 4687:1:ind " +
  "4688:1:b4y 4689:1:2zr7 468a:1:b5o 468b:1:ipc 468c:1:ipf 468d:1:ipi 468e:1:iq2 468f:1:3pg2 468g:1:iri " +
  "468h:1:3035 468i:1:3035 468j:1:poh 468k:1:isi 468l:1:isi 468m:1:b7r 468n:1:335k 468o:1:3cgq 468p:1:iua " +
  "468q:1:iuj 468r:1:b8j 468s:1:ivu 468t:1:ix9 468u:1:ixj 468v:1:iyh 468w:1:j29 468x:1:bay 468y:1:ba4 468z:1:j2s " +
  "4690:1:30t0 4691:1:j47 4692:1:j7s 4693:1:j7w 4694:1:j7y 4695:1:j7w 4696:1:j96 4697:1:j9q 4698:1:jaq 4699:1:jac " +
  "469a:1:jan 469b:1:jby 469c:1:jci 469d:1:jcm 469e:1:jdc 469f:1:jdn 469g:1:jfh 469h:1:jht 469i:1:jis 469j:1:jm8 " +
  "469k:1:31n0 469l:1:jlp 469m:1:jjw 469n:1:jmw 469o:1:jnn 469p:1:jqc 469q:1:31td 469r:1:js2 469s:1:jph " +
  "469t:1:jop 469u:1:bhq 469v:1:ju1 469w:1:jum 469x:1:jvh 469y:1:juf 469z:1:bjg 46a0:1:k0f 46a1:1:k18 46a2:1:32mi " +
  "46a3:1:k4j 46a4:1:kc8 46a5:1:k7d 46a6:1:bo9 46a7:1:k9d 46a8:1:bns 46a9:1:bms 46aa:1:g42 46ab:1:g45 46ac:1:kcg " +
  "46ad:1:k9o 46ae:1:pf1 46af:1:deh 46ag:1:kd3 46ah:1:kd7 46ai:1:kdd 46aj:1:kf2 46ak:1:ker 46al:1:33cz 46am:1:bpl " +
  "46an:1:kje 46ao:1:kg5 46ap:1:klu 46aq:1:kn9 46ar:1:33hp 46as:1:kni 46at:1:kkf 46au:1:kr8 46av:1:brx 46aw:1:ksi " +
  "46ax:1:kv7 46ay:1:kx6 46az:1:l2g 46b0:1:33xf 46b1:1:l3v 46b2:1:bvc 46b3:1:l5t 46b4:1:34br 46b5:1:l78 " +
  "46b6:1:bwu 46b7:1:l82 46b8:1:l9b 46b9:2:la2 46bb:1:34p9 46bc:1:2yvf 46bd:1:34sa 46be:1:le6 46bf:1:354s " +
  "46bg:1:lhb 46bh:1:lhp 46bi:1:lev 46bj:1:ljq 46bk:1:lku 46bl:1:lmf 46bm:1:lkx 46bn:1:lm1 46bo:1:lmg 46bp:1:lmt " +
  "46bq:1:357i 46br:1:lkk 46bs:1:lrj 46bt:1:lta 46bu:1:c37 46bv:1:lvv 46bw:1:lvr 46bx:1:35jl 46by:1:lq1 " +
  "46bz:1:m0e 46c0:1:35ni 46c1:1:35ou 46c2:1:m2u 46c3:1:m61 46c4:1:m5a 46c5:1:m57 46c6:1:c5y 46c7:1:m6i " +
  "46c8:1:m7x 46c9:1:m7r 46ca:1:m99 46cb:1:2u5h 46cc:1:mdh 46cd:1:368z 46ce:1:mfw 46cf:1:36i3 46cg:1:mjs " +
  "46ch:1:mk5 46ci:1:mkw 46cj:1:36yw 46ck:1:mm8 46cl:1:mmt 46cm:1:3779 46cn:1:37dg 46co:1:mt6 46cp:1:mtn " +
  "46cq:1:cdo 46cr:1:mud 46cs:1:ce0 46ct:1:ce0 46cu:1:myv 46cv:1:mzg 46cw:1:n01 46cx:1:n0l 46cy:1:n2i 46cz:1:cgr " +
  "46d0:1:n50 46d1:1:386u 46d2:1:n5q 46d3:1:389e 46d4:1:n74 46d5:1:2zrz 46d6:1:nbk 46d7:1:38v5 46d8:1:38vs " +
  "46d9:1:38zo 46da:1:cn0 46db:1:cnc 46dc:1:nhw 46dd:1:394j 46de:1:394i 46df:1:395l 46dg:1:396b 46dh:2:nj2 " +
  "46dj:1:nj3 46dk:1:nka 46dl:1:cop 46dm:1:nm3 46dn:1:cp2 46do:1:cra 46dp:1:39r1 46dq:1:nri 46dr:1:nt8 46ds:1:nv0 " +
  "46dt:1:ctf 46du:1:3a5i 46dv:1:nyu 46dw:1:3a8q 46dx:1:3a9x 46dy:1:o0f 46dz:1:o2z 46e0:1:cvj 46e1:1:o5c " +
  "46e2:1:o5m 46e3:1:o5r 46e4:1:3at8 46e5:1:3b1j 46e6:1:3b1j 46e7:1:oa6 46e8:1:d1e 46e9:1:3b8r 46ea:1:og6 " +
  "46eb:1:og9 46ec:1:d2f 46ed:1:3beo 46ee:1:onm 46ef:1:d5s 46eg:1:oo8 46eh:1:oo3 46ei:1:oow 46ej:1:3c06 " +
  "46ek:1:orn 46el:1:d8h 46em:1:ouf 46en:1:ow2 46eo:1:oxx 46ep:1:d9w 46eq:1:3ciw 46er:1:3cjr 46es:1:dax " +
  "46et:1:3cnt 46eu:1:p6i 46ev:1:3cqm 46ew:1:p79 46ex:1:pa2 46ey:1:pad 46ez:1:3d22 46f0:1:3d43 46f1:1:pcw " +
  "46f2:1:3d7s 46f3:1:pdc 46f4:1:33a7 46f5:1:ded 46f6:1:pf6 46f7:1:phf 46f8:1:dfv 46f9:1:pj2 46fa:1:hx1 " +
  "46fb:1:3dlz 46fc:1:3dmd 46fd:1:33bn 46fe:1:33bw 46ff:1:poh 46fg:1:pok 46fh:1:sda 46fi:1:dij 46fj:1:psh " +
  "46fk:1:psb 46fl:1:pst 46fm:1:gc3 46fn:1:ptd 46fo:1:ptf 46fp:1:ptp 46fq:1:puu 46fr:1:3ebg 46fs:1:put 46ft:1:pwd " +
  "46fu:1:pyb 46fv:1:q0d 46fw:1:pwj 46fx:1:q0t 46fy:1:q1z 46fz:1:q53 46g0:1:pxv 46g1:1:q16 46g2:1:q18 46g3:1:q1o " +
  "46g4:1:3eie 46g5:1:3eqz 46g6:1:3emt 46g7:1:dnv 46g8:1:q9d 46g9:1:q9f 46ga:1:qae 46gb:1:3g0a 46gc:1:qck " +
  "46gd:1:3f3g 46ge:1:dp9 46gf:1:dpd 46gg:1:3f75 46gh:1:3ff6 46gi:1:dpn 46gj:1:qj4 46gk:1:qjg 46gl:1:qjr " +
  "46gm:1:qjt 46gn:1:qll 46go:1:qko 46gp:1:qoe 46gq:1:qn6 46gr:1:qrd 46gs:1:qp4 46gt:1:qqz 46gu:1:qrq 46gv:1:dsn " +
  "46gw:1:qu9 46gx:1:qv5 46gy:1:dtl 46gz:1:qxs 46h0:1:qxv 46h1:1:3giv 46h2:1:r13 46h3:1:r1a 46h4:1:dv9 46h5:1:r22 " +
  "46h6:1:aez 46h7:1:3gz2 46h8:1:3h46 46h9:1:dz2 46ha:1:dzb 46hb:1:rds 46hc:1:rfx 46hd:1:rka 46he:1:rpx " +
  "46hf:1:3hrc 46hg:1:rsb 46hh:1:rsx 46hi:1:rvf 46hj:1:rxz 46hk:1:3i9b 46hl:1:2upw 46hm:1:s0b 46hn:1:rzw " +
  "46ho:1:s1c 46hp:1:2uvy 46hq:1:s7o 46hr:1:sag 46hs:1:3jki 46ht:1:3jl9 46hu:1:sk4 46hv:1:smp 46hw:1:snl " +
  "46hx:1:3ju6 46hy:1:snv 46hz:1:svs 46i0:2:t07 46i2:1:sxo 46i3:1:t89 46i4:1:t91 46i5:1:3ksa 46i6:1:tjf " +
  "46i7:1:ej9 46i8:1:tkn 46i9:1:3l2v 46ia:1:eli 46ib:1:ts3 46ic:1:iia 46id:1:tur 46ie:1:3ltx 46if:1:3lzu " +
  "46ig:1:epa 46ih:1:epi 46ii:1:u00 46ij:1:3mdm 46ik:1:er6 46il:1:3mhi 46im:1:u17 46in:1:u17 46io:1:u21 " +
  "46ip:1:3mpi 46iq:1:u76 46ir:1:eur 46is:1:u95 46it:1:ucn 46iu:1:ude 46iv:1:uf2 46iw:1:ez2 46ix:1:3nsg " +
  "46iy:1:umq 46iz:1:uv4 46j0:1:v0d 46j1:1:f66 46j2:1:f71 46j3:1:v3b 46j4:1:3owe 46j5:1:f7c 46j6:1:3oxx " +
  "46j7:1:3p5a 46j8:1:3p8x 46j9:1:vcr 46ja:1:f9y 46jb:1:veh 46jc:1:vem 46jd:1:vet 46je:1:vf3 46jf:1:vfa " +
  "46jg:1:vgb 46jh:1:3pxc";

const foldings: Map<int, string> = new Map();
for (const run of foldText.split(" ")) {
  const [first, count, target] = run.split(":");
  const points = target.split(",").map((p) => Number.parseInt(p, 36));
  for (let i = 0; i < Number.parseInt(count, 36); i += 1) {
    const shifted = i === 0 ? points : [points[0] + i];
    foldings.set(Number.parseInt(first, 36) + i, String.fromCodePoint(...shifted));
  }
}

/** Whether an identifier may begin with the code point. */
export function isIdentifierStart(point: int): boolean {
  if (point < 128) return (point >= 97 && point <= 122) || (point >= 65 && point <= 90) || point === 95;
  return inRanges(startRanges, point);
}

/** Whether an identifier may contain the code point. */
export function isIdentifierPart(point: int): boolean {
  if (point < 128) return isIdentifierStart(point) || (point >= 48 && point <= 57);
  return inRanges(continueRanges, point);
}

/** Whether `repr` shows the code point as it is. */
export function isPrintable(point: int): boolean {
  if (point < 128) return point >= 32 && point < 127;
  return !inRanges(unprintableRanges, point);
}

/** NFKC form of an identifier. */
export function normalizeIdentifier(name: string): string {
  let changed: boolean = false;
  const parts: string[] = [];
  let i: int = 0;
  while (i < name.length) {
    let width: int = 1;
    const unit: int = name.charCodeAt(i);
    let point: int = unit;
    if (unit >= 0xd800 && unit < 0xdc00 && i + 1 < name.length) {
      point = 0x10000 + ((unit - 0xd800) << 10) + (name.charCodeAt(i + 1) - 0xdc00);
      width = 2;
    }
    const folded: string | null = point < 128 ? null : (foldings.get(point) ?? null);
    if (folded === null) parts.push(name.slice(i, i + width));
    else {
      parts.push(folded);
      changed = true;
    }
    i += width;
  }
  return changed ? parts.join("") : name;
}
