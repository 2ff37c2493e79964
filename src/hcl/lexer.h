#pragma once
/// Lexer: one token after another, as the parser asks; the parser reads templates itself, since where one ends depends
/// on the nesting of what is in it.
///
///     Lexer lexer("a = 1 # one\n", true);
///     lexer.peek().kind;   // Token::Kind::identifier
///     lexer.take();
///
/// Blanks and comments stand for nothing, comments are kept. Line breaks are tokens where they matter: in bodies and
/// objects, not in brackets.
#include <cstddef>
#include <string_view>
#include <vector>

namespace secretwatch::hcl {

struct Token {
  enum class Kind {
    end,
    newline,
    identifier,
    number,
    quote,    // the `"` alone
    heredoc,  // `<<EOT` or `<<-EOT` with the line break
    open_brace,
    close_brace,
    strip_close_brace,  // ~}
    open_bracket,
    close_bracket,
    open_parenthesis,
    close_parenthesis,
    equal,
    colon,
    double_colon,
    comma,
    dot,
    ellipsis,
    question,
    fat_arrow,
    bang,
    plus,
    minus,
    star,
    slash,
    percent,
    logical_and,
    logical_or,
    equal_equal,
    not_equal,
    less,
    less_or_equal,
    greater,
    greater_or_equal,
    unclosed_comment,
    unknown
  };
  Kind kind = Kind::end;
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// "a number", "'}'", "the end of the file".
std::string_view describe(Token::Kind kind);

class Lexer {
 public:
  struct Comment {
    std::size_t begin;
    std::size_t end;
  };

  explicit Lexer(std::string_view text) : text_(text) {}

  /// The next token, which stays.
  const Token& peek() {
    if (!is_peeked_) {
      peeked_ = lex(position_);
      is_peeked_ = true;
    }
    return peeked_;
  }
  Token take() {
    const Token token = peek();
    move_to(token.end);
    return token;
  }
  /// Where the last token taken ended.
  std::size_t position() const { return position_; }
  void move_to(std::size_t position) {
    position_ = position;
    is_peeked_ = false;
  }

  bool newlines_matter() const { return newlines_matter_; }
  void set_newlines_matter(bool matter) {
    newlines_matter_ = matter;
    is_peeked_ = false;
  }

  std::string_view text() const { return text_; }
  std::string_view text_of(const Token& token) const { return text_.substr(token.begin, token.end - token.begin); }
  const std::vector<Comment>& comments() const { return comments_; }

 private:
  Token lex(std::size_t at);
  std::size_t skip_blanks(std::size_t at, bool& unclosed);
  Token identifier(std::size_t begin) const;
  Token number(std::size_t begin) const;
  Token symbol(std::size_t begin) const;
  char at(std::size_t position) const { return position < text_.size() ? text_[position] : '\0'; }

  std::string_view text_;
  std::size_t position_ = 0;
  bool newlines_matter_ = true;
  bool is_peeked_ = false;
  Token peeked_;
  std::vector<Comment> comments_;
};

/// Restores whether line breaks matter.
class NewlinesMatter {
 public:
  NewlinesMatter(Lexer& lexer, bool matter) : lexer_(lexer), before_(lexer.newlines_matter()) {
    lexer_.set_newlines_matter(matter);
  }
  ~NewlinesMatter() { lexer_.set_newlines_matter(before_); }
  NewlinesMatter(const NewlinesMatter&) = delete;
  NewlinesMatter& operator=(const NewlinesMatter&) = delete;

 private:
  Lexer& lexer_;
  bool before_;
};

}  // namespace secretwatch::hcl
