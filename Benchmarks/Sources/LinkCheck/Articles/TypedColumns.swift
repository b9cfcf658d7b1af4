import Descent

// Of Documentation/Descent.docc/TablesTextImages.md.
func typedColumns() throws {
  let data = Dataset(
    columns: [
      "age": .numbers([41, 52, nil, 38]), "region": .categories(["north", "south", "south", "north"]),
    ],
    labels: ["stays", "leaves", "leaves", "stays"])
  let model = try Trainer(loss: Softmax()).fit(data).model
  let answer = model.classify(try model.encode(["region": "south", "age": 45]))
  print("One of the south \(answer).")
}
