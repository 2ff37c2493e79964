#pragma once
/// Specs of a given size, for the benchmarks.
#include <string>

namespace secretwatch::bench {

inline std::string minimal_spec() {
  return "version: 1\nname: secrets-monitor\nsecrets: [TopSecretInfo]\nnotify: [me@example.com]\n";
}

/// `count` secrets by name, of which the alerts select the first `selected`.
inline std::string spec_with_secrets(int count, int selected, const std::string& per = "secret") {
  std::string text = "version: 1\nname: payments\nnotify: [me@example.com]\nsecrets:\n";
  for (int i = 0; i < count; ++i)
    text += "  - name: " + std::string(i < selected ? "prod" : "other") + "/svc-" + std::to_string(i) + "/password\n    id: s" + std::to_string(i) + "\n";
  const std::string secrets = selected < count ? ", secrets: [\"prod/*\"]" : "";
  text += "alerts:\n  read: {per: " + per + secrets + "}\n";
  return text;
}

/// 30 secrets and three alerts: 90 filters.
inline std::string spec_with_ninety_filters(const std::string& per) {
  std::string text = spec_with_secrets(30, 30, per);
  return text + "  refused: {detect: denied, per: " + per + "}\n  tampering: {detect: [change, delete, permissions], per: " + per + "}\n";
}

}  // namespace secretwatch::bench
