#pragma once

// Watches over memory that is mapped from files.
//
// Where a file shrinks while it is mapped, or its disk fails, reading the lost pages raises SIGBUS, which ends the
// process. While anything is watched a handler of ours stands before the one that was there: it puts zeros where the
// lost pages were, marks the mapping as lost, and lets the reader go on. Whoever reads must ask whether it is lost,
// and throw away what was made of the zeros. Faults elsewhere go to the handler that was there.

#include <stdbool.h>
#include <stddef.h>

/// Watches `length` bytes at `address`, a page's start. Returns a number for them, or -1 where too many are watched
/// already (4096) or the handler cannot be installed.
int descent_mapping_watch(const void *_Nonnull address, size_t length);

/// Whether a page of it could not be read.
bool descent_mapping_is_lost(int number);

/// Ends the watch; nobody may read the memory any more. The last one takes the handler down.
void descent_mapping_release(int number);
