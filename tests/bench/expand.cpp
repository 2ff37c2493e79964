/// expand FILE: what reading a compressed file costs alone, with the reader that match uses; prints the bytes it holds.
#include <cstdio>
#include <memory>
#include <vector>

#include "events/gzip.h"

namespace {

class FileBytes : public secretwatch::events::Bytes {
 public:
  explicit FileBytes(std::FILE* file) : file_(file) {}
  ~FileBytes() override { std::fclose(file_); }
  FileBytes(const FileBytes&) = delete;
  FileBytes& operator=(const FileBytes&) = delete;
  std::size_t read(char* to, std::size_t most) override { return std::fread(to, 1, most, file_); }
  std::string problem() const override { return {}; }

 private:
  std::FILE* file_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::FILE* const file = std::fopen(argv[1], "rb");
  if (file == nullptr) return 2;
  const auto bytes = secretwatch::events::expanded(std::make_unique<FileBytes>(file), {});
  std::vector<char> buffer(256 * 1024);
  std::size_t all = 0;
  while (const std::size_t count = bytes->read(buffer.data(), buffer.size())) all += count;
  std::printf("%zu\n", all);
  return bytes->problem().empty() ? 0 : 1;
}
