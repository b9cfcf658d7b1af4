internal import Descent

/// `{"id":{"name":"customer","number":1},"ignored":[],"isExposure":false}`
extension OtherColumns: JSONNote {
  var makesSense: Bool {
    all.allSatisfy { $0.number >= 1 } && Set(all.map(\.number)).count == all.count
  }
}
