#ifndef CMPI_SHIM_H
#define CMPI_SHIM_H

#if !__has_include(<mpi.h>)
#error "mpi.h is missing: install it with 'apt-get install libopenmpi-dev' (Debian, Ubuntu)"
#endif
#include <mpi.h>

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

static inline int cmpi_end(void) { return MPI_Finalize(); }

static inline int cmpi_abort(int code) { return MPI_Abort(MPI_COMM_WORLD, code); }

#endif
