/// CDK cloud assemblies. Source: aws-cdk-cli, @aws-cdk/cloud-assembly-schema.
#include <fmt/format.h>

#include "base/text.h"
#include "load/load.h"

namespace secretwatch::load {
namespace {

/// A path that stays in the folder of the manifest.
bool stays_inside(std::string_view path) {
  if (path.empty() || path.front() == '/' || path.find('\\') != std::string_view::npos) return false;
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    if (path.substr(0, slash) == "..") return false;
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return true;
}

/// "aws://ACCOUNT/REGION", where either may be unknown or filled in later.
void read_environment(std::string_view environment, AssemblyStack& stack) {
  constexpr std::string_view scheme = "aws://";
  if (!environment.starts_with(scheme)) return;
  environment.remove_prefix(scheme.size());
  const std::size_t slash = std::min(environment.find('/'), environment.size());
  const std::string_view account = environment.substr(0, slash);
  const std::string_view region = environment.substr(std::min(slash + 1, environment.size()));
  if (account != "unknown-account" && account.find('$') == std::string_view::npos) stack.account = account;
  if (region != "unknown-region" && region.find('$') == std::string_view::npos) stack.region = region;
}

class AssemblyReader {
 public:
  explicit AssemblyReader(Diagnostics& out) : out_(out) {}

  Assembly run(const doc::Node& root) {
    const doc::Node* const artifacts = root.find("artifacts");
    if (artifacts == nullptr) {
      // An assembly without stacks has no artifacts.
      if (root.find("version") == nullptr)
        out_.add(codes::bad_assembly, root.span, "the manifest has neither 'version' nor 'artifacts'");
      return {};
    }
    if (artifacts->kind != doc::Kind::mapping)
      out_.add(codes::bad_assembly, artifacts->span, "'artifacts' is not an object");
    for (const doc::Entry& artifact : artifacts->entries) read_artifact(artifact.key, artifact.value);
    return std::move(assembly_);
  }

 private:
  std::optional<std::string> path_in(const doc::Node& key, const doc::Node& artifact, std::string_view property) {
    const doc::Node* const properties = artifact.find("properties");
    const doc::Node* const path = properties == nullptr ? nullptr : properties->find(property);
    if (path == nullptr || path->kind != doc::Kind::scalar) {
      out_.add(codes::bad_assembly, key.span, "artifact '{}' has no '{}'", shown(key.text), property);
      return std::nullopt;
    }
    if (!stays_inside(path->text)) {
      out_.add(codes::bad_assembly, path->span, "'{}' leads out of the assembly", shown(path->text));
      return std::nullopt;
    }
    return path->text;
  }

  void read_artifact(const doc::Node& key, const doc::Node& artifact) {
    const doc::Node* const type = artifact.find("type");
    if (type == nullptr) return;
    if (type->text == "cdk:cloud-assembly") {
      if (const auto folder = path_in(key, artifact, "directoryName")) assembly_.nested.push_back(*folder);
    } else if (type->text == "aws:cloudformation:stack") {
      if (const auto file = path_in(key, artifact, "templateFile")) read_stack(key, artifact, *file);
    }
  }

  void read_stack(const doc::Node& key, const doc::Node& artifact, const std::string& template_file) {
    AssemblyStack stack;
    stack.name = key.text;
    stack.template_file = template_file;
    stack.span = key.span;
    if (const doc::Node* const environment = artifact.find("environment")) read_environment(environment->text, stack);
    const doc::Node* const properties = artifact.find("properties");
    if (const doc::Node* const name = properties->find("stackName"); name != nullptr && !name->text.empty())
      stack.name = name->text;
    if (const doc::Node* const parameters = properties->find("parameters"))
      for (const doc::Entry& entry : parameters->entries)
        if (entry.value.kind == doc::Kind::scalar)
          stack.parameters.push_back({entry.key.text, entry.value.text, entry.key.span});
    assembly_.stacks.push_back(std::move(stack));
  }

  Diagnostics& out_;
  Assembly assembly_;
};

}  // namespace

std::optional<Assembly> read_assembly(const doc::Node& root, Diagnostics& out) {
  const std::size_t errors_before = out.error_count();
  Assembly assembly = AssemblyReader(out).run(root);
  if (out.error_count() > errors_before) return std::nullopt;
  return assembly;
}

}  // namespace secretwatch::load
