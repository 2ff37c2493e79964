#pragma once
/// Parser: recursive descent over the tokens of one text. After a fault nothing more is said (`is_failing`) until the
/// body that is being read has found a line to go on with; what is returned meanwhile is thrown away.
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "hcl/hcl.h"
#include "hcl/lexer.h"

namespace secretwatch::hcl {

class Parser {
 public:
  /// `where` is the place of `text`, see parse_template.
  Parser(std::string_view text, const Span& where, const Limits& limits, Diagnostics& out)
      : lexer_(text), where_(where), limits_(limits), out_(out) {}

  Body file_body();
  /// The whole text is an expression or a template.
  Expression whole_expression();
  Expression whole_template();
  std::vector<Comment> comments() const;
  void skip_byte_order_mark();

 private:
  using Kind = Token::Kind;

  // parser.cpp
  Span span(std::size_t begin, std::size_t end) const;
  Span span(const Token& token) const { return span(token.begin, token.end); }
  /// From `begin` to the last token taken.
  Span span_from(std::size_t begin) const { return span(begin, lexer_.position()); }
  Expression make(const Span& at, std::uint32_t height_below, ExpressionBody body);
  template <class... Args>
  void fault(const Code& code, const Span& at, fmt::format_string<Args...> text, Args&&... args) {
    if (!is_failing_ && !is_given_up_) {
      out_.add(code, at, text, std::forward<Args>(args)...);
      count_fault();
    }
    is_failing_ = true;
  }
  void note(const Span& at, std::string_view message);
  void count_fault();
  void unexpected(const Token& token, std::string_view wanted);
  bool expect(Kind kind, std::string_view wanted);
  bool accept(Kind kind);
  bool is_next(Kind kind) { return lexer_.peek().kind == kind; }
  bool is_next_word(std::string_view word);

  /// Counts how deep we are in each other; a fault beyond the limit.
  class Nesting {
   public:
    explicit Nesting(Parser& parser);
    ~Nesting() { --parser_.depth_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;

   private:
    Parser& parser_;
  };

  // parse_body.cpp
  enum class Until { end, close_brace };
  Body body(Until until, const Token& opener);
  void body_item(Body& into);
  void attribute(Body& into, const Token& name);
  void block(Body& into, const Token& type);
  bool block_labels(Block& block);
  Label quoted_label();
  void one_line_body(Block& block);
  void end_of_item(std::string_view what);
  void recover(std::size_t item_begin);
  std::size_t indentation_of(std::size_t position) const;

  // parse_expression.cpp
  Expression expression();
  Expression binary(int weakest);
  Expression with_steps();
  Expression add_steps(Expression source);
  bool step(std::vector<Step>& steps);
  bool dot_step(std::vector<Step>& steps);
  bool bracket_step(std::vector<Step>& steps);
  Expression term();
  Expression unary();
  Expression parenthesised();
  Expression word();

  // parse_collection.cpp
  Expression call(const Token& name);
  bool argument_list(Call& call, std::size_t begin);
  Expression tuple();
  Expression object();
  bool object_entry(Object& object);
  Expression for_expression(const Token& open);
  bool for_header(std::string& key, std::string& value, ExpressionPtr& collection, std::string_view what);
  void check_for(const For& loop, std::size_t begin);

  // parse_template.cpp
  struct Piece {
    enum class Kind { text, interpolation, if_start, if_else, if_end, for_start, for_end };
    Kind kind = Kind::text;
    Span span{};
    std::string text{};          // of a text; of a for: the key
    std::string value{};         // of a for
    ExpressionPtr expression{};  // interpolation, condition, collection
  };
  struct Pieces {
    std::vector<Piece> all;
    std::size_t next = 0;
    bool strip_next = false;  // the last one ended in ~}
  };
  Expression quoted_template();
  Expression heredoc();
  Expression make_template(std::size_t begin, Template::Form form, Pieces pieces);
  void quoted_text(Pieces& pieces);
  bool escape(std::string& text);
  bool unicode_escape(std::string& text, std::size_t digits);
  void template_line(Pieces& pieces, bool whole_lines);
  bool is_heredoc_end(std::string_view marker);
  bool doubled_mark(std::string& text);
  void sequence(Pieces& pieces);
  void directive(Pieces& pieces, Piece piece);
  void add_text(Pieces& pieces, std::size_t begin, std::string text);
  std::vector<TemplatePart> build_parts(Pieces& pieces, const Piece* inside);
  TemplatePart build_directive(Pieces& pieces, Piece& start);

  Lexer lexer_;
  Span where_;
  Limits limits_;
  Diagnostics& out_;
  bool is_failing_ = false;
  bool is_given_up_ = false;
  std::size_t depth_ = 0;
  std::size_t faults_ = 0;
};

/// Of a tree: the highest child.
std::uint32_t height_of(const std::vector<Expression>& expressions);
std::uint32_t height_of(const std::vector<TemplatePart>& parts);
inline ExpressionPtr boxed(Expression expression) {
  return std::make_unique<Expression>(std::move(expression));
}

}  // namespace secretwatch::hcl
