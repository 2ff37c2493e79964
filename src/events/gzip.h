#pragma once
/// Gzip: compressed bytes as what they hold; other bytes as they are.
///
///     const std::unique_ptr<Bytes> text = expanded(std::move(file), {});
///
/// Told by the first two bytes, not by a name. A file of concatenated members is the concatenation of what they hold.
/// Members of files up to 4 MB that hold up to 32 MB are expanded whole, by libdeflate; larger ones piece by piece, by
/// zlib. Both check each member's checksum. A file that ends too soon, that is damaged, or that is a bomb (it passes a
/// limit) ends in a problem; what was read before is good.
#include <cstdint>
#include <memory>

#include "events/bytes.h"

namespace secretwatch::events {

struct GzipLimits {
  /// Times the compressed size. CloudTrail files come to 10 to 30; deflate cannot pass 1032.
  std::uint64_t ratio = 250;
  /// Bytes, of one file.
  std::uint64_t size = std::uint64_t{64} << 30;
};

std::unique_ptr<Bytes> expanded(std::unique_ptr<Bytes> bytes, const GzipLimits& limits);

}  // namespace secretwatch::events
