// Character properties and letter case of Unicode 14, generated from the data that Python 3.11 has. Read by `chartype.ts`.
//
// Numbers are in base 36. Ranges: for each, the distance of its start from the end of the one before and its length
// less one. Case runs: distance of the start from the start of the one before, how many characters, their distance
// from each other, and what is to be added. Special cases: a character and what it becomes, joined by points.

/** Letters. */
export const alphaText: string =
  "1t p 7 p 1c 0 b 0 5 0 6 m 2 u 2 cp 5 b f 4 8 0 2 0 3m 4 2 1 3 3 2 0 7 0 2 2 2 0 2 j 2 2a 2 3u 9 4l 2 11 3 0 7 " +
  "14 20 q 5 3 1a 16 10 1 2 2q 2 0 g 1 8 1 b 2 3 0 h 0 2 t u 2g c 0 p w a 1 5 0 6 l 5 0 a 0 4 0 o o 8 a 6 n 2 5 i " +
  "15 1n 1h 4 0 j 0 8 9 g f 5 7 3 1 3 l 2 6 2 0 4 3 4 0 h 0 e 1 2 2 f 1 b 0 9 5 5 1 3 l 2 6 2 1 2 1 2 1 w 3 2 0 k " +
  "2 h 8 2 2 2 l 2 6 2 1 2 4 4 0 j 0 g 1 o 0 c 7 3 1 3 l 2 6 2 1 2 4 4 0 v 1 2 2 g 0 i 0 2 5 4 2 2 3 4 1 2 0 2 1 " +
  "4 1 4 2 4 b n 0 1h 7 2 2 2 m 2 f 4 0 r 2 3 0 3 1 v 0 5 7 2 2 2 m 2 9 2 4 4 0 w 1 2 1 g 1 i 8 2 2 2 14 3 0 h 0 " +
  "6 2 9 2 p 5 6 h 4 n 2 8 2 0 3 6 1n 1b 2 1 d 6 1n 1 2 0 2 4 2 n 2 0 2 9 2 1 a 0 3 4 2 0 m 3 x 0 1s 7 2 z s 4 38 " +
  "16 l 0 h 5 5 3 4 0 4 1 8 2 5 c d 0 i 11 2 0 6 0 3 16 2 98 2 3 3 6 2 0 2 3 3 14 2 3 3 w 2 3 3 6 2 0 2 3 3 e 2 " +
  "1k 2 3 3 1u 12 f h 2d 3 5 4 h7 3 g 2 p 6 22 7 7 8 h e i f h f c 2 2 g 1f 10 0 5 0 1w 2g 8 4 3 x 2 0 6 1x b u " +
  "1e t 3 4 c 17 5 p 1j m a 1g 2b 0 2m 1a i 7 1j t e 1 b 17 r z 16 2 b z 3 8 8 16 3 2 16 3 2 5 2 1 4 0 6 5b 1t 7p " +
  "3 5 3 11 3 5 3 7 2 0 2 0 2 0 2 u 3 1g 2 6 2 0 4 2 2 6 4 3 3 5 5 c 6 2 2 6 39 0 e 0 h c 2u 0 5 0 3 9 2 0 4 4 7 " +
  "0 2 0 2 0 2 3 2 a 3 3 6 4 5 0 1h 1 22k 6c 7 3 4 1 d 11 2 0 6 0 3 1j 8 0 h m a 6 2 6 2 6 2 6 2 6 2 6 2 6 2 6 29 " +
  "0 d2 1 17 4 6 1 5 2d 7 2 2 2h 2 3 6 16 2 2l i v 1d f e9 533 1t h3g 1w 19 3 7g 4 f b 1 l 1a h u 3 1x 1e 8 3 2u " +
  "3 1r 6 1 2 0 2 4 p f 2 2 2 3 2 m u 1f f 1d 1r 5 4 0 2 1 c r b m q s 8 1a t 0 h 4 2 9 b 4 2 14 o 2 2 7 l m 4 0 " +
  "4 1d 2 0 4 1 3 4 3 0 2 0 p 2 3 a 8 2 d 5 3 5 3 5 a 6 2 6 2 16 2 d 7 36 u 8mb d m 5 1c 6it a5 3 2x 13 6 d 4 6 0 " +
  "2 9 2 c 2 4 2 0 2 1 2 1 2 2z y a2 j 1r 3 1h 15 b 39 4 2 3q 11 p 7 p c 2g 4 5 3 5 3 5 3 2 10 b 2 p 2 i 2 1 2 e " +
  "3 d z 3e au s 4 1c 1c v e j 2 7 7 11 b t 3 z 5 7 1d 4d j z 5 z 5 13 9 1f d a 2 e 2 6 2 1 2 a 2 e 2 6 2 1 1w 8m " +
  "a l b 7 p 5 2 15 2 8 1y 5 3 0 2 17 2 1 4 0 3 m b m a u 1u i 2 1 b l b p 1z 1j 7 1 1t 0 g 3 2 2 2 s 17 s 4 s 10 " +
  "7 2 r s 1h b l b i e h 33 20 1k 1e e 1e e z 9p 15 7 1 27 s b 0 9 l 17 h 1b k s m d 1g 1m 1 3 0 e 18 x o r z u " +
  "0 3 0 9 y 4 0 d 1b f 3 m 0 2 0 10 h 2 o 2d 6 2 0 2 3 2 e 2 9 8 1a 13 7 3 1 3 l 2 6 2 1 2 4 4 0 j 0 d 4 4f 1g j " +
  "3 l 2 v 1b l 1 2 0 55 1a 16 3 11 1b l 0 1o 16 e 0 20 q 12 6 56 17 39 1r w 7 3 0 3 7 2 1 2 n g 0 2 0 2n 7 3 12 " +
  "h 0 2 0 t 0 b 13 8 0 m 0 c 19 k 0 j 20 7c 8 2 10 i 0 1e t 35 6 2 1 2 11 m 0 q 5 2 1 2 v f 0 94 i 5a 0 28 pl 6f " +
  "5f 219 2o g tq 34i g6 6nu fs 8 u i 26 i t j 1b h 3 w k 6 i j5 1r 3l 22 6 0 1v c 1t 1 2 0 t 4qf 9 yd 17 8 6w8 3 " +
  "2 6 2 1 2 82 1a 2 i 3 9 az 1s5 2y 6 c 4 8 8 9 4mf 2c 2 1y 2 1 3 0 3 1 3 3 2 b 2 0 2 6 2 1s 2 3 3 7 2 6 2 r 2 3 " +
  "2 4 2 0 4 6 2 9f 3 o 2 o 2 u 2 o 2 u 2 o 2 u 2 o 2 u 2 o 2 7 1f9 u de 18 b 6 h 0 8y t j 17 z9 6 2 3 2 1 2 e 2 " +
  "5g 1o 1v 8 0 xh 3 2 q 2 1 2 0 3 0 2 9 2 3 2 0 2 0 7 0 5 0 2 0 2 0 2 2 2 1 2 0 3 0 2 0 2 0 2 0 2 0 2 1 2 0 3 3 " +
  "2 6 2 3 2 3 2 0 2 9 2 g 6 2 2 4 2 g 3et wyn x 37c 8 65 3 4g1 f 5rk 2e8 f1 15v 3t6";

/** The zero of each set of ten decimal digits; each from the start of the text. */
export const decimalText: string =
  "1c 19c 1dc 1j4 1uu 1ye 21y 25i 292 2cm 2g6 2jq 2na 2qu 2ts 2xc 2zk 37k 39s 4ps 4r4 4zq 53k 58g 58w 5e8 5gw 5kw " +
  "5lc wtc xcg xds xjk xkg xn4 xyo 1eds 1fhc 1h68 1ht2 1hww 1hyu 1i34 1ib4 1ikw 1iog 1iz4 1j28 1j5c 1jhc 1jkg " +
  "1k5s 1kcw 1kf4 1zkw 1znk 1zrk 2l72 2l7c 2l7m 2l7w 2l86 2n28 2ne8 2onk 2sc0";

/** Digits that are not decimal: superscripts and the like. */
export const digitText: string =
  "4y 1 6 0 3ow 8 19l 0 1au 0 4 5 7 9 rb 8 c 8 c 8 2i 0 b 8 2 0 hj 8 2 8 2 8 18ry 3 t9 8 dm 8 18di a";

/** Other characters with a numeric value. */
export const numericText: string =
  "58 2 1ti 5 ah 5 3d 2 3q 6 62 6 i 8 c2 9 u7 a oi 2 74 9 1uf 1e 3 4 kg a a a a a 28 9 a 0 ht 0 a 0 a 0 12i 0 lm " +
  "0 q 8 f 2 9k 3 3v 9 v 7 2 e x 9 14 e 92 0 3i 0 pz 0 mb 0 3oz 0 3 0 4 0 2 0 2c 0 1b 0 8 0 2 0 15 1 v 0 9 0 11 0 " +
  "2r 0 b8 0 1u 0 z 0 2 0 2 0 d0 0 2 2 7 0 39 3 lz 0 eu 0 8 0 135 0 3o 1 d 2 2 0 ry 0 26 0 w6 0 1f8 0 wg 0 ko 0 " +
  "1zc 0 py 0 1oi 0 5 0 3h 0 1rl 0 11 0 6 0 18 0 3i 0 35c 9 8x 5 g1i 0 8 0 5 0 1m 0 v 0 2 0 16 0 1e2 18 d 1k i 1 " +
  "9i q 11 3 u 0 9 0 3r 4 w3 7 q 6 14 8 24 4 n 5 4h 1 3 f 3 19 1x 4 1h 1 v 2 24 4 2x 7 p 7 16 6 97 5 a2 l 4f 9 17 " +
  "3 35 6 40 a ak j 11i 1 bz 8 o8 i no k to 32 e0d 6 m7 m jt6 j 31 o 47j 8 pu 1m 2 2 2 3 25 18 2 e r2 1 2yd 0 2r " +
  "0 3i 0 1r 0 1l5 0 2h 0 9 0 g 0 9a 0 j 0 s 0 4tz 0 16w 0 3gj 0 7rm 0 tnn 0";

/** White space. */
export const spaceText: string = "9 4 f 4 2t 0 r 0 4bk 0 1vk a u 1 6 0 1c 0 335 0";

/** Upper case. */
export const upperText: string =
  "1t p 2u m 2 6 y 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 " +
  "2 0 2 0 2 0 2 0 3 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 3 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 " +
  "0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 1 2 0 2 0 4 1 2 0 2 1 2 2 3 3 2 1 2 2 4 1 2 1 2 0 2 0 2 1 2 0 3 0 2 1 2 2 2 0 " +
  "2 1 4 0 8 0 3 0 3 0 3 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 3 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 3 0 3 0 2 2 2 0 2 0 2 " +
  "0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 8 1 " +
  "2 1 3 0 2 3 2 0 2 0 2 0 2 0 82 0 2 0 4 0 9 0 7 0 2 2 2 0 2 1 2 g 2 8 10 0 3 2 4 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 " +
  "2 0 2 0 2 0 2 0 6 0 3 0 2 1 3 1e 1d 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 a 0 2 0 " +
  "2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 1 2 0 2 " +
  "0 2 0 2 0 2 0 2 0 3 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 " +
  "2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 3 11 28a " +
  "11 2 0 6 0 k3 2d 1p7 16 3 2 8x 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 " +
  "0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 " +
  "2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 a " +
  "0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 " +
  "2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 a 7 9 5 b 7 9 7 9 5 c 0 2 " +
  "0 2 0 2 0 9 7 21 3 d 3 d 3 d 4 c 3 7b 0 5 0 4 2 3 2 3 0 4 4 7 0 2 0 2 0 2 3 3 3 b 1 6 0 r f k 0 mr p 1f5 1b 1d " +
  "0 2 2 3 0 2 0 2 0 2 3 2 0 3 0 9 2 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 " +
  "2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 " +
  "0 2 0 2 0 9 0 2 0 5 0 nym 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 " +
  "0 2 0 k 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 3s 0 2 0 2 0 2 0 2 0 2 0 2 0 4 0 2 0 2 0 2 0 2 0 " +
  "2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 b 0 2 " +
  "0 2 1 2 0 2 0 2 0 2 0 5 0 2 0 3 0 2 0 4 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 4 2 4 2 0 2 0 2 0 2 0 2 0 2 0 " +
  "2 0 2 3 2 0 7 0 6 0 2 0 t 0 h7w p xy 13 3t z 4d a 2 e 2 6 2 1 1d7 1e 2cu v gw1 v k2p p r p r p r 0 2 1 3 0 3 1 " +
  "3 3 2 7 r p r 1 2 3 3 7 2 6 s 1 2 3 2 4 2 0 4 6 s p r p r p r p r p r p v o y o y o y o y o y 0 3ee x 1lb p 7 " +
  "p 7 p";

/** Lower case. */
export const lowerText: string =
  "2p p 1c 0 b 0 5 0 11 n 2 7 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 " +
  "2 0 2 0 2 0 2 0 2 0 2 0 2 1 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 1 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 " +
  "0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 3 0 2 0 2 2 3 0 2 0 3 0 4 1 5 0 3 0 4 2 3 0 3 0 2 0 2 0 3 0 2 1 2 0 " +
  "3 0 4 0 2 0 3 1 3 2 7 0 3 0 3 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 1 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 1 3 0 2 0 4 " +
  "0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 " +
  "2 0 2 6 3 0 3 1 2 0 5 0 2 0 2 0 2 0 2 1w 2 z 8 1 v 4 2p 0 18 0 2 0 4 0 3 3 j 0 s y 2 1 4 2 2 0 2 0 2 0 2 0 2 0 " +
  "2 0 2 0 2 0 2 0 2 0 2 0 2 4 2 0 3 0 3 1 1g 1b 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 " +
  "2 0 a 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 " +
  "0 3 0 2 0 2 0 2 0 2 0 2 0 2 1 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 " +
  "2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 " +
  "0 1d 14 288 16 3 2 l5 5 1oj 8 3c 5b 1u 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 " +
  "0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 " +
  "2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 " +
  "0 2 8 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 " +
  "2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 8 9 5 b 7 9 7 9 5 b " +
  "7 9 7 9 d 3 7 9 7 9 7 9 4 2 1 7 0 4 2 2 1 9 3 3 1 9 7 b 2 2 1 3e 0 e 0 h c 32 0 4 1 4 0 s 0 5 0 5 0 3 1 9 3 5 " +
  "0 y f 5 0 ng p 1fr 1b 2 0 4 1 2 0 2 0 2 0 5 0 2 1 2 7 4 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 " +
  "2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 " +
  "0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 1 8 0 2 0 5 0 d 11 2 0 6 0 nx0 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 " +
  "0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 k 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 2 3q 0 2 0 2 0 " +
  "2 0 2 0 2 0 2 2 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 " +
  "0 2 0 2 0 2 0 2 0 2 0 2 0 2 9 2 0 2 0 3 0 2 0 2 0 2 0 2 0 5 0 2 0 3 0 2 2 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 " +
  "2 0 6 0 6 0 2 0 2 0 2 0 2 0 2 0 2 0 2 0 5 0 2 0 7 0 2 0 2 0 2 0 2 0 t 0 2 2 mu 16 2 c 8 27 fnl 6 d 4 tm p y6 " +
  "13 3t z 4c a 2 e 2 6 2 1 ck 0 3 2 2 15 2 8 zq 1e 2by v gw1 v k2j p r 6 2 h r p r 3 2 0 2 6 2 a r p r p r p r p " +
  "r p r p r p r p r r t o 2 5 r o 2 5 r o 2 5 r o 2 5 r o 2 5 2 0 1f9 9 2 j 1z8 x";

/** Title case. */
export const titleText: string = "cl 0 3 0 3 0 13 0 5ue 7 9 7 9 7 d 0 g 0 1c 0";

/** Characters that do not count when the end of a word is looked for. */
export const ignorableText: string =
  "13 0 7 0 c 0 10 0 2 0 20 0 5 0 2 0 5 0 3 1 e0 5b 5 1 5 0 a 1 2 0 70 6 5s 0 6 0 1e 18 2 0 2 1 2 1 2 0 19 0 c 5 " +
  "b a 2 0 10 0 b k h 0 2u 7 2 9 2 3 y 0 2 0 v q 2k a 1n a 5 0 3 0 p n 18 2 19 0 8 1 7 7 16 1l 1k 0 2 0 5 7 5 0 4 " +
  "6 b 1 e 0 g 0 1n 0 5 3 9 0 l 1 r 0 3 1 1m 0 5 1 5 1 3 2 4 0 v 1 4 0 c 1 1m 0 5 4 2 1 5 0 l 1 n 5 2 0 1n 0 3 0 " +
  "2 3 9 0 8 1 c 1 v 0 1q 0 d 0 1f 0 4 0 1k 0 2 2 6 2 2 3 8 1 c 1 u 0 1n 0 3 0 7 0 6 1 l 1 t 1 1m 1 5 3 9 0 l 1 u " +
  "0 21 0 8 2 2 0 2j 0 3 6 c 8 2r 0 3 8 a 0 2 5 23 1 s 0 2 0 2 0 1k d 2 4 2 1 6 a 2 z a 0 2v 3 2 5 2 1 3 1 q 1 5 " +
  "2 h 3 e 0 3 1 7 0 g 0 2n 0 gx 2 qb 2 u 1 v 1 v 1 1t 1 2 6 9 0 3 a 4 0 6 0 1a 4 1g 0 1u 1 z 0 3b 2 5 1 a 0 7 2 " +
  "64 1 3 0 1n 0 2 6 2 0 2 0 3 7 7 9 3 0 14 0 9 u 1e 3 1d 0 2 4 2 0 6 0 15 8 d 1 x 3 3 1 2 2 1l 0 2 1 4 0 2 2 1n " +
  "7 3 1 1t 5 2b 2 2 c 2 6 5 0 7 0 4 1 1f 1q e 0 z 2s ce 0 2 2 c 2 e 2 e 2 e 1 d 4 9 1 b 0 3 0 3 4 1e 4 2 9 2 0 e " +
  "0 h c 1g w 2a4 1 36 2 3i 0 g 0 2p v 1c 0 d2 0 11 3 4 4 6 0 2m 5 2m 2 lxz 0 yr 5 7j 0 2r 3 2 9 2 0 t 3 29 1 f x " +
  "27 0 o 2 2w 2 4 1 9 0 4 0 5 0 q 1 6 0 48 1 r h e 0 13 7 q a 1b 2 1d 0 3 3 3 1 i 0 m 1 1v 5 3 1 3 1 d 0 9 0 10 " +
  "0 c 0 1g 0 2 2 3 1 6 1 2 0 s 0 f 1 6 1 2 0 2t 4 a 2 3e 0 3 0 5 0 fn5 0 44 g fy f 4 0 d f z 0 3 0 4q 0 8 0 7 0 " +
  "c 0 10 0 2 0 1c 0 1a 1 1w 0 m 2 ea 0 6b 0 46 4 sm 5 2 15 2 8 g7 2 2 1 6 3 15 2 5 0 4m 1 fy 3 as 1 4a a 1e 3 3g " +
  "0 1j e 16 0 3 1 b 2 1e 3 3 1 3 0 5 0 b 0 1f 2 11 4 2 7 1r 0 d 1 1h 8 b 3 3 0 2o 2 3 0 2 1 7 0 4h 0 4 7 m 1 1m " +
  "1 4 0 12 6 4 4 5g 7 3 2 2 0 o 0 2d 5 2 0 5 1 2 1 6n 3 7 1 2 1 s 1 2e 7 3 0 2 1 2z 0 2 0 3 5 2 0 2u 2 3 3 2 4 " +
  "78 8 2 1 75 1 2 0 5 0 41 3 3 1 5 0 x 9 15 5 3 3 9 0 a 5 3 2 1b c 2 1 bb 6 2 5 2 0 2b l 3 6 2 1 2 1 3f 5 4 0 2 " +
  "1 2 6 2 0 21 1 4 0 2 0 9o 1 470 8 at4 4 1o 6 a 3 ss 0 1s g 1t 1 2 1 cng 3 2 6 2 1 2hr 1 2 3 3ml 19 3 m f5 2 a " +
  "f 3 6 v 3 45 2 1j0 1i 5 1d 9 0 f 0 n 4 2 e 11t 6 2 g 3 6 2 1 2 4 7a d a9 0 1q 3 15t 6 32 7 240 4 gx6q 0 v 2n " +
  "3l 6n";

/** Case runs to upper case. */
export const toUpperText: string =
  "2p q 1 -w 2c 1 1 kn 17 n 1 -w o 7 1 -w 7 1 1 3d 2 o 2 -1 1c 1 1 -6g 2 3 2 -1 7 8 2 -1 h n 2 -1 1b 3 2 -1 5 1 1 " +
  "-8c 1 1 1 5f 3 2 2 -1 5 1 1 -1 4 1 1 -1 6 1 1 -1 3 1 1 2p 4 1 1 -1 1 1 1 4j 4 1 1 3m 3 3 2 -1 7 1 1 -1 5 1 1 " +
  "-1 3 1 1 -1 4 2 2 -1 5 1 1 -1 4 1 1 -1 2 1 1 1k 6 1 1 -1 1 1 1 -2 2 1 1 -1 1 1 1 -2 2 1 1 -1 1 1 1 -2 2 8 2 -1 " +
  "f 1 1 -27 2 9 2 -1 j 1 1 -1 1 1 1 -2 2 1 1 -1 4 k 2 -1 16 9 2 -1 p 1 1 -1 3 2 1 8cf 3 1 1 -1 5 5 2 -1 9 1 1 " +
  "8bj 1 1 1 8bg 1 1 1 8bi 1 1 1 -5u 1 1 1 -5q 2 2 1 -5p 3 1 1 -5m 2 1 1 -5n 1 1 1 wnj 4 1 1 -5p 1 1 1 wnf 2 1 1 " +
  "-5r 2 1 1 wmg 1 1 1 wn8 2 1 1 -5t 1 1 1 -5v 1 1 1 wn8 1 1 1 8af 1 1 1 wn5 3 1 1 -5v 2 1 1 8al 1 1 1 -5x 3 1 1 " +
  "-5y 8 1 1 89z 3 1 1 -62 2 1 1 wn7 1 1 1 -62 4 1 1 wmi 1 1 1 -62 1 1 1 -1x 1 2 1 -61 2 1 1 -1z 6 1 1 -63 b 1 1 " +
  "wlx 1 1 1 wlu 4n 1 1 2c 18 2 2 -1 6 1 1 -1 4 3 1 3m 1d 1 1 -12 1 3 1 -11 4 h 1 -w h 1 1 -v 1 9 1 -w 9 1 1 -1s " +
  "1 2 1 -1r 3 1 1 -1q 1 1 1 -1l 4 1 1 -1b 1 1 1 -1i 1 1 1 -8 2 c 2 -1 n 1 1 -2e 1 1 1 -28 1 1 1 7 1 1 1 -38 2 1 " +
  "1 -2o 3 1 1 -1 3 1 1 -1 1h w 1 -w w g 1 -28 h h 2 -1 16 r 2 -1 1j 7 2 -1 d 1 1 -f 2 1c 2 -1 40 12 1 -1c 29b 17 " +
  "1 2bk 19 3 1 2bk l7 6 1 -8 1oo 1 1 -4tq 1 1 1 -4tp 1 1 1 -4tg 1 2 1 -4te 2 1 1 -4tf 1 1 1 -4t8 1 1 1 -4rp 1 1 " +
  "1 r7m 6p 1 1 r9g 4 1 1 2xy h 1 1 raw 37 23 2 -1 4a 1 1 -1n 6 1c 2 -1 2n 8 1 8 g 6 1 8 g 8 1 8 g 8 1 8 g 6 1 8 " +
  "h 4 2 8 f 8 1 8 g 2 1 22 2 4 1 2e 4 2 1 2s 2 2 1 3k 2 2 1 34 2 2 1 3i 1g 2 1 8 e 1 1 -5k5 i 2 1 8 g 2 1 8 5 1 " +
  "1 7 a1 1 1 -s y g 1 -g k 1 1 -1 ng q 1 -q 1gg 1c 1 -1c 1d 1 1 -1 4 1 1 -8bv 1 1 1 -8bs 2 3 2 -1 b 1 1 -1 3 1 1 " +
  "-1 b 1e 2 -1 2z 2 2 -1 7 1 1 -1 d 12 1 -5ls 13 1 1 -5ls 6 1 1 -5ls nx0 n 2 -1 1s e 2 -1 4i 7 2 -1 g v 2 -1 1z " +
  "2 2 -1 5 5 2 -1 d 1 1 -1 5 2 2 -1 3 1 1 1c 3 a 2 -1 u 8 2 -1 j 2 2 -1 9 1 1 -1 6 2 2 -1 v 1 1 -1 nx 1 1 -ps t " +
  "28 1 -tzk gk1 q 1 -w yv 14 1 -14 4w 10 1 -14 5b b 1 -13 c f 1 -13 g 7 1 -13 8 2 1 -13 1dx 1f 1 -1s 2dc w 1 -w " +
  "gww w 1 -w o8y y 1 -y";

/** Case runs to lower case. */
export const toLowerText: string =
  "1t q 1 w 3j n 1 w o 7 1 w 14 o 2 1 1e 3 2 1 7 8 2 1 h n 2 1 1a 1 1 -3d 1 3 2 1 8 1 1 5u 1 2 2 1 4 1 1 5q 1 1 1 " +
  "1 2 2 1 5p 2 1 1 1 3 1 1 27 1 1 1 5m 1 1 1 5n 1 1 1 1 2 1 1 5p 1 1 1 5r 2 1 1 5v 1 1 1 5t 1 1 1 1 4 1 1 5v 1 1 " +
  "1 5x 2 1 1 5y 1 3 2 1 6 1 1 62 1 1 1 1 2 1 1 62 3 1 1 1 2 1 1 62 1 1 1 1 2 2 1 61 2 2 2 1 4 1 1 63 1 1 1 1 4 1 " +
  "1 1 8 1 1 2 1 1 1 1 2 1 1 2 1 1 1 1 2 1 1 2 1 9 2 1 j 9 2 1 j 1 1 2 1 2 2 1 4 1 1 -2p 1 1 1 -1k 1 k 2 1 14 1 1 " +
  "-3m 2 9 2 1 o 1 1 8bv 1 1 1 1 2 1 1 -4j 1 1 1 8bs 3 1 1 1 2 1 1 -5f 1 1 1 1x 1 1 1 1z 1 5 2 1 8a 2 2 1 6 1 1 1 " +
  "9 1 1 38 7 1 1 12 2 3 1 11 4 1 1 1s 2 2 1 1r 3 h 1 w i 9 1 w 18 1 1 8 9 c 2 1 s 1 1 -1o 3 1 1 1 2 1 1 -7 1 1 1 " +
  "1 3 3 1 -3m 3 g 1 28 g w 1 w 28 h 2 1 16 r 2 1 1i 1 1 f 1 7 2 1 f 1c 2 1 2p 12 1 1c 29b 12 1 5ls 13 1 1 5ls 6 " +
  "1 1 5ls k3 28 1 tzk 28 6 1 8 1pc 17 1 -2bk 19 3 1 -2bk 8z 23 2 1 4e 1 1 -5vj 2 1c 2 1 2w 8 1 -8 g 6 1 -8 g 8 1 " +
  "-8 g 8 1 -8 g 6 1 -8 h 4 2 -8 f 8 1 -8 w 8 1 -8 g 8 1 -8 g 8 1 -8 g 2 1 -8 2 2 1 -22 2 1 1 -9 c 4 1 -2e 4 1 1 " +
  "-9 c 2 1 -8 2 2 1 -2s e 2 1 -8 2 2 1 -34 2 1 1 -7 c 2 1 -3k 2 2 1 -3i 2 1 1 -9 8a 1 1 -5st 4 1 1 -6gv 1 1 1 " +
  "-6di 7 1 1 s 1a g 1 g z 1 1 1 mr q 1 q 1fu 1c 1 1c 2o 1 1 1 2 1 1 -8af 1 1 1 -2xy 1 1 1 -89z 3 3 2 1 6 1 1 " +
  "-8bg 1 1 1 -8al 1 1 1 -8bj 1 1 1 -8bi 2 1 1 1 3 1 1 1 9 2 1 -8cf 2 1e 2 1 2z 2 2 1 7 1 1 1 nym n 2 1 1s e 2 1 " +
  "4i 7 2 1 g v 2 1 1z 2 2 1 4 1 1 -r9g 1 5 2 1 d 1 1 1 2 1 1 -wmg 3 2 2 1 6 a 2 1 k 1 1 -wn8 1 1 1 -wnj 1 1 1 " +
  "-wnf 1 1 1 -wn5 1 1 1 -wn8 2 1 1 -wlu 1 1 1 -wmi 1 1 1 -wlx 1 1 1 ps 1 8 2 1 g 1 1 -1c 1 1 1 -wn7 1 1 1 -raw 1 " +
  "2 2 1 9 1 1 1 6 2 2 1 v 1 1 1 h7w q 1 w yn 14 1 14 4w 10 1 14 5c b 1 13 c f 1 13 g 7 1 13 8 2 1 13 1d8 1f 1 1s " +
  "2e8 w 1 w gww w 1 w o8w y 1 y";

/** Special cases to upper case. */
export const upperSpecialText: string =
  "67.2b.2b 95.jg.26 ds.22.lo pc.pl.lk.ld q8.px.lk.ld 13b.111.11u 61i.20.mp 61j.2c.lk 61k.2f.lm 61l.2h.lm " +
  "61m.1t.ji 66o.px.lv 66q.px.lv.lc 66s.px.lv.ld 66u.px.lv.n6 680.64o.pl 681.64p.pl 682.64q.pl 683.64r.pl " +
  "684.64s.pl 685.64t.pl 686.64u.pl 687.64v.pl 688.64o.pl 689.64p.pl 68a.64q.pl 68b.64r.pl 68c.64s.pl 68d.64t.pl " +
  "68e.64u.pl 68f.64v.pl 68g.65k.pl 68h.65l.pl 68i.65m.pl 68j.65n.pl 68k.65o.pl 68l.65p.pl 68m.65q.pl 68n.65r.pl " +
  "68o.65k.pl 68p.65l.pl 68q.65m.pl 68r.65n.pl 68s.65o.pl 68t.65p.pl 68u.65q.pl 68v.65r.pl 68w.67c.pl 68x.67d.pl " +
  "68y.67e.pl 68z.67f.pl 690.67g.pl 691.67h.pl 692.67i.pl 693.67j.pl 694.67c.pl 695.67d.pl 696.67e.pl 697.67f.pl " +
  "698.67g.pl 699.67h.pl 69a.67i.pl 69b.67j.pl 69e.69m.pl 69f.pd.pl 69g.p2.pl 69i.pd.n6 69j.pd.n6.pl 69o.pd.pl " +
  "69u.6a2.pl 69v.pj.pl 69w.p5.pl 69y.pj.n6 69z.pj.n6.pl 6a4.pj.pl 6aa.pl.lk.lc 6ab.pl.lk.ld 6ae.pl.n6 " +
  "6af.pl.lk.n6 6aq.px.lk.lc 6ar.px.lk.ld 6as.pt.lv 6au.px.n6 6av.px.lk.n6 6b6.6be.pl 6b7.q1.pl 6b8.pb.pl " +
  "6ba.q1.n6 6bb.q1.n6.pl 6bg.q1.pl 1dkw.1y.1y 1dkx.1y.21 1dky.1y.24 1dkz.1y.1y.21 1dl0.1y.1y.24 1dl1.2b.2c " +
  "1dl2.2b.2c 1dlf.11g.11i 1dlg.11g.111 1dlh.11g.117 1dli.11q.11i 1dlj.11g.119";

/** Special cases to lower case. */
export const lowerSpecialText: string = "8g.2x.lj";

/** Title case where it is not the upper case. */
export const titleSpecialText: string =
  "67.2b.37 ck.cl cl.cl cm.cl cn.co co.co cp.co cq.cr cr.cr cs.cr dt.du du.du dv.du 13b.111.136 3bk.3bk 3bl.3bl " +
  "3bm.3bm 3bn.3bn 3bo.3bo 3bp.3bp 3bq.3bq 3br.3br 3bs.3bs 3bt.3bt 3bu.3bu 3bv.3bv 3bw.3bw 3bx.3bx 3by.3by " +
  "3bz.3bz 3c0.3c0 3c1.3c1 3c2.3c2 3c3.3c3 3c4.3c4 3c5.3c5 3c6.3c6 3c7.3c7 3c8.3c8 3c9.3c9 3ca.3ca 3cb.3cb " +
  "3cc.3cc 3cd.3cd 3ce.3ce 3cf.3cf 3cg.3cg 3ch.3ch 3ci.3ci 3cj.3cj 3ck.3ck 3cl.3cl 3cm.3cm 3cn.3cn 3co.3co " +
  "3cp.3cp 3cq.3cq 3ct.3ct 3cu.3cu 3cv.3cv 680.688 681.689 682.68a 683.68b 684.68c 685.68d 686.68e 687.68f " +
  "688.688 689.689 68a.68a 68b.68b 68c.68c 68d.68d 68e.68e 68f.68f 68g.68o 68h.68p 68i.68q 68j.68r 68k.68s " +
  "68l.68t 68m.68u 68n.68v 68o.68o 68p.68p 68q.68q 68r.68r 68s.68s 68t.68t 68u.68u 68v.68v 68w.694 68x.695 " +
  "68y.696 68z.697 690.698 691.699 692.69a 693.69b 694.694 695.695 696.696 697.697 698.698 699.699 69a.69a " +
  "69b.69b 69e.69m.n9 69f.69o 69g.p2.n9 69j.pd.n6.n9 69o.69o 69u.6a2.n9 69v.6a4 69w.p5.n9 69z.pj.n6.n9 6a4.6a4 " +
  "6b6.6be.n9 6b7.6bg 6b8.pb.n9 6bb.q1.n6.n9 6bg.6bg 1dkw.1y.2u 1dkx.1y.2x 1dky.1y.30 1dkz.1y.2u.2x 1dl0.1y.2u.30 " +
  "1dl1.2b.38 1dl2.2b.38 1dlf.11g.12u 1dlg.11g.12d 1dlh.11g.12j 1dli.11q.12u 1dlj.11g.12l";

/** Folded case where it is not the lower case. */
export const foldSpecialText: string =
  "51.qk 67.37.37 95.jg.32 an.37 ds.2y.lo n9.qh pc.qh.lk.ld q8.qt.lk.ld qq.qr r4.qa r5.qg r9.qu ra.qo s0.qi s1.qp " +
  "s5.qd 13b.12d.136 3vk.3vk 3vl.3vl 3vm.3vm 3vn.3vn 3vo.3vo 3vp.3vp 3vq.3vq 3vr.3vr 3vs.3vs 3vt.3vt 3vu.3vu " +
  "3vv.3vv 3vw.3vw 3vx.3vx 3vy.3vy 3vz.3vz 3w0.3w0 3w1.3w1 3w2.3w2 3w3.3w3 3w4.3w4 3w5.3w5 3w6.3w6 3w7.3w7 " +
  "3w8.3w8 3w9.3w9 3wa.3wa 3wb.3wb 3wc.3wc 3wd.3wd 3we.3we 3wf.3wf 3wg.3wg 3wh.3wh 3wi.3wi 3wj.3wj 3wk.3wk " +
  "3wl.3wl 3wm.3wm 3wn.3wn 3wo.3wo 3wp.3wp 3wq.3wq 3wr.3wr 3ws.3ws 3wt.3wt 3wu.3wu 3wv.3wv 3ww.3ww 3wx.3wx " +
  "3wy.3wy 3wz.3wz 3x0.3x0 3x1.3x1 3x2.3x2 3x3.3x3 3x4.3x4 3x5.3x5 3x6.3x6 3x7.3x7 3x8.3x8 3x9.3x9 3xa.3xa " +
  "3xb.3xb 3xc.3xc 3xd.3xd 3xe.3xe 3xf.3xf 3xg.3xg 3xh.3xh 3xi.3xi 3xj.3xj 3xk.3xk 3xl.3xl 3xm.3xm 3xn.3xn " +
  "3xo.3xo 3xp.3xp 3xq.3xq 3xr.3xr 3xs.3xs 3xt.3xt 3xu.3xu 3xv.3xv 3xw.3xw 3xx.3xx 3y0.3xs 3y1.3xt 3y2.3xu " +
  "3y3.3xv 3y4.3xw 3y5.3xx 5mo.tu 5mp.tw 5mq.u6 5mr.u9 5ms.ua 5mt.ua 5mu.ui 5mv.v7 5mw.wuj 61i.2w.mp 61j.38.lk " +
  "61k.3b.lm 61l.3d.lm 61m.2p.ji 61n.601 61q.37.37 66o.qt.lv 66q.qt.lv.lc 66s.qt.lv.ld 66u.qt.lv.n6 680.64g.qh " +
  "681.64h.qh 682.64i.qh 683.64j.qh 684.64k.qh 685.64l.qh 686.64m.qh 687.64n.qh 688.64g.qh 689.64h.qh 68a.64i.qh " +
  "68b.64j.qh 68c.64k.qh 68d.64l.qh 68e.64m.qh 68f.64n.qh 68g.65c.qh 68h.65d.qh 68i.65e.qh 68j.65f.qh 68k.65g.qh " +
  "68l.65h.qh 68m.65i.qh 68n.65j.qh 68o.65c.qh 68p.65d.qh 68q.65e.qh 68r.65f.qh 68s.65g.qh 68t.65h.qh 68u.65i.qh " +
  "68v.65j.qh 68w.674.qh 68x.675.qh 68y.676.qh 68z.677.qh 690.678.qh 691.679.qh 692.67a.qh 693.67b.qh 694.674.qh " +
  "695.675.qh 696.676.qh 697.677.qh 698.678.qh 699.679.qh 69a.67a.qh 69b.67b.qh 69e.67k.qh 69f.q9.qh 69g.q4.qh " +
  "69i.q9.n6 69j.q9.n6.qh 69o.q9.qh 69q.qh 69u.67o.qh 69v.qf.qh 69w.q6.qh 69y.qf.n6 69z.qf.n6.qh 6a4.qf.qh " +
  "6aa.qh.lk.lc 6ab.qh.lk.ld 6ae.qh.n6 6af.qh.lk.n6 6aq.qt.lk.lc 6ar.qt.lk.ld 6as.qp.lv 6au.qt.n6 6av.qt.lk.n6 " +
  "6b6.67w.qh 6b7.qx.qh 6b8.r2.qh 6ba.qx.n6 6bb.qx.n6.qh 6bg.qx.qh xv4.3vk xv5.3vl xv6.3vm xv7.3vn xv8.3vo " +
  "xv9.3vp xva.3vq xvb.3vr xvc.3vs xvd.3vt xve.3vu xvf.3vv xvg.3vw xvh.3vx xvi.3vy xvj.3vz xvk.3w0 xvl.3w1 " +
  "xvm.3w2 xvn.3w3 xvo.3w4 xvp.3w5 xvq.3w6 xvr.3w7 xvs.3w8 xvt.3w9 xvu.3wa xvv.3wb xvw.3wc xvx.3wd xvy.3we " +
  "xvz.3wf xw0.3wg xw1.3wh xw2.3wi xw3.3wj xw4.3wk xw5.3wl xw6.3wm xw7.3wn xw8.3wo xw9.3wp xwa.3wq xwb.3wr " +
  "xwc.3ws xwd.3wt xwe.3wu xwf.3wv xwg.3ww xwh.3wx xwi.3wy xwj.3wz xwk.3x0 xwl.3x1 xwm.3x2 xwn.3x3 xwo.3x4 " +
  "xwp.3x5 xwq.3x6 xwr.3x7 xws.3x8 xwt.3x9 xwu.3xa xwv.3xb xww.3xc xwx.3xd xwy.3xe xwz.3xf xx0.3xg xx1.3xh " +
  "xx2.3xi xx3.3xj xx4.3xk xx5.3xl xx6.3xm xx7.3xn xx8.3xo xx9.3xp xxa.3xq xxb.3xr 1dkw.2u.2u 1dkx.2u.2x " +
  "1dky.2u.30 1dkz.2u.2u.2x 1dl0.2u.2u.30 1dl1.37.38 1dl2.37.38 1dlf.12s.12u 1dlg.12s.12d 1dlh.12s.12j " +
  "1dli.132.12u 1dlj.12s.12l";
