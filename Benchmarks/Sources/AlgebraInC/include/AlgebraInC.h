// What a C program writes: CBLAS and LAPACKE on row-major matrices, called without a check.
#pragma once
#include <stddef.h>

/// c ← a·b, n×n
void c_gemm(int n, const double *a, const double *b, double *c);
/// b ← a⁻¹·b, a and pivots being scratch; info of gesv
int c_solve(int n, int k, double *a, int *pivots, double *b);
/// a ← Q, r ← R, tau being scratch
int c_qr(int n, double *a, double *r, double *tau);
/// A = u·diag(s)·vt, a being scratch
int c_svd(int n, double *a, double *s, double *u, double *vt);
/// w ← the eigenvalues of the symmetric a, a ← its eigenvectors
int c_eigen(int n, double *a, double *w);
/// How many blocks of memory this program has asked for.
size_t c_allocations(void);
