/// Rows of the data that a solver may measure its parameters by, and never learns from.
struct HeldOut<Element: KernelScalar> {
  let objective: DataObjective<Element>
  /// Epochs without a lower loss on these rows, after which the training ends.
  let patience: Int
}
