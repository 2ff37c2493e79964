#pragma once
/// Module evaluator: one run over a root module and the modules it calls.
///
/// Names are looked up when they are asked for, and each value is worked out once. First every resource gets its
/// instances and with them its handles (expand), then the bodies are evaluated (fill).
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hcl/evaluate.h"
#include "load/modules.h"
#include "load/repetition.h"
#include "load/variables.h"

namespace secretwatch::load {

/// A value that is worked out once.
struct Memo {
  enum class State { none, working, done };
  State state = State::none;
  hcl::Value value{};
};

struct Module;

/// A resource's instances: positions in Configuration::instances, in the order of the repetition.
struct ExpandedResource {
  enum class State { none, working, done };
  State state = State::none;
  Repetition repetition{};
  std::vector<std::uint32_t> handles{};
};

struct ExpandedCall {
  enum class State { none, working, done };
  State state = State::none;
  Repetition repetition{};
  std::vector<Module*> modules{};
  std::string unread{};  // why there are none
};

/// A module, as often as it is called.
struct Module {
  const ModuleFolder* folder = nullptr;
  const Declarations* declared = nullptr;
  std::string prefix{};  // "module.m[0]."; empty: the root
  std::string key{};     // "a.b": how modules.json calls it
  Module* caller = nullptr;
  const Declaration* call = nullptr;
  Each each{};  // of the call
  std::size_t depth = 0;
  std::vector<Assumption> presence{};
  std::map<std::string, std::size_t, std::less<>> providers{};
  std::map<std::string_view, Memo> variables{}, locals{}, outputs{};
  std::vector<ExpandedResource> resources{};  // as in `declared`
  std::vector<ExpandedCall> calls{};
};

class ModuleEvaluator {
 public:
  ModuleEvaluator(const ModuleFolder& root, const ModuleFolders& folders, const ModuleOptions& options,
                  Diagnostics& out);

  Configuration run();

 private:
  friend class ModuleNames;

  // module_evaluator.cpp
  const Declarations& declarations(const ModuleFolder& folder);
  void check_given(const Declarations& declared);
  void expand_all(Module& module);
  ExpandedResource& expand(Module& module, std::size_t resource);
  ExpandedCall& expand_call(Module& module, std::size_t call);
  const ModuleFolder* folder_of_call(const Module& module, const Declaration& call, std::string& why);
  Module& add_module(Module& caller, std::size_t call, const ModuleFolder& folder, const Repetition& repetition,
                     std::size_t i);
  Repetition repetition_of(Module& module, const Declaration& declaration);
  void fill(std::size_t instance);
  hcl::Value evaluate(const hcl::Expression& expression, Module& module, const Each* each, const hcl::Scope& scope = {},
                      const hcl::Value* self = nullptr);

  // module_blocks.cpp
  void add_block(const hcl::Block& block, hcl::Resolver& names, const std::vector<Assumption>& presence,
                 hcl::Scope& scope, EvaluatedBody& into);
  void add_dynamic(const hcl::Block& block, hcl::Resolver& names, const std::vector<Assumption>& presence,
                   hcl::Scope& scope, EvaluatedBody& into);
  EvaluatedBody block_body(const hcl::Body& body, hcl::Resolver& names, const std::vector<Assumption>& presence,
                           hcl::Scope& scope);
  std::vector<std::uint32_t> depends_on(Module& module, const Declaration& declaration);
  void add_depends_on(Module& module, const Declaration& declaration, std::vector<std::uint32_t>& handles);
  void add_handles(Module& module, std::span<const std::string_view> names, std::vector<std::uint32_t>& handles);

  // module_names.cpp
  hcl::Value variable(Module& module, std::string_view name, const Span& at);
  hcl::Value variable_value(Module& module, std::string_view name, const Declaration& declaration);
  bool is_there_to_be_given(std::string_view name, const hcl::Value& standard);
  hcl::Value local(Module& module, std::string_view name, const Span& at);
  hcl::Value output(Module& module, std::string_view name, const Span& at);
  hcl::Value outputs(Module& module, const Span& at);
  hcl::Value not_there(const Module& module, const std::string& name, const Span& at) const;
  hcl::Value resource(Module& module, std::size_t resource, const Span& at);
  hcl::Value remembered(Memo& memo, const std::string& name, const Span& at,
                        const std::function<hcl::Value()>& work_out);

  // module_providers.cpp
  void read_providers(Module& module);
  void pass_providers(Module& module);
  std::size_t provider_of(Module& module, const ResourceDeclaration& resource);
  std::size_t find_provider(Module& module, const std::string& name, const Span& at);

  const ModuleFolder& root_;
  const ModuleFolders& folders_;
  const ModuleOptions& options_;
  Diagnostics& out_;
  VariableValues values_;
  hcl::Bounds bounds_;
  Configuration result_;
  std::deque<Module> modules_;
  std::map<const ModuleFolder*, Declarations> declarations_;
  /// Of each instance: where it comes from.
  struct Origin {
    Module* module;
    const ResourceDeclaration* resource;
    Each each;
  };
  std::vector<Origin> origins_;
  std::set<std::pair<FileId, std::uint32_t>> told_;             // calls that lead nowhere
  std::optional<std::set<std::string_view>> tested_variables_;  // of the root, once asked for
};

/// What names mean within a module, in one of its blocks.
class ModuleNames : public hcl::Resolver {
 public:
  ModuleNames(ModuleEvaluator& run, Module& module, const Each* each, const hcl::Value* self)
      : run_(run), module_(module), each_(each), self_(self) {}

  Answer resolve(std::span<const std::string_view> names, const Span& where) override;

 private:
  Answer of_each(std::span<const std::string_view> names, const Span& where) const;
  Answer of_path(std::span<const std::string_view> names, const Span& where) const;
  Answer of_module(std::span<const std::string_view> names, const Span& where);
  Answer of_resource(std::span<const std::string_view> names, std::size_t used, const Span& where);

  ModuleEvaluator& run_;
  Module& module_;
  const Each* each_;
  const hcl::Value* self_;
};

}  // namespace secretwatch::load
