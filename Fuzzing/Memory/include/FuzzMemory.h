#pragma once

#include <stddef.h>
#include <stdint.h>

// The bytes that the program has asked malloc for, counted by the sanitizer's hooks: what the sanitizer takes for
// itself (red zones, shadow, quarantine) is not among them.

// Starts to count. Once, before the first input.
void fuzz_memory_start(void);

// Sets the peak to what is held now, and returns that.
size_t fuzz_memory_mark(void);

// The most that was held since the mark.
size_t fuzz_memory_peak(void);

// libFuzzer's own loop; it is in no header.
int LLVMFuzzerRunDriver(int *count, char ***arguments, int (*test)(const uint8_t *bytes, size_t size));
