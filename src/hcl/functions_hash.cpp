/// Digests: MD5 (RFC 1321), SHA-1 and SHA-256 (FIPS 180-4), for names that are made of them. Not for security.
#include <array>
#include <bit>
#include <cmath>

#include "hcl/functions.h"

namespace secretwatch::hcl {
namespace {

using Block = std::array<std::uint32_t, 16>;

/// The message with its padding, block by block.
template <class Each>
void for_each_block(std::string_view message, bool big_endian, Each each) {
  std::string padded(message);
  padded += '\x80';
  while (padded.size() % 64 != 56) padded += '\0';
  const std::uint64_t bits = std::uint64_t{message.size()} * 8;
  for (unsigned i = 0; i < 8; ++i) padded += static_cast<char>((bits >> (big_endian ? 56U - 8U * i : 8U * i)) & 255U);
  for (std::size_t at = 0; at < padded.size(); at += 64) {
    Block block{};
    for (std::size_t i = 0; i < 64; ++i) {
      const auto shift = static_cast<unsigned>(8 * (big_endian ? 3 - i % 4 : i % 4));
      block[i / 4] |= static_cast<std::uint32_t>(static_cast<unsigned char>(padded[at + i])) << shift;
    }
    each(block);
  }
}

template <std::size_t n>
std::string bytes_of(const std::array<std::uint32_t, n>& words, bool big_endian) {
  std::string bytes;
  for (const std::uint32_t word : words)
    for (unsigned i = 0; i < 4; ++i) bytes += static_cast<char>((word >> (big_endian ? 24U - 8U * i : 8U * i)) & 255U);
  return bytes;
}

std::string md5(std::string_view message) {
  static constexpr std::array<int, 16> shifts{7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21};
  std::array<std::uint32_t, 4> state{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
  for_each_block(message, false, [&](const Block& block) {
    auto [a, b, c, d] = state;
    for (std::uint32_t i = 0; i < 64; ++i) {
      const std::uint32_t round = i / 16;
      const std::uint32_t f = round == 0   ? (b & c) | (~b & d)
                              : round == 1 ? (d & b) | (~d & c)
                              : round == 2 ? b ^ c ^ d
                                           : c ^ (b | ~d);
      const std::uint32_t which = round == 0 ? i : round == 1 ? 5 * i + 1 : round == 2 ? 3 * i + 5 : 7 * i;
      const auto constant = static_cast<std::uint32_t>(std::floor(std::abs(std::sin(i + 1.0)) * 4294967296.0));
      const std::uint32_t sum = a + f + constant + block[which % 16];
      a = d;
      d = c;
      c = b;
      b += std::rotl(sum, shifts[round * 4 + i % 4]);
    }
    state = {state[0] + a, state[1] + b, state[2] + c, state[3] + d};
  });
  return bytes_of(state, false);
}

std::string sha1(std::string_view message) {
  std::array<std::uint32_t, 5> state{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
  for_each_block(message, true, [&](const Block& block) {
    std::array<std::uint32_t, 80> words{};
    std::copy(block.begin(), block.end(), words.begin());
    for (std::size_t i = 16; i < 80; ++i)
      words[i] = std::rotl(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
    auto [a, b, c, d, e] = state;
    for (std::size_t i = 0; i < 80; ++i) {
      const std::uint32_t f = i < 20 ? (b & c) | (~b & d) : i < 40 || i >= 60 ? b ^ c ^ d : (b & c) | (b & d) | (c & d);
      const std::uint32_t k = i < 20 ? 0x5a827999 : i < 40 ? 0x6ed9eba1 : i < 60 ? 0x8f1bbcdc : 0xca62c1d6;
      const std::uint32_t next = std::rotl(a, 5) + f + e + k + words[i];
      e = d;
      d = c;
      c = std::rotl(b, 30);
      b = a;
      a = next;
    }
    state = {state[0] + a, state[1] + b, state[2] + c, state[3] + d, state[4] + e};
  });
  return bytes_of(state, true);
}

constexpr std::array<std::uint32_t, 64> sha256_constants{
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

std::string sha256(std::string_view message) {
  std::array<std::uint32_t, 8> state{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                     0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  for_each_block(message, true, [&](const Block& block) {
    std::array<std::uint32_t, 64> words{};
    std::copy(block.begin(), block.end(), words.begin());
    for (std::size_t i = 16; i < 64; ++i) {
      const std::uint32_t x = words[i - 15];
      const std::uint32_t y = words[i - 2];
      words[i] = words[i - 16] + (std::rotr(x, 7) ^ std::rotr(x, 18) ^ (x >> 3U)) + words[i - 7] +
                 (std::rotr(y, 17) ^ std::rotr(y, 19) ^ (y >> 10U));
    }
    auto [a, b, c, d, e, f, g, h] = state;
    for (std::size_t i = 0; i < 64; ++i) {
      const std::uint32_t one = h + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) + ((e & f) ^ (~e & g)) +
                                sha256_constants[i] + words[i];
      const std::uint32_t two = (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      h = g;
      g = f;
      f = e;
      e = d + one;
      d = c;
      c = b;
      b = a;
      a = one + two;
    }
    const std::array<std::uint32_t, 8> added{a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < 8; ++i) state[i] += added[i];
  });
  return bytes_of(state, true);
}

template <std::string (*digest)(std::string_view), bool as_base64 = false>
Value hashed(Arguments& call) {
  const auto text = call.text(0);
  if (!text) return call.failure();
  const std::string bytes = digest(*text);
  if (as_base64) return Value::text(base64_of(bytes), call.at);
  std::string hex;
  for (const char c : bytes) hex += fmt::format("{:02x}", static_cast<unsigned char>(c));
  return Value::text(std::move(hex), call.at);
}

}  // namespace

const std::vector<Function> hash_functions = {
    {"base64sha256", 1, 1, hashed<sha256, true>},
    {"md5", 1, 1, hashed<md5>},
    {"sha1", 1, 1, hashed<sha1>},
    {"sha256", 1, 1, hashed<sha256>},
};

}  // namespace secretwatch::hcl
