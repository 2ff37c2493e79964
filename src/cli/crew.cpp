#include "cli/crew.h"

#include <algorithm>
#include <atomic>
#include <system_error>

namespace secretwatch::cli {

struct Crew::Job {
  const std::function<void(std::size_t)>& work;
  std::size_t count;
  std::atomic<std::size_t> next = 0;
  std::size_t helpers = 0;  // at it now, besides the one who asked
  std::exception_ptr fault = {};
  std::mutex fault_mutex = {};
};

namespace {

std::size_t size_of(std::size_t threads) {
  constexpr std::size_t most = 256;
  return std::clamp<std::size_t>(threads > 0 ? threads : std::thread::hardware_concurrency(), 1, most);
}

}  // namespace

Crew::Crew(std::size_t threads) : size_(size_of(threads)) {}

Crew::~Crew() {
  {
    const std::lock_guard lock(mutex_);
    is_over_ = true;
  }
  work_.notify_all();
  for (std::thread& other : others_) other.join();
}

void Crew::gather(std::size_t others) {
  const std::lock_guard lock(mutex_);
  try {
    while (others_.size() < std::min(others, size_ - 1)) others_.emplace_back([this] { help(); });
  } catch (const std::system_error&) {
    // The machine allows for no more of them; those that there are do all of the work.
  }
}

void Crew::for_each(std::size_t count, const std::function<void(std::size_t)>& work) {
  Job job{work, count};
  const bool is_shared = count > 1 && size_ > 1;
  if (is_shared) {
    gather(count - 1);
    const std::lock_guard lock(mutex_);
    jobs_.push_back(&job);
  }
  if (is_shared) work_.notify_all();
  take_part(job);
  if (is_shared) {
    std::unique_lock lock(mutex_);
    std::erase(jobs_, &job);
    rest_.wait(lock, [&] { return job.helpers == 0; });
  }
  if (job.fault) std::rethrow_exception(job.fault);
}

void Crew::take_part(Job& job) {
  try {
    for (std::size_t i = job.next++; i < job.count; i = job.next++) job.work(i);
  } catch (...) {
    const std::lock_guard lock(job.fault_mutex);
    if (!job.fault) job.fault = std::current_exception();
  }
}

Crew::Job* Crew::open_job() const {
  const auto open = std::find_if(jobs_.begin(), jobs_.end(), [](const Job* job) { return job->next < job->count; });
  return open == jobs_.end() ? nullptr : *open;
}

void Crew::help() {
  std::unique_lock lock(mutex_);
  while (true) {
    Job* job = nullptr;
    work_.wait(lock, [&] { return is_over_ || (job = open_job()) != nullptr; });
    if (job == nullptr) return;
    ++job->helpers;
    lock.unlock();
    take_part(*job);
    lock.lock();
    if (--job->helpers == 0) rest_.notify_all();
  }
}

}  // namespace secretwatch::cli
