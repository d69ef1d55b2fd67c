// Numbers as text, by double-conversion (what V8 uses, so the digits are Node's). C++ without its run-time library:
// the few symbols that the library's objects name are defined here and never reached.
#include <stdint.h>
#include <string.h>
#include <double-conversion/double-to-string.h>
#include <double-conversion/strtod.h>

using double_conversion::DoubleToStringConverter;
using double_conversion::StringBuilder;
using double_conversion::Vector;

extern "C" {
__attribute__((weak)) int __cxa_guard_acquire(uint64_t *guard) { return *reinterpret_cast<char *>(guard) == 0; }
__attribute__((weak)) void __cxa_guard_release(uint64_t *guard) { *reinterpret_cast<char *>(guard) = 1; }
__attribute__((weak)) void __cxa_guard_abort(uint64_t *) {}
__attribute__((weak)) void __gxx_personality_v0() {}
}

namespace {

const int kCapacity = 160;

// JavaScript's conventions: no sign of zero, "e+21", decimal notation for exponents -7 to 20.
DoubleToStringConverter converter() {
  return DoubleToStringConverter(
      DoubleToStringConverter::UNIQUE_ZERO | DoubleToStringConverter::EMIT_POSITIVE_EXPONENT_SIGN, "Infinity", "NaN",
      'e', -6, 21, 6, 0);
}

intptr_t finish(StringBuilder *builder, const char *text, uint8_t *out) {
  int length = builder->position();
  builder->Finalize();
  memcpy(out, text, length);
  return length;
}

}  // namespace

extern "C" {

intptr_t rts_float_shortest(double x, uint8_t *out) {
  char text[kCapacity];
  StringBuilder builder(text, kCapacity);
  converter().ToShortest(x, &builder);
  return finish(&builder, text, out);
}

intptr_t rts_float_fixed(double x, int digits, uint8_t *out) {
  char text[kCapacity];
  StringBuilder builder(text, kCapacity);
  converter().ToFixed(x, digits, &builder);
  return finish(&builder, text, out);
}

intptr_t rts_float_exponential(double x, int digits, uint8_t *out) {
  char text[kCapacity];
  StringBuilder builder(text, kCapacity);
  converter().ToExponential(x, digits, &builder);
  return finish(&builder, text, out);
}

intptr_t rts_float_precision(double x, int digits, uint8_t *out) {
  char text[kCapacity];
  StringBuilder builder(text, kCapacity);
  converter().ToPrecision(x, digits, &builder);
  return finish(&builder, text, out);
}

// Digits beyond what can matter are dropped, but not silently: a nonzero one makes the last kept digit odd-man-out.
double rts_parse_decimal(const uint8_t *text, intptr_t length) {
  const int kMost = 800;
  char digits[kMost + 1];
  int count = 0;
  int64_t exponent = 0;
  bool after_point = false, dropped = false;
  intptr_t i = 0;
  for (; i < length; i++) {
    char c = static_cast<char>(text[i]);
    if (c == '.') {
      after_point = true;
      continue;
    }
    if (c < '0' || c > '9') break;
    if (after_point) exponent--;
    if (count == 0 && c == '0') continue;
    if (count < kMost) {
      digits[count++] = c;
    } else {
      exponent++;
      dropped |= c != '0';
    }
  }
  if (i < length) {
    i++;
    bool negative = text[i] == '-';
    if (text[i] == '-' || text[i] == '+') i++;
    int64_t value = 0;
    for (; i < length; i++) value = value < 1000000000 ? value * 10 + (text[i] - '0') : value;
    exponent += negative ? -value : value;
  }
  if (dropped) {
    digits[count++] = '1';
    exponent--;
  }
  while (count > 0 && digits[count - 1] == '0') {
    count--;
    exponent++;
  }
  if (count == 0) return 0;
  if (exponent > 100000) exponent = 100000;
  if (exponent < -100000) exponent = -100000;
  return double_conversion::Strtod(Vector<const char>(digits, count), static_cast<int>(exponent));
}
}
