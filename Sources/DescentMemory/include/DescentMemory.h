#pragma once

/// From now on memory goes back to the system as it is freed: blocks of more than 2 MB at once, others when they are the
/// last of the heap. Where the C library offers that; elsewhere nothing happens.
///
/// glibc begins so, but the first larger block that is freed (a file's, once it is decoded) raises both thresholds to its
/// own size, and what is freed of smaller ones stays with the process then: 10 MB at the peak of a training. What a
/// certificate needs of all rows is of some megabytes, and gone when the next step wants memory of other sizes. Still lower
/// thresholds save no more, and cost time in faults. 2 MB stay at the heap's end: what each pass and each step frees and wants
/// again would be handed over by the system page by page, a third of the time of a fit of 11000 texts.
/// (mallopt(3), M_MMAP_THRESHOLD, M_TRIM_THRESHOLD and M_TOP_PAD.)
void descent_give_large_memory_back(void);
