#pragma once
/// Sources: the files a run has read, and places in them.
///
///     Sources sources;
///     const FileId spec = sources.add("secretwatch.yaml", "version: 1\nname: x\n");
///     sources.position({spec, 11, 15});   // line 2, column 1
///
/// A Span is three numbers and is carried by everything that was read, so that any later stage can point at the place.
/// Lines and columns are worked out only when a message is printed. Offsets count bytes, columns count Unicode
/// characters, both lines and columns begin at 1. A text longer than 4 GiB cannot be added (callers limit their input).
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace secretwatch {

/// Which file; 0 is "no file" (a message about the command line, say).
enum class FileId : std::uint32_t { none = 0 };

/// Half-open range of bytes in a file.
struct Span {
  FileId file = FileId::none;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  bool is_nowhere() const { return file == FileId::none; }
  friend bool operator==(const Span&, const Span&) = default;
};

struct Position {
  std::size_t line = 1;
  std::size_t column = 1;
  friend bool operator==(const Position&, const Position&) = default;
};

class Sources {
 public:
  FileId add(std::string name, std::string text);

  const std::string& name(FileId file) const { return entry(file).name; }
  const std::string& text(FileId file) const { return entry(file).text; }

  /// Where the span begins and, exclusive, where it ends.
  Position begin(const Span& span) const { return position(span.file, span.begin); }
  Position end(const Span& span) const { return position(span.file, span.end); }

  /// The text of a line without its line break.
  std::string_view line(FileId file, std::size_t number) const;

 private:
  struct Entry {
    std::string name;
    std::string text;
    std::vector<std::uint32_t> line_starts;
    std::vector<std::uint32_t> characters_before;  // each block, when there are long lines

    std::size_t characters(std::size_t begin, std::size_t end) const;
  };
  const Entry& entry(FileId file) const;
  Position position(FileId file, std::uint32_t offset) const;

  std::deque<Entry> entries_;  // addresses of the texts stay put
};

/// How many Unicode characters a text of valid UTF-8 holds.
std::size_t count_characters(std::string_view utf8);

}  // namespace secretwatch
