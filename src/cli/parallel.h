#pragma once
/// Parallel: the same work on many things, on several threads.
///
///     in_parallel(all.size(), threads, [&](std::size_t i) { all[i] = judge(inputs[i]); });
///
/// Which thread does which is not known; what one of them throws is thrown again when all have ended.
#include <cstddef>
#include <functional>

namespace secretwatch::cli {

void in_parallel(std::size_t count, std::size_t threads, const std::function<void(std::size_t)>& work);

}  // namespace secretwatch::cli
