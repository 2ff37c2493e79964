/// Arbitrary bytes as a spec, all the way to files: no crash, no hang, and what compiles passes the stack's own checks.
#include <cstdint>
#include <cstdlib>

#include "doc/doc.h"
#include "emit/emit.h"
#include "model/model.h"
#include "pattern/pattern.h"
#include "plan/plan.h"
#include "report/report.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace secretwatch;
  Sources sources;
  Diagnostics out;
  const FileId file = sources.add("spec.yaml", std::string(reinterpret_cast<const char*>(data), size));
  const auto root = doc::read_yaml(sources, file, {}, out);
  if (!root) {
    if (!out.has_errors()) std::abort();
  } else if (const auto spec = model::parse(*root, out)) {
    model::check(*spec, out);
    if (!out.has_errors()) {
      if (const auto plan = plan::plan(*spec, out)) {
        if (!stack::verify_for_emission(plan->stack).empty()) std::abort();
        for (const plan::PlannedFilter& filter : plan->filters)
          if (!pattern::parse(filter.pattern)) std::abort();
        for (const emit::Emitter& emitter : emit::emitters) emitter.render(plan->stack);
        plan::add_notes(*spec, out);
        plan::add_terraform_notes(*spec, out);
      } else if (!out.has_errors()) {
        std::abort();
      }
    }
  }
  out.sort();
  report::text(report::entries(out), sources, {});
  report::json(report::entries(out), sources, {});
  report::sarif(report::entries(out), sources, {});
  report::github(report::entries(out), sources);
  return 0;
}
