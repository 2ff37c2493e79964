/// How fast Terraform files of 10 KB are parsed.
#include <benchmark/benchmark.h>

#include "hcl/hcl.h"

namespace {

std::string module_text(std::size_t bytes) {
  std::string text;
  for (int i = 0; text.size() < bytes; ++i) {
    const std::string n = std::to_string(i);
    text +=
        "# What is read, and by whom\nresource \"aws_cloudwatch_log_metric_filter\" \"reads_" + n +
        "\" {\n  count = var.create ? 1 : 0\n\n  name           = \"${var.name_prefix}-reads-" + n +
        "\"\n  pattern        = \"{ ($.eventName = \\\"GetSecretValue\\\") && ($.requestParameters.secretId = "
        "\\\"${var.secret}*\\\") }\"\n  log_group_name = aws_cloudwatch_log_group.trail[0].name\n\n  "
        "metric_transformation {\n    name      = \"reads-" +
        n + "\"\n    namespace = local.namespace\n    value     = \"1\"\n  }\n}\n\nlocals {\n  policy_" + n +
        " = jsonencode({\n    Version = \"2012-10-17\"\n    Statement = [for s in var.statements : {\n      Effect   = "
        "\"Allow\"\n      Action   = [\"sns:Publish\", \"logs:*\"]\n      Resource = s.arn\n    } if s.enabled]\n  "
        "})\n  tags_" +
        n + " = merge(var.tags, { Name = \"reads\", Owner = try(var.owner.name, \"nobody\") })\n}\n\n";
  }
  return text;
}

void parse_a_file(benchmark::State& state) {
  using namespace secretwatch;
  const std::string text = module_text(static_cast<std::size_t>(state.range(0)));
  Sources sources;
  const FileId file = sources.add("main.tf", text);
  for (auto _ : state) {
    Diagnostics out;
    auto tree = hcl::parse(sources, file, {}, out);
    if (!tree) state.SkipWithError("the text has faults");
    benchmark::DoNotOptimize(tree);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * text.size()));
}
BENCHMARK(parse_a_file)->Arg(10'000)->Arg(1'000'000);

}  // namespace

BENCHMARK_MAIN();
