/// Functions of IPv4 networks; IPv6 is not worked out.
#include "base/text.h"
#include "hcl/functions.h"

namespace secretwatch::hcl {
namespace {

struct Network {
  std::uint32_t address = 0;  // the bits of the hosts are 0
  int bits = 0;
};

std::uint32_t mask_of(int bits) {
  return bits == 0 ? 0 : ~std::uint32_t{0} << static_cast<unsigned>(32 - bits);
}

/// "10.0.0.0/16"
std::optional<Network> read(std::string_view text) {
  std::uint32_t address = 0;
  const auto number = [&](std::uint32_t greatest) -> std::optional<std::uint32_t> {
    std::uint32_t value = 0;
    std::size_t digits = 0;
    for (; digits < text.size() && digits < 4 && is_digit(text[digits]); ++digits)
      value = value * 10 + static_cast<std::uint32_t>(text[digits] - '0');
    text.remove_prefix(digits);
    if (digits == 0 || value > greatest) return std::nullopt;
    return value;
  };
  for (int i = 0; i < 4; ++i) {
    const auto part = number(255);
    const char separator = i < 3 ? '.' : '/';
    if (!part || text.empty() || text.front() != separator) return std::nullopt;
    text.remove_prefix(1);
    address = (address << 8U) | *part;
  }
  const auto bits = number(32);
  if (!bits || !text.empty()) return std::nullopt;
  return Network{address & mask_of(static_cast<int>(*bits)), static_cast<int>(*bits)};
}

std::string print_address(std::uint32_t address) {
  return fmt::format("{}.{}.{}.{}", address >> 24U, (address >> 16U) & 255U, (address >> 8U) & 255U, address & 255U);
}

std::optional<Network> network(Arguments& call) {
  const auto text = call.text(0);
  if (!text) return std::nullopt;
  if (const auto result = read(*text)) return result;
  if (text->find(':') != std::string::npos) return call.fail(beyond(call.at, "networks of IPv6 are not worked out"));
  return call.fail(call.refuse("'{}' is not a network such as 10.0.0.0/16", shown(*text)));
}

Value subnet(Arguments& call) {
  const auto prefix = network(call);
  const auto more = prefix ? call.integer(1) : std::nullopt;
  const auto which = more ? call.integer(2) : std::nullopt;
  if (!which) return call.failure();
  const std::int64_t bits = prefix->bits + *more;
  if (*more < 0 || bits > 32) return call.refuse("a prefix of {} bits cannot be longer by {}", prefix->bits, *more);
  if (*which < 0 || *which >= (std::int64_t{1} << static_cast<unsigned>(*more)))
    return call.refuse("there is no network {} of {} bits", *which, *more);
  const std::uint64_t offset = static_cast<std::uint64_t>(*which) << static_cast<unsigned>(32 - bits);
  return Value::text(print_address(prefix->address | static_cast<std::uint32_t>(offset)) + "/" + std::to_string(bits),
                     call.at);
}

Value host(Arguments& call) {
  const auto prefix = network(call);
  const auto which = prefix ? call.integer(1) : std::nullopt;
  if (!which) return call.failure();
  const std::int64_t size = std::int64_t{1} << static_cast<unsigned>(32 - prefix->bits);
  if (*which >= size || *which < -size) return call.refuse("there is no host {} in a network of {}", *which, size);
  const auto offset = static_cast<std::uint32_t>(*which < 0 ? size + *which : *which);
  return Value::text(print_address(prefix->address | offset), call.at);
}

Value netmask(Arguments& call) {
  const auto prefix = network(call);
  return prefix ? Value::text(print_address(mask_of(prefix->bits)), call.at) : call.failure();
}

/// One behind the other, each where its size allows.
Value subnets(Arguments& call) {
  const auto prefix = network(call);
  if (!prefix) return call.failure();
  std::vector<Value> items;
  std::uint64_t next = prefix->address;
  const std::uint64_t end = next + (std::uint64_t{1} << static_cast<unsigned>(32 - prefix->bits));
  for (std::size_t i = 1; i < call.count(); ++i) {
    const auto more = call.integer(i);
    if (!more) return call.failure();
    const std::int64_t bits = prefix->bits + *more;
    if (*more < 1 || bits > 32) return call.refuse("a prefix of {} bits cannot be longer by {}", prefix->bits, *more);
    const std::uint64_t size = std::uint64_t{1} << static_cast<unsigned>(32 - bits);
    next = (next + size - 1) / size * size;
    if (next + size > end) return call.refuse("the networks do not fit");
    items.push_back(Value::text(print_address(static_cast<std::uint32_t>(next)) + "/" + std::to_string(bits), call.at));
    next += size;
  }
  return Value(Sequence{Sequence::Kind::list, std::move(items), nullptr}, call.at);
}

}  // namespace

const std::vector<Function> network_functions = {
    {"cidrhost", 2, 2, host},
    {"cidrnetmask", 1, 1, netmask},
    {"cidrsubnet", 3, 3, subnet},
    {"cidrsubnets", 1, any_number, subnets},
};

}  // namespace secretwatch::hcl
