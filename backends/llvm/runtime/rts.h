/*
 * The C side of a binary: start-up, faults and fatal errors, traces, files, numbers as text, memory for the collectors
 * that are not RTypeScript. Nothing here that RTypeScript can express.
 *
 * `vm.h` is generated from rtyper/lltype/vm.ts. Words are `intptr_t`. Build-time facts come as macros:
 * RTS_TYPE_POINTER (instances have a type pointer), RTS_BOEHM or RTS_BUMP (which allocator stands for a collector).
 */
#pragma once
#include <stddef.h>
#include <stdint.h>
#include "vm.h"

typedef uint16_t rts_unit;

/* One entry of the type table; see gc/typetable.ts. */
typedef struct {
  uint32_t size, item_size, length_offset, items_offset, flags, pointers, item_pointers, vtable;
} rts_type;

extern char rts_types[];
#define RTS_TYPE_SHIFT (sizeof(void *) == 8 ? 0 : 4)
#define RTS_TYPE_IS_INSTANCE 32
#define RTS_TYPE_IS_LEAF 64
#define RTS_VTABLE_TYPE_ID 8
/* The flag of a prebuilt object whose identity hash stands behind it; C_HASH_FLAG of backends/llvm/header.ts. */
#define RTS_FLAG_HASH_STORED 4

/* A source position as the compiler writes it: all addresses fit 32 bits. `inlined_at` is there if bit 31 is set. */
typedef struct {
  uint32_t scope, place, inlined_at;
} rts_position;

/* The program, generated. */
intptr_t rts_program_entry(intptr_t argc, char **argv);
void rts_program_setup(void);
void rts_program_uncaught(void *exception);

void rts_memory_setup(void);
_Noreturn void rts_fatal(const char *message, const rts_position *at);
_Noreturn void rts_out_of_memory(void);
void rts_install_fault_handlers(void);
/* A parameter from the environment with suffix K, M or G; `otherwise` if it is not set. */
intptr_t rts_parameter(const char *name, intptr_t otherwise);

/* Text output of fatal errors, without stdio. */
void rts_put(const char *text);
void rts_put_number(uintptr_t number);

/* The common log; see log.c. Section and field names are C strings. */
extern intptr_t rts_log_on;
void rts_log_setup(void);
void rts_log_start(const char *section);
void rts_log_stop(const char *section);
void rts_log_number(const char *name, intptr_t value);
/* Writes the rest and closes the log: the process ends. */
void rts_log_end(void);

/* Prints the native frames from here on as TypeScript positions; `skip_to` leaves out the frames before a given pc. */
void rts_print_native_frames(uintptr_t skip_to);
/* Calls back for every TypeScript frame at a code address, innermost first; returns how many. */
typedef void rts_frame_visitor(const char *function, const char *directory, const char *file, uint32_t line,
                               uint32_t column);
int rts_symbolize(uintptr_t pc, rts_frame_visitor *visit);
