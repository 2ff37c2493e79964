#include "cli/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <thread>
#include <vector>

namespace secretwatch::cli {

void for_each_in_parallel(std::size_t count, std::size_t threads, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next = 0;
  std::vector<std::exception_ptr> faults(std::max<std::size_t>(1, std::min(threads, count)));
  const auto take_all = [&](std::exception_ptr& fault) {
    try {
      for (std::size_t i = next++; i < count; i = next++) work(i);
    } catch (...) {
      fault = std::current_exception();
    }
  };
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < faults.size(); ++i) others.emplace_back(take_all, std::ref(faults[i]));
  take_all(faults[0]);
  for (std::thread& other : others) other.join();
  for (const std::exception_ptr& fault : faults)
    if (fault) std::rethrow_exception(fault);
}

}  // namespace secretwatch::cli
