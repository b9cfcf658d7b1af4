import Descent
import DescentFiles

// Of Documentation/Descent.docc/ChoosingAPenalty.md.
func penaltyChoice() throws {
  let data = try DataFile.read("Data/digits/digits.csv")
  let search = CrossValidation(Trainer(loss: Softmax()), over: .l2, folds: Folds(5))
  let (table, chosen) = try search.fit(data)
  let best = table.rows[table.row(by: .minimum)]
  let simplest = table.rows[table.row(by: .oneStandardError)]
  print("\(best.penalty) has \(best.mean) ± \(best.standardError); \(simplest.penalty) is not told from it")
  precondition(
    table.rows.allSatisfy { $0.mean >= best.mean } && simplest.mean <= best.mean + best.standardError)
  precondition(chosen.certificate!.relativeGap <= 1e-4)
}
