#include "emit/emit.h"
#include "emit/identifiers.h"
#include "emit/template.h"

namespace secretwatch::emit {
namespace {

/// Every CDK command line since 2022 reads it; a newer number would shut older ones out (cloud-assembly-schema,
/// README).
constexpr const char* manifest_version = "36.0.0";

}  // namespace

std::vector<OutputFile> render_cdk(const stack::Stack& stack) {
  const std::string template_file = stack.name + ".template.json";
  Json artifact = Json::object();
  artifact["type"] = "aws:cloudformation:stack";
  artifact["environment"] = "aws://unknown-account/unknown-region";  // taken from the caller's credentials
  artifact["properties"]["templateFile"] = template_file;
  artifact["properties"]["stackName"] = stack.name;
  Json manifest = Json::object();
  manifest["//"] = generated_line(stack);
  manifest["version"] = manifest_version;
  manifest["artifacts"][stack.name] = std::move(artifact);
  Json app = Json::object();
  app["app"] = ".";
  return {{"cdk/manifest.json", print_json(manifest)},
          {"cdk/" + template_file, print_json(cloudformation_template_with_metadata(stack))},
          {"cdk/cdk.json", print_json(app)}};
}

}  // namespace secretwatch::emit
