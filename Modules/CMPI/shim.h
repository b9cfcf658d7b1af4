#ifndef CMPI_SHIM_H
#define CMPI_SHIM_H

#if !__has_include(<mpi.h>)
#error "mpi.h is missing: install it with 'apt-get install libopenmpi-dev' (Debian, Ubuntu)"
#endif
#include <mpi.h>
#include <unistd.h>

// Open MPI's constants are casts of addresses, which Swift's importer does not see. One process's numbers and sizes stay what
// they are: only the bytes of all processes are gathered.

/// Joins the processes that mpirun has started. `isShared` tells whether two threads may call at a time.
static inline int cmpi_start(int *rank, int *size, int *isShared) {
  int level = 0;
  int error = MPI_Init_thread(0, 0, MPI_THREAD_MULTIPLE, &level);
  *isShared = level == MPI_THREAD_MULTIPLE;
  if (error == MPI_SUCCESS) error = MPI_Comm_rank(MPI_COMM_WORLD, rank);
  if (error == MPI_SUCCESS) error = MPI_Comm_size(MPI_COMM_WORLD, size);
  return error;
}

/// Each process's bytes lie in their place already, and all others' come to theirs.
static inline int cmpi_gather(void *all, const int *counts, const int *starts) {
  return MPI_Allgatherv(MPI_IN_PLACE, 0, MPI_DATATYPE_NULL, all, counts, starts, MPI_BYTE, MPI_COMM_WORLD);
}

/// The bytes of one process, to all others.
static inline int cmpi_broadcast(void *bytes, int count, int from) {
  return MPI_Bcast(bytes, count, MPI_BYTE, from, MPI_COMM_WORLD);
}

/// A channel beside that of the bytes; all processes ask for it.
static inline void *cmpi_channel(void) {
  MPI_Comm channel = MPI_COMM_NULL;
  return MPI_Comm_dup(MPI_COMM_WORLD, &channel) == MPI_SUCCESS ? (void *)channel : 0;
}

/// A byte to another process, without waiting for it.
static inline int cmpi_send(void *channel, char byte, int to) {
  return MPI_Send(&byte, 1, MPI_BYTE, to, 0, (MPI_Comm)channel);
}

/// The next byte that another process has sent, where there is one.
static inline int cmpi_receive(void *channel, int from, char *byte) {
  int isThere = 0;
  if (MPI_Iprobe(from, 0, (MPI_Comm)channel, &isThere, MPI_STATUS_IGNORE) != MPI_SUCCESS || !isThere) return 0;
  return MPI_Recv(byte, 1, MPI_BYTE, from, 0, (MPI_Comm)channel, MPI_STATUS_IGNORE) == MPI_SUCCESS;
}

/// Words to another process, as a message of its own kind.
static inline int cmpi_tell(void *channel, int kind, const long long *words, int count, int to) {
  return MPI_Send(words, count, MPI_LONG_LONG, to, kind, (MPI_Comm)channel);
}

/// Bytes to another process. Until it has them the thread sleeps: MPI's own waiting takes a core.
static inline int cmpi_give(void *channel, int kind, const void *bytes, int count, int to) {
  MPI_Request request = MPI_REQUEST_NULL;
  int isThere = 0;
  int error = MPI_Isend(bytes, count, MPI_BYTE, to, kind, (MPI_Comm)channel, &request);
  while (error == MPI_SUCCESS && !isThere) {
    error = MPI_Test(&request, &isThere, MPI_STATUS_IGNORE);
    if (!isThere) usleep(20);
  }
  return error;
}

/// Whether words of a kind have come, from whom, and how many.
static inline int cmpi_hears(void *channel, int kind, int *from, int *count) {
  int isThere = 0;
  MPI_Status status;
  if (MPI_Iprobe(MPI_ANY_SOURCE, kind, (MPI_Comm)channel, &isThere, &status) != MPI_SUCCESS || !isThere) return 0;
  *from = status.MPI_SOURCE;
  return MPI_Get_count(&status, MPI_LONG_LONG, count) == MPI_SUCCESS;
}

/// The words that have come.
static inline int cmpi_hear(void *channel, int kind, long long *words, int count, int from) {
  return MPI_Recv(words, count, MPI_LONG_LONG, from, kind, (MPI_Comm)channel, MPI_STATUS_IGNORE);
}

/// Whether bytes of a kind have come from a process.
static inline int cmpi_awaits(void *channel, int kind, int from) {
  int isThere = 0;
  return MPI_Iprobe(from, kind, (MPI_Comm)channel, &isThere, MPI_STATUS_IGNORE) != MPI_SUCCESS || isThere;
}

/// The bytes that have come.
static inline int cmpi_take(void *channel, int kind, void *bytes, int count, int from) {
  return MPI_Recv(bytes, count, MPI_BYTE, from, kind, (MPI_Comm)channel, MPI_STATUS_IGNORE);
}

/// Begins to wait for all processes; `cmpi_areThere` tells when they are.
static inline int cmpi_meet(void **meeting) {
  MPI_Request request = MPI_REQUEST_NULL;
  int error = MPI_Ibarrier(MPI_COMM_WORLD, &request);
  *meeting = (void *)request;
  return error;
}

static inline int cmpi_areThere(void **meeting) {
  int areThere = 0;
  MPI_Request request = (MPI_Request)*meeting;
  if (MPI_Test(&request, &areThere, MPI_STATUS_IGNORE) != MPI_SUCCESS) return 1;
  *meeting = (void *)request;
  return areThere;
}

static inline int cmpi_end(void) { return MPI_Finalize(); }

static inline int cmpi_abort(int code) { return MPI_Abort(MPI_COMM_WORLD, code); }

#endif
