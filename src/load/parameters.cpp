/// Files of parameter values. Sources: AWS CLI, "cloudformation create-stack --parameters" and "deploy
/// --parameter-overrides"; CodePipeline user guide, "Template configuration file"; SAM CLI.
#include <fmt/format.h>

#include "base/text.h"
#include "load/load.h"

namespace secretwatch::load {
namespace {

class ParameterReader {
 public:
  explicit ParameterReader(Diagnostics& out) : out_(out) {}

  std::vector<GivenParameter> run(const doc::Node& root) {
    if (root.kind == doc::Kind::sequence) {
      for (const doc::Node& each : root.items) read_item(each);
    } else if (root.kind == doc::Kind::mapping) {
      const doc::Node* inner = root.find("Parameters");
      if (inner == nullptr) inner = root.find("parameters");
      const bool is_wrapped = inner != nullptr && inner->kind != doc::Kind::scalar;
      if (is_wrapped && inner->kind == doc::Kind::sequence) {
        for (const doc::Node& each : inner->items) read_item(each);
      } else {
        read_map(is_wrapped ? *inner : root);
      }
    } else {
      out_.add(codes::bad_parameter_file, root.span, "a list or an object of parameters is expected");
    }
    return std::move(given_);
  }

 private:
  void read_map(const doc::Node& map) {
    for (const doc::Entry& entry : map.entries) add(entry.key.text, entry.value, entry.key.span);
  }

  void read_item(const doc::Node& node) {
    if (node.kind == doc::Kind::scalar) {
      std::optional<GivenParameter> one = read_parameter(node.text);
      if (!one) {
        out_.add(codes::bad_parameter_file, node.span, "the parameter is not written as NAME=VALUE");
        return;
      }
      one->span = node.span;
      given_.push_back(*std::move(one));
      return;
    }
    const doc::Node* const key = node.find("ParameterKey");
    if (key == nullptr || key->kind != doc::Kind::scalar) {
      out_.add(codes::bad_parameter_file, node.span, "the parameter has no 'ParameterKey'");
      return;
    }
    // Without a value, the stack keeps the one it has (UsePreviousValue).
    if (const doc::Node* const value = node.find("ParameterValue")) add(key->text, *value, key->span);
  }

  void add(const std::string& name, const doc::Node& value, const Span& span) {
    GivenParameter given{name, {}, span};
    switch (value.kind) {
      case doc::Kind::mapping:  // Fn::GetArtifactAtt, Fn::GetParam: known to the pipeline only
        if (value.entries.size() != 1 || !value.entries.front().key.text.starts_with("Fn::"))
          out_.add(codes::bad_parameter_file, value.span, "the value of parameter '{}' is an object", shown(name));
        return;
      case doc::Kind::sequence:
        for (std::size_t i = 0; i < value.items.size(); ++i) given.value += (i == 0 ? "" : ",") + value.items[i].text;
        break;
      case doc::Kind::scalar:
        given.value = value.text;
        break;
      case doc::Kind::null:
        break;
    }
    given_.push_back(std::move(given));
  }

  Diagnostics& out_;
  std::vector<GivenParameter> given_;
};

}  // namespace

std::optional<std::vector<GivenParameter>> read_parameters(const doc::Node& root, Diagnostics& out) {
  const std::size_t errors_before = out.error_count();
  std::vector<GivenParameter> given = ParameterReader(out).run(root);
  if (out.error_count() > errors_before) return std::nullopt;
  return given;
}

std::optional<GivenParameter> read_parameter(std::string_view text) {
  constexpr std::string_view key = "ParameterKey=";
  constexpr std::string_view value = ",ParameterValue=";
  if (const std::size_t at = text.find(value); text.starts_with(key) && at != std::string_view::npos)
    return GivenParameter{std::string(text.substr(key.size(), at - key.size())),
                          std::string(text.substr(at + value.size()))};
  const std::size_t equals = text.find('=');
  if (equals == 0 || equals == std::string_view::npos) return std::nullopt;
  return GivenParameter{std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))};
}

}  // namespace secretwatch::load
