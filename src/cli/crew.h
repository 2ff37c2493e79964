#pragma once
/// Crew: threads that do a piece of work for each of so many things.
///
///     Crew crew(4);                                                    // this thread, and up to three others
///     crew.for_each(files.size(), [&](std::size_t i) { judge(i); });
///
/// Work may itself ask the crew for more: who has nothing to do helps with whatever there is. Others begin when they
/// are first needed, or earlier: a thread takes a millisecond or two to begin.
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace secretwatch::cli {

class Crew {
 public:
  /// 0: as many as the machine has processors. More than 256 are of no use, and so many it is then.
  explicit Crew(std::size_t threads);
  ~Crew();
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  std::size_t size() const { return size_; }

  /// Calls work(0) to work(count - 1), each once and in any order; ends when all have. What one throws is thrown on.
  void for_each(std::size_t count, const std::function<void(std::size_t)>& work);

  /// Lets so many of the others begin, or all there are, for work that will come.
  void gather(std::size_t others);

 private:
  struct Job;
  static void take_part(Job& job);
  void help();
  Job* open_job() const;

  const std::size_t size_;
  std::mutex mutex_{};  // of all that follows
  std::condition_variable work_{};
  std::condition_variable rest_{};
  std::vector<Job*> jobs_{};
  bool is_over_ = false;
  std::vector<std::thread> others_{};
};

}  // namespace secretwatch::cli
