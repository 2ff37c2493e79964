#pragma once
/// Plan reader: the parts of a plan, joined by addresses.
#include <string>
#include <unordered_map>
#include <vector>

#include "load/configuration.h"
#include "load/plan_text.h"

namespace secretwatch::load {

/// "aws_x", "y", "[0]", "arn" of `aws_x.y[0].arn`.
std::vector<std::string> steps_of(std::string_view reference);
/// module.m[0].aws_x.y["a"] → module.m.aws_x.y
std::string without_indexes(std::string_view address);

class PlanReader {
 public:
  explicit PlanReader(const PlanText& text) : text_(text) {}

  Configuration run();

 private:
  /// A module's instance, for what expressions in it refer to: "module.m[0]."; empty: the root.
  struct Where {
    std::string prefix;
    std::size_t depth = 0;
  };
  /// What is said of a value in the parts of the plan.
  struct Said {
    OptionalToken value{};
    OptionalToken unknown{};
    OptionalToken sensitive{};
    OptionalToken expression{};
  };

  // --- the parts ---
  void read_mark();
  void index_changes();
  void index_configuration();
  void add_instances();
  void add_instance(Token resource, const std::string& prefix);
  void read_providers();
  void place_accounts();
  hcl::Value setting(OptionalToken expression);
  std::size_t provider_of(const std::string& address) const;
  void fill(std::size_t handle);
  void fill_dependencies(Instance& instance);

  // --- values ---
  hcl::Value value(const Said& said, std::string_view name, const Where& where);
  hcl::Value list(const Said& said, std::string_view name, const Where& where);
  hcl::Value mapping(const Said& said, const Where& where);
  hcl::Value string(const Said& said, const Where& where);
  hcl::Value hidden(const Said& said, const Where& where);

  // --- expressions ---
  std::vector<std::string> references(OptionalToken expression) const;
  std::vector<hcl::Value> resolved(OptionalToken expression, const Where& where);
  hcl::Value resolve(const std::string& reference, const Where& where, const Span& span);
  hcl::Value resolve_resource(const std::vector<std::string>& steps, const std::string& reference, const Where& where,
                              const Span& span);
  hcl::Value resolve_variable(const std::vector<std::string>& steps, const Where& where, const Span& span);
  hcl::Value resolve_output(const std::vector<std::string>& steps, const Where& where, const Span& span);
  /// What an expression that is not known yet comes to; null: it is not written.
  hcl::Value expected(OptionalToken expression, std::string_view name, const Where& where);
  bool is_value_of(const hcl::Value& reference, std::string_view literal) const;

  const PlanText& text_;
  Configuration result_;
  std::vector<Token> resources_;                            // by instance
  std::vector<std::string> prefixes_;                       // by instance: of its module
  std::unordered_map<std::string, std::uint32_t> handles_;  // by address
  std::unordered_map<std::string, Token> unknowns_;         // by address: after_unknown
  std::unordered_map<std::string, Token> written_;          // by address without indexes: its configuration
  std::unordered_map<std::string, Token> modules_;          // by path without indexes, with a dot behind
  std::unordered_map<std::string, Token> calls_;            // the same: the call
  std::unordered_map<std::string, std::size_t> providers_;  // by key
};

}  // namespace secretwatch::load
