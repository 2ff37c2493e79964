#pragma once
/// Variables: the values that a root module's variables are given, from everywhere Terraform looks.
///
///     VariableValues values;
///     values.add_text("stage", "prod");            // --var stage=prod, TF_VAR_stage
///     values.add_file(read_module_file(…));        // prod.tfvars
///
/// Of a variable that is given several times the last one counts, as in Terraform: the environment, terraform.tfvars,
/// terraform.tfvars.json, *.auto.tfvars and *.auto.tfvars.json by name, then the command line in its order. The value
/// of a sensitive variable is used nowhere and stands in no message.
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "hcl/value.h"
#include "load/module_files.h"
#include "load/type_constraint.h"

namespace secretwatch::load {

class VariableValues {
 public:
  /// As written on a command line: literal, or an expression where the type is no simple one.
  void add_text(std::string name, std::string text);
  void add_file(const ModuleFile& file);
  /// The files that Terraform takes by itself, in its order.
  void add_files_of(const ModuleFolder& folder);

  /// Some file has faults: what is not given may be given there.
  bool has_gap() const { return has_gap_; }
  /// Nothing: none is given. Not yet converted.
  std::optional<hcl::Value> find(std::string_view name, const hcl::Attribute* type) const;

 private:
  struct Given {
    std::optional<std::string> text;
    const hcl::Attribute* attribute = nullptr;
  };
  std::map<std::string, Given, std::less<>> all_;
  bool has_gap_ = false;
};

/// "K=V"; nothing: there is no `=` behind a name.
std::optional<std::pair<std::string, std::string>> read_variable(std::string_view text);

/// Is it one of the files that Terraform takes by itself?
bool is_variable_file(std::string_view name);

}  // namespace secretwatch::load
