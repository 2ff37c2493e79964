#pragma once
/// Hcl: Terraform's language, read. Text -> syntax tree; what an expression means is evaluate.h.
///
///     Sources sources;
///     const FileId file = sources.add("main.tf", "locals {\n  name = \"a-${var.stage}\"\n}\n");
///     Diagnostics out;
///     const std::optional<File> tree = hcl::parse(sources, file, {}, out);
///     tree->body.blocks[0].body.find("name")->value;   // a Template
///
/// The language is the HCL native syntax as Terraform 1.11 reads it (hashicorp/hcl, hclsyntax/spec.md); accepted is
/// what `terraform fmt` accepts, but for the limits below. After a fault, reading goes on at the next line that can
/// begin an argument or a block, so that one run shows every fault. Terraform JSON is read by doc/; the templates and
/// expressions in its strings are read here. Not here: which blocks and arguments Terraform knows, which expressions
/// may stand where (load/).
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "base/source.h"
#include "hcl/syntax.h"

namespace secretwatch::hcl {

namespace codes {
inline constexpr Code text_fault{"SW0240", "hcl-text"};                    // not UTF-8, too large
inline constexpr Code unexpected_token{"SW0241", "hcl-unexpected-token"};  // a token that cannot stand there
inline constexpr Code unclosed{"SW0242", "hcl-unclosed"};  // bracket, string, heredoc, comment, directive
inline constexpr Code bad_escape{"SW0243", "hcl-bad-escape"};
inline constexpr Code bad_template{"SW0244", "hcl-bad-template"};  // `%{ else }` without an `if`
inline constexpr Code duplicate_attribute{"SW0245", "hcl-duplicate-attribute"};
inline constexpr Code bad_block{"SW0246", "hcl-bad-block"};
inline constexpr Code bad_for{"SW0247", "hcl-bad-for"};
inline constexpr Code too_deep{"SW0248", "hcl-too-deep"};
inline constexpr Code too_many_faults{"SW0249", "hcl-too-many-faults"};
}  // namespace codes

struct Limits {
  std::size_t bytes = 16'000'000;
  std::size_t nesting = 200;  // of brackets, templates, blocks, and operators in a row
  std::size_t faults = 50;    // then the rest of the file is left unread
};

/// The file's tree, or nothing and at least one error. A byte order mark is skipped; lines may end in CRLF.
std::optional<File> parse(const Sources& sources, FileId file, const Limits& limits, Diagnostics& out);

/// A text that is a template as a whole, such as a string of Terraform JSON after its own escapes are resolved: `${…}`
/// and `%{…}` are read, backslashes are text. `where` is the place of the text in its file: places within it are exact
/// when it is as long as the text, else everything is at `where`.
std::optional<Expression> parse_template(std::string_view text, const Span& where, const Limits& limits,
                                         Diagnostics& out);

/// An expression alone, such as "aws_sns_topic.alerts" in a `depends_on` of Terraform JSON.
std::optional<Expression> parse_expression(std::string_view text, const Span& where, const Limits& limits,
                                           Diagnostics& out);

/// The tree as text again, on one line for an expression: parsing that gives the same tree. Comments are left out.
std::string print(const Expression& expression);
std::string print(const Body& body);

/// A string as a quoted template that stands for exactly that text.
std::string quote(std::string_view text);

}  // namespace secretwatch::hcl
