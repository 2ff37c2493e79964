/// Time inside the process: a spec to a plan, a plan to files. tests/bench/run.sh also times the whole program.
#include <benchmark/benchmark.h>

#include "bench/specs.h"
#include "doc/doc.h"
#include "emit/emit.h"
#include "model/model.h"
#include "plan/plan.h"

namespace secretwatch {
namespace {

struct Result {
  std::optional<plan::Plan> plan;
  std::size_t errors = 0;
};

Result plan_text(const std::string& text) {
  Sources sources;
  Diagnostics out;
  const FileId file = sources.add("spec.yaml", text);
  const auto root = doc::read_yaml(sources, file, {}, out);
  if (!root) return {};
  const auto spec = model::parse(*root, out);
  if (!spec) return {};
  model::check(*spec, out);
  Result result{plan::plan(*spec, out), 0};
  result.errors = out.error_count();
  return result;
}

void plan_selected(benchmark::State& state) {
  const std::string text = bench::spec_with_secrets(static_cast<int>(state.range(0)), 90);
  for (auto _ : state) benchmark::DoNotOptimize(plan_text(text));
  state.counters["per_secret"] = benchmark::Counter(
      static_cast<double>(state.range(0)), benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(plan_selected)->Arg(100)->Arg(1'000)->Arg(10'000)->Unit(benchmark::kMillisecond);

void plan_past_the_quota(benchmark::State& state) {
  const std::string text = bench::spec_with_secrets(static_cast<int>(state.range(0)), static_cast<int>(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(plan_text(text));
  state.counters["per_secret"] = benchmark::Counter(
      static_cast<double>(state.range(0)), benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}
BENCHMARK(plan_past_the_quota)->Arg(100)->Arg(1'000)->Arg(10'000)->Unit(benchmark::kMillisecond);

void render(benchmark::State& state, const emit::Emitter& emitter, const char* per) {
  const Result result = plan_text(bench::spec_with_ninety_filters(per));
  if (!result.plan) return state.SkipWithError("the spec has errors");
  std::size_t bytes = 0;
  for (auto _ : state) {
    for (const emit::OutputFile& file : emitter.render(result.plan->stack)) bytes += file.text.size();
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}

}  // namespace
}  // namespace secretwatch

int main(int argc, char** argv) {
  using namespace secretwatch;
  for (const emit::Emitter& emitter : emit::emitters)
    benchmark::RegisterBenchmark(("render_ninety_filters/" + std::string(emitter.name)).c_str(),
                                 [&emitter](benchmark::State& state) { render(state, emitter, "secret"); })
        ->Unit(benchmark::kMillisecond);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
