/*
 * Bigints over GMP's mpn layer. The contracts are in rtyper/repr/bigcalls.ts: a bigint is an object with a signed size
 * (limbs in use, negative for negative values), a capacity and limbs, lowest first; a result is a fresh object of
 * sufficient capacity that is none of the operands. Nothing here collects, raises or keeps an address.
 */
#include "rts.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* GMP's header is not needed for the few functions used; their types are fixed. */
typedef uintptr_t limb;
typedef long limbs;
limb __gmpn_add(limb *r, const limb *a, limbs an, const limb *b, limbs bn);
limb __gmpn_sub(limb *r, const limb *a, limbs an, const limb *b, limbs bn);
limb __gmpn_mul(limb *r, const limb *a, limbs an, const limb *b, limbs bn);
void __gmpn_tdiv_qr(limb *q, limb *r, limbs qxn, const limb *n, limbs nn, const limb *d, limbs dn);
limb __gmpn_lshift(limb *r, const limb *a, limbs n, unsigned count);
limb __gmpn_rshift(limb *r, const limb *a, limbs n, unsigned count);
size_t __gmpn_get_str(unsigned char *out, int base, limb *a, limbs n);
limbs __gmpn_set_str(limb *r, const unsigned char *digits, size_t n, int base);
size_t __gmpn_sizeinbase(const limb *a, limbs n, int base);

typedef struct {
  uintptr_t header;
  intptr_t size, capacity;
  limb at[];
} bigint;

#define BITS ((intptr_t)(8 * sizeof(limb)))

static limbs count(const bigint *a) { return (limbs)(a->size < 0 ? -a->size : a->size); }

/* Gives the result its size: n limbs without the leading zeros. */
static void finish(bigint *r, limbs n, int negative) {
  while (n > 0 && r->at[n - 1] == 0) n--;
  r->size = negative ? -n : n;
}

static int compare_magnitudes(const limb *a, limbs an, const limb *b, limbs bn) {
  if (an != bn) return an < bn ? -1 : 1;
  while (an-- > 0)
    if (a[an] != b[an]) return a[an] < b[an] ? -1 : 1;
  return 0;
}

/* Temporary memory: small ones on the stack of the caller. */
#define SMALL 128
static limb *scratch(limb *small, limbs n) {
  if (n <= SMALL) return small;
  limb *memory = malloc((size_t)n * sizeof(limb));
  if (memory == NULL) rts_out_of_memory();
  return memory;
}
static void release(limb *small, limb *memory) {
  if (memory != small) free(memory);
}

/* r = ±|a| ± |b| by the signs given. */
static void add_signed(bigint *r, const bigint *a, int a_negative, const bigint *b, int b_negative) {
  limbs an = count(a), bn = count(b);
  int order = compare_magnitudes(a->at, an, b->at, bn);
  if (order < 0) {
    const bigint *c = a; a = b; b = c;
    limbs cn = an; an = bn; bn = cn;
    int sign = a_negative; a_negative = b_negative; b_negative = sign;
  }
  if (bn == 0) {
    memcpy(r->at, a->at, (size_t)an * sizeof(limb));
    finish(r, an, a_negative);
  } else if (a_negative == b_negative) {
    r->at[an] = __gmpn_add(r->at, a->at, an, b->at, bn);
    finish(r, an + 1, a_negative);
  } else if (order == 0) {
    r->size = 0;
  } else {
    __gmpn_sub(r->at, a->at, an, b->at, bn);
    finish(r, an, a_negative);
  }
}

void rts_big_add(bigint *r, const bigint *a, const bigint *b) { add_signed(r, a, a->size < 0, b, b->size < 0); }

void rts_big_sub(bigint *r, const bigint *a, const bigint *b) { add_signed(r, a, a->size < 0, b, b->size >= 0); }

void rts_big_mul(bigint *r, const bigint *a, const bigint *b) {
  limbs an = count(a), bn = count(b);
  if (an == 0 || bn == 0) {
    r->size = 0;
    return;
  }
  if (an >= bn) __gmpn_mul(r->at, a->at, an, b->at, bn);
  else __gmpn_mul(r->at, b->at, bn, a->at, an);
  finish(r, an + bn, (a->size < 0) != (b->size < 0));
}

void rts_big_quotient(bigint *r, const bigint *a, const bigint *b) {
  limbs an = count(a), bn = count(b);
  if (an < bn) {
    r->size = 0;
    return;
  }
  limb small[SMALL], *rest = scratch(small, bn);
  __gmpn_tdiv_qr(r->at, rest, 0, a->at, an, b->at, bn);
  release(small, rest);
  finish(r, an - bn + 1, (a->size < 0) != (b->size < 0));
}

void rts_big_remainder(bigint *r, const bigint *a, const bigint *b) {
  limbs an = count(a), bn = count(b);
  if (an < bn) {
    memcpy(r->at, a->at, (size_t)an * sizeof(limb));
    finish(r, an, a->size < 0);
    return;
  }
  limb small[SMALL], *quotient = scratch(small, an - bn + 1);
  __gmpn_tdiv_qr(quotient, r->at, 0, a->at, an, b->at, bn);
  release(small, quotient);
  finish(r, bn, a->size < 0);
}

/* Limb i of the two's complement of unlimited length; `carry` starts as 1 and runs along. */
static limb complement_limb(const bigint *a, limbs i, limb *carry) {
  limb x = i < count(a) ? a->at[i] : 0;
  if (a->size >= 0) return x;
  x = ~x + *carry;
  *carry = *carry && x == 0;
  return x;
}

/* Turns n limbs of two's complement into a magnitude in place. */
static void negate(limb *x, limbs n) {
  limb carry = 1;
  for (limbs i = 0; i < n; i++) {
    x[i] = ~x[i] + carry;
    carry = carry && x[i] == 0;
  }
}

enum { AND, OR, XOR };

static void bitwise(bigint *r, const bigint *a, const bigint *b, int op) {
  limbs n = (count(a) > count(b) ? count(a) : count(b)) + 1;
  limb ca = 1, cb = 1;
  for (limbs i = 0; i < n; i++) {
    limb x = complement_limb(a, i, &ca), y = complement_limb(b, i, &cb);
    r->at[i] = op == AND ? x & y : op == OR ? x | y : x ^ y;
  }
  int negative = (r->at[n - 1] >> (BITS - 1)) != 0;
  if (negative) negate(r->at, n);
  finish(r, n, negative);
}

void rts_big_and(bigint *r, const bigint *a, const bigint *b) { bitwise(r, a, b, AND); }
void rts_big_or(bigint *r, const bigint *a, const bigint *b) { bitwise(r, a, b, OR); }
void rts_big_xor(bigint *r, const bigint *a, const bigint *b) { bitwise(r, a, b, XOR); }

void rts_big_neg(bigint *r, const bigint *a) {
  memcpy(r->at, a->at, (size_t)count(a) * sizeof(limb));
  r->size = -a->size;
}

static limb one_limb = 1;

void rts_big_not(bigint *r, const bigint *a) {
  limbs n = count(a);
  if (n == 0) {
    r->at[0] = 1;
    r->size = -1;
  } else if (a->size > 0) {
    r->at[n] = __gmpn_add(r->at, a->at, n, &one_limb, 1);
    finish(r, n + 1, 1);
  } else {
    __gmpn_sub(r->at, a->at, n, &one_limb, 1);
    finish(r, n, 0);
  }
}

static void shift_left(bigint *r, const bigint *a, intptr_t n) {
  limbs words = (limbs)(n / BITS), an = count(a);
  unsigned bits = (unsigned)(n % BITS);
  memset(r->at, 0, (size_t)words * sizeof(limb));
  limb top = 0;
  if (bits == 0) memcpy(r->at + words, a->at, (size_t)an * sizeof(limb));
  else top = __gmpn_lshift(r->at + words, a->at, an, bits);
  if (top != 0) r->at[words + an] = top;
  finish(r, words + an + (top != 0), a->size < 0);
}

static void shift_right(bigint *r, const bigint *a, intptr_t n) {
  limbs words = (limbs)(n / BITS), an = count(a);
  unsigned bits = (unsigned)(n % BITS);
  int negative = a->size < 0;
  if (words >= an) {
    r->at[0] = 1;
    r->size = negative ? -1 : 0;
    return;
  }
  int lost = 0;
  for (limbs i = 0; i < words && !lost; i++) lost = a->at[i] != 0;
  limbs rest = an - words;
  if (bits == 0) memcpy(r->at, a->at + words, (size_t)rest * sizeof(limb));
  else lost |= __gmpn_rshift(r->at, a->at + words, rest, bits) != 0;
  if (negative && lost) {
    r->at[rest] = __gmpn_add(r->at, r->at, rest, &one_limb, 1);
    rest++;
  }
  finish(r, rest, negative);
}

void rts_big_shift(bigint *r, const bigint *a, intptr_t n) {
  if (a->size == 0) r->size = 0;
  else if (n >= 0) shift_left(r, a, n);
  else shift_right(r, a, -n);
}

intptr_t rts_big_compare(const bigint *a, const bigint *b) {
  if (a->size != b->size) return a->size < b->size ? -1 : 1;
  int order = compare_magnitudes(a->at, count(a), b->at, count(b));
  return a->size < 0 ? -order : order;
}

intptr_t rts_big_hash(const bigint *a) {
  uint32_t h = a->size < 0 ? 0x5bd1e995u : 0;
  limbs n = count(a);
  for (limbs i = 0; i < n; i++) {
    h = (h ^ (uint32_t)a->at[i]) * 0x01000193u;
#if UINTPTR_MAX > UINT32_MAX
    uint32_t high = (uint32_t)(a->at[i] >> 32);
    if (high != 0 || i + 1 < n) h = (h ^ high) * 0x01000193u;
#endif
  }
  return (int32_t)h;
}

void rts_big_of_uint64(bigint *r, uint64_t x) {
  r->at[0] = (limb)x;
#if UINTPTR_MAX > UINT32_MAX
  finish(r, 1, 0);
#else
  r->at[1] = (limb)(x >> 32);
  finish(r, 2, 0);
#endif
}

void rts_big_of_int64(bigint *r, int64_t x) {
  rts_big_of_uint64(r, x < 0 ? -(uint64_t)x : (uint64_t)x);
  if (x < 0) r->size = -r->size;
}

/* The magnitude as a mantissa of 53 bits, shifted by hand: both are exact. */
void rts_big_of_float(bigint *r, double x) {
  int exponent;
  double fraction = frexp(fabs(x), &exponent);
  uint64_t mantissa = (uint64_t)ldexp(fraction, 53);
  exponent -= 53;
  if (exponent < 0) {
    mantissa = exponent > -64 ? mantissa >> -exponent : 0;
    exponent = 0;
  }
  limbs words = (limbs)(exponent / BITS);
  unsigned bits = (unsigned)(exponent % BITS);
  limbs n = words + 1 + 64 / (limbs)BITS;
  /* Room was given for the value only, so the parts that are zero are not written. */
  limb parts[4] = {0, 0, 0, 0};
#if UINTPTR_MAX > UINT32_MAX
  parts[0] = mantissa << bits;
  parts[1] = bits == 0 ? 0 : mantissa >> (64 - bits);
#else
  uint32_t low = (uint32_t)mantissa, high = (uint32_t)(mantissa >> 32);
  parts[0] = low << bits;
  parts[1] = (high << bits) | (bits == 0 ? 0 : low >> (32 - bits));
  parts[2] = bits == 0 ? 0 : high >> (32 - bits);
#endif
  limbs used = n - words;
  while (used > 0 && parts[used - 1] == 0) used--;
  if (used == 0) {
    r->size = 0;
    return;
  }
  memset(r->at, 0, (size_t)words * sizeof(limb));
  memcpy(r->at + words, parts, (size_t)used * sizeof(limb));
  finish(r, words + used, x < 0);
}

int64_t rts_big_low64(const bigint *a) {
  limbs n = count(a);
  uint64_t value = n > 0 ? a->at[0] : 0;
#if UINTPTR_MAX == UINT32_MAX
  if (n > 1) value |= (uint64_t)a->at[1] << 32;
#endif
  return (int64_t)(a->size < 0 ? -value : value);
}

intptr_t rts_big_low_word(const bigint *a) { return (intptr_t)rts_big_low64(a); }

static intptr_t bit_length(const limb *a, limbs n) {
  return n == 0 ? 0 : n * BITS - (BITS == 64 ? __builtin_clzll(a[n - 1]) : __builtin_clz((unsigned)a[n - 1]));
}

/* Bits [from, from + 64) of a magnitude. */
static uint64_t bits_at(const limb *a, limbs n, intptr_t from) {
  uint64_t value = 0;
  for (intptr_t got = 0; got < 64;) {
    limbs word = (limbs)((from + got) / BITS);
    intptr_t offset = (from + got) % BITS;
    if (word < n) value |= (uint64_t)(a[word] >> offset) << got;
    got += BITS - offset;
  }
  return value;
}

double rts_big_to_float(const bigint *a) {
  limbs n = count(a);
  intptr_t length = bit_length(a->at, n);
  double value;
  if (length <= 64) {
    value = (double)bits_at(a->at, n, 0);
  } else if (length > 1024) {
    value = HUGE_VAL;
  } else {
    /* 64 leading bits; any bit below them makes the last one odd, so that the conversion rounds as the whole would. */
    intptr_t from = length - 64;
    uint64_t top = bits_at(a->at, n, from);
    int lost = 0;
    for (limbs i = 0; i < from / BITS && !lost; i++) lost = a->at[i] != 0;
    if (!lost && from % BITS != 0) lost = (a->at[from / BITS] & (((limb)1 << from % BITS) - 1)) != 0;
    value = ldexp((double)(top | (uint64_t)lost), (int)from);
  }
  return a->size < 0 ? -value : value;
}

intptr_t rts_big_fits(const bigint *a) {
  limbs n = count(a);
  if (n > 1) return 0;
  limb top = (limb)1 << (BITS - 1);
  return n == 0 || a->at[0] < top || (a->at[0] == top && a->size < 0);
}

intptr_t rts_big_text_bound(const bigint *a, intptr_t radix) {
  limbs n = count(a);
  return n == 0 ? 2 : (intptr_t)__gmpn_sizeinbase(a->at, n, (int)radix) + 2;
}

intptr_t rts_big_to_text(const bigint *a, intptr_t radix, uint8_t *out) {
  limbs n = count(a);
  if (n == 0) {
    out[0] = '0';
    return 1;
  }
  /* GMP destroys the number and may write a leading zero digit: both happen in a copy. */
  size_t room = (size_t)n * (size_t)BITS + 2;
  if (radix > 2) room = (size_t)((double)room / (radix >= 8 ? 3.0 : 1.5)) + 8;
  size_t limb_bytes = (size_t)(n + 1) * sizeof(limb);
  char small[4096];
  char *memory = limb_bytes + room <= sizeof small ? small : malloc(limb_bytes + room);
  if (memory == NULL) rts_out_of_memory();
  limb *number = (limb *)memory;
  unsigned char *digits = (unsigned char *)memory + limb_bytes;
  memcpy(number, a->at, (size_t)n * sizeof(limb));
  size_t length = __gmpn_get_str(digits, (int)radix, number, n), skipped = 0;
  while (skipped + 1 < length && digits[skipped] == 0) skipped++;
  intptr_t written = 0;
  if (a->size < 0) out[written++] = '-';
  for (; skipped < length; skipped++) out[written++] = (uint8_t)"0123456789abcdefghijklmnopqrstuvwxyz"[digits[skipped]];
  if (memory != small) free(memory);
  return written;
}

static unsigned char digit_value(uint8_t c) {
  return (unsigned char)(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
}

void rts_big_of_text(bigint *r, const uint8_t *digits, intptr_t n, intptr_t radix, intptr_t negative) {
  while (n > 0 && *digits == '0') {
    digits++;
    n--;
  }
  if (n == 0) {
    r->size = 0;
    return;
  }
  unsigned char small[1024];
  unsigned char *values = n <= (intptr_t)sizeof small ? small : malloc((size_t)n);
  if (values == NULL) rts_out_of_memory();
  for (intptr_t i = 0; i < n; i++) values[i] = digit_value(digits[i]);
  limbs used = __gmpn_set_str(r->at, values, (size_t)n, (int)radix);
  if (values != small) free(values);
  finish(r, used, negative != 0);
}

static void copy(bigint *r, const bigint *a) {
  memcpy(r->at, a->at, (size_t)count(a) * sizeof(limb));
  r->size = a->size;
}

/* The value modulo 2^bits as a magnitude; returns the number of limbs. */
static limbs cut(limb *r, const bigint *a, intptr_t bits) {
  limbs n = (limbs)((bits + BITS - 1) / BITS);
  limb carry = 1;
  for (limbs i = 0; i < n; i++) r[i] = complement_limb(a, i, &carry);
  if (bits % BITS != 0) r[n - 1] &= ((limb)1 << bits % BITS) - 1;
  return n;
}

void rts_big_as_uint(bigint *r, const bigint *a, intptr_t bits) {
  if (a->size >= 0 && bit_length(a->at, count(a)) <= bits) copy(r, a);
  else finish(r, cut(r->at, a, bits), 0);
}

void rts_big_as_int(bigint *r, const bigint *a, intptr_t bits) {
  if (bit_length(a->at, count(a)) < bits) {
    copy(r, a);
    return;
  }
  if (bits == 0) {
    r->size = 0;
    return;
  }
  limbs n = cut(r->at, a, bits);
  int negative = (int)(r->at[n - 1] >> ((bits - 1) % BITS)) & 1;
  if (negative) {
    negate(r->at, n);
    if (bits % BITS != 0) r->at[n - 1] &= ((limb)1 << bits % BITS) - 1;
  }
  finish(r, n, negative);
}

/* JavaScript's `**`: NaN exponents and bases of magnitude 1 with infinite ones give NaN. */
double rts_pow(double x, double y) {
  if (y != y || ((x == 1 || x == -1) && isinf(y))) return y - y;
  return pow(x, y);
}
