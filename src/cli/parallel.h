#pragma once
/// Parallel: a piece of work for each of so many things, on several threads.
#include <cstddef>
#include <functional>

namespace secretwatch::cli {

/// Calls work(0) to work(count - 1), each once and in any order; ends when all have. What one throws is thrown on.
void for_each_in_parallel(std::size_t count, std::size_t threads, const std::function<void(std::size_t)>& work);

}  // namespace secretwatch::cli
