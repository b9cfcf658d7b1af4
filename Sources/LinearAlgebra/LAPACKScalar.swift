/// The LAPACK routines that the library uses, through LAPACKE, row-major.
public protocol LAPACKScalar {}
extension Float: LAPACKScalar {}
extension Double: LAPACKScalar {}
