import Descent
import DescentFiles

// Of Documentation/Descent.docc/ReadingTheProof.md.
func proof() throws {
  let data = try DataFile.read("Data/digits/digits.csv")
  let fit = try Trainer(loss: Hinge(), penalty: L2(1e-3)).fit(data, as: Double.self)
  let proof = fit.certificate!
  print("The objective is \(proof.objective), and none is below \(proof.lowerBound).")
  precondition(proof.lowerBound <= proof.objective && proof.relativeGap <= 1e-4)
}
