#include "cli/outputs.h"

#include <fmt/format.h>

namespace secretwatch::cli {
namespace {

void check_template_size(const emit::OutputFile& output, SpecFile& file, const std::string& folder) {
  const bool is_template = output.path.ends_with("template.yaml") || output.path.ends_with("template.json");
  if (!is_template) return;
  const Span& name = file.spec->name_span;
  if (output.text.size() > max_template_bytes) {
    file.diagnostics.add(codes::template_too_large, name, "{} would have {} bytes, more than the {} of a template",
                         output.path, output.text.size(), max_template_bytes);
  } else if (output.text.size() > max_inline_template_bytes) {
    Diagnostic& note = file.diagnostics.add(codes::template_size, name,
                                            "{} has {} bytes; CloudFormation takes more than {} only from a bucket",
                                            output.path, output.text.size(), max_inline_template_bytes);
    if (output.path.starts_with("cdk/")) {
      note.note("run cdk bootstrap once for the account and region");
    } else {
      note.note(
          "aws cloudformation deploy --template-file {}{} --stack-name {} --capabilities CAPABILITY_IAM "
          "--s3-bucket BUCKET",
          folder.empty() ? "" : folder + "/", output.path, file.spec->name);
    }
  }
}

}  // namespace

std::vector<emit::OutputFile> render(const emit::Emitter& emitter, SpecFile& file, const std::string& folder) {
  std::vector<emit::OutputFile> outputs = emitter.render(file.plan->stack);
  for (const emit::OutputFile& output : outputs) check_template_size(output, file, folder);
  return outputs;
}

const emit::Emitter* find_emitter(std::string_view name) {
  for (const emit::Emitter& emitter : emit::emitters)
    if (emitter.name == name) return &emitter;
  return nullptr;
}

}  // namespace secretwatch::cli
